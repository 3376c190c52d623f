"""From an area's counts to its criteria and its category, for any number of areas at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.law.categories import CONVERSION, NONE, PARALLEL, PREVENTION, VULNERABLE
from simulation.law.counts import Counts, Floats, percentages
from simulation.law.rules import Bar, Rules, Tally

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Judgement:
    """What a list says of areas: arrays whose last axes are those of the counts."""

    values: Floats  # CRITERIA, areas: per cent; NaN where nobody is counted
    thresholds: Floats  # CRITERIA: per cent; NaN for a criterion the list does not have
    breached: Bools  # CRITERIA, areas
    category: NDArray[np.int8]  # areas: the highest, an index into CATEGORIES
    prevention: Bools  # areas: on the prevention list, which overlaps the others
    years_listed_next: Ints  # areas: unbroken years on the ghetto or parallel-society list, this list counted


def judge_counts(
    rules: Rules,
    counts: Counts,
    national_convicted_pct: float | None,
    years_listed: Ints,
    origin_criterion: bool | Bools = True,
) -> Judgement:
    """Judge areas on one list; full counts leave nothing undecided.

    `national_convicted_pct` is the national share of convicted, mean of the two reference years; with None the limit
    printed with the list is taken (LimitUnknown where none is known). `years_listed` are the unbroken years on the ghetto or
    parallel-society list before this one. Without the origin criterion, which can be said for each area, the categories that rest
    on it cannot arise.
    """
    values = percentages(counts)
    thresholds = rules.main.thresholds(national_convicted_pct)
    breached = breaches(rules.main, values, thresholds)
    lower = breached
    if rules.prevention_bar is not None:
        lower = breaches(rules.prevention_bar, values, rules.prevention_bar.thresholds(national_convicted_pct))
    enough = counts.residents >= rules.min_residents
    category, prevention = categorise(rules, breached, lower, enough, years_listed, origin_criterion)
    following = np.where(category >= PARALLEL, np.asarray(years_listed) + 1, 0)
    return Judgement(values, thresholds, breached, category, prevention, following)


def breaches(bar: Bar, values: Floats, thresholds: Floats) -> Bools:
    """Return which criteria are met; a criterion without value or limit never is."""
    column = (slice(None),) + (None,) * (values.ndim - 1)
    excess = bar.sign[column] * (values - thresholds[column])
    return np.where(bar.strict[column], excess > 0, excess >= 0)


def categorise(
    rules: Rules, breached: Bools, lower: Bools, enough: Bools, years_listed: Ints, origin_criterion: bool | Bools = True
) -> tuple[NDArray[np.int8], Bools]:
    """Return the highest category and whether an area is on the prevention list.

    `breached` and `lower` say which criteria are met by the main limits and by those of the prevention list.
    """
    nowhere = np.zeros_like(enough)
    parallel = enough & _reaches(rules.parallel, breached) & origin_criterion
    prevention = enough & _reaches(rules.prevention, lower) & origin_criterion if rules.prevention else nowhere
    vulnerable = enough & _reaches(rules.vulnerable, breached) if rules.vulnerable else nowhere
    # Sets are laid one over the other, the lowest first, so that the highest category stands.
    category = np.where(prevention, PREVENTION, NONE)
    category = np.where(vulnerable, VULNERABLE, category)
    category = np.where(parallel, PARALLEL, category)
    if rules.years_in_a_row is not None:
        category = np.where(parallel & (np.asarray(years_listed) + 1 >= rules.years_in_a_row), CONVERSION, category)
    return category.astype(np.int8), prevention


def _reaches(tally: Tally, breached: Bools) -> Bools:
    counted = breached[tally.among].sum(axis=0) >= tally.at_least
    return counted & breached[tally.besides].all(axis=0)
