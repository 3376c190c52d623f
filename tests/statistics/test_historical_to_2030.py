"""`historical` stays believable to 2030: births, deaths, turnover, households, and every link and balance on the way."""

import csv
from dataclasses import dataclass

import numpy as np
import pytest

from simulation.engine import BlandetBy
from simulation.records import FLOWS, ORIGIN
from simulation.state import CHILD
from tests.assertions import assert_expected
from tests.core import scenario

DRAWS = 4
TURNOVER = (0.08, 0.12)  # a year: the 15 hard areas in 2019, by the minister


@dataclass
class Year:
    """What a year's 1 January leads to expect, and what happened."""

    births_expected: np.ndarray  # chances, by woman
    deaths_expected: np.ndarray  # chances, by person
    born: float
    died: float
    let: np.ndarray  # homes let anew, by area
    homes: np.ndarray  # by area
    residents_counted: np.ndarray  # from the state itself, a year on
    residents_by_flows: np.ndarray


@pytest.fixture(scope="module")
def tables():
    """Death by sex and births by age, read as a reader would; with half a year at the age before the birthday."""

    def read(name, column, scale=1.0):
        with scenario("historical").path(f"rates/{name}.csv").open(encoding="utf-8") as stream:
            found = {int(row["age"]): scale * float(row[column]) for row in csv.DictReader(stream)}
        last = found[max(found)] if name == "death_probability" else 0.0
        yearly = np.array([found.get(age, last if age > max(found) else 0.0) for age in range(130)])
        return (yearly + np.insert(yearly[:-1], 0, yearly[0])) / 2

    return read("death_probability", "men"), read("death_probability", "women"), read("fertility", "births_per_1000_women", 0.001)


def count(areas, length):
    return np.bincount(areas, minlength=length).astype(float)


def live(model, tables):
    """Live a year and keep what is needed to judge it."""
    state, demography = model.state, model.now.values["rates"]["demography"]
    p, areas = state.persons, len(state.layout.areas)
    men, women, births = tables
    older = p.age + 1
    dying = demography["mortality"] * np.where(p.female, women[older], men[older])
    fertility = np.array([demography["fertility"][origin] for origin in ORIGIN])[p.origin]
    bearing = np.where(p.female, births[older] * fertility * (1 - dying), 0.0)
    before, homes = count(state.person_area(), areas), len(state.dwellings)
    lettings, where = state.dwellings.lettings.copy(), state.home_area()
    model.step()
    state.check_links()
    flows = {name: model.accounts[-1]["flows"][:, place] for place, name in enumerate(FLOWS)}
    came = flows["born"] + flows["moved_in"] + flows["rehoused_in"] + flows["temporary_in"]
    went = flows["died"] + flows["moved_out"] + flows["rehoused_out"] + flows["temporary_out"]
    return Year(
        births_expected=bearing,
        deaths_expected=dying,
        born=flows["born"].sum(),
        died=flows["died"].sum(),
        let=np.bincount(where, state.dwellings.lettings[:homes] - lettings, minlength=areas),
        homes=count(where, areas),
        residents_counted=count(state.person_area(), areas),
        residents_by_flows=before + came - went,
    )


@pytest.fixture(scope="module")
def members(tables):
    """Each member with the diary of its years."""
    found = []
    for draw in range(DRAWS):
        model = BlandetBy(scenario("historical"), 1, draw, 0)
        diary = [live(model, tables) for _ in range(model.state.layout.first_year, model.state.layout.last_year)]
        found.append((model, diary))
    return found


def pooled(members, name):
    return np.concatenate([np.atleast_1d(getattr(year, name)) for _, diary in members for year in diary])


def test_nobody_is_lost_in_any_year_and_area(members):
    for _, diary in members:
        for year in diary:
            assert year.residents_counted.tolist() == year.residents_by_flows.tolist()


def test_births_are_those_of_sourced_fertility(members):
    assert_expected(pooled(members, "born").sum(), pooled(members, "births_expected"))
    for factor in (0.96, 1.04):
        with pytest.raises(AssertionError, match="expected"):
            assert_expected(pooled(members, "born").sum(), factor * pooled(members, "births_expected"))


def test_deaths_are_those_of_the_country(members):
    assert_expected(pooled(members, "died").sum(), pooled(members, "deaths_expected"))
    for factor in (0.96, 1.04):
        with pytest.raises(AssertionError, match="expected"):
            assert_expected(pooled(members, "died").sum(), factor * pooled(members, "deaths_expected"))


def turnover(members, area):
    """Homes let anew over homes, by year: members, years."""
    return np.array([[year.let[area] / year.homes[area] for year in diary] for _, diary in members])


def assert_turnover(rates):
    assert TURNOVER[0] <= rates.mean() <= TURNOVER[1], f"{100 * rates.mean():.1f} % of the homes are let anew in a year"
    assert np.abs(rates.mean(axis=0) - rates.mean()).max() < 0.02, "a year is out of line"


def test_turnover_is_eight_to_twelve_per_cent(members):
    assert_turnover(turnover(members, 0))
    with pytest.raises(AssertionError, match="let anew"):
        assert_turnover(turnover(members, 0) * 1.5)


def test_homes_stay_and_stand_let(members):
    for model, diary in members:
        assert (diary[-1].homes == diary[0].homes).all()
        assert (model.state.occupant() >= 0).mean() > 0.995


def test_households_stay_as_large_as_they_were(members):
    for place, size in ((0, 2.7), (1, 1.9)):
        sizes = [diary[-1].residents_counted[place] / diary[-1].homes[place] for _, diary in members]
        assert np.mean(sizes) == pytest.approx(size, abs=0.15)


def test_households_stay_believable(members):
    """Children at home grow up and go; nobody under 18 lives with no adult; parents are older than their children."""
    for model, _ in members:
        p, homes = model.state.persons, len(model.state.households)
        grown = np.bincount(p.household[(p.role == CHILD) & (p.age >= 30)], minlength=homes)
        assert (grown > 0).mean() < 0.01
        assert (p.role[p.age < 18] == CHILD).all()
        oldest_child, head = np.zeros(homes), np.zeros(homes)
        np.maximum.at(oldest_child, p.household[p.role == CHILD], p.age[p.role == CHILD])
        np.maximum.at(head, p.household[p.role != CHILD], p.age[p.role != CHILD])
        assert (head[oldest_child > 0] > oldest_child[oldest_child > 0]).mean() > 0.99
