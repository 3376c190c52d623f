"""The goals: each with its date, how probable it is that it is met, and what is short."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.elsewhere import category_of, may_become_vulnerable, new_vulnerable
from simulation.indicators.measures import INDICATORS, RESIDENTS, SHARE, Measures
from simulation.indicators.setting import Setting, Target
from simulation.indicators.spread import quantiles
from simulation.law import CONVERSION, PARALLEL, rules_for
from simulation.records import CRITERIA, Ensemble

Floats = NDArray[np.float64]
UNITS = {"outside_labour_market": "full_time_persons", "mean_income": "mean_incomes", INDICATORS[SHARE]: "homes"}  # the others: persons
COLUMNS = ["scenario", "goal", "area", "indicator", "list_year", "target", "probability_met"]
SHORT = ["value_p50", "short_p10", "short_p50", "short_p90", "short_unit"]


def milestones_frame(measures: Measures, ensemble: Ensemble, setting: Setting) -> pd.DataFrame:
    """Return one row for each goal of the scenario and of the law; empty where the goal's list lies outside the run.

    ``short`` says how far the goal is missed, negative = to spare: in the unit named; for a goal to leave a list, in
    criteria that must still fall.
    """
    rows = [_target_row(target, measures, setting) for target in setting.targets if target.area in measures.areas]
    for area in ensemble.layout.list_areas:
        rows += [_leaving(name, code, area, measures, ensemble, setting) for name, code in LISTS if _was_on(ensemble, area, code)]
    if may_become_vulnerable(ensemble, setting):
        met = 1.0 - new_vulnerable(ensemble)[:, -1].mean()
        rows.append({"goal": "no_new_vulnerable_area", "list_year": ensemble.layout.last_year, "probability_met": met})
    frame = pd.DataFrame(rows, columns=[*COLUMNS, *SHORT])
    frame["scenario"] = setting.scenario
    return frame


LISTS = (("off_conversion_list", CONVERSION), ("off_parallel_list", PARALLEL))


def _target_row(target: Target, measures: Measures, setting: Setting) -> dict[str, Any]:
    row: dict[str, Any] = {"goal": target.goal, "area": target.area, "indicator": target.indicator, "list_year": target.list_year}
    row |= {"target": target.limit, "short_unit": UNITS.get(target.indicator, "persons")}
    if target.list_year not in measures.list_years:
        return row
    at = (slice(None), measures.list_years.index(target.list_year), measures.areas.index(target.area), INDICATORS.index(target.indicator))
    value, scale = measures.values[at], measures.denominators[at] / 100.0
    met = value < target.limit if target.strict else value <= target.limit
    short = (value - target.limit) * (1.0 if at[-1] == RESIDENTS else scale)
    return row | {"probability_met": float(met.mean()), "value_p50": float(np.nanmedian(value)), **_short(short)}


def _was_on(ensemble: Ensemble, area: str, code: int) -> bool:
    return bool((category_of(ensemble, (area,))[:, 0] >= code).any())


def _leaving(name: str, code: int, area: str, measures: Measures, ensemble: Ensemble, setting: Setting) -> dict[str, Any]:
    """Leaving a list takes as many criteria fewer as stand above one less than the list counts, or the criterion on origin."""
    year = ensemble.layout.last_year
    tally = rules_for(year, setting.after_last_list).parallel
    breached = measures.breached[:, -1, measures.areas.index(area), : len(CRITERIA)] == 1
    beyond = breached[:, tally.among].sum(axis=-1) - tally.at_least + 1.0
    beyond = np.where(breached[:, tally.besides].all(axis=-1), beyond, np.minimum(beyond, 0.0))
    met = category_of(ensemble, (area,))[:, -1, 0] < code
    row = {"goal": name, "area": area, "list_year": year, "probability_met": float(met.mean()), "short_unit": "criteria"}
    return row | _short(beyond)


def _short(short: Floats) -> dict[str, float]:
    return dict(zip(SHORT[1:4], (float(level) for level in quantiles(short)), strict=True))
