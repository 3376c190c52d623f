"""The assertions of chance fail as seldom as they say, and notice what they are used to notice."""

import numpy as np
import pytest

from tests.assertions import assert_expected, assert_mean, assert_rate

ALARM, TRIALS = 0.05, 2_000
SEED = 20190101


def alarms(trials):
    """Count the trials that fail."""
    failed = 0
    for trial in trials:
        try:
            trial()
        except AssertionError:
            failed += 1
    return failed


def rate_trials(true, told):
    return [lambda c=c: assert_rate(c, 400, told, ALARM) for c in np.random.default_rng(SEED).binomial(400, true, TRIALS)]


def expected_trials(factor):
    chances = np.linspace(0.02, 0.4, 400)
    drawn = (np.random.default_rng(SEED).random((TRIALS, 400)) < chances * factor).sum(axis=1)
    return [lambda c=c: assert_expected(c, chances, ALARM) for c in drawn]


def mean_trials(shift, tolerance=0.0):
    return [lambda v=v: assert_mean(v, 0.0, tolerance, ALARM) for v in np.random.default_rng(SEED).normal(shift, 1.0, (TRIALS, 20))]


@pytest.mark.parametrize("trials", [rate_trials(0.1, 0.1), expected_trials(1.0), mean_trials(0.0)], ids=["rate", "expected", "mean"])
def test_false_alarms_are_as_rare_as_stated(trials):
    # Discrete counts make the exact test fail more seldom than it says, never more often (five standard errors).
    assert 0.02 * TRIALS < alarms(trials) < (ALARM + 5 * np.sqrt(ALARM / TRIALS)) * TRIALS


@pytest.mark.parametrize("trials", [rate_trials(0.16, 0.1), expected_trials(1.4), mean_trials(1.0)], ids=["rate", "expected", "mean"])
def test_what_is_wrong_is_noticed(trials):
    assert alarms(trials) > 0.9 * TRIALS


def test_a_tolerance_forgives_that_much_and_no_more():
    assert alarms(mean_trials(0.5, tolerance=0.5)) < ALARM * TRIALS
    assert alarms(mean_trials(1.5, tolerance=0.5)) > 0.9 * TRIALS


def test_too_few_are_never_judged():
    with pytest.raises(AssertionError, match="too few"):
        assert_expected(10, np.full(1000, 0.01))
