"""What it would be worth to know a number: how much narrower the spread, how many fewer wrong answers to a yes-or-no question.

The futures are parted by the number into classes of equal size. The spread that is left inside the classes is what knowing the
number would leave; a wrong answer is one that the likelier side of a class gets wrong. What shuffled answers give is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.indicators.association import beyond_chance

Floats = NDArray[np.float64]
CLASSES = 5
SHUFFLES = 400


@dataclass(frozen=True, eq=False)
class Worth:
    """Of each factor (first axis) for each quantity: what knowing it is expected to save, and whether chance could give as much.

    ``variance``: part of the variance. ``wrong``: part of the futures of which a yes or no would no longer be wrong; NaN elsewhere.
    """

    variance: Floats
    wrong: Floats
    wrong_now: Floats  # of each quantity
    p_value: Floats  # of ``variance``: factors, quantities
    beyond: NDArray[np.bool_]


def worth_of(numbers: Floats, answers: Floats, yes_no: NDArray[np.bool_], seed: int) -> Worth:
    """Return what each number (futures, factors) is worth for each answer (futures, quantities)."""
    found_variance, found_wrong = _saved(numbers, answers)
    generator = np.random.default_rng(seed)
    beaten = np.zeros_like(found_variance)
    sums = [np.zeros_like(found_variance), np.zeros_like(found_wrong)]
    groups = _classes(numbers)
    for _ in range(SHUFFLES):
        shuffled = answers[generator.permutation(len(answers))]
        variance, wrong = _saved_in(groups, shuffled)
        beaten += variance >= found_variance
        sums[0] += variance
        sums[1] += wrong
    p_value = (beaten + 1) / (SHUFFLES + 1)
    known = answers.std(axis=0) > 0
    p_value[:, ~known] = 1.0
    chance = answers.mean(axis=0)
    return Worth(
        variance=np.maximum(found_variance - sums[0] / SHUFFLES, 0.0),
        wrong=np.where(yes_no, np.maximum(found_wrong - sums[1] / SHUFFLES, 0.0), np.nan),
        wrong_now=np.where(yes_no, np.minimum(chance, 1 - chance), np.nan),
        p_value=p_value,
        beyond=beyond_chance(_by_normal(found_variance, sums[0] / SHUFFLES, len(answers), p_value)),
    )


def _by_normal(found: Floats, expected: Floats, futures: int, p_value: Floats) -> Floats:
    """Return the p-values of an F test: shuffles alone cannot tell the small ones that many tests at once ask for."""
    from scipy.special import fdtrc

    classes = np.maximum(np.round(expected * (futures - 1)), 1.0)  # a class less one gives so much by chance
    left = np.maximum(futures - 1 - classes, 1.0)
    ratio = (found / classes) / np.maximum((1 - found) / left, 1e-300)
    tested: Floats = fdtrc(classes, left, ratio)
    return np.where(p_value >= 1.0, 1.0, tested)


def _saved(numbers: Floats, answers: Floats) -> tuple[Floats, Floats]:
    return _saved_in(_classes(numbers), answers)


def _classes(numbers: Floats) -> list[Floats]:
    """Return, for each factor, which future is in which class: classes, futures, as 0 and 1; equal numbers stay together."""
    return [_parted(column) for column in numbers.T]


def _parted(column: Floats) -> Floats:
    distinct = np.unique(column)
    if len(distinct) <= CLASSES:
        return (column == distinct[:, None]).astype(float)
    edges = np.unique(np.quantile(column, np.arange(1, CLASSES) / CLASSES))
    group = np.searchsorted(edges, column, side="right")
    return (group == np.unique(group)[:, None]).astype(float)


def _saved_in(groups: list[Floats], answers: Floats) -> tuple[Floats, Floats]:
    whole = ((answers - answers.mean(axis=0)) ** 2).sum(axis=0)
    chance = answers.mean(axis=0)
    now = np.minimum(chance, 1 - chance)
    variance, wrong = [], []
    for group in groups:
        size = group.sum(axis=1)[:, None]
        means = group @ answers / size
        between = (size * (means - chance) ** 2).sum(axis=0)
        variance.append(np.divide(between, whole, out=np.zeros_like(whole), where=whole > 0))
        wrong.append(now - (size * np.minimum(means, 1 - means)).sum(axis=0) / len(answers))
    return np.stack(variance), np.stack(wrong)
