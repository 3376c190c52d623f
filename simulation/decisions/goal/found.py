"""A finished goal-seek with all it takes to tell of it, and its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from simulation.decisions.goal.levers import Lever
from simulation.decisions.goal.points import Floats, Goal, Point
from simulation.decisions.goal.search import Answer
from simulation.decisions.sensitivity.naming import Names
from simulation.decisions.sensitivity.text import as_rows

if TYPE_CHECKING:
    from simulation.scenario import Scenario

ENDS = (0.1, 0.5, 0.9)
NUMBERS = ("level", "limit", "short")


@dataclass(frozen=True, kw_only=True, eq=False)
class Sought:
    """What was asked, what was tried, and what came of it. ``points`` in the order of the lever."""

    scenario: Scenario
    goal: Goal
    lever: Lever
    points: Sequence[Point]
    answers: Sequence[Answer]
    moves: str
    names: Names
    study_id: str
    draws: int
    replicates: int
    seed: int
    overrides: Sequence[str] = ()

    @property
    def now(self) -> Point:
        """Return the point at which the scenario stands."""
        return next(point for point in self.points if point.value == self.lever.now)

    @property
    def futures(self) -> int:
        """Return how many futures were simulated at each value."""
        return len(self.now.kept)


def ends_of(values: Floats) -> tuple[float, float, float]:
    """Return p10, median and p90 over the futures."""
    low, middle, high = np.quantile(values, ENDS)
    return float(low), float(middle), float(high)


def points_frame(found: Sought) -> pd.DataFrame:
    """Return a row for each value tried: the lever, the criterion with its interval, what is short, how often it is kept."""
    goal, rows = found.goal, []
    for point in found.points:
        row = {"lever": found.lever.name, "value": point.value, "unit": found.lever.unit}
        row |= {"area": goal.area, "list_year": goal.list_year, "criterion": goal.quantity}
        for name in NUMBERS:
            row |= dict(zip((f"{name}_p10", f"{name}_p50", f"{name}_p90"), ends_of(getattr(point, name)), strict=True))
        rows.append(row | {"kept_in_share_of_futures": float(point.kept.mean()), "futures": len(point.kept)})
    return pd.DataFrame(rows)


def answers_frame(found: Sought) -> pd.DataFrame:
    """Return a row for each demand: how sure, what was found, at which value it is kept and at which it is not any more."""
    return pd.DataFrame(
        [
            {
                "lever": found.lever.name,
                "scenario_value": found.lever.now,
                "unit": found.lever.unit,
                "lowest_tried": found.lever.low,
                "highest_tried": found.lever.high,
                "sure": answer.sure,
                "answer": answer.kind,
                "kept_at": answer.value,
                "kept_in_share_of_futures": answer.kept,
                "missed_at": answer.missed,
                "turns": answer.turns,
                "kept_as_it_stands": answer.now,
                "moves": found.moves,
            }
            for answer in found.answers
        ]
    )


def as_json(found: Sought) -> dict[str, Any]:
    """Return what ``--json`` prints: what was asked, the answers, and a row for each value tried."""
    goal, lever = found.goal, found.lever
    asked = {"criterion": goal.quantity, "area": goal.area, "list_year": goal.list_year, "lever": lever.name, "numbers": list(lever.paths)}
    counts = {"seed": found.seed, "draws": found.draws, "replicates": found.replicates}
    tables = {"answers": answers_frame(found), "points": points_frame(found)}
    return {"scenario": found.scenario.name, "study_id": found.study_id, **asked, **counts, **as_rows(tables)}
