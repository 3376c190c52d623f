"""Years in a labour state: who has been in it for long leaves it more rarely, and the state as a whole as often as it should."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.population.profiles import AGES
from simulation.population.spells import LONGEST, exits, spells, years_so_far
from simulation.records import LABOUR
from tests.core import now_of, scenario

STATES = [state for state in LABOUR if state not in ("child", "pensioner")]


def values_with(**labour):
    return scenario("historical", *(f"rates.labour.{name}={value}" for name, value in labour.items())).values(1, None)


@pytest.fixture(scope="module")
def stock():
    return now_of(scenario("historical")).population.labour


@pytest.mark.parametrize("falling", [0.0, 0.4, 0.8])
def test_the_mean_chance_of_a_state_is_its_exit_rate_at_every_age_and_in_every_cell(stock, falling):
    values = values_with(duration_dependence=falling)
    found = spells(stock, values)
    mean = (found.leaving.astype(float) * found.years).sum(axis=-1)
    assert np.abs(mean - exits(values)).max() < 1e-5


def test_without_dependence_everybody_in_a_state_has_the_same_chance(stock):
    values = values_with(duration_dependence=0)
    assert np.abs(spells(stock, values).leaving - exits(values)[:, None]).max() < 1e-6


def test_with_dependence_the_chance_falls_with_every_year(stock):
    leaving = spells(stock, values_with(duration_dependence=0.8)).leaving
    left = leaving[..., [LABOUR.index(state) for state in STATES], :]
    assert (np.diff(left, axis=-1) < 0).all()


def test_nobody_has_been_in_a_state_for_longer_than_since_the_first_age(stock):
    years = spells(stock, values_with()).years
    for age in range(LONGEST):
        assert not years[:, age, ..., age + 1 :].any()
    assert np.allclose(years.sum(axis=-1), 1, atol=1e-5)


def test_a_scale_that_ignored_age_would_be_noticed(stock):
    """The control: the same chances for all ages are too high for the young, who are all new to their state."""
    values = values_with(duration_dependence=0.8)
    found = spells(stock, values)
    one_scale = found.leaving[:, [AGES.tolist().index(45)]]
    mean = (one_scale.astype(float) * found.years).sum(axis=-1)
    assert np.abs(mean - exits(values)).max() > 0.01


def test_years_are_drawn_from_those_that_have_been_reached():
    shares = np.tile(np.array([0.5, 0.2, 0.2, 0.1], np.float32), (4, 1))
    assert years_so_far(shares, 2, np.array([0.1, 0.6, 0.7, 0.99])).tolist() == [2, 2, 3, 3]


def test_newcomers_have_the_years_of_their_state_and_age():
    """The two simulated years behind a newcomer and the years drawn beyond them give the distribution of the table."""
    from simulation.population.history import past

    now = replace(now_of(scenario("historical")), replicate=3)
    count = 40_000
    state, age, cell = LABOUR.index("cash_benefit_activity_ready"), 45, 1
    columns = {"age": np.int16(age), "origin": np.int8(3), "schooling": np.int8(0), "labour": np.int8(state), "background": np.int8(0)}
    full = {name: np.full(count, value) for name, value in columns.items()}
    years = past(np.arange(count, dtype=np.uint64), female=np.zeros(count, bool), now=now, **full).years_in_state
    found = np.bincount(years, minlength=LONGEST + 1) / count
    wanted = now.population.spells.years[0, age - AGES[0], cell, state].astype(float)
    assert np.abs(found[2:] / found[2:].sum() - wanted[2:] / wanted[2:].sum()).max() < 0.01
    assert abs(found[0] - wanted[0]) < 0.01
