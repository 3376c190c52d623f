"""What the law counts of an area, and the five percentages that follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CRITERIA = ("outside_labour_market", "convicted", "basic_schooling_only", "mean_income", "non_western")
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Counts:
    """Arrays of one shape, areas along any axes: persons, full-time persons, and one ratio."""

    residents: Floats
    adults_18_64: Floats
    outside: Floats  # full-time persons, mean of the reference years
    adults_18: Floats
    convicted: Floats  # persons, mean of the reference years
    aged_30_59: Floats
    basic_only: Floats
    income_ratio: Floats  # the area's mean over the region's mean, a fraction
    non_western: Floats


def percentages(counts: Counts) -> Floats:
    """Return the criteria in per cent, in the order of CRITERIA along a new first axis; NaN where nobody is counted."""
    parts = np.array([counts.outside, counts.convicted, counts.basic_only, counts.income_ratio, counts.non_western], dtype=np.float64)
    wholes = np.array(
        [counts.adults_18_64, counts.adults_18, counts.aged_30_59, np.ones_like(counts.income_ratio), counts.residents], dtype=np.float64
    )
    return np.divide(100.0 * parts, wholes, out=np.full(parts.shape, np.nan), where=wholes > 0)
