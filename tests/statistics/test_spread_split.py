"""The split of a variance into ignorance and chance finds what was put in, and notices when it is told wrong."""

import numpy as np
import pytest

from simulation.indicators.spread import quantiles, split

DRAWS, REPLICATES, SERIES = 50, 2, 400


def members(sd_draws, sd_chance, seed=1):
    """Return members by series, with known spread between draws and within them."""
    rng = np.random.default_rng(seed)
    between = rng.normal(0, sd_draws, (DRAWS, SERIES)).repeat(REPLICATES, axis=0)
    return 40 + between + rng.normal(0, sd_chance, (DRAWS * REPLICATES, SERIES)), np.repeat(np.arange(DRAWS), REPLICATES)


@pytest.mark.parametrize(("sd_draws", "sd_chance"), [(2.0, 1.0), (1.0, 1.2), (1.0, 1.0)])
def test_both_components_are_found(sd_draws, sd_chance):
    found = split(*members(sd_draws, sd_chance))
    assert found.draws.mean() == pytest.approx(sd_draws**2, rel=0.06)
    assert found.replicates.mean() == pytest.approx(sd_chance**2, rel=0.03)


def test_members_in_the_wrong_draws_are_noticed():
    """Negative control: with draws dealt at random the same members show no spread between draws."""
    values, draws = members(2.0, 1.0)
    found = split(values, np.random.default_rng(2).permutation(draws))
    assert found.draws.mean() < 0.2 * 4.0
    assert found.replicates.mean() == pytest.approx(5.0, rel=0.06)


def test_groups_of_unequal_size_are_weighed():
    values, draws = members(2.0, 1.0)
    keep = np.arange(len(draws)) % 4 != 3  # half of the draws keep one replicate only
    found = split(values[keep], draws[keep])
    assert found.draws.mean() == pytest.approx(4.0, rel=0.08)
    assert found.replicates.mean() == pytest.approx(1.0, rel=0.06)


def test_what_does_not_vary_has_no_parts():
    found = split(np.full((6, 2), 76.6) * [1, 0], np.repeat([0, 1, 2], 2))
    assert np.isnan(found.draws_share).all()


def test_one_replicate_a_draw_cannot_be_split():
    assert np.isnan(split(np.random.default_rng(1).normal(size=(5, 2)), np.arange(5)).draws).all()


def test_quantiles_leave_out_what_is_not_known():
    values = np.array([[1.0, np.nan, np.nan], [3.0, 2.0, np.nan]])
    low, middle, high = quantiles(values)
    np.testing.assert_allclose(middle, [2.0, 2.0, np.nan])
    np.testing.assert_allclose((low[0], high[0]), (1.2, 2.8))
