"""The best package under the frames: a mixed-integer programme over the measures, solved exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from simulation.decisions.budget.leaving import Leaving
from simulation.decisions.budget.table import COMMON, Frame

Floats = NDArray[np.float64]
CLOSE = 1e-7  # of values that count as equal, relative to the size of the values
WHOLE = 0.5  # above it, a variable that is 0 or 1 is 1


@dataclass(frozen=True)
class Rule:
    """A linear condition on the choice: the weighted sum over measures is at most ``most``."""

    weights: Mapping[str, float]
    most: float


@dataclass(frozen=True, eq=False)
class Choice:
    """What can be chosen: candidates, what each costs (candidates, years) and who pays; what is forced, needed, excluded.

    ``pairs``: two candidates that are worth more or less together than apart. ``total``: frame over all years, None = none.
    ``leaving``: goals that are a probability.
    """

    names: tuple[str, ...]
    costs: Floats
    payers: tuple[str, ...]
    frames: tuple[Frame, ...] = ()
    total: float | None = None
    forced: frozenset[str] = frozenset()
    rules: tuple[Rule, ...] = ()
    pairs: tuple[tuple[str, str], ...] = field(default=())
    leaving: tuple[Leaving, ...] = ()

    @property
    def cost(self) -> Floats:
        """Return the cost of each candidate over all years."""
        return self.costs.sum(axis=1)

    def within(self, most: float | None) -> Choice:
        """Return the same choice with another frame over all years, and no other frame."""
        return replace(self, frames=(), total=most)

    def cost_of(self, package: frozenset[str]) -> float:
        """Return what a package costs over all years."""
        return float(sum(self.cost[self.names.index(name)] for name in package))

    def value_of(self, package: frozenset[str], values: Floats) -> float:
        """Return the value of a package; ``values``: of candidates and then pairs."""
        inside = [name in package for name in self.names] + [package.issuperset(pair) for pair in self.pairs]
        chances = (each.worth(np.array(inside[: len(self.names)], dtype=float)).mean() for each in self.leaving)
        return float(values[np.array(inside, dtype=bool)].sum() + sum(chances))


def needs(name: str, needed: str) -> Rule:
    """Return the rule that one measure is chosen only with another."""
    return Rule({name: 1.0, needed: -1.0}, 0.0)


def not_with(name: str, other: str) -> Rule:
    """Return the rule that two measures are not chosen together."""
    return Rule({name: 1.0, other: 1.0}, 1.0)


def best_package(choice: Choice, values: Floats) -> frozenset[str] | None:
    """Return the package of the greatest value, the cheapest of equals; None where no package keeps the frames.

    ``values``: of each candidate, then of each pair in ``choice.pairs`` beyond the sum of the two.
    """
    found = _solved(choice, -_row(choice, values), [])
    if found is None:
        return None
    saving = cheapest(choice, values, choice.value_of(found, values) - CLOSE * (1.0 + np.abs(values).sum()))
    return found if saving is None else saving


def cheapest(choice: Choice, values: Floats, least: float) -> frozenset[str] | None:
    """Return the cheapest package that is worth at least so much; None where there is none."""
    worth = LinearConstraint(_row(choice, values), lb=least)
    return _solved(choice, _row(choice, choice.cost, chances=False), [worth])


def _solved(choice: Choice, objective: Floats, more: list[LinearConstraint]) -> frozenset[str] | None:
    if not choice.names:
        return frozenset()
    count, size = _money(choice), _size(choice)
    lower = np.array([1.0 if name in choice.forced else 0.0 for name in choice.names] + [0.0] * (size - len(choice.names)))
    upper = np.concatenate([np.ones(count), np.full(size - count, np.inf)])
    found = milp(
        objective,
        integrality=np.concatenate([np.ones(count), np.zeros(size - count)]),
        bounds=Bounds(lower, upper),
        constraints=[*_constraints(choice), *more],
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        return None
    return frozenset(name for name, taken in zip(choice.names, found.x, strict=False) if taken > WHOLE)


def _size(choice: Choice) -> int:
    """Return the number of variables: candidates, pairs, draws and limits of probabilities, and money given and got in each year."""
    return _money(choice) + 2 * len(_committees(choice)) * choice.costs.shape[1]


def _money(choice: Choice) -> int:
    """Return where the variables begin that are amounts; those before are 0 or 1."""
    return len(choice.names) + len(choice.pairs) + sum(each.size for each in choice.leaving)


def _row(choice: Choice, values: Floats | Sequence[float], chances: bool = True) -> Floats:
    row = np.zeros(_size(choice))
    row[: len(values)] = values
    at = len(choice.names) + len(choice.pairs)
    for each in choice.leaving:
        row[at : at + each.draws] = each.gain if chances else 0.0
        at += each.size
    return row


def _constraints(choice: Choice) -> list[LinearConstraint]:
    rows, most = list[Floats](), list[float]()
    for rule in choice.rules:
        rows.append(_row(choice, [rule.weights.get(name, 0.0) for name in choice.names], chances=False))
        most.append(rule.most)
    for number, pair in enumerate(choice.pairs):
        for row, bound in _together(choice, number, pair):
            rows.append(row)
            most.append(bound)
    if choice.total is not None:
        rows.append(_row(choice, choice.cost, chances=False))
        most.append(choice.total)
    at = len(choice.names) + len(choice.pairs)
    for each in choice.leaving:
        found, bounds = each.conditions(at, _size(choice))
        rows += list(found)
        most += list(bounds)
        at += each.size
    if choice.frames:
        for row, bound in _frames(choice):
            rows.append(row)
            most.append(bound)
    return [LinearConstraint(sparse.csr_array(np.stack(rows)), ub=np.array(most))] if rows else []


def _together(choice: Choice, number: int, pair: tuple[str, str]) -> list[tuple[Floats, float]]:
    """Return the conditions under which a pair is chosen just where both of it are."""
    at, (one, other) = len(choice.names) + number, (choice.names.index(name) for name in pair)
    found = []
    for plus, minus, bound in (((at,), (one,), 0.0), ((at,), (other,), 0.0), ((one, other), (at,), 1.0)):
        row = np.zeros(_size(choice))
        row[list(plus)], row[list(minus)] = 1.0, -1.0
        found.append((row, bound))
    return found


def _committees(choice: Choice) -> list[Frame]:
    return [frame for frame in choice.frames if frame.committee != COMMON]


def _frames(choice: Choice) -> list[tuple[Floats, float]]:
    """Return the conditions of the frames: each committee pays its own, and what it gets comes out of the common room.

    In a year: spent <= frame - given + got; got by all <= common room + given by all. Only a movable frame gives.
    """
    committees, years, found = _committees(choice), range(choice.costs.shape[1]), []
    own = {frame.committee for frame in committees}
    for year in years:
        common = np.zeros(_size(choice))
        room = sum(frame.thousand_dkk[year] for frame in choice.frames if frame.committee == COMMON)
        for number, frame in enumerate(committees):
            gives = _money(choice) + 2 * (number * len(years) + year)
            row = _paid(choice, year, {frame.committee})
            row[gives], row[gives + 1] = 1.0, -1.0
            found.append((row, frame.thousand_dkk[year]))
            most = np.zeros(_size(choice))
            most[gives] = 1.0
            found.append((most, frame.thousand_dkk[year] if frame.movable else 0.0))
            common[gives], common[gives + 1] = -1.0, 1.0
        found.append((common + _paid(choice, year, set(choice.payers) - own), room))
    return found


def _paid(choice: Choice, year: int, payers: set[str]) -> Floats:
    """Return the row of what some payers pay in a year."""
    costs = zip(choice.costs, choice.payers, strict=True)
    return _row(choice, [cost[year] if payer in payers else 0.0 for cost, payer in costs], chances=False)
