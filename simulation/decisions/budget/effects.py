"""What each measure does, alone and beside what lies firm: with it less without it, draw by draw on the same chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from simulation.decisions.budget.table import PROBABLE, Aim
from simulation.decisions.budget.variants import QUANTITIES, Floats, Outcomes, Simulate, outcomes
from simulation.scenario import Scenario

AGREE = 0.8  # of the draws: fewer than 8 of 10 cannot tell apart


@dataclass(frozen=True, eq=False)
class Effects:
    """Effects of measures, and of pairs beyond the sum of the two: draws, measures and pairs, lists, QUANTITIES."""

    names: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    list_years: tuple[int, ...]
    values: Floats
    base: Outcomes

    def of(self, quantity: str, list_year: int) -> Floats:
        """Return the effects on one quantity of one list: draws, measures and pairs."""
        return self.values[:, :, self.list_years.index(list_year), QUANTITIES.index(quantity)]

    def series(self, quantity: str) -> Floats:
        """Return the effects on one quantity: draws, measures and pairs, lists."""
        return self.values[..., QUANTITIES.index(quantity)]

    def sum_of(self, package: frozenset[str]) -> Floats:
        """Return the effect that a package has if effects add up: draws, lists, QUANTITIES. What was not tested counts as nothing."""
        inside = [name in package for name in self.names] + [package.issuperset(pair) for pair in self.pairs]
        return np.asarray(self.values[:, np.array(inside, dtype=bool)].sum(axis=1))


def effects_of(
    scenario: Scenario,
    firm: frozenset[str],
    names: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    draws: Sequence[int],
    simulate: Simulate,
) -> Effects:
    """Simulate what lies firm, each measure added to it (or taken from it), and each pair added."""
    alone = [firm ^ {name} for name in names]
    found = outcomes(scenario, [firm, *alone, *(firm | set(pair) for pair in pairs)], draws, simulate)
    base, others = found.values[0], found.values[1:]
    sign = np.array([-1.0 if name in firm else 1.0 for name in names] + [1.0] * len(pairs))
    change = sign[:, None, None, None] * (others - base)
    for number, pair in enumerate(pairs, start=len(names)):
        change[number] -= sum(change[names.index(name)] for name in pair)
    return Effects(tuple(names), tuple(pairs), found.list_years, change.swapaxes(0, 1), Outcomes(found.list_years, found.values[:1]))


def worth(effects: Effects, aims: Sequence[Aim]) -> Floats:
    """Return the weighted sum of the linear goals: draws, measures and pairs; in persons."""
    found = np.zeros(effects.values.shape[:2])
    for aim in aims:
        if aim.name not in PROBABLE:
            found += aim.weight * effects.of(aim.name, aim.list_year)
    return found


def worth_whole(effects: Effects, aims: Sequence[Aim]) -> Floats:
    """Return the weighted sum of all goals of what was simulated as a whole: draws, packages."""
    found = worth(effects, aims)
    for aim in aims:
        if aim.name in PROBABLE:
            found = found + aim.weight * effects.of(aim.name, aim.list_year)
    return found


def verdict(values: Floats) -> str:
    """Return better, worse, or that they cannot be told apart, from the effects in each draw."""
    if (values > 0).mean() >= AGREE:
        return "better"
    return "worse" if (values < 0).mean() >= AGREE else "same"


def verdict_of_chance(values: Floats) -> str:
    """Return the verdict on a probability, which most draws do not change: by a sign test of those that do."""
    up, down = int((values > 0).sum()), int((values < 0).sum())
    if up == down:
        return "same"
    told = stats.binomtest(max(up, down), up + down, alternative="greater").pvalue <= 1 - AGREE
    return ("better" if up > down else "worse") if told else "same"


def interval_of_mean(values: Floats, others: int, level: float = AGREE) -> tuple[float, float]:
    """Return within what the mean of so many other draws lies in ``level`` of all cases (Student's t)."""
    count = len(values)
    if count < 2:
        return -np.inf, np.inf
    half = stats.t.ppf((1 + level) / 2, count - 1) * values.std(ddof=1) * np.sqrt(1 / count + 1 / others)
    return float(values.mean() - half), float(values.mean() + half)
