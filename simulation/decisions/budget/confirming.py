"""The package itself, simulated: on draws that did not choose it, and on those that did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.decisions.budget.effects import AGREE, Effects, interval_of_mean, worth_whole
from simulation.decisions.budget.table import Aim
from simulation.decisions.budget.variants import Floats, Outcomes, Simulate, outcomes
from simulation.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Confirmed:
    """What was foretold of a package by adding up its measures, and what it does when it is simulated as a whole.

    In the weighted unit of the goals. ``seen`` is by draw, on other draws; ``together`` on the draws of the choice.
    """

    foretold: Floats  # by draw of the choice
    low: float
    high: float
    seen: Floats
    together: Floats
    with_package: Outcomes  # variants without and with the package, on the other draws

    @property
    def holds(self) -> bool:
        """Return whether the mean seen lies in the interval foretold."""
        return bool(self.low <= self.seen.mean() <= self.high)

    @property
    def overlap(self) -> float:
        """Return how much less the measures do together than apart, on the same draws (negative: more)."""
        return float(self.foretold.mean() - self.together.mean())

    @property
    def luck(self) -> float:
        """Return how much less the package does on other draws than on those that chose it."""
        return float(self.together.mean() - self.seen.mean())


def confirmed(
    scenario: Scenario,
    firm: frozenset[str],
    package: frozenset[str],
    foretold: Floats,
    together: Effects,
    aims: Sequence[Aim],
    others: Sequence[int],
    simulate: Simulate,
) -> Confirmed:
    """Simulate a package on other draws and set it beside what was foretold.

    ``foretold``: by draw of the choice; ``together``: the package simulated as a whole on the same draws.
    """
    found = outcomes(scenario, [firm, firm | package], others, simulate)
    change = Effects(("package",), (), found.list_years, (found.values[1:] - found.values[:1]).swapaxes(0, 1), found)
    low, high = interval_of_mean(foretold, len(others))
    return Confirmed(foretold, low, high, worth_whole(change, aims)[:, 0], worth_whole(together, aims)[:, 0], found)


def promise(values: Floats, sign: float) -> float:
    """Return what holds in 8 of 10 draws: at most so much where ``sign`` is 1, at least so much where it is -1."""
    return float(np.quantile(values, AGREE if sign > 0 else 1 - AGREE))
