"""What a published value leaves open: whether each limit is met, for every number that the printed one may stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from simulation.law.counts import CRITERIA
from simulation.law.printed import Printed
from simulation.law.published import Row
from simulation.law.rules import CONVICTED, Bar, Rules

Met = tuple[bool, bool]  # the main limit, the limit of the prevention list


@dataclass(frozen=True)
class Limit:
    """One limit of one criterion; `value` None where it was not found."""

    value: Fraction | None
    sign: int  # 1 where more is worse, -1 where less is
    strict: bool

    def met(self, number: Fraction) -> bool:
        """Return whether a number meets the criterion."""
        assert self.value is not None, "only asked of limits that are known"
        excess = self.sign * (number - self.value)
        return excess > 0 if self.strict else excess >= 0


Limits = tuple[Limit | None, Limit | None]  # the main one, that of the prevention list; None where the list has none


def limits_of(rules: Rules, row: Row) -> dict[str, Limits]:
    """Return the limits of each criterion of a row's list; the row's own limit on convictions goes before the law's."""
    bars = (rules.main, rules.prevention_bar)
    pairs = [[_limit(bar, index, rules, row) for bar in bars] for index in range(len(CRITERIA))]
    return {name: (main, lower) for name, (main, lower) in zip(CRITERIA, pairs, strict=True)}


def _limit(bar: Bar | None, index: int, rules: Rules, row: Row) -> Limit | None:
    if bar is None or (np.isnan(bar.limits[index]) and np.isnan(bar.multiples[index])):
        return None
    value = _fraction(bar.published if index == CONVICTED and np.isnan(bar.limits[index]) else bar.limits[index])
    if index == CONVICTED and row.convicted_threshold is not None:
        # What is given is the main limit; that of the prevention list is a lower multiple of the same national share.
        multiple, main = _fraction(bar.multiples[index]), _fraction(rules.main.multiples[index])
        value = row.convicted_threshold.value * (multiple / main if multiple and main else 1)
    return Limit(value, int(bar.sign[index]), bool(bar.strict[index]))


def _fraction(number: float) -> Fraction | None:
    return None if np.isnan(number) else Fraction(str(float(number)))


def outcomes(cell: Printed | None, limits: Limits) -> set[Met]:
    """Return every answer that a cell allows; a limit that the list does not have is never met."""
    known = [limit for limit in limits if limit is not None]
    values = [limit.value for limit in known if limit.value is not None]
    if len(values) < len(known):
        return {(False, False), (False, True), (True, True)}  # whoever meets the main limit meets the milder one
    return {_met(number, limits) for number in _numbers(cell, values)}


def _met(number: Fraction, limits: Limits) -> Met:
    main, milder = (limit is not None and limit.met(number) for limit in limits)
    return main, milder


def _numbers(cell: Printed | None, limits: Sequence[Fraction]) -> set[Fraction]:
    """Return numbers a cell may stand for: its ends, every limit between them, and one between each two of these."""
    if not limits:
        return {Fraction(0)}
    low, high = (min(limits) - 1, max(limits) + 1) if cell is None else (cell.low, cell.high)
    ends = sorted({low, high, *(limit for limit in limits if low < limit < high)})
    return {*ends, *((one + other) / 2 for one, other in pairwise(ends))}
