"""The fit: screening, runs over the prior, emulators, the cut, and the sampling of what the published values leave possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from calibration.emulator import Emulator, emulate
from calibration.matching import plausible
from calibration.posterior import Posterior, published, quantiles_at, spread_of
from calibration.priors import Prior, priors_of
from calibration.priors.prior import at_quantiles, scaled
from calibration.sampling import effective, sample, split_r_hat
from calibration.screening import felt
from calibration.study import Bench, Study, simulated, sobol
from calibration.targets import Target, Targets

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]
CANDIDATES = 2**15  # points of which the cut keeps some
CHAINS, WARM_UP, DRAWS = 48, 200, 400
ROWS = 400  # joint draws that are handed on
REPEATS = 64  # runs that say what chance alone does


@dataclass(frozen=True)
class Effort:
    """How much is simulated: points over the prior, and points in what the cut leaves."""

    first: int
    second: int


WHOLE, QUICK = Effort(1024, 512), Effort(512, 0)


@dataclass(frozen=True, eq=False)
class Model:
    """What stands for the simulation: the runs, which numbers their targets feel, and the emulators of all targets.

    ``kept``: the part of the prior that the cut leaves, 1 where nothing was cut.
    """

    study: Study
    active: NDArray[np.intp]
    emulator: Emulator
    kept: float = 1.0

    @property
    def priors(self) -> tuple[Prior, ...]:
        """Return the priors of the numbers that are felt."""
        return tuple(self.study.priors[column] for column in self.active)

    def rows_of(self, targets: Sequence[Target]) -> NDArray[np.intp]:
        """Return where targets stand among those of the study."""
        return np.array([self.study.targets.index(target) for target in targets], np.intp)


@dataclass(frozen=True, eq=False)
class Fit:
    """What the fit left possible: ``quantiles`` (draws, felt priors), and whether the sampling is to be believed."""

    model: Model
    targets: tuple[Target, ...]
    quantiles: Floats
    r_hat: float  # the worst
    effective: float  # the fewest
    accepted: float

    @property
    def numbers(self) -> Floats:
        """Return the draws as numbers: draws, felt priors."""
        return at_quantiles(self.model.priors, self.quantiles)

    @property
    def contraction(self) -> Floats:
        """Return the part of each prior's variance that the fit took away: felt priors; 0 where the data say nothing."""
        even = np.linspace(0, 1, 2001)[1:-1]
        before = np.array([prior.quantile(even).var() for prior in self.model.priors])
        found: Floats = 1 - self.numbers.var(axis=0) / before
        return found


def first_design(scenario: Scenario, targets: Targets, points: int, bench: Bench) -> Study:
    """Simulate over the whole prior."""
    priors = priors_of(scenario)
    return simulated(scenario, priors, sobol(priors, points, bench.seed), targets.fitted(), targets.checks, bench)


def modelled(scenario: Scenario, targets: Targets, first: Study, second: int, bench: Bench) -> Model:
    """See what is felt over the prior, cut, simulate ``second`` points where the published values can be, and emulate."""
    model, priors, fitted = emulated(first), first.priors, first.targets
    if not second:
        return model
    candidates = sobol(priors, CANDIDATES, bench.seed + 1)
    x = scaled(priors, at_quantiles(priors, candidates))
    left = plausible(model.emulator, x[:, model.active], fitted)
    points = candidates[left][:second]
    closer = simulated(scenario, priors, points, fitted, targets.checks, bench, first=len(first.quantiles))
    near = plausible(model.emulator, first.scaled[:, model.active], fitted)
    return replace(emulated(_part(first, near).and_then(closer), model.active), kept=float(left.mean()))


def chance_alone(scenario: Scenario, study: Study, bench: Bench) -> Floats:
    """Return the standard deviation of each target that chance alone makes, with every number at the middle of its prior: targets."""
    middle = np.full((REPEATS, len(study.priors)), 0.5)
    runs = simulated(scenario, study.priors, middle, study.targets, (), bench, first=CANDIDATES)
    found: Floats = runs.seen.std(axis=0, ddof=1)
    return found


def _part(study: Study, rows: NDArray[np.bool_]) -> Study:
    return replace(study, quantiles=study.quantiles[rows], seen=study.seen[rows], checked=study.checked[rows])


def emulated(study: Study, active: NDArray[np.intp] | None = None) -> Model:
    """Screen the runs, unless it is known what is felt, and emulate them."""
    x = study.scaled
    columns = np.flatnonzero(felt(x, study.seen)) if active is None else active
    return Model(study, columns, emulate(x[:, columns], study.seen))


def fit(model: Model, targets: Sequence[Target], seed: int) -> Fit:
    """Sample what the targets leave possible; they are among those of the model's study."""
    rows, priors = model.rows_of(targets), model.priors
    emulator = model.emulator.of(rows)
    density = Posterior(priors, emulator, published(targets), spread_of(targets, emulator.residual))
    rng = np.random.default_rng(seed)
    found = sample(density, rng.normal(size=(CHAINS, len(priors))), DRAWS, WARM_UP, rng)
    quantiles = quantiles_at(found.draws)
    told = {"r_hat": float(split_r_hat(found.draws).max()), "effective": float(effective(found.draws).min()), "accepted": found.accepted}
    return Fit(model, tuple(targets), quantiles.reshape(-1, len(priors)), **told)
