"""What a study asks of every future: the criteria, the family share, the lists and the goals, one number for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.cases import KEPT
from simulation.files import InputErrors, Problem
from simulation.indicators.elsewhere import category_of
from simulation.indicators.gap import gap_of
from simulation.indicators.measures import INDICATORS, RESIDENTS, SHARE, Measures, measure
from simulation.indicators.setting import setting_of
from simulation.law import CONVERSION, NONE, PARALLEL, VULNERABLE
from simulation.records import Ensemble

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]
ASKED = (*KEPT, "followed", "city")  # arrays of a member that the quantities are made from
ORIGIN = "non_western"  # shown, never valued: no ranking and no rule is made of it
OFF = {"off_conversion": CONVERSION, "off_parallel": PARALLEL, "off_vulnerable": VULNERABLE, "off_any": NONE + 1}
WITHOUT_ORIGIN = ("off_vulnerable", "off_any")  # without that criterion there is no other list
KEYS = ["area", "list_year", "quantity"]
TOGETHER = "list_areas"  # in place of an area


@dataclass(frozen=True)
class Quantity:
    """One number of a future. ``yes_no``: 1 or 0, so that its mean is a probability."""

    name: str
    area: str
    list_year: int
    yes_no: bool

    @property
    def valued(self) -> bool:
        """Return whether one may say what it would take to know it better: not of the share by origin."""
        return self.name != ORIGIN


@dataclass(frozen=True, eq=False)
class Answers:
    """What was asked, and the answers: members, quantities."""

    quantities: tuple[Quantity, ...]
    values: Floats


def asked_years(scenario: Scenario, given: Sequence[int] = ()) -> tuple[int, ...]:
    """Return the lists to ask about: those given, else the middle one (of two, the later) and the last. Raises InputErrors."""
    first, last = scenario.first_year, scenario.last_year
    if unknown := [str(year) for year in given if not first < year <= last]:
        told = {"given": ", ".join(unknown), "allowed": f"{first + 1} – {last}", "nearest": None}
        raise InputErrors([Problem(key="--list-year", code="unknown_list", values=told)])
    return tuple(sorted(set(given))) or tuple(sorted({first + (last - first + 1) // 2, last}))


def answers_of(ensemble: Ensemble, scenario: Scenario, years: Sequence[int]) -> Answers:
    """Return the quantities of every member of an ensemble on some lists."""
    measures = measure(ensemble, setting_of(scenario)).of(ensemble.layout.list_areas)
    parts = [*_criteria(measures, years), *_lists(ensemble, years), *_goals(ensemble, measures, scenario)]
    known = [(quantity, values) for quantity, values in parts if np.isfinite(values).all()]
    return Answers(tuple(quantity for quantity, _ in known), np.stack([values for _, values in known], axis=1))


def _criteria(measures: Measures, years: Sequence[int]) -> Iterator[tuple[Quantity, Floats]]:
    for area in measures.areas:
        at = measures.areas.index(area)
        bound = np.isfinite(measures.breached[:, -1, at, SHARE]).all()
        for year in years:
            for name in INDICATORS[: SHARE + 1 if bound else SHARE]:
                yield Quantity(name, area, year, False), measures.series(name, area)[0][:, measures.list_years.index(year)]


def _lists(ensemble: Ensemble, years: Sequence[int]) -> Iterator[tuple[Quantity, Floats]]:
    areas, first = ensemble.layout.list_areas, ensemble.layout.first_year
    for kind, names, ending in (("category", tuple(OFF), ""), ("category_without_origin", WITHOUT_ORIGIN, "_without_origin")):
        category = category_of(ensemble, areas, kind)
        for number, area in enumerate(areas):
            for year in years:
                for name in names:
                    yield Quantity(name + ending, area, year, True), (category[:, year - first, number] < OFF[name]).astype(float)


def _goals(ensemble: Ensemble, measures: Measures, scenario: Scenario) -> Iterator[tuple[Quantity, Floats]]:
    """Yield whether each goal is met, that lies within the run; none that aims at the share by origin."""
    for target in setting_of(scenario).targets:
        if target.area not in measures.areas or target.list_year not in measures.list_years or target.indicator == ORIGIN:
            continue
        value = measures.series(target.indicator, target.area)[0][:, measures.list_years.index(target.list_year)]
        met = value < target.limit if target.strict else value <= target.limit
        yield Quantity(f"goal_{target.goal}", target.area, target.list_year, True), met.astype(float)
    gap, goals = gap_of(ensemble, scenario.values(0, None)), scenario.values(0, None)["goals"]
    fewer = [goal for goal in goals if goal["indicator"] == "public_support_excess"]
    others = [goal for goal in goals if goal["indicator"] in ("public_support_gap", "unemployment_gap")]
    for goal in [*fewer[-1:], *others]:  # of a row of yearly steps, the last
        if goal["list_year"] in gap.list_years:
            met = _met(gap, goal, gap.list_years.index(goal["list_year"]))
            yield Quantity(f"goal_{goal['id']}", TOGETHER, int(goal["list_year"]), True), met.astype(float)


def _met(gap: Any, goal: Any, at: int) -> NDArray[np.bool_]:
    limit = next(float(goal[key]) for key in ("at_most", "below", "fewer") if goal[key] is not None)
    if goal["indicator"] == "public_support_excess":
        found: NDArray[np.bool_] = gap.excess[:, gap.base] - gap.excess[:, at] >= limit
        return found
    points: Floats = gap.points if goal["indicator"] == "public_support_gap" else gap.unemployment_points
    return points[:, at] <= limit


def is_shown(quantity: Quantity) -> bool:
    """Return whether a quantity is one of the criteria or the share, not a number of persons."""
    return quantity.name in INDICATORS[:RESIDENTS]


def keyed(quantities: Sequence[Quantity]) -> pd.DataFrame:
    """Return a row for each quantity: area, list_year, quantity."""
    return pd.DataFrame([(each.area, each.list_year, each.name) for each in quantities], columns=KEYS)
