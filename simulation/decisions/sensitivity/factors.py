"""The numbers of a scenario that have a range, as the factors of a study: places from 0 to 1, and the numbers that stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.values import quantile

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.scenario.model import Given

Floats = NDArray[np.float64]
ENDS = (0.05, 0.95)  # how far into its distribution a single factor is moved: 9 of 10 of what is held possible


@dataclass(frozen=True, eq=False)
class Factor:
    """One number that has a range. ``draws``: those of a fit, which then are its distribution."""

    path: str
    low: float
    mode: float
    high: float
    uniform: bool = False
    whole: bool = False
    draws: Floats | None = None

    def at(self, places: Floats) -> Floats:
        """Return the numbers at places of the distribution, which lie from 0 to 1."""
        if self.draws is not None:
            found: Floats = np.quantile(self.draws, places)
        elif self.uniform:
            found = self.low + places * (self.high - self.low)
        else:
            found = quantile(self.low, self.mode, self.high, places)
        return np.round(found) if self.whole else found


def factors_of(scenario: Scenario) -> list[Factor]:
    """Return every number that has a range or a fit, in the order of the files.

    The joint draws of a fit are taken apart: each of its numbers moves through its own draws, whatever the others are.
    """
    fitted = dict(zip(scenario.fitted.paths, scenario.fitted.rows.T, strict=True))
    found = []
    for path, number in scenario.ranged().items():
        shape = {"uniform": number.shape == "uniform", "whole": number.whole, "draws": fitted.pop(path, None)}
        found.append(Factor(path, float(number.low or 0), float(number.value), float(number.high or 0), **shape))
    return found + [Factor(path, draws.min(), float(np.median(draws)), draws.max(), draws=draws) for path, draws in fitted.items()]


def numbers_at(factors: Sequence[Factor], points: Floats) -> Floats:
    """Return the numbers at points (points, factors; 0 to 1); NaN, for a factor that stays as it is, stays NaN."""
    columns = [factor.at(np.nan_to_num(column, nan=1 / 2)) for factor, column in zip(factors, points.T, strict=True)]
    return np.where(np.isnan(points), np.nan, np.stack(columns, axis=1))


def given_at(factors: Sequence[Factor], row: Floats) -> Given:
    """Return one point's numbers by path, without those that stay as they are."""
    return tuple((factor.path, float(number)) for factor, number in zip(factors, row, strict=True) if np.isfinite(number))
