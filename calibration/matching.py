"""The history-matching cut: points that no spread can reconcile with the published values are given up before anything is sampled.

Craig et al. (1997), Vernon et al. (2010): a point is implausible where some target lies more than three standard deviations from
what the emulator says of it, the emulator's own misses, rounding and discrepancy counted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from calibration.emulator import Emulator
from calibration.posterior import published, spread_of
from calibration.targets import Target

Floats = NDArray[np.float64]
CUT = 3.0


def implausibility(emulator: Emulator, x: Floats, targets: Sequence[Target]) -> Floats:
    """Return how many standard deviations the worst target of each scaled point lies from what was published: points."""
    spread = np.sqrt(np.diag(spread_of(targets, emulator.residual)))
    found: Floats = (np.abs(published(targets) - emulator(x)) / spread).max(axis=1)
    return found


def plausible(emulator: Emulator, x: Floats, targets: Sequence[Target]) -> NDArray[np.bool_]:
    """Return which scaled points remain: points."""
    found: NDArray[np.bool_] = implausibility(emulator, x, targets) < CUT
    return found
