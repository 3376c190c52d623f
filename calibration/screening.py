"""Which of many numbers the targets feel at all: those that go with a target beyond chance, over the whole first design."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.indicators.association import beyond_chance, p_values

Floats = NDArray[np.float64]


def strengths(scaled: Floats, seen: Floats) -> Floats:
    """Return the partial correlation of each number with each target, all other numbers held: numbers, targets.

    A straight line through all numbers at once takes what the others do out of the way, so that weak ones show.
    ``scaled``: points, numbers; ``seen``: points, targets.
    """
    x = np.column_stack([np.ones(len(scaled)), scaled])
    inverse = np.linalg.inv(x.T @ x)
    slopes = inverse @ x.T @ seen
    freedom = len(x) - x.shape[1]
    spread = ((seen - x @ slopes) ** 2).sum(axis=0) / freedom
    t = slopes[1:] / np.sqrt(np.diag(inverse)[1:, None] * spread)
    found: Floats = t / np.sqrt(freedom + t**2)
    return found


def felt(scaled: Floats, seen: Floats) -> NDArray[np.bool_]:
    """Return which numbers some target feels beyond chance: numbers. On average one in a hundred found is a false alarm."""
    partial = strengths(scaled, seen)
    p = p_values(partial, len(scaled) - scaled.shape[1] + 1)
    return np.asarray(beyond_chance(p).any(axis=1))
