"""What a comparison is made from: a base, the scenarios beside it, and their differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulation.decisions.outcomes import Outcomes
from simulation.report.labels import title_of

if TYPE_CHECKING:
    from simulation.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Side:
    """One of the compared: what it goes by, what it was made from, and its numbers."""

    name: str  # in tables, one of its own
    title: str
    made: str  # id of the members, or of the run
    outcomes: Outcomes
    scenario: Scenario


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """Scenarios against a base; ``frame`` has the columns of ``differences.csv``."""

    comparison_id: str
    base: Side
    others: Sequence[Side]
    frame: pd.DataFrame
    areas: Mapping[str, str]  # names of all areas by slug, those of the lists first
    list_areas: Sequence[str]
    seed: int
    draws: int
    replicates: int
    steps: pd.DataFrame | None = None  # of finished runs: the change from one to the next input, one at a time
    notes: Sequence[str] = ()
    asked: Sequence[str] = ()  # what was named on the command line
    overrides: Sequence[str] = ()

    @property
    def last_year(self) -> int:
        """Return the last list that all have."""
        return int(self.frame["list_year"].max())

    def rows(self, side: Side, area: str, list_year: int) -> dict[str, dict[str, Any]]:
        """Return the differences of a scenario in an area on a list, by measure."""
        frame = self.frame
        found = frame[(frame["scenario"] == side.name) & (frame["area"] == area) & (frame["list_year"] == list_year)]
        return {str(row["measure"]): {str(key): cell for key, cell in row.items()} for row in found.to_dict("records")}

    def names(self, lang: str) -> dict[str, str]:
        """Return the titles of the goals by the name of their measure."""
        goals = [goal for side in (self.base, *self.others) for goal in side.scenario.values(0, None)["goals"]]
        return {f"goal_{goal.id}": title_of(goal, lang) for goal in goals}
