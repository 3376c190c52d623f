"""Runs of the past over the prior: which points, how they are simulated, and what they say of the targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from calibration.observing import checked, seen
from calibration.priors import Prior
from calibration.priors.prior import at_quantiles, scaled
from calibration.targets import Check, Target
from simulation.cases import Case, run_cases, study_id
from simulation.installed import installed_model

if TYPE_CHECKING:
    from simulation.ensemble import Notice, Progress
    from simulation.records import Ensemble
    from simulation.scenario import Scenario
    from simulation.workers import Workers

Floats = NDArray[np.float64]
KEPT = ("stock", "flows")


@dataclass(frozen=True, eq=False)
class Study:
    """Simulated points: where they lie, and what they say of targets and checks.

    ``quantiles``: points, priors (unit cube); ``seen``: points, targets; ``checked``: points, checks.
    """

    priors: tuple[Prior, ...]
    targets: tuple[Target, ...]
    quantiles: Floats
    seen: Floats
    checked: Floats

    @property
    def scaled(self) -> Floats:
        """Return the points on the scale of the emulators: points, priors; -1 to 1."""
        return scaled(self.priors, at_quantiles(self.priors, self.quantiles))

    def and_then(self, later: Study) -> Study:
        """Return the points of both."""
        parts = ((getattr(self, name), getattr(later, name)) for name in ("quantiles", "seen", "checked"))
        return Study(self.priors, self.targets, *(np.concatenate(pair) for pair in parts))


@dataclass(frozen=True)
class Bench:
    """Where studies are run: their folder, the seed of their chance, the workers, and who is told."""

    store: Path
    seed: int
    workers: Workers | None = None
    progress: Progress = lambda done, total: None
    notice: Notice = lambda code, values: None


def sobol(priors: Sequence[Prior], points: int, seed: int) -> Floats:
    """Return the first points of a scrambled Sobol sequence over the unit cube of the priors."""
    from scipy.stats import qmc

    engine = qmc.Sobol(len(priors), scramble=True, rng=seed)
    found: Floats = engine.random_base2(int(np.ceil(np.log2(points))))[:points]
    return found


def simulated(
    scenario: Scenario,
    priors: tuple[Prior, ...],
    quantiles: Floats,
    targets: tuple[Target, ...],
    checks: Sequence[Check],
    bench: Bench,
    first: int = 0,
) -> Study:
    """Simulate a scenario at points of the priors, each with a chance of its own.

    ``first``: number of the first point's chance, so that later points of a study do not repeat the chance of earlier ones.
    """
    rows = at_quantiles(priors, quantiles)
    paths = tuple(prior.path for prior in priors)
    cases = [Case(0, first + number, tuple(zip(paths, row.tolist(), strict=True))) for number, row in enumerate(rows)]
    ensemble = members_of(scenario, cases, bench)
    return Study(priors, targets, quantiles, seen(ensemble, targets), checked(ensemble, checks))


def members_of(scenario: Scenario, cases: Sequence[Case], bench: Bench, kept: Sequence[str] = KEPT) -> Ensemble:
    """Simulate cases of a scenario, or find those that a study before has left in the store."""
    store = bench.store / study_id([scenario], cases, bench.seed, kept, installed_model())
    return run_cases(
        [scenario],
        cases,
        seed=bench.seed,
        store=store,
        workers=bench.workers,
        kept=kept,
        progress=bench.progress,
        notice=bench.notice,
    )
