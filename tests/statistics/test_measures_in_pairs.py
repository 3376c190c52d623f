"""Measures in pairs on the same seed: a known effect is found again, none changes nobody, and nothing reaches whom it should not."""

import numpy as np
import pytest

from simulation.engine import BlandetBy, simulate
from simulation.population.effects import factors
from simulation.population.enrolment import choose
from simulation.scenario import load
from simulation.state import LABOUR_CODE
from tests.core import CENTRAL

TARGET = "cash_benefit_activity_ready"
MEASURE = """
extends: historical.yaml
last_year: {last}
measures:
  - id: tried
    title: Tried
    subprogramme: jobs_and_education
    decided: true
    funded: {funded}
    from: 2020
    to: 2022
    basis: assumed
    source: a test
    target: {{labour: [{target}], age_from: 18, age_to: 60{more}}}
    capacity: {capacity}
    acts_on: {acts_on}
    effect: {{value: {effect}, basis: assumed, source: a test}}
    lock_in: {{value: {lock_in}, basis: assumed, source: a test}}
    fade_years: {{value: {fade}, basis: assumed, source: a test}}
    lag_years: {{value: {lag}, basis: assumed, source: a test}}
    grade: weak
"""
PLAIN = {"last": 2023, "funded": "true", "target": TARGET, "more": "", "capacity": 5000, "acts_on": "job_entry"} | {
    "effect": 0.0,
    "lock_in": 0.0,
    "fade": 0,
    "lag": 0,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make a scenario with the one measure, by its settings."""
    folder = tmp_path_factory.mktemp("measures")

    def make(**settings):
        path = folder / f"{abs(hash(tuple(sorted(settings.items()))))}.yaml"
        path.write_text(MEASURE.format(**PLAIN | settings), encoding="utf-8")
        return load(str(path))

    return make


def entries(of, year, replicate):
    """Live until the end of ``year``; return who had completed the measure the year before, and of them who began to work in it."""
    model = BlandetBy(of, 1, CENTRAL, replicate)
    while model.now.year < year:
        model.step()
    p, past = model.state.persons, model.state.participations
    reached = set(p.uid[past.person[past.year == year - 1]].tolist())
    at_risk = set(p.uid[p.labour != LABOUR_CODE["employed"]].tolist())
    model.step()
    p = model.state.persons
    here = set(p.uid.tolist())
    return reached & at_risk & here, reached & at_risk & set(p.uid[p.entered_work].tolist())


@pytest.fixture(scope="module")
def pairs(made):
    """How often participants began to work in the year after, with and without an effect of a half more, in pairs."""
    with_effect, without = made(effect=0.5), made(effect=0.0)
    found = []
    for replicate in range(4):
        there, worked = entries(with_effect, 2021, replicate)
        same, worked_anyway = entries(without, 2021, replicate)
        both = there & same
        found.append((len(both), len(worked & both), len(worked_anyway & both)))
    return np.array(found)


@pytest.mark.slow
def test_a_known_effect_is_found_again_in_pairs(pairs):
    """In pairs nobody who works without the measure fails to with it; the others are a draw of a known chance."""
    people, worked, anyway = pairs.sum(axis=0)
    assert people > 1000
    gained, expected = worked - anyway, 0.5 * anyway
    assert abs(gained - expected) < 4 * np.sqrt(expected + 0.25 * anyway)
    for wrong in (0.0, 1.2):
        assert abs(gained - wrong * anyway) > 4 * np.sqrt(expected + wrong**2 * anyway), "the control: another effect would be noticed"


def test_nobody_who_would_have_worked_is_held_back_by_a_positive_effect(made):
    worked = entries(made(effect=0.5), 2021, 0)[1]
    anyway = entries(made(effect=0.0), 2021, 0)[1]
    assert anyway <= worked and len(worked) > len(anyway)


@pytest.mark.slow
def test_a_negative_effect_holds_back_that_share(made):
    fewer, anyway = (sum(len(entries(made(effect=effect), 2021, replicate)[1]) for replicate in range(3)) for effect in (-0.5, 0.0))
    assert abs(fewer - 0.5 * anyway) < 4 * np.sqrt(0.25 * anyway)
    assert fewer < 0.8 * anyway


def test_a_measure_of_no_effect_changes_nobody(made):
    """The same bytes in every record but its own."""
    with_it, without = simulate(made(), 1, 3, 1).arrays(), simulate(made(funded="false"), 1, 3, 1).arrays()
    assert with_it["participants"].sum() > 100 and without["participants"].sum() == 0
    for name, found in with_it.items():
        if name != "participants":
            assert found.tobytes() == without[name].tobytes(), name
    changed = simulate(made(effect=0.5), 1, 3, 1).arrays()
    assert changed["criteria"].tobytes() != with_it["criteria"].tobytes(), "the control: an effect is no effect"


def test_one_more_measure_takes_nobodys_place_in_another():
    plan, more = (BlandetBy(load(name), 1, CENTRAL, 0) for name in ("plan", "plan_all_measures"))
    first, all_of_them = (
        {m.now.values["measures"][i]["id"]: set(rows.tolist()) for i, rows in choose(m.state, m.now.in_year(2021))} for m in (plan, more)
    )
    assert len(all_of_them) > len(first) > 0
    assert all(all_of_them[name] == rows for name, rows in first.items())


def test_capacity_ages_states_and_share_bind(made):
    of = BlandetBy(made(capacity=40), 1, CENTRAL, 0)
    ((_, rows),) = choose(of.state, of.now)
    p = of.state.persons
    assert len(rows) == 40
    assert set(p.labour[rows].tolist()) == {LABOUR_CODE[TARGET]} and p.age[rows].min() >= 18 and p.age[rows].max() <= 60
    assert set(of.state.area_of(rows).tolist()) <= {0, 1}, "the list areas"
    some = ", share: {value: 0.2, basis: assumed, source: a test}"
    whole, part = (BlandetBy(made(more=more), 1, CENTRAL, 0) for more in ("", some))
    reached = [len(choose(model.state, model.now)[0][1]) for model in (whole, part)]
    assert 0.1 < reached[1] / reached[0] < 0.3
    before = of.now.in_year(2022)
    assert choose(of.state, before) == [], "after its last year nobody is enrolled"


def factor_of(of, year):
    """Return the factor on beginning to work of one who attended in 2020."""
    model = BlandetBy(of, 1, CENTRAL, 0)
    model.state.participations.add(1, person=7, measure=0, year=2020)
    found = factors(model.state, model.now.in_year(year), "job_entry")
    assert (np.delete(found, 7) == 1).all()
    return round(float(found[7]), 6)


@pytest.mark.parametrize(
    ("settings", "by_year"),
    [
        ({"effect": 0.4}, [1, 1.4, 1, 1, 1]),
        ({"effect": 0.4, "lock_in": 0.3}, [0.7, 1.4, 1, 1, 1]),
        ({"effect": 0.4, "fade": 2}, [1, 1.4, 1.2, 1, 1]),
        ({"effect": 0.4, "fade": 2, "lag": 1}, [1, 1, 1.4, 1.2, 1]),
        ({"effect": 0.4, "acts_on": "conviction"}, [1, 1, 1, 1, 1]),
    ],
)
def test_lock_in_then_lag_then_effect_then_fade(made, settings, by_year):
    of = made(**settings)
    assert [factor_of(of, year) for year in range(2020, 2025)] == by_year


def test_nobody_attends_again_while_the_effect_can_last(made):
    model = BlandetBy(made(fade=2, capacity=5000), 1, CENTRAL, 0)
    ((_, first),) = choose(model.state, model.now)
    model.state.participations.add(len(first), person=first, measure=0, year=2020)
    ((_, second),) = choose(model.state, model.now.in_year(2020))
    assert len(first) > 100 and len(second) == 0


def test_pairs_that_strengthen_each_other_do_so_only_where_a_scenario_says_so(tmp_path):
    text = MEASURE.format(**PLAIN | {"effect": 0.4, "fade": 2})
    other = text.split("measures:\n")[1].replace("id: tried", "id: other").replace("value: 0.4", "value: 0")
    pair = "synergies:\n  - {id: together, measures: [tried, other], factor: 1.5}\n"
    for extra, wanted in (("", 1.4), (pair, 1.6)):
        path = tmp_path / f"s{len(extra)}.yaml"
        path.write_text(text + other + extra, encoding="utf-8")
        assert factor_of(load(str(path)), 2021) == wanted
    assert factor_of(load(str(path)), 2023) == 1


def test_a_measure_follows_the_rehoused_where_it_says_so(tmp_path):
    text = (
        MEASURE.format(**PLAIN | {"last": 2026})
        .replace("extends: historical", "extends: plan")
        .replace("measures:\n", "measures:\n  - {match: {decided: [true]}, drop: true}\n")
    )
    text = text.replace("to: 2022", "to: 2026")
    found = {}
    for follows in ("true", "false"):
        path = tmp_path / f"{follows}.yaml"
        path.write_text(text + f"    follows_person: {follows}\n", encoding="utf-8")
        model = BlandetBy(load(str(path)), 1, CENTRAL, 0)
        while model.now.year < 2024:
            model.step()
        ((_, rows),) = choose(model.state, model.now)
        elsewhere = rows[model.state.area_of(rows) > 1]
        found[follows] = len(elsewhere)
        assert (model.state.households.rehoused_year[model.state.persons.household[elsewhere]] > 0).all()
    assert found["true"] > 0 == found["false"]
