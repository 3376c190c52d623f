"""Priors of the run of the past, read from its numbers' own ranges, and the way from the unit cube to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulation.indicators.setting import NOWHERE
from simulation.scenario import Scenario, alone, load, unfitted
from simulation.scenario.values import quantile

Floats = NDArray[np.float64]
HERE = Path(__file__).resolve().parent
HANDED_ON = ("rates.", "city.")  # what a fit says of these holds later too; the rest are levels of the run's first year
EDGE = 1e-6  # how near to the ends of the unit interval a quantile is asked for


@dataclass(frozen=True)
class Prior:
    """The distribution of one number before the fit: triangular, or uniform."""

    path: str
    low: float
    mode: float
    high: float
    uniform: bool
    basis: str = "assumed"

    @property
    def handed_on(self) -> bool:
        """Return whether projections use what the fit says of it."""
        return self.path.startswith(HANDED_ON)

    def quantile(self, u: Floats) -> Floats:
        """Return the numbers at the quantiles ``u``."""
        u = np.clip(u, EDGE, 1 - EDGE)
        return self.low + u * (self.high - self.low) if self.uniform else quantile(self.low, self.mode, self.high, u)

    def slope(self, u: Floats) -> Floats:
        """Return how fast the number rises with its quantile."""
        u = np.clip(u, EDGE, 1 - EDGE)
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        if self.uniform:
            return np.full_like(u, width)
        rising = u * width < left
        rise, fall = (0.5 * np.sqrt(width * part / part_u) for part, part_u in ((left, u), (right, 1 - u)))
        return np.where(rising, rise, fall)


def past_of(place: str, overrides: Sequence[str] = ()) -> Scenario:
    """Return the run of the past of a place, without the rest of the city and without any earlier fit. Raises InputErrors."""
    return alone(unfitted(load(HERE / f"{place}.yaml", list(overrides))))


def priors_of(scenario: Scenario) -> tuple[Prior, ...]:
    """Return the prior of every number that the scenario draws, but for those of homes that are not built in it."""
    nobody = tuple(f"place.populations.{group['id']}." for group in scenario.tree["place"]["populations"] if group["area"] == NOWHERE)
    return tuple(
        Prior(path, float(n.low), float(n.value), float(n.high), n.shape == "uniform", n.kind)
        for path, n in scenario.ranged().items()
        if n.low is not None and n.high is not None and not path.startswith(nobody)
    )


def at_quantiles(priors: Sequence[Prior], u: Floats) -> Floats:
    """Return the numbers at points of the unit cube: points, priors."""
    return np.stack([prior.quantile(u[:, column]) for column, prior in enumerate(priors)], axis=1)


def scaled(priors: Sequence[Prior], numbers: Floats) -> Floats:
    """Return numbers on the scale of an emulator: 0 at the middle of the range, -1 and 1 at its ends."""
    low, high = (np.array([getattr(prior, end) for prior in priors]) for end in ("low", "high"))
    return (numbers - (low + high) / 2) / ((high - low) / 2)
