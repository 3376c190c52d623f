"""The category of one published row, or all that its unknown and rounded cells leave possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from simulation.law.categories import PARALLEL
from simulation.law.counts import CRITERIA
from simulation.law.history import Listed
from simulation.law.judgement import categorise
from simulation.law.outcomes import Limits, Met, limits_of, outcomes
from simulation.law.printed import Printed
from simulation.law.published import Row
from simulation.law.rules import Rules


@dataclass(frozen=True)
class Verdict:
    """What a row shows: each criterion's possible answers, and the categories that follow."""

    row: Row
    rules: Rules
    limits: Mapping[str, Limits]
    answers: Mapping[str, set[Met]]
    sizes: frozenset[bool]  # whether the area has its residents; both where that is unknown
    earlier: Listed  # years in a row before this list
    categories: tuple[int, ...]  # possible codes, the lowest first
    preventions: frozenset[bool]  # whether it may be on the prevention list, and whether not
    decided_as_printed: bool  # one category would be left if the printed values were unrounded

    @property
    def met(self) -> list[str]:
        """Return the criteria that are surely met."""
        return [name for name, answers in self.answers.items() if all(main for main, _ in answers)]

    @property
    def met_lower(self) -> list[str]:
        """Return the criteria that are surely met by the limits of the prevention list."""
        return [name for name, answers in self.answers.items() if all(lower for _, lower in answers)]

    @property
    def unknown(self) -> list[str]:
        """Return the criteria that cannot be told, empty or rounded, by one limit or the other."""
        return [name for name, answers in self.answers.items() if len(answers) > 1]

    @property
    def rounded(self) -> list[str]:
        """Return those of the unknown criteria whose printed value rounds to a limit."""
        return [name for name in self.unknown if self.row.values[name] and self.has_limit(name)]

    def has_limit(self, name: str) -> bool:
        """Return whether every limit of a criterion is known."""
        return all(limit is None or limit.value is not None for limit in self.limits[name])


def judge_row(rules: Rules, row: Row, earlier: Listed) -> Verdict:
    """Judge one row by what it shows and by the years on the list before it."""
    limits = limits_of(rules, row)
    answers = {name: outcomes(row.values[name], limits[name]) for name in CRITERIA}
    sizes = _sizes(rules, row, earlier)
    categories, preventions = _possible(rules, answers, sizes, earlier)
    as_printed = {name: outcomes(_exact(row.values[name]), limits[name]) for name in CRITERIA}
    exact, _ = _possible(rules, as_printed, sizes, earlier)
    return Verdict(row, rules, limits, answers, sizes, earlier, categories, preventions, len(exact) == 1)


def on_list(verdict: Verdict) -> tuple[bool, bool]:
    """Return whether the row may be on the ghetto or parallel-society list, and whether it may not."""
    return verdict.categories[-1] >= PARALLEL, verdict.categories[0] < PARALLEL


def _exact(cell: Printed | None) -> Printed | None:
    return cell.exact if cell else None


def _sizes(rules: Rules, row: Row, earlier: Listed) -> frozenset[bool]:
    if row.residents is not None:
        return frozenset({row.residents >= rules.min_residents})
    proved = row.listed_since is not None or earlier.proves_size
    return frozenset({True} if proved else {True, False})


def _possible(
    rules: Rules, answers: Mapping[str, set[Met]], sizes: frozenset[bool], earlier: Listed
) -> tuple[tuple[int, ...], frozenset[bool]]:
    """Judge every combination of answers at once, by the same rules as full counts."""
    cases = list(product(*(sorted(answers[name]) for name in CRITERIA)))
    met = np.array(cases, dtype=bool)  # cases, criteria, limits
    size, years = (part.ravel() for part in np.meshgrid(list(sizes), sorted({earlier.low, earlier.high})))
    criteria = np.repeat(met, len(size), axis=0)
    enough, listed = np.tile(size, len(cases)), np.tile(years, len(cases))
    category, prevention = categorise(rules, criteria[..., 0].T, criteria[..., 1].T, enough, listed)
    return tuple(np.unique(category).tolist()), frozenset(prevention.tolist())
