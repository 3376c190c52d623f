"""Assertions about chance: each holds but for a stated share of seeds, and its tests show what it would notice."""

import numpy as np
from scipy import stats

FALSE_ALARM = 1e-4  # of seeds, with which a correct model fails an assertion


def assert_rate(count, n, p, false_alarm=FALSE_ALARM):
    """Assert that `count` of `n` is what a chance of `p` each gives (exact binomial test, two-sided)."""
    found = stats.binomtest(int(count), int(n), p)
    assert found.pvalue > false_alarm, f"{count} of {n} are {count / n:.5f}, not {p:.5f}: p = {found.pvalue:.2g}"


def assert_expected(count, chances, false_alarm=FALSE_ALARM):
    """Assert that `count` is a sum of independent events, each with its own chance (normal approximation, two-sided).

    Fails too where fewer than 25 are expected, or fewer than 25 not: the approximation would not hold.
    """
    chances = np.asarray(chances, float)
    expected, spread = chances.sum(), np.sqrt((chances * (1 - chances)).sum())
    assert min(expected, chances.size - expected) >= 25, f"too few to judge: {expected:.1f} of {chances.size}"
    z = (count - expected) / spread
    assert 2 * stats.norm.sf(abs(z)) > false_alarm, f"{count} against {expected:.1f} expected: {z:+.1f} standard deviations"


def assert_mean(values, expected, tolerance=0.0, false_alarm=FALSE_ALARM):
    """Assert that the mean of independent `values` lies within `tolerance` of `expected`, but for chance (Student's t, two-sided)."""
    values = np.asarray(values, float)
    error = values.std(ddof=1) / np.sqrt(values.size)
    apart = max(abs(values.mean() - expected) - tolerance, 0.0)
    allowed = stats.t.isf(false_alarm / 2, values.size - 1) * error
    assert apart <= allowed, f"mean {values.mean():.4f} is {apart:.4f} away from {expected:.4f}; chance explains {allowed:.4f}"
