"""A study names hardly ever a number that does nothing, however many it asks about; one that does something is named."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

pytest.importorskip("SALib")

from simulation.decisions.sensitivity import designs
from simulation.decisions.sensitivity.designs import (
    MISLED,
    MORRIS,
    ONE,
    SOBOL,
    Design,
    _mean_change,
    base_rows,
    design_of,
    indices_of,
    largest_of_nothing,
)
from simulation.decisions.sensitivity.tables import SIZE, sizes

STUDIES = {MORRIS: (40, 4), SOBOL: (6, 64), ONE: (60, 0)}  # numbers, size
TRIALS = 120
BY_ITSELF = 0.2  # of the numbers: believing each by itself so rarely wrong


def named(method, effect, trial):
    """Return which numbers a study names: chance of size 1 at every point, and a first number of some effect over its range."""
    design = design_of(method, *STUDIES[method], seed=trial)
    rng = np.random.default_rng(trial)
    place = np.nan_to_num(design.points[:, 0], nan=0.5)
    answers = effect * (place - 0.5) + rng.normal(size=len(design.points))
    rows = base_rows(design)
    between = answers[rows].var(ddof=1, keepdims=True) if len(rows) else np.ones(1)
    indices = indices_of(design, answers).assign(area="a", list_year=2030, quantity="q").rename(columns={"factor": "parameter"})
    found = sizes(indices, method).set_index("parameter")["value"]
    return found[found > largest_of_nothing(design, np.ones(1), between)[0]].index.tolist()


def alarms(method):
    return np.mean([bool(named(method, 0.0, trial)) for trial in range(TRIALS)])


def highest(rate):
    """Return the highest part that chance leaves of a true rate, but once in a thousand."""
    return rate + 3.1 * np.sqrt(rate * (1 - rate) / TRIALS)


@pytest.mark.parametrize("method", list(STUDIES))
def test_a_number_that_does_nothing_is_hardly_ever_named(method):
    assert set(SIZE) == set(STUDIES)
    assert alarms(method) <= highest(MISLED)


@pytest.mark.parametrize("method", list(STUDIES))
def test_believing_each_number_by_itself_names_one_more_often_than_not(method, monkeypatch):
    monkeypatch.setattr(designs, "MISLED", BY_ITSELF * STUDIES[method][0])
    assert alarms(method) > 0.5


@pytest.mark.parametrize("size", [2, 4, 8, 20])
def test_the_largest_mean_of_nothing_is_that_of_many_drawn(size):
    drawn = np.abs(np.random.default_rng(3).normal(size=(200_000, size))).mean(axis=1)
    for level in (0.95, 1 - MISLED / 165):
        assert _mean_change(size, norm.ppf(level)) == pytest.approx(np.quantile(drawn, level), rel=0.03)


def test_a_study_of_any_size_has_it_at_once():
    design = Design(MORRIS, 1, 100_000, 1, np.zeros((0, 1)))
    assert largest_of_nothing(design, np.ones(1), np.ones(1))[0] < largest_of_nothing(replace(design, size=4), np.ones(1), np.ones(1))[0]


@pytest.mark.parametrize(("method", "effect"), [(MORRIS, 8.0), (SOBOL, 8.0), (ONE, 9.0)])
def test_a_number_that_moves_much_is_named_and_named_alone(method, effect):
    found = [named(method, effect, trial) for trial in range(TRIALS)]
    assert np.mean([0 in each for each in found]) > 0.9
    assert np.mean([len(each) > 1 for each in found]) <= highest(MISLED)
