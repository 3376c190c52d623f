"""A place that no run could read is told before any work, at the place in its file."""

import pytest

from simulation.files import InputErrors
from simulation.problems import line
from simulation.scenario import load
from tests.unit.scenario_files import PLACE, toy, write


def problems_of(path, overrides=()):
    with pytest.raises(InputErrors) as caught:
        load(path, list(overrides))
    assert all(line(problem, lang) for problem in caught.value.problems for lang in ("en", "da"))
    return caught.value.problems


CHANGES = {
    "a department of no area": (
        "area: town, landlord: north",
        "area: twon, landlord: north",
        "not_allowed",
        "place.departments.first.area",
    ),
    "a landlord who is not listed": (
        "landlord: south, homes: 50",
        "landlord: suoth, homes: 50",
        "not_allowed",
        "place.departments.second.landlord",
    ),
    "homes below zero": ("homes: 100", "homes: -100", "out_of_range", "place.departments.first.homes"),
    "far too many homes": ("homes: 100", "homes: 10000000", "out_of_range", "place.departments.first.homes"),
    "homes as a text": ("homes: 100", "homes: many", "expected_whole", "place.departments.first.homes"),
    "a share above one": ("student: 0.1", "student: 1.4", "out_of_range", "place.populations.town.student"),
    "work of more than all": ("student: 0.1", "student: 0.9", "work_over_all", "place.populations.town"),
    "an age band left out": ("0_6: 0.1, ", "", "ages_form", "place.populations.town.ages"),
    "a share of an age as a text": ("0_6: 0.1", "0_6: many", "ages_shares", "place.populations.town.ages"),
    "ages of more than all": ("0_6: 0.1", "0_6: 0.2", "ages_sum", "place.populations.town.ages"),
    "a turnover that is another kind of rate": (
        "turnover: turnover_social",
        "turnover: in_work",
        "not_allowed",
        "place.areas.town.turnover",
    ),
    "a rent that is another kind of rate": ("rent: social", "rent: floor_level", "not_allowed", "place.areas.town.rent"),
    "residents that do not fit": ("residents: 300", "residents: 30000", "residents_a_home", "place.populations.town.residents"),
    "residents that nobody is": ("residents: 300", "residents: .nan", "not_finite", "place.populations.town.residents"),
    "an area without residents": ("id: town, area: town", "id: town, area: none", "one_population", "place.areas.town"),
    "no list area": ("list_area: true", "list_area: false", "no_list_area", "place.areas"),
    "a turnover that is no rate": ("turnover: turnover_social", "turnover: turnover_socail", "not_allowed", "place.areas.town.turnover"),
    "a key that is not known": ("list_area: true", "list_area: true, lst: 1", "unknown_key", "place.areas.town.lst"),
    "a key left out": ("income: 0.6, ", "", "missing", "place.populations.town.income"),
    "an id twice": ("id: second", "id: first", "duplicate_id", "place.departments.first"),
    "a tenure nobody would come to": ("tenure: owned", "tenure: private_let", "tenure_missing", "place.populations"),
    "no landlord": ("landlords: [north, south]", "landlords: []", "items_too_short", "place.landlords"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_no_run_could_read_is_told(tmp_path, name):
    old, new, code, key = CHANGES[name]
    assert old in PLACE
    found = problems_of(toy(tmp_path, place=PLACE.replace(old, new)))
    assert (code, key) in {(problem.code, problem.key) for problem in found}
    assert all(problem.file == "places/toy/place.yaml" and problem.line for problem in found if problem.key == key)


def test_the_toy_itself_is_sound(tmp_path):
    assert load(toy(tmp_path)).tree["place"]["id"] == "toy"


def test_published_values_are_checked_before_any_work(tmp_path):
    path = toy(tmp_path)
    write(tmp_path, "places/toy/published.csv", "area;list_year;non_western_pct\nTown;2019;12,x\nTown;2019;50\n")
    assert [(p.file, p.line, p.code) for p in problems_of(path)] == [
        ("places/toy/published.csv", 2, "not_a_number"),
        ("places/toy/published.csv", 3, "row_twice"),
    ]


def homes(path, *overrides):
    return {item["id"]: item["homes"] for item in load(path, list(overrides)).tree["place"]["departments"]}


def test_an_item_of_the_place_is_dropped_and_changed_across_files(tmp_path):
    toy(tmp_path)
    write(tmp_path, "one.yaml", "extends: toy.yaml\nplace_values:\n  departments:\n    first: {homes: 110}\n    second: {homes: 60}\n")
    path = write(tmp_path, "two.yaml", "extends: one.yaml\nplace_values:\n  departments:\n    - {id: second, drop: true}\n")
    assert homes(path) == {"first": 110, "third": 50}
    assert homes(path, "place.departments.first.homes=120") == {"first": 120, "third": 50}


def test_items_of_the_place_are_changed_by_match(tmp_path):
    path = toy(tmp_path, "place_values:\n  departments:\n    - {match: {landlord: south}, homes: 55}\n")
    assert homes(path) == {"first": 100, "second": 55, "third": 55}


def test_dropping_what_is_not_there_is_told_where_it_is_written(tmp_path):
    found = problems_of(toy(tmp_path, "place_values:\n  departments:\n    - {id: secnod, drop: true}\n"))
    assert [(p.code, p.line, p.values["nearest"]) for p in found] == [("unknown_item", 6, "second")]
