"""The draws are uniform and independent, and each of these tests notices a generator that is not."""

import numpy as np
import pytest
from scipy import stats

from simulation import chance

PERSONS = chance.child(chance.identify(np.arange(4_000)), "person", 0)
IN_A_ROW = np.arange(4_000, dtype=np.uint64)


def seeded_by_sum(seed, uids):
    """The trap: seed and person in one number, so that replicate s, person i is replicate s + 1, person i - 1."""
    return chance.draws(0, np.asarray(uids, dtype=np.uint64) + np.uint64(seed))


def assert_uniform(numbers):
    assert stats.kstest(numbers, "uniform").pvalue > 1e-4
    counts = np.bincount((numbers * 64).astype(int), minlength=64)
    assert stats.chisquare(counts).pvalue > 1e-4


def assert_independent(first, second):
    cells = np.histogram2d(first, second, bins=8, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(cells.ravel()).pvalue > 1e-4
    assert abs(stats.pearsonr(first, second).statistic) < 4.5 / np.sqrt(first.size)


@pytest.mark.parametrize("uids", [PERSONS, IN_A_ROW, IN_A_ROW << np.uint64(40)], ids=["hashed", "in a row", "high bits"])
@pytest.mark.parametrize("seed", [0, 1, 2**31])
def test_draws_are_uniform(uids, seed):
    assert_uniform(chance.draws(chance.key(seed, "dying", 2019), uids))


def test_the_test_of_uniformity_has_power():
    with pytest.raises(AssertionError):
        assert_uniform(chance.draws(1, PERSONS) ** 1.1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, 0, 0, "dying", 2019), (1, 0, 0, "dying", 2020)),
        ((1, 0, 0, "dying", 2019), (1, 0, 0, "moving", 2019)),
        ((1, 0, 0, "dying", 2019), (1, 0, 1, "dying", 2019)),
        ((1, 0, 0, "dying", 2019), (1, 1, 0, "dying", 2019)),
        ((0, 0, 0, "dying", 2019), (1, 0, 0, "dying", 2019)),
    ],
    ids=["years", "processes", "replicates", "parameter draws", "seeds"],
)
@pytest.mark.parametrize("uids", [PERSONS, IN_A_ROW], ids=["hashed", "in a row"])
def test_streams_are_independent(one, other, uids):
    assert_independent(chance.draws(chance.key(*one), uids), chance.draws(chance.key(*other), uids))


@pytest.mark.parametrize("step", [1, 2, 64])
def test_neighbours_are_independent(step):
    numbers = chance.draws(chance.key(1, "dying", 2019), IN_A_ROW)
    assert_independent(numbers[:-step], numbers[step:])


@pytest.mark.parametrize("step", [-2, -1, 1, 2])
def test_no_replicate_is_another_shifted(step):
    one, other = (chance.draws(chance.key(1, replicate, "dying", 2019), IN_A_ROW) for replicate in (3, 4))
    assert_independent(one[10:-10], np.roll(other, step)[10:-10])


def test_the_test_of_independence_has_power():
    one, other = seeded_by_sum(3, IN_A_ROW), seeded_by_sum(4, IN_A_ROW)
    with pytest.raises(AssertionError):
        assert_independent(one[10:-10], np.roll(other, 1)[10:-10])


def spread_over_replicates(draw):
    """Standard deviation over replicates of the share of persons with a number under 0.3, in units of the binomial one."""
    shares = [np.mean(draw(replicate) < 0.3) for replicate in range(400)]
    return np.std(shares) / np.sqrt(0.3 * 0.7 / IN_A_ROW.size)


def assert_spread_right(ratio):
    assert 0.86 < ratio < 1.14  # four standard errors of a standard deviation of 400


def test_replicates_spread_as_chance_does():
    assert_spread_right(spread_over_replicates(lambda replicate: chance.draws(chance.key(1, replicate), IN_A_ROW)))


def test_the_test_of_spread_notices_the_trap():
    with pytest.raises(AssertionError):
        assert_spread_right(spread_over_replicates(lambda replicate: seeded_by_sum(replicate, IN_A_ROW)))


def test_children_draw_independently_of_their_parents():
    key = chance.key(1, "dying", 2030)
    assert_independent(chance.draws(key, PERSONS), chance.draws(key, chance.child(PERSONS, "born", 0)))


def test_siblings_draw_independently():
    key = chance.key(1, "dying", 2030)
    first, second = (chance.draws(key, chance.child(IN_A_ROW, "born", order)) for order in (0, 1))
    assert_independent(first, second)
