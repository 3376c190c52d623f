"""Every value of the law is dated, ends, and says where it was read and how sure that is."""

import csv
from importlib.resources import files
from itertools import pairwise

import pytest

from simulation import law, records
from simulation.dated import first_and_last, in_force
from simulation.law import rules
from simulation.law.book import book

CERTAINTIES = {"read", "inferred", "open", "assumed"}
BOOKS = ("criteria", "categories", "convictions", "labour_states", "switches", "family_share", "letting")
DATED = ("criteria", "categories", "convictions", "family_share", "letting")


def entries(tree):
    """Yield every mapping of a book that states a source."""
    if isinstance(tree, dict):
        if "source" in tree:
            yield tree
        else:
            for branch in tree.values():
                yield from entries(branch)
    elif isinstance(tree, list):
        for branch in tree:
            yield from entries(branch)


def leaves(tree):
    """Yield every mapping that holds a value and no further mapping."""
    if isinstance(tree, list):
        for branch in tree:
            yield from leaves(branch)
    elif isinstance(tree, dict):
        below = [branch for branch in tree.values() if isinstance(branch, (dict, list)) and list(leaves(branch))]
        if below:
            for branch in below:
                yield from leaves(branch)
        else:
            yield tree


@pytest.mark.parametrize("name", BOOKS)
def test_every_entry_has_source_and_certainty(name):
    found = list(leaves(book(name)))
    assert found
    for entry in found:
        assert entry.get("source", "").strip() and entry.get("certainty") in CERTAINTIES, entry


@pytest.mark.parametrize("name", DATED)
def test_every_dated_entry_begins_and_ends(name):
    first, last = law.known_lists()
    for entry in entries(book(name)):
        assert first <= entry["valid_from_list"] <= entry["valid_to_list"] <= last, entry


def test_the_law_is_known_from_2010_to_2024():
    assert law.known_lists() == (2010, 2024)


def series():
    """Yield each series of entries of which one holds at a time."""
    for criterion in law.CRITERIA:
        for bar in ("main", "prevention"):
            yield [entry for entry in book("criteria")[criterion]["limits"] if entry["bar"] == bar]
        yield book("criteria")[criterion]["reference_years"]
    categories = book("categories")
    yield from (categories[name] for name in categories if name != "names")
    yield from categories["names"].values()
    yield from book("letting").values()


def test_series_have_no_gap_and_no_overlap_and_reach_the_last_list():
    for run in series():
        for earlier, later in pairwise(run):
            assert later["valid_from_list"] == earlier["valid_to_list"] + 1, (earlier, later)
        assert first_and_last(run)[1] == law.known_lists()[1]


def test_two_entries_that_hold_at_once_are_a_fault():
    twice = [{"valid_from_list": 2010, "valid_to_list": 2012}, {"valid_from_list": 2012, "valid_to_list": 2013}]
    assert in_force(twice, 2011) == twice[0] and in_force(twice, 2014) is None
    with pytest.raises(ValueError, match="two entries"):
        in_force(twice, 2012)


def test_whoever_meets_a_main_limit_meets_that_of_the_prevention_list():
    for year in range(2021, 2025):
        found = law.rules_for(year)
        for main, lower, sign in zip(found.main.thresholds(0.7), found.prevention_bar.thresholds(0.7), found.main.sign, strict=True):
            assert sign * (main - lower) >= 0


@pytest.mark.parametrize(
    ("year", "threshold"), [(2010, 2.70), (2017, 2.70), (2018, 1.98), (2019, 2.03), (2020, 2.27), (2022, 2.18), (2023, 2.35)]
)
def test_published_limits_on_convictions(year, threshold):
    assert law.rules_for(year).main.thresholds(None)[rules.CONVICTED] == threshold


def test_limits_on_convictions_agree_with_each_other_to_the_printed_digit():
    limits = book("convictions")["limits"]
    for year in {entry["valid_from_list"] for entry in limits}:
        shares = [entry["value"] / entry["multiple_of_national"] for entry in limits if entry["valid_from_list"] == year]
        assert max(shares) - min(shares) < 0.005


def test_lists_named_open_have_no_published_limit():
    for year in book("convictions")["open_lists"]:
        assert in_force(book("convictions")["limits"], year, multiple_of_national=3) is None


def test_every_labour_state_of_the_model_is_counted_not_or_open():
    assert set(law.counted_states()) == set(records.LABOUR)
    assert {entry["counted"] for entry in book("labour_states")["states"].values()} == {"yes", "no", "open"}


def test_open_labour_states_follow_their_switches():
    by_default = law.counted_states()
    turned = law.counted_states({"count_insured_unemployed": False, "count_home_without_benefit": True})
    assert by_default["insured_unemployed"] and not by_default["home_without_benefit"]
    assert {state for state in by_default if by_default[state] != turned[state]} == {"insured_unemployed", "home_without_benefit"}
    assert by_default["disability_pension"] and by_default["cash_benefit_job_ready"]
    assert not by_default["student"] and not by_default["early_retirement"] and not by_default["employed"]


def test_defaults_of_the_switches_are_allowed_and_unknown_switches_are_told():
    for name, switch in law.switches().items():
        assert law.choice(name) == switch["default"] and switch["default"] in switch["allowed"]
    with pytest.raises(KeyError):
        law.choice("no_such_switch")


def test_categories_are_on_the_lists_that_were_counted():
    """The published number of areas is a check of when each category existed."""
    with (files("simulation.law") / "data" / "list_counts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        found = law.rules_for(int(row["list_year"]))
        assert row["source"]
        assert bool(row["prevention"]) == (found.prevention is not None), row
        assert bool(row["hard_or_conversion"]) == (found.years_in_a_row is not None), row
        assert bool(row["vulnerable"]) == (found.vulnerable is not None), row
        assert row["ghetto_or_parallel_society"]


def test_the_law_holds_the_same_choices_as_the_reference_scenario():
    from simulation.scenario import load

    chosen = load("reference", []).values(0, None)["law"]
    assert {name: chosen[name] for name in law.switches()} == {name: law.choice(name) for name in law.switches()}
