"""Lists after the past: projected from the rebuilt population with the fitted draws, and weighed by values that have come out since.

Nothing that ships is fitted to them. Where a user gives such values, the draws of the fit are the prior of the next step: a
projection says what each would have led to, an emulator smooths that, and draws are kept in proportion to how well they meet it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from calibration.emulator import Emulator, emulate
from calibration.observing import seen
from calibration.posterior import published, spread_of
from calibration.study import Bench, members_of
from calibration.targets import Target
from simulation.cases import Case

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]
MEMBERS, QUICK_MEMBERS = 192, 48


@dataclass(frozen=True, eq=False)
class Projected:
    """Members of a projection: ``numbers`` that were fitted (members, paths) and what is seen of the targets (members, targets)."""

    targets: tuple[Target, ...]
    numbers: Floats
    seen: Floats

    @property
    def emulator(self) -> Emulator:
        """Return the targets as a smooth function of the fitted numbers, on their own scale."""
        return emulate(self.on_scale(self.numbers), self.seen)

    def on_scale(self, numbers: Floats) -> Floats:
        """Return numbers in standard deviations from the members' mean."""
        spread = self.numbers.std(axis=0)
        return (numbers - self.numbers.mean(axis=0)) / np.where(spread > 0, spread, 1.0)


def projected(scenario: Scenario, targets: tuple[Target, ...], members: int, bench: Bench) -> Projected:
    """Project a scenario with its fitted draws, and see the targets."""
    cases = [Case(0, draw) for draw in range(members)]
    ensemble = members_of(scenario, cases, bench)
    numbers = np.array([scenario.fitted.row(draw) for draw in range(members)])
    return Projected(targets, numbers, seen(ensemble, targets))


def weights(found: Projected, known: Sequence[Target], numbers: Floats) -> Floats:
    """Return how well draws of the fitted numbers (draws, paths) meet known later values: draws; sum 1."""
    rows = np.array([found.targets.index(target) for target in known], np.intp)
    emulator = found.emulator.of(rows)
    apart = published(known) - emulator(found.on_scale(numbers))
    log = -0.5 * (apart * np.linalg.solve(spread_of(known, emulator.residual), apart.T).T).sum(axis=1)
    weight = np.exp(log - log.max())
    whole: Floats = weight / weight.sum()
    return whole


def ahead(found: Projected, known: Sequence[Target], held_out: Sequence[Target], rng: np.random.Generator, draws: int = 2000) -> Floats:
    """Return predictive draws of held-out later values, given the later values that are known: draws, targets."""
    order = [found.targets.index(target) for target in (*known, *held_out)]
    emulator, count = found.emulator.of(np.array(order, np.intp)), len(known)
    rows = rng.choice(len(found.numbers), draws, p=weights(found, known, found.numbers) if count else None)
    spread = spread_of([*known, *held_out], emulator.residual)
    said = emulator(found.on_scale(found.numbers[rows]))
    carried = np.linalg.solve(spread[:count, :count], spread[:count, count:])
    mean = said[:, count:] + (published(known) - said[:, :count]) @ carried
    left = spread[count:, count:] - spread[count:, :count] @ carried
    return mean + rng.multivariate_normal(np.zeros(len(held_out)), (left + left.T) / 2, draws)


def effective(weight: Floats) -> float:
    """Return how many equal draws the weights are worth."""
    return float(1 / (weight**2).sum())
