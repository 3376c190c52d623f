"""What the published values leave possible: prior times a Gaussian synthetic likelihood, with its gradient.

Spread around the emulator has three parts, told apart: chance in the area and in the emulator (the residual), the rounding of
print, and the discrepancy that no number of the model explains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.emulator import Emulator
from calibration.priors import Prior
from calibration.priors.prior import at_quantiles, scaled
from calibration.targets import Target

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Posterior:
    """A density over the priors' quantiles u, in the coordinates log(u / (1 - u)), for many data sets at once.

    ``data``: targets, or points, targets where each point has a data set of its own.
    """

    priors: tuple[Prior, ...]
    emulator: Emulator
    data: Floats
    covariance: Floats

    def __call__(self, z: Floats) -> tuple[Floats, Floats]:
        """Return the logarithm of the density and its gradient: points; points, priors."""
        u = quantiles_at(z)
        x = scaled(self.priors, at_quantiles(self.priors, u))
        apart = self.data - self.emulator(x)
        pull = np.linalg.solve(self.covariance, apart.T).T.astype(np.float64)
        log = -0.5 * (apart * pull).sum(axis=1) + np.log(u * (1 - u) + 1e-300).sum(axis=1)
        slope = np.stack([prior.slope(u[:, column]) for column, prior in enumerate(self.priors)], axis=1)
        half = np.array([(prior.high - prior.low) / 2 for prior in self.priors])
        gradient = self.emulator.pulled(x, pull) * slope / half * u * (1 - u) + 1 - 2 * u
        return log, gradient


def quantiles_at(z: Floats) -> Floats:
    """Return the quantiles u at log(u / (1 - u))."""
    found: Floats = (1 + np.tanh(z / 2)) / 2
    return found


def spread_of(targets: Sequence[Target], residual: Floats) -> Floats:
    """Return the covariance of published values around the emulator: targets, targets."""
    return residual + np.diag([rounding(target) ** 2 + target.discrepancy**2 for target in targets])


def rounding(target: Target) -> float:
    """Return the standard deviation that rounding in print leaves: of a number anywhere within half a unit either way."""
    return float(target.half / np.sqrt(3))


def published(targets: Sequence[Target]) -> Floats:
    """Return the published values: targets."""
    return np.array([target.value for target in targets])
