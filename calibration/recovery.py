"""The fit tried by known answers: data are simulated from drawn numbers, fitted, and the answer compared with what was drawn.

Simulation-based calibration (Talts et al. 2018), and what rank tests alone miss: coverage, error against posterior spread,
contraction, and mistakes planted on purpose that the trial must notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calibration.emulator import Emulator
from calibration.fit import Model, emulated
from calibration.posterior import Posterior, quantiles_at, rounding, spread_of
from calibration.priors import Prior
from calibration.priors.prior import at_quantiles, scaled
from calibration.sampling import sample
from calibration.targets import Target

Floats = NDArray[np.float64]
CHAINS, WARM_UP, DRAWS = 4, 120, 100
INTERVALS = (0.5, 0.9)
SAMPLES = 2000  # of the prior, to know its variance
INFORMED = 0.05  # a number counts as informed if the fit takes away a twentieth of its variance; sampling leaves it to about 0.02


@dataclass(frozen=True, eq=False)
class Trial:
    """Data sets with known answers: drawn quantiles (sets, numbers) and data (sets, targets)."""

    quantiles: Floats
    data: Floats


@dataclass(frozen=True, eq=False)
class Recovered:
    """What the fits of a trial say; each: sets, numbers.

    ``ranks``: of the drawn number among its draws, 0 to 1; ``apart``: how many posterior standard deviations the mean lies
    from it; ``left``: the part of the prior's variance that is left.
    """

    priors: tuple[Prior, ...]
    ranks: Floats
    apart: Floats
    left: Floats

    @property
    def informed(self) -> NDArray[np.bool_]:
        """Return which numbers such data inform: numbers."""
        found: NDArray[np.bool_] = 1 - self.left.mean(axis=0) >= INFORMED
        return found

    def coverage(self, level: float) -> Floats:
        """Return how often the central interval held what was drawn: numbers."""
        found: Floats = (np.abs(self.ranks - 0.5) <= level / 2).mean(axis=0)
        return found


def drawn_trial(model: Model, targets: Sequence[Target], sets: int, rng: np.random.Generator) -> Trial:
    """Draw numbers from the prior and data from the emulator with all its spread."""
    emulator = model.emulator.of(model.rows_of(targets))
    u = rng.random((sets, len(model.priors)))
    seen = emulator(scaled(model.priors, at_quantiles(model.priors, u)))
    return Trial(u, seen + rng.multivariate_normal(np.zeros(len(targets)), spread_of(targets, emulator.residual), sets))


def simulated_trial(model: Model, targets: Sequence[Target], sets: int, rng: np.random.Generator) -> tuple[Model, Trial]:
    """Take runs of the simulation itself as data; return the model without those runs, and the trial."""
    study = model.study
    out = np.zeros(len(study.quantiles), bool)
    out[rng.permutation(len(out))[:sets]] = True
    parts = [replace(study, quantiles=study.quantiles[rows], seen=study.seen[rows], checked=study.checked[rows]) for rows in (~out, out)]
    found, tried = emulated(parts[0], model.active), parts[1]
    print_spread = np.array([np.hypot(rounding(target), target.discrepancy) for target in targets])
    data = tried.seen[:, model.rows_of(targets)]
    return found, Trial(tried.quantiles[:, model.active], data + rng.normal(size=data.shape) * print_spread)


def recover(
    model: Model,
    targets: Sequence[Target],
    trial: Trial,
    rng: np.random.Generator,
    *,
    priors: tuple[Prior, ...] | None = None,
    understated: float = 1.0,
) -> Recovered:
    """Fit every data set of a trial by itself. ``priors``, ``understated``: for planted mistakes; the covariance is divided by it."""
    emulator, own = model.emulator.of(model.rows_of(targets)), priors or model.priors
    data, group = np.repeat(trial.data, CHAINS, axis=0), np.repeat(np.arange(len(trial.data)), CHAINS)
    density = Posterior(own, _onto(emulator, model.priors, own), data, spread_of(targets, emulator.residual) / understated)
    found = sample(density, rng.normal(size=(len(data), len(own))), DRAWS, WARM_UP, rng, group)
    u = quantiles_at(found.draws).reshape(len(trial.data), CHAINS * DRAWS, len(own))
    numbers = np.stack([at_quantiles(own, each) for each in u])
    truth = at_quantiles(model.priors, trial.quantiles)
    spread = numbers.std(axis=1)
    before = at_quantiles(model.priors, rng.random((SAMPLES, len(own)))).var(axis=0)
    ranks = (numbers < truth[:, None]).mean(axis=1)
    return Recovered(own, ranks, (numbers.mean(axis=1) - truth) / spread, spread**2 / before)


def _onto(emulator: Emulator, old: tuple[Prior, ...], new: tuple[Prior, ...]) -> Emulator:
    """Return the emulator on the scale of other ranges of the same numbers."""
    if old == new:
        return emulator
    middle, half = (np.array([(p.high + sign * p.low) / 2 for p in old]) for sign in (1, -1))
    new_middle, new_half = (np.array([(p.high + sign * p.low) / 2 for p in new]) for sign in (1, -1))
    shift, stretch = (new_middle - middle) / half, new_half / half
    bend = emulator.bend * stretch[:, None] * stretch
    slope = (emulator.slope + 2 * np.einsum("tij,j->ti", emulator.bend, shift)) * stretch
    return replace(emulator, constant=emulator(shift), slope=slope, bend=bend)
