"""Which lists money can still move: from the law's reference years and the measures' own data, beside what a paired simulation shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.indicators.interventions import first_effect
from simulation.law import rules_for

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.scenario.items import Measure

# Which criteria a step of a resident's year shows on first. The share by origin is none of them.
MOVES = {
    "job_entry": ("outside_labour_market", "mean_income"),
    "education_entry": ("outside_labour_market", "mean_income"),
    "schooling": ("basic_schooling_only",),
    "conviction": ("convicted",),
}
CRITERIA = ("outside_labour_market", "convicted", "basic_schooling_only", "mean_income")


@dataclass(frozen=True)
class Reach:
    """How far money from a year on reaches one criterion.

    ``first_effect``: the first year in which anybody counted can be otherwise; None where no measure shows on the criterion.
    ``parts``: by list, the part of the years it counts that can be. ``measures``: how many show on it. ``seen``: the first list that
    a paired simulation moves, in any future and by whatever way round; None where it moves none. ``points``: how far it moves the
    last list there, on average, percentage points.
    """

    criterion: str
    first_effect: int | None
    parts: Mapping[int, float]
    measures: int
    seen: int | None = None
    points: float = 0.0

    @property
    def first(self) -> int | None:
        """Return the first list that counts any year that can be otherwise."""
        return next((year for year, part in self.parts.items() if part > 0), None)

    @property
    def whole(self) -> int | None:
        """Return the first list that counts no other years."""
        return next((year for year, part in self.parts.items() if part >= 1), None)


def counted_part(criterion: str, list_year: int, effect: int, after_last_list: str) -> float:
    """Return the part of the years that a list counts of a criterion, from the year ``effect`` on."""
    years = rules_for(list_year, after_last_list).reference_years.get(criterion, ())
    return sum(list_year + back >= effect for back in years) / len(years) if years else 0.0


Shown = Mapping[str, tuple[int | None, float]]  # by criterion what a simulation shows: the first list moved, points on the last


def reach_of(scenario: Scenario, measures: Sequence[Measure], start: int, shown: Shown) -> tuple[Reach, ...]:
    """Return how far measures that begin in ``start`` at the earliest reach each criterion."""
    lists, after = range(scenario.first_year, scenario.last_year + 1), scenario.sections.law.after_last_list
    start = max(start, scenario.first_year + 1)  # who attends is chosen the year before, so nobody does in a run's first year
    found = []
    for criterion in CRITERIA:
        own = [measure for measure in measures if criterion in MOVES.get(measure.acts_on, ())]
        effect = min((first_effect(each, criterion, max(each.from_, start)) for each in own), default=None)
        parts = {} if effect is None else {year: counted_part(criterion, year, effect, after) for year in lists}
        found.append(Reach(criterion, effect, parts, len(own), *shown.get(criterion, (None, 0.0))))
    return tuple(found)


def last_start(criterion: str, list_year: int, part: float, after_last_list: str) -> int | None:
    """Return the last year in which a measure without a lag can begin, to be counted at least to ``part`` on a list of a criterion."""
    years = rules_for(list_year, after_last_list).reference_years.get(criterion, ())
    known = [list_year + back for back in years if counted_part(criterion, list_year, list_year + back, after_last_list) >= part]
    return max(known) - 1 if known else None
