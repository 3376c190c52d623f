"""From weights to whole households, and the years behind them shifted onto what was published."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import chance
from simulation.baseline.fitting import fit_convictions, fit_income, fit_outside, taxpayers
from simulation.baseline.whole import ResidentsLeft, sample, systematic
from simulation.population import margins
from simulation.population.prospects import EMPLOYED, conviction_risk
from tests.core import built, now_of, own, scenario


@pytest.fixture(scope="module")
def start():
    return built(scenario("historical"))


@pytest.fixture
def state(start):
    return own(start[0])


@given(st.lists(st.floats(0.01, 5), min_size=3, max_size=40), st.integers(1, 200), st.floats(0, 0.999))
def test_equal_steps_pick_each_household_by_its_weight(weights, count, start):
    """Each is picked as often as its share of the weights says, give or take one."""
    shares = np.array(weights) / sum(weights)
    picked = np.bincount(systematic(np.array(weights), count, start, np.arange(len(weights))), minlength=len(weights))
    assert picked.sum() == count
    assert (np.abs(picked - count * shares) <= 1 + 1e-6).all()


def test_picking_in_another_order_picks_other_households_of_the_same_weight():
    weights, order = np.ones(10), np.arange(10)[::-1]
    assert sorted(systematic(weights, 5, 0.5, order)) == sorted(9 - systematic(weights, 5, 0.5, np.arange(10)))


@pytest.fixture(scope="module")
def wanted():
    population = now_of(scenario("historical")).population
    return population, np.rint(population.targets[0] * population.homes[0])


@pytest.mark.parametrize("replicate", range(4))
def test_whole_households_meet_the_margins(wanted, replicate):
    population, targets = wanted
    chosen = sample(population.weights[0], population.counts, targets, chance.key("test", replicate), int(population.residents[0]))
    assert len(chosen) == targets[0]
    assert population.candidates.size[chosen].sum() == population.residents[0]
    missed = np.abs(population.counts[chosen].sum(axis=0) - targets)
    for name, most in (("non_western", 2), ("basic_30_59", 2), ("with_children", 15)):
        assert missed[margins.NAMES.index(name)] <= most, name


def test_residents_that_cannot_be_met_are_told(wanted):
    population, targets = wanted
    with pytest.raises(ResidentsLeft):
        sample(population.weights[0], population.counts, targets, chance.key("test"), int(7 * targets[0]))


def adults(state):
    return np.flatnonzero((state.persons.age >= 18) & (state.persons.age <= 64))[:4000]


@pytest.mark.parametrize("wanted", [0.47, 0.505])
def test_years_are_shifted_onto_the_share_outside(state, wanted):
    rows, p = adults(state), state.persons
    before = np.stack([p.outside[rows], p.outside_before[rows]])
    fit_outside(state, rows, wanted)
    after = np.stack([p.outside[rows], p.outside_before[rows]])
    assert after.mean(dtype=float) == pytest.approx(wanted, abs=1e-5)
    whole = (before == 0) | (before == 1)
    assert (after[whole] == before[whole]).all()
    order = np.argsort(before[~whole])
    assert (np.diff(after[~whole][order]) >= 0).all(), "who had the longer year outside keeps it"
    rest = np.setdiff1d(np.arange(len(p)), rows)
    assert (p.outside[rest] == 0).sum() > 0


def test_convictions_are_placed_by_risk(start, state):
    """Exactly as many as published in the two years, among the same persons as risk says."""
    now, p = start[1], state.persons
    rows = np.flatnonzero(p.age >= 18)
    fit_convictions(state, rows, 0.027, now)
    placed = p.convicted[rows].sum() + p.convicted_before[rows].sum()
    assert placed == round(2 * 0.027 * len(rows))
    assert abs(int(p.convicted[rows].sum()) - int(p.convicted_before[rows].sum())) <= 1
    risk = conviction_risk(p.age[rows], p.female[rows], now.counted[p.labour[rows]], p.schooling[rows], now.population.conviction_risk)
    expected = (risk * ~p.female[rows]).sum() / risk.sum()
    men = (p.convicted[rows] & ~p.female[rows]).sum() / p.convicted[rows].sum()
    assert men == pytest.approx(expected, abs=0.04)
    assert men > 0.5 + 0.1, "risk is felt: half of the adults are men"


def test_incomes_are_scaled_by_the_wages_of_those_in_work(state):
    p = state.persons
    rows = np.flatnonzero(taxpayers(state))[:3000]
    income, earning = p.income.copy(), p.earning.copy()
    fit_income(state, rows, 0.6)
    assert p.income[rows].mean(dtype=float) == pytest.approx(0.6, abs=1e-5)
    at_work = np.zeros(len(p), bool)
    at_work[rows[p.labour[rows] == EMPLOYED]] = True
    assert (p.income[~at_work] == income[~at_work]).all()
    np.testing.assert_allclose(p.income[at_work] / income[at_work], (p.earning / np.where(earning > 0, earning, 1))[at_work], rtol=1e-4)
