"""What is asked at each value of a lever: how a criterion stands in every future on one list, and whether its limit is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.cases import KEPT
from simulation.files import InputErrors, Problem
from simulation.indicators.elsewhere import category_of
from simulation.indicators.measures import INDICATORS, SHARE, measure
from simulation.indicators.setting import setting_of
from simulation.law import VULNERABLE
from simulation.records import Ensemble
from simulation.scenario.merging import nearest

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]
ARRAYS = (*KEPT, "followed")
LISTS = "lists"
CRITERION = {
    "outside": "outside_labour_market",
    "convicted": "convicted",
    "schooling": "basic_schooling_only",
    "income": "mean_income",
    "share": INDICATORS[SHARE],
    LISTS: "off_vulnerable_without_origin",  # without the origin criterion there is no other list but that of prevention
}
ORIGIN = ("origin", "non_western")


@dataclass(frozen=True)
class Goal:
    """What is to be kept: a criterion or the lists, in an area, on a list."""

    criterion: str  # of CRITERION
    area: str
    list_year: int

    @property
    def quantity(self) -> str:
        """Return what the criterion is called in tables and catalogues."""
        return CRITERION[self.criterion]

    @property
    def measured(self) -> bool:
        """Return whether there is a number beside the yes or no."""
        return self.criterion != LISTS


@dataclass(frozen=True, eq=False)
class Point:
    """One value of a lever: by future the criterion and its limit in per cent, persons or homes beyond it, and whether it is kept.

    Of the lists there is only whether the area is off them: the rest is NaN.
    """

    value: float
    level: Floats
    limit: Floats
    short: Floats
    kept: NDArray[np.bool_]


def goal_of(scenario: Scenario, criterion: str, area: str | None, list_year: int | None) -> Goal:
    """Return what is asked; the first list area and the last list where they are not said. Raises InputErrors."""
    areas = [item["id"] for item in scenario.tree["place"]["areas"] if item["list_area"]]
    known = {name: name for name in CRITERION} | {name: short for short, name in CRITERION.items() if name in INDICATORS}
    found, year = known.get(criterion), scenario.last_year if list_year is None else list_year
    problems = []
    if criterion in ORIGIN:
        problems.append(Problem(key="--criterion", code="goal_origin"))
    elif found is None:
        told = {"given": criterion, "allowed": ", ".join(CRITERION), "nearest": nearest(criterion, CRITERION)}
        problems.append(Problem(key="--criterion", code="goal_unknown_criterion", values=told))
    if area is not None and area not in areas:
        told = {"given": area, "allowed": ", ".join(areas), "nearest": nearest(area, areas)}
        problems.append(Problem(key="--area", code="goal_unknown_area", values=told))
    if not scenario.first_year < year <= scenario.last_year:
        told = {"given": str(year), "allowed": f"{scenario.first_year + 1} – {scenario.last_year}", "nearest": None}
        problems.append(Problem(key="--list", code="unknown_list", values=told))
    if problems:
        raise InputErrors(problems)
    return Goal(str(found), area or areas[0], year)


def points_of(ensemble: Ensemble, scenario: Scenario, goal: Goal, values: Sequence[float]) -> list[Point]:
    """Return what was asked at each value; the number of a case counts values fastest. Raises InputErrors where no limit binds."""
    at = ensemble.layout.list_years.index(goal.list_year)
    if goal.measured:
        parts = _measured(ensemble, scenario, goal, at)
    else:
        kept = category_of(ensemble, (goal.area,), "category_without_origin")[:, at, 0] < VULNERABLE
        unknown = np.full(len(kept), np.nan)
        parts = (unknown, unknown, unknown, kept)
    place = ensemble.draws % len(values)
    return [Point(value, *(part[place == number] for part in parts)) for number, value in enumerate(values)]


def _measured(ensemble: Ensemble, scenario: Scenario, goal: Goal, at: int) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    found = measure(ensemble, setting_of(scenario)).of((goal.area,))
    here = (slice(None), at, 0, INDICATORS.index(goal.quantity))
    breached = found.breached[here]
    if not np.isfinite(breached).all():
        raise InputErrors([Problem(key="--criterion", code="goal_no_limit", values={"area": goal.area, "year": goal.list_year})])
    return found.values[here], found.thresholds[here], found.short[here], breached == 0
