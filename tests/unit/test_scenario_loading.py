"""A scenario is a short difference to another: what extends, items, match, drop and overrides do."""

import pickle

import pytest
from scenario_files import toy, write

from simulation.scenario import describe, load

ITEMS = """
demolition:
  - {id: one, department: first, dwellings: 10, from: 2020, to: 2021, basis: sourced, source: a toy}
  - {id: two, department: second, dwellings: 20, from: 2022, to: 2023}
new_homes:
  - {id: a, area: town, tenure: owned, count: 30, from: 2023, to: 2024}
  - {id: b, area: town, tenure: private_let, count: 40, from: 2023, to: 2024}
"""


def demolition(scenario) -> dict[str, float]:
    return {item.id: item.dwellings.value for item in scenario.sections.demolition}


@pytest.fixture
def base(tmp_path):
    return toy(tmp_path, ITEMS, "base.yaml").parent


def extend(base, text):
    return load(write(base, "top.yaml", "extends: base.yaml\n" + text))


def test_an_item_of_the_same_id_changes_it_and_keeps_the_rest(base):
    scenario = extend(base, "demolition: [{id: two, dwellings: 21}]\n")
    assert demolition(scenario) == {"one": 10, "two": 21}
    assert scenario.sections.demolition[1].from_ == 2022


def test_a_new_id_adds_and_drop_removes(base):
    text = "demolition:\n  - {id: one, drop: true}\n  - {id: three, department: first, dwellings: 5, from: 2020, to: 2020}\n"
    assert demolition(extend(base, text)) == {"two": 20, "three": 5}


def test_match_changes_or_drops_all_that_match(base):
    scenario = extend(base, "new_homes: [{match: {tenure: [owned, private_let]}, delay_years: 2}]\n")
    assert [item.delay_years.value for item in scenario.sections.new_homes] == [2, 2]
    scenario = extend(base, "new_homes: [{match: {tenure: owned}, drop: true}]\n")
    assert [item.id for item in scenario.sections.new_homes] == ["b"]


def test_an_empty_list_empties(base):
    assert demolition(extend(base, "demolition: []\n")) == {}


def test_a_number_that_is_replaced_loses_the_range_and_the_source_that_told_of_the_old_one(base):
    number = extend(base, "letting: {flexible_share: 0.4}\n").sections.letting.flexible_share
    assert (number.value, number.drawn, number.basis, number.source) == (0.4, False, "assumed", "")
    assert number.unit.startswith("share of lettings")


def test_part_of_a_number_can_be_changed_and_then_rests_on_nothing(base):
    scenario = load(base / "base.yaml", ["rehousing.reserved_share.high=0.3", "rehousing.reserved_share.low=0.1"])
    number = scenario.sections.rehousing.reserved_share
    assert (number.value, number.low, number.high, number.basis) == (0.142857, 0.1, 0.3, "assumed")


def test_overrides_reach_sections_items_rates_and_the_place(base):
    chosen = ["demolition.one.dwellings=7", "place.level=0.5", "place.departments.first.homes=90", "law.population=cross_sections"]
    values = load(base / "base.yaml", chosen).values(1, None)
    assert (values.demolition[0].dwellings, values.place.level, values.place.departments[0].homes) == (7, 0.5, 90)
    assert values.law.population == "cross_sections"


def test_the_later_override_wins(base):
    assert load(base / "base.yaml", ["place.level=0.5", "place.level=0.6"]).values(1, None).place.level == 0.6


def test_a_plain_title_stands_for_both_languages(base):
    scenario = extend(base, "title: Mine\n")
    assert (scenario.title("en"), scenario.title("da"), scenario.name) == ("Mine", "Mine", "top")


def test_a_scenario_does_not_pass_for_the_one_it_extends(base):
    write(base, "titled.yaml", "extends: base.yaml\ntitle: {en: Parent, da: Forælder}\ndescription: What the parent does\n")
    plain = load(write(base, "mine.yaml", "extends: titled.yaml\n"))
    assert [plain.title(lang) for lang in ("en", "da")] == ["mine", "mine"]
    assert (plain.description("en"), plain.description("da")) == ("Differs from “Parent”", "Afviger fra »Forælder«")
    titled = load(write(base, "mine.yaml", "extends: titled.yaml\ntitle: Mine\n"))
    assert (titled.title("da"), titled.description("en")) == ("Mine", "Differs from “Parent”")
    told = load(write(base, "mine.yaml", "extends: titled.yaml\ndescription: My own\n"))
    assert (told.title("en"), told.description("da")) == ("mine", "My own")


def test_the_resolved_scenario_loads_to_the_same(base):
    scenario = extend(base, "rates: {}\nplace_values: {level: {value: 0.3, low: 0.1, high: 0.5, basis: assumed, source: a toy}}\n")
    again = load(write(base, "resolved.yaml", scenario.resolved_yaml()))
    assert again.sections == scenario.sections
    assert again.resolved_yaml() == scenario.resolved_yaml()
    assert again.values(3, 2) == scenario.values(3, 2)


def test_files_are_named_without_the_folders_of_this_machine(base):
    scenario = extend(base, "title: Mine\n")
    names = list(scenario.files())
    assert {"top.yaml", "base.yaml", "reference.yaml", "places/toy/place.yaml"} <= set(names)
    assert not [name for name in names if name.startswith("/") or ".." in name]
    assert scenario.path("places/toy/place.yaml").is_file()


def test_a_changed_data_file_changes_its_hash(base):
    before = load(base / "base.yaml").files()
    place = base / "places/toy/place.yaml"
    place.write_text(place.read_text() + "# a remark\n")
    after = load(base / "base.yaml").files()
    assert {name for name in after if after[name] != before[name]} == {"places/toy/place.yaml"}


def test_a_scenario_survives_the_way_to_a_worker(base):
    scenario = load(base / "base.yaml")
    assert pickle.loads(pickle.dumps(scenario)).values(5, 9) == scenario.values(5, 9)


def test_parameters_say_what_they_rest_on(base):
    rows = {row.path: row for row in load(base / "base.yaml").parameters()}
    assert (rows["demolition.one.dwellings"].basis, rows["demolition.two.dwellings"].basis) == ("sourced", "choice")
    assert rows["place.letters.a"].basis == "derived"
    assert rows["place.level"].drawn and not rows["place.letters.a"].drawn
    assert "demolition.one.delay_years" not in rows  # nobody said it


@pytest.mark.parametrize(
    ("change", "basis", "source"),
    [
        ("dwellings: 9", None, ""),
        ("to: 2022", None, ""),
        ("delay_years: 1", None, ""),
        ("dwellings: 9, basis: derived, source: mine", "derived", "mine"),
        ("dwellings: 10", "sourced", "a toy"),  # as it was
        ("title: x", "sourced", "a toy"),
        ("delay_years: {value: 1, basis: assumed, source: mine}", "sourced", "a toy"),  # says itself what it rests on
    ],
)
def test_a_changed_item_does_not_pass_for_what_its_source_says(base, change, basis, source):
    changed = extend(base, f"demolition: [{{id: one, {change}}}]\n")
    found = changed.sections.demolition[0]
    assert (found.basis, found.source) == (basis, source)


def test_a_changed_item_of_a_place_is_assumed(base):
    place = base / "places/toy/place.yaml"
    place.write_text(place.read_text().replace("homes: 100, basis: assumed", "homes: 100, basis: sourced"))
    rows = {row.path: row.basis for row in extend(base, "place_values: {departments: {second: {homes: 60}}}\n").parameters()}
    assert rows["place.departments.first.homes"] == "sourced"
    rows = {row.path: row.basis for row in extend(base, "place_values: {departments: {first: {homes: 110}}}\n").parameters()}
    assert rows["place.departments.first.homes"] == "assumed"


def test_the_plan_of_a_scenario_is_told_in_both_languages(base):
    lines = {line.item: line for line in describe(load(base / "base.yaml"), "en")}
    assert lines["one"].text == "First: 10 homes are pulled down"
    assert (lines["one"].first, lines["one"].last, lines["one"].basis) == (2020, 2021, "sourced")
    danish = {line.item: line.text for line in describe(load(base / "base.yaml"), "da")}
    assert danish["one"] == "First: 10 boliger rives ned"
    assert danish.keys() == lines.keys()
