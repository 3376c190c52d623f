"""Lists after the past: projected from the rebuilt population, and draws weighed by the values that have come out since.

Nothing that ships is fitted to them. Where a user gives such values, the draws of the fit and the ranges of all other numbers are
the prior of the next step: an emulator over the numbers that a later value feels says what each draw would have led to, and draws
are kept in proportion to how well they meet what was published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from calibration.emulator import Emulator, emulate
from calibration.observing import seen
from calibration.posterior import published, spread_of
from calibration.priors.prior import HANDED_ON
from calibration.recovery import INFORMED
from calibration.study import Bench, members_of
from calibration.targets import Target
from simulation.cases import Case
from simulation.indicators.association import beyond_chance, p_values, rank_scores

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]
MEMBERS, QUICK_MEMBERS = 256, 96
CANDIDATES = 2**13  # draws that are weighed


@dataclass(frozen=True, eq=False)
class Projected:
    """Members of a projection: the ``numbers`` drawn (members, paths) and what is seen of the targets (members, targets).

    ``candidates``: many more draws of the same numbers, which are not simulated: draws, paths. ``fitted``: paths that the past
    has informed, which are asked again whatever the members show.
    """

    targets: tuple[Target, ...]
    paths: tuple[str, ...]
    numbers: Floats
    seen: Floats
    candidates: Floats
    fitted: tuple[str, ...] = ()

    @cached_property
    def felt(self) -> NDArray[np.intp]:
        """Return the columns of the numbers that some target feels beyond chance, and of those fitted before."""
        correlation = rank_scores(self.numbers).T @ rank_scores(self.seen)
        before = np.array([path in self.fitted for path in self.paths])
        return np.flatnonzero(beyond_chance(p_values(correlation, len(self.seen))).any(axis=1) | before)

    @cached_property
    def emulator(self) -> Emulator:
        """Return the targets as a smooth function of the numbers that are felt, on their own scale."""
        return emulate(self.on_scale(self.numbers), self.seen)

    def on_scale(self, numbers: Floats) -> Floats:
        """Return the numbers that are felt, in standard deviations from the members' mean: draws, felt numbers."""
        own = self.numbers[:, self.felt]
        spread = own.std(axis=0)
        return (numbers[:, self.felt] - own.mean(axis=0)) / np.where(spread > 0, spread, 1.0)


def projected(scenario: Scenario, targets: tuple[Target, ...], members: int, bench: Bench) -> Projected:
    """Project a scenario with its fitted draws, and see the targets."""
    ensemble = members_of(scenario, [Case(0, draw) for draw in range(members)], bench)
    paths, candidates = scenario.drawn(bench.seed, range(CANDIDATES))
    return Projected(targets, paths, candidates[:members], seen(ensemble, targets), candidates, scenario.fitted.paths)


def weights(found: Projected, known: Sequence[Target]) -> Floats:
    """Return how well each candidate meets known later values: draws; sum 1."""
    rows = np.array([found.targets.index(target) for target in known], np.intp)
    emulator = found.emulator.of(rows)
    apart = published(known) - emulator(found.on_scale(found.candidates))
    log = -0.5 * (apart * np.linalg.solve(spread_of(known, emulator.residual), apart.T).T).sum(axis=1)
    weight = np.exp(log - log.max())
    whole: Floats = weight / weight.sum()
    return whole


def ahead(found: Projected, known: Sequence[Target], held_out: Sequence[Target], rng: np.random.Generator, draws: int = 2000) -> Floats:
    """Return predictive draws of held-out later values, given the later values that are known: draws, targets."""
    order = [found.targets.index(target) for target in (*known, *held_out)]
    emulator, count = found.emulator.of(np.array(order, np.intp)), len(known)
    rows = rng.choice(len(found.candidates), draws, p=weights(found, known) if count else None)
    spread = spread_of([*known, *held_out], emulator.residual)
    said = emulator(found.on_scale(found.candidates[rows]))
    carried = np.linalg.solve(spread[:count, :count], spread[:count, count:])
    mean = said[:, count:] + (published(known) - said[:, :count]) @ carried
    left = spread[count:, count:] - spread[count:, :count] @ carried
    return mean + rng.multivariate_normal(np.zeros(len(held_out)), (left + left.T) / 2, draws)


def effective(weight: Floats) -> float:
    """Return how many equal draws the weights are worth."""
    return float(1 / (weight**2).sum())


def moved(found: Projected, weight: Floats) -> list[dict[str, Any]]:
    """Return what later values say of each number that projections take over: those fitted before, and those informed now."""
    mean, after = found.candidates.mean(axis=0), weight @ found.candidates
    spread, left = found.candidates.std(axis=0), np.sqrt(weight @ (found.candidates - after) ** 2)
    gone = 1 - np.divide(left, spread, out=np.ones_like(left), where=spread > 0) ** 2
    new = {found.paths[column] for column in found.felt if found.paths[column].startswith(HANDED_ON) and gone[column] >= INFORMED}
    columns = [column for column, path in enumerate(found.paths) if path in new or path in found.fitted]
    rows = zip(*(values[columns].tolist() for values in (mean, spread, after, left, gone)), strict=True)
    names = ("before", "before_sd", "after", "after_sd", "contraction")
    return [{"path": found.paths[column], **dict(zip(names, row, strict=True))} for column, row in zip(columns, rows, strict=True)]
