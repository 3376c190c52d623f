"""From effects to packages: the best one, how often it stays the best, a cheaper one nearly as good, and what more money would buy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from simulation.decisions.budget.effects import Effects
from simulation.decisions.budget.packing import Choice, best_package, cheapest
from simulation.decisions.budget.variants import Floats

NEARLY = 0.9  # of the best value: nearly as good
STEPS = 6  # packages of the frontier, beside the best under the frames


@dataclass(frozen=True, eq=False)
class Robustness:
    """How a package does in each parameter draw, against the package that is the best in that draw."""

    rivals: Counter[frozenset[str]]  # how often each package is the best
    chosen: Counter[str]  # how often each measure is in it
    regret: Floats  # by draw: what the best of the draw is worth more

    @property
    def draws(self) -> int:
        """Return the number of draws."""
        return len(self.regret)


@dataclass(frozen=True, eq=False)
class Found:
    """The best package under the frames and what stands around it."""

    package: frozenset[str]
    cheaper: frozenset[str] | None
    frontier: tuple[frozenset[str], ...]  # by cost, whatever the frames
    robustness: Robustness


def values_of(choice: Choice, effects: Effects, worth: Floats, ranked: frozenset[str]) -> Floats:
    """Return the value of each candidate and pair: draws, candidates and pairs. What has no evidence is worth nothing to the choice."""
    found = np.zeros((len(worth), len(choice.names) + len(choice.pairs)))
    for number, name in enumerate(choice.names):
        if name in ranked and name in effects.names:
            found[:, number] = worth[:, effects.names.index(name)]
    for number, pair in enumerate(choice.pairs, start=len(choice.names)):
        if pair in effects.pairs and ranked.issuperset(pair):
            found[:, number] = worth[:, len(effects.names) + effects.pairs.index(pair)]
    return found


def search(choice: Choice, values: Floats) -> Found | None:
    """Return the best package by the mean over the draws and what stands around it; None where none keeps the frames."""
    mean = values.mean(axis=0)
    package = best_package(choice, mean)
    if package is None:
        return None
    nothing = choice.value_of(frozenset(), mean)
    gain = choice.value_of(package, mean) - nothing
    cheaper = cheapest(choice, mean, nothing + NEARLY * gain) if gain > 0 else None
    saves = cheaper is not None and choice.cost_of(cheaper) < choice.cost_of(package)
    return Found(package, cheaper if saves else None, frontier(choice, mean), robustness(choice, values, package))


def robustness(choice: Choice, values: Floats, package: frozenset[str]) -> Robustness:
    """Return how a package does against the best of each draw."""
    here = [replace(choice, leaving=tuple(each.of(draw) for each in choice.leaving)) for draw in range(len(values))]
    best = [best_package(one, row) or frozenset() for one, row in zip(here, values, strict=True)]
    regret = [one.value_of(rival, row) - one.value_of(package, row) for one, rival, row in zip(here, best, values, strict=True)]
    return Robustness(Counter(best), Counter(name for rival in best for name in rival), np.maximum(regret, 0.0))


def frontier(choice: Choice, mean: Floats) -> tuple[frozenset[str], ...]:
    """Return the best packages for more and more money, the frames aside: each worth more than those that cost less."""
    whole = best_package(choice.within(None), mean) or frozenset()
    most, found, worth = choice.cost_of(whole), [frozenset[str]()], choice.value_of(frozenset(), mean)
    for step in range(1, STEPS + 1):
        package = best_package(choice.within(most * step / STEPS), mean)
        if package is not None and (value := choice.value_of(package, mean)) > worth:
            found.append(package)
            worth = value
    return tuple(dict.fromkeys(found))
