"""The whole study of a budget: effects, packages, the frontier, and the confirmation of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.decisions.budget.confirming import Confirmed, confirmed
from simulation.decisions.budget.effects import Effects, effects_of, worth
from simulation.decisions.budget.foretelling import foretold, leaving_of
from simulation.decisions.budget.packing import Choice, best_package
from simulation.decisions.budget.search import Found, search, values_of
from simulation.decisions.budget.standing import Standing, choice_of, granted, standings, tested
from simulation.decisions.budget.table import Table
from simulation.decisions.budget.trying import reach
from simulation.decisions.budget.variants import Outcomes, Simulate, outcomes
from simulation.decisions.reach import Reach
from simulation.files import InputErrors, Problem
from simulation.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Study:
    """What was asked, and what was found. ``found`` is None without a frame, ``confirmed`` without a package."""

    scenario: Scenario
    table: Table
    standings: Mapping[str, Standing]
    effects: Effects
    choice: Choice
    found: Found | None
    packages: tuple[frozenset[str], ...]  # simulated as a whole on the draws of the choice, the empty one first
    together: Outcomes
    confirmed: Confirmed | None
    reach: tuple[Reach, ...]  # which lists money from the first budget year on can move
    draws: int

    @property
    def firm(self) -> frozenset[str]:
        """Return what lies firm."""
        return granted(self.standings)

    @property
    def package(self) -> frozenset[str]:
        """Return the chosen package."""
        return self.found.package if self.found else frozenset()

    def change(self, package: frozenset[str]) -> Effects:
        """Return the effect of a simulated package, as that of one measure."""
        return _change(self.together, self.packages.index(package))


def study(scenario: Scenario, table: Table, draws: int, simulate: Simulate, file: str) -> Study:
    """Carry out a study on ``draws`` parameter draws, and confirm it on as many others. Raise InputErrors.

    ``file``: what is named where the frames cannot be kept.
    """
    stands = standings(scenario, table)
    firm, names = granted(stands), tested(stands, table)
    pairs = [pair.measures for pair in scenario.sections.synergies]
    choice = choice_of(stands, table, file, [pair for pair in pairs if set(pair) <= set(names)])
    _affordable(choice, table, file)
    effects = effects_of(scenario, firm, names, choice.pairs, range(draws), simulate)
    ranked = frozenset(name for name, each in stands.items() if each.ranked)
    values = values_of(choice, effects, worth(effects, table.aims), ranked)
    choice = replace(choice, leaving=leaving_of(effects, table.aims, choice.names, ranked))
    found = search(choice, values) if table.has_frame else None
    packages = _packages(found)
    together = outcomes(scenario, [firm | package for package in packages], range(draws), simulate) if len(packages) > 1 else effects.base
    seen = None
    if found is not None and found.package:
        own = _change(together, packages.index(found.package))
        told = foretold(effects, found.package, table.aims)
        seen = confirmed(scenario, firm, found.package, told, own, table.aims, range(draws, 2 * draws), simulate)
    lists = reach(scenario, firm, table.years[0], range(draws), simulate)
    return Study(scenario, table, stands, effects, choice, found, packages, together, seen, lists, draws)


def _packages(found: Found | None) -> tuple[frozenset[str], ...]:
    """Return the packages to be simulated as a whole, the empty one first."""
    if found is None:
        return (frozenset(),)
    rest = [found.package, *([found.cheaper] if found.cheaper is not None else []), *found.frontier]
    return tuple(dict.fromkeys([frozenset(), *rest]))


def _change(together: Outcomes, at: int) -> Effects:
    change = (together.values[at : at + 1] - together.values[:1]).swapaxes(0, 1)
    return Effects(("package",), (), together.list_years, change, replace(together, values=together.values[:1]))


def _affordable(choice: Choice, table: Table, file: str) -> None:
    """Raise InputErrors where nothing that holds what must be in keeps the frames: before anything is simulated."""
    if not table.has_frame or best_package(choice, np.zeros(len(choice.names) + len(choice.pairs))) is not None:
        return
    forced = np.array([name in choice.forced for name in choice.names])
    costs = choice.costs[forced].sum(axis=0)
    rooms = _rooms(choice, table.years)
    at = int(np.argmax(costs - rooms))
    told = {"cost": f"{costs[at]:g}", "room": f"{rooms[at]:g}", "year": table.years[at]}
    raise InputErrors([Problem(file, 0, 0, "", "budget_infeasible", told)])


def _rooms(choice: Choice, years: Sequence[int]) -> np.ndarray:
    if not choice.frames:
        return np.full(len(years), choice.total or 0.0)
    return np.sum([frame.thousand_dkk for frame in choice.frames], axis=0)
