"""What the report says moves the answer is not chance: false alarms are as rare as promised, and the check can fail."""

import numpy as np
import pytest

from simulation.indicators.association import FALSE_ALARMS, beyond_chance, foretold, p_values, rank_scores

DRAWS, PARAMETERS, OUTCOMES, TRIALS = 50, 150, 12, 300


def outcomes(rng):
    """Return outcomes that go with each other, as criteria do, and with no parameter."""
    shared = rng.normal(size=(DRAWS, 3)) @ rng.normal(size=(3, OUTCOMES))
    return shared + rng.normal(size=(DRAWS, OUTCOMES))


def p_of(numbers, results):
    return p_values(rank_scores(numbers).T @ rank_scores(results), DRAWS)


def alarms(believe, seed=11):
    """Return in which part of the trials anything is believed where nothing is."""
    rng = np.random.default_rng(seed)
    return np.mean([believe(p_of(rng.triangular(0, 0.3, 1, (DRAWS, PARAMETERS)), outcomes(rng))).any() for _ in range(TRIALS)])


def highest(rate):
    """Return the highest part that chance leaves of a true rate, but once in a thousand."""
    return rate + 3.1 * np.sqrt(rate * (1 - rate) / TRIALS)


def test_where_nothing_goes_together_hardly_anything_is_told():
    assert alarms(beyond_chance) <= highest(FALSE_ALARMS)


def test_believing_each_test_by_itself_raises_alarms_always():
    assert alarms(lambda p: p < FALSE_ALARMS) > 0.99


@pytest.mark.parametrize("share", [0.4, 0.7])
def test_of_what_is_told_at_most_the_promised_part_is_false(share):
    rng = np.random.default_rng(5)
    false = told = found = 0
    for _ in range(TRIALS):
        numbers = rng.normal(size=(DRAWS, PARAMETERS))
        results = outcomes(rng)
        results[:, :4] = np.sqrt(1 - share) * results[:, :4] / results[:, :4].std(axis=0) + np.sqrt(share) * numbers[:, :4]
        believed = beyond_chance(p_of(numbers, results))
        true = np.zeros_like(believed)
        true[:4, :4] = np.eye(4, dtype=bool)
        false, told, found = false + (believed & ~true).sum(), told + believed.sum(), found + (believed & true).sum()
    assert false / told <= 3 * FALSE_ALARMS  # outcomes that go together bring their false alarms together
    assert found / (4 * TRIALS) > (0.9 if share > 0.5 else 0.4)


def test_what_is_explained_does_not_flatter():
    """In draws not used to find them, numbers of no meaning foretell nothing; in the same draws they would."""
    rng = np.random.default_rng(6)
    ahead, within = [], []
    for _ in range(60):
        numbers, outcome = rank_scores(rng.normal(size=(DRAWS, PARAMETERS))), rank_scores(rng.normal(size=(DRAWS, 1)))[:, 0]
        ahead.append(foretold(numbers, outcome))
        best = numbers[:, np.argsort(np.abs(numbers.T @ outcome))[-5:]]
        within.append(1 - ((outcome - best @ np.linalg.lstsq(best, outcome, rcond=None)[0]) ** 2).sum() / (outcome**2).sum())
    assert np.mean(ahead) < 0.02
    assert np.mean(within) > 0.3
