"""Raking meets its margins with the weights nearest to the start, and says so when it cannot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.files import InputErrors
from simulation.population import margins
from simulation.population.raking import MarginsConflict, rake
from simulation.scenario import load
from tests.core import built, now_of, scenario

HOUSEHOLDS = 400
RNG = np.random.default_rng(5)
# homes, persons, children, persons with a trait
COUNTS = np.stack(
    [np.ones(HOUSEHOLDS), RNG.integers(1, 6, HOUSEHOLDS), RNG.integers(0, 3, HOUSEHOLDS), RNG.integers(0, 2, HOUSEHOLDS)], axis=1
).astype(float)
START = np.full(HOUSEHOLDS, 1 / HOUSEHOLDS)
WANTED = np.array([100.0, 270.0, 80.0, 61.0])


def entropy(weights, start):
    """Relative entropy of weights to the start, both scaled to sum 1."""
    w, s = weights / weights.sum(), start / start.sum()
    return float((w * np.log(w / s)).sum())


def by_proportion(start, counts, targets, rounds=4000):
    """A slow, plain reference: iterative proportional fitting of classes of households (here: two margins of homes)."""
    weights = start * targets[0] / start.sum()
    for _ in range(rounds):
        for column, target in zip(counts.T[1:], targets[1:], strict=True):
            have = weights @ column
            weights = np.where(column > 0, weights * target / have, weights * (targets[0] - target) / (targets[0] - have))
    return weights


def test_margins_are_met():
    found = rake(START, COUNTS, WANTED)
    np.testing.assert_allclose(COUNTS.T @ found.weights, WANTED, rtol=1e-4)
    assert (found.weights > 0).all()


@given(st.integers(0, 2**32))
def test_margins_that_some_weights_have_are_met(seed):
    hidden = np.random.default_rng(seed).exponential(size=HOUSEHOLDS) / HOUSEHOLDS
    found = rake(START, COUNTS, COUNTS.T @ hidden)
    np.testing.assert_allclose(COUNTS.T @ found.weights, COUNTS.T @ hidden, rtol=1e-3)
    assert entropy(found.weights, START) <= entropy(hidden, START) + 1e-9


def test_the_weights_are_the_start_tilted_by_the_multipliers():
    found = rake(START, COUNTS, WANTED)
    np.testing.assert_allclose(np.log(found.weights / START), COUNTS @ found.multipliers, atol=1e-9)


def test_for_margins_of_homes_it_is_iterative_proportional_fitting():
    counts = np.stack([np.ones(HOUSEHOLDS), COUNTS[:, 3], COUNTS[:, 2] > 0], axis=1).astype(float)
    targets = np.array([100.0, 61.0, 30.0])
    np.testing.assert_allclose(rake(START, counts, targets).weights, by_proportion(START, counts, targets), rtol=1e-4)


def test_a_guess_changes_the_way_and_not_the_answer():
    plain = rake(START, COUNTS, WANTED)
    guessed = rake(START, COUNTS, WANTED, guess=plain.multipliers * 0.5 + 0.1)
    np.testing.assert_allclose(guessed.weights, plain.weights, rtol=1e-3)


@pytest.mark.parametrize(
    "targets",
    [[100.0, 90.0, 80.0, 61.0], [100.0, 550.0, 80.0, 61.0], [100.0, 270.0, 80.0, 120.0]],
    ids=["fewer persons than homes", "more than five a home", "a trait of more homes than there are"],
)
def test_margins_that_contradict_each_other_are_told(targets):
    with pytest.raises(MarginsConflict) as told:
        rake(START, COUNTS, np.array(targets))
    assert 0 <= told.value.args[0] < len(targets)


def test_slack_misses_a_little_where_margins_pull_apart():
    """The same homes are counted twice and asked for 50 and 52 times: the miss is shared."""
    counts = np.column_stack([COUNTS, COUNTS[:, 3]])
    targets = np.array([100.0, 270.0, 80.0, 50.0, 52.0])
    with pytest.raises(MarginsConflict):
        rake(100 * START, counts, targets)
    found = counts.T @ rake(100 * START, counts, targets, slack=2e-3).weights
    np.testing.assert_allclose(found[3:], 51.0, atol=1.0)
    np.testing.assert_allclose(found[:3], targets[:3], rtol=0.01)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("with_children=0.95", "margins_conflict"),
        ("student=0.9", "work_over_all"),  # told before any work
        ("outside=0.98", "work_over_all"),
        ("residents=2000", "margins_conflict"),
    ],
)
def test_a_place_that_contradicts_itself_is_the_users_to_mend(said, code):
    with pytest.raises(InputErrors) as told:
        now_of(load("historical", [f"place_values.populations.vollsmose.{said}"]))
    problem = told.value.problems[0]
    assert (problem.code, problem.key) == (code, "place.populations.vollsmose")


@pytest.fixture(scope="module")
def population():
    return built(scenario("historical"))[1].population


def test_every_background_has_the_margins_of_the_place(population):
    implied = population.weights @ population.counts
    np.testing.assert_allclose(implied, population.targets, rtol=2e-3, atol=2e-4)
    np.testing.assert_allclose(population.weights.sum(axis=1), 1)


def test_the_margins_counted_are_those_of_the_persons(population):
    c, name = population.candidates, margins.NAMES.index
    assert (population.counts[:, [name(f"age_{band}") for band in margins.AGE_BANDS]].sum(axis=1) == c.size).all()
    assert (population.counts[:, name("with_children")] == (c.sum(c.age < 18) > 0)).all()
    assert population.counts[:, name("non_western")].sum() == (c.origin >= 3).sum()
    assert (population.counts[:, name("western")] + population.counts[:, name("non_western")] + c.sum(c.origin == 0) == c.size).all()
    assert population.counts[:, name("basic_30_59")].sum() == ((c.schooling == 0) & (c.age >= 30) & (c.age <= 59)).sum()


def test_what_counts_as_outside_is_shared_as_the_place_says(population):
    """The counted states sum to the share outside, in the proportions of the split; the others keep their own shares."""
    entry = built(scenario("historical"))[1].values["place"]["populations"][0]
    counted = np.isin(np.arange(12), range(3, 9))  # insured unemployed to disability pension
    shares = margins.labour_shares(entry, counted, 1.0)
    of_split = {state: shares[state] for state in entry["outside_split"] if state in shares}
    assert sum(of_split.values()) == pytest.approx(entry["outside"])
    parts = [of_split[state] / entry["outside_split"][state] for state in of_split]
    np.testing.assert_allclose(parts, parts[0])
    assert shares["student"] == entry["student"]
    fewer = margins.labour_shares(entry, counted & (np.arange(12) != 3), 1.0)
    assert fewer["insured_unemployed"] == pytest.approx(shares["insured_unemployed"])
    counts = [state for state in of_split if state != "insured_unemployed"]
    assert sum(fewer[state] for state in counts) == pytest.approx(entry["outside"])
