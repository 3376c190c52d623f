"""What packages are foretold to do where effects add up: in persons, and in the probability of leaving the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from simulation.decisions.budget.effects import Effects, worth
from simulation.decisions.budget.leaving import Leaving
from simulation.decisions.budget.table import LEAVING, PEOPLE, PROBABLE, Aim
from simulation.decisions.budget.variants import HUNDRED, Floats
from simulation.law import rules_for
from simulation.records import CRITERIA


def leaving_of(effects: Effects, aims: Iterable[Aim], names: Sequence[str], ranked: frozenset[str]) -> tuple[Leaving, ...]:
    """Return the goals that are a probability. Only measures with evidence move a draw; the criterion on origin stays as it is.

    Off every list: as few limits of the prevention list are broken as keep an area off it, whatever its origin criterion says.
    """
    return tuple(_leaving(effects, aim, names, ranked) for aim in aims if aim.name in PROBABLE)


def _leaving(effects: Effects, aim: Aim, names: Sequence[str], ranked: frozenset[str]) -> Leaving:
    year, rules = aim.list_year, rules_for(aim.list_year)
    tally = rules.parallel if aim.name == LEAVING else rules.prevention or rules.vulnerable or rules.parallel
    points = "points" if aim.name == LEAVING else "prevention"
    among = [f"{points}_{CRITERIA[at]}" for at in tally.among if CRITERIA[at] in PEOPLE]
    margins = np.stack([effects.base.of(name, year)[0] for name in among], axis=-1)
    change = np.zeros((len(margins), len(names), len(among)))
    for number, name in enumerate(names):
        if name in ranked and name in effects.names:
            change[:, number] = np.stack([effects.of(key, year)[:, effects.names.index(name)] for key in among], axis=-1)
    keep = len(among) - tally.at_least + 1
    return Leaving(aim.weight, margins, change, keep, effects.base.of(aim.name, year)[0] >= HUNDRED)


def foretold(effects: Effects, package: frozenset[str], aims: Sequence[Aim]) -> Floats:
    """Return what a package is worth more than nothing new, by draw, in the weighted unit of the goals."""
    inside = [name in package for name in effects.names] + [package.issuperset(pair) for pair in effects.pairs]
    found = worth(effects, aims)[:, np.array(inside, dtype=bool)].sum(axis=1)
    taken = np.array(inside[: len(effects.names)], dtype=float)
    for each in leaving_of(effects, aims, effects.names, frozenset(effects.names)):
        found = found + each.worth(taken) - each.worth(np.zeros_like(taken))
    return np.asarray(found)
