"""Which of many numbers go with an outcome, over parameter draws: rank correlations, and which of them chance does not give."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FALSE_ALARMS = 0.01  # of those told as beyond chance, on average at most this part is false
FOLDS = 10
DRAWS_A_TERM = 5  # a regression gets no more terms than one for so many draws


def rank_scores(table: Floats) -> Floats:
    """Return the ranks of each column as scores of mean 0 and length 1; 0 in a column that does not vary.

    `table`: draws, columns. Equal values share the mean of their ranks.
    """
    centred = pd.DataFrame(table).rank().to_numpy() - (len(table) + 1) / 2
    length = np.sqrt((centred**2).sum(axis=0))
    return np.divide(centred, length, out=np.zeros_like(centred), where=length > 1e-9)


def p_values(correlation: Floats, draws: int) -> Floats:
    """Return how probable a rank correlation at least as strong is, were there none (two-sided, by Student's t)."""
    from scipy.special import stdtr  # costs start-up time that short runs should not pay

    strength = np.minimum(np.abs(correlation), 1 - 1e-12)
    freedom = draws - 2
    found: Floats = 2 * stdtr(freedom, -strength * np.sqrt(freedom / (1 - strength**2)))
    return found


def beyond_chance(p: Floats, rate: float = FALSE_ALARMS) -> Bools:
    """Return which of many tests to believe such that on average at most ``rate`` of them are false alarms.

    Benjamini and Hochberg (1995), over all tests of the array together, whatever its shape.
    """
    flat = np.sort(p, axis=None)
    passed = np.flatnonzero(flat <= rate * np.arange(1, flat.size + 1) / flat.size)
    return p <= flat[passed[-1]] if passed.size else np.zeros(p.shape, dtype=bool)


def foretold(numbers: Floats, outcome: Floats, folds: int = FOLDS) -> float:
    """Return the part of the outcome's variance that the numbers foretell in draws not used to find them.

    ``numbers``: draws, parameters; ``outcome``: draws; both rank scores. In turn a part of the draws is set aside; in the
    others the parameters beyond chance are found anew and a straight line is laid through them. At most 1; zero or less
    where nothing is foretold.
    """
    draw = np.arange(len(outcome))
    missed = base = 0.0
    for fold in range(folds):
        out = draw % folds == fold
        middle = outcome[~out].mean()
        told = middle + _line(numbers[~out], outcome[~out] - middle, numbers[out])
        missed += ((outcome[out] - told) ** 2).sum()
        base += ((outcome[out] - middle) ** 2).sum()
    return float(1 - missed / base) if base > 0 else float("nan")


def _line(numbers: Floats, outcome: Floats, ahead: Floats) -> Floats:
    """Return what a least-squares line through the parameters beyond chance says for other draws."""
    if not numbers.shape[1]:
        return np.zeros(len(ahead))
    correlation = rank_scores(numbers).T @ rank_scores(outcome[:, None])[:, 0]
    p = p_values(correlation, len(outcome))
    order = np.argsort(p, kind="stable")[: len(outcome) // DRAWS_A_TERM]
    kept = order[beyond_chance(p)[order]]
    if not kept.size:
        return np.zeros(len(ahead))
    middle = numbers[:, kept].mean(axis=0)
    slopes = np.linalg.lstsq(numbers[:, kept] - middle, outcome, rcond=None)[0]
    told: Floats = (ahead[:, kept] - middle) @ slopes
    return told
