"""The plan's goals in one table: those of the lists, those beside the rest of the city, and the demolitions of each phase.

A goal can be reached by residents' own change or by who moves. So each row says from what it comes, since the first list or,
for public support, since the day on which the plan measured the distance.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.decomposition import ALL
from simulation.indicators.gap import PARTS, TOGETHER, Gap
from simulation.indicators.measures import INDICATORS
from simulation.indicators.spread import mean, quantiles
from simulation.records import CHANGES, Ensemble

Floats = NDArray[np.float64]
OWN, GONE, NEW = ("changed_state", "age_and_birth"), ("moved_out", "rehoused"), ("moved_in",)
ADDED = ["counted_for", "phase", *PARTS]
UNITS = {"public_support_excess": "persons", "public_support_gap": "points", "unemployment_gap": "points"}


def milestones(listed: pd.DataFrame, gap: Gap, decomposed: Floats, ensemble: Ensemble, values: Any) -> pd.DataFrame:
    """Return ``listed`` (the goals of the lists) with its parts, and the other goals below it.

    ``counted_for``: residents of the day, or residents_of_start, wherever they live. The parts are means over the members, in
    the unit of the indicator: points since the first list, or persons fewer since the base of the gap.
    """
    parts = [_list_parts(row, decomposed, ensemble) for _, row in listed.iterrows()]
    frame = pd.concat([listed, pd.DataFrame(parts, index=listed.index, columns=ADDED)], axis=1)
    rows = [*_gap_rows(gap, values.goals), *_phase_rows(ensemble, values)]
    more = pd.DataFrame(rows, columns=frame.columns).assign(scenario=listed["scenario"].iloc[0] if len(listed) else "")
    frame = more if frame.empty else pd.concat([frame, more.astype(frame.dtypes.to_dict(), errors="ignore")], ignore_index=True)
    frame["phase"] = [_phase(year, values) for year in frame["list_year"]]
    return frame


def _list_parts(row: pd.Series, decomposed: Floats, ensemble: Ensemble) -> dict[str, Any]:
    """Return from what a criterion's change since the first list comes; empty for a goal that is no criterion of one area."""
    layout = ensemble.layout
    if row["indicator"] not in INDICATORS or row["area"] not in layout.list_areas or row["list_year"] not in layout.list_years:
        return {}
    steps = layout.list_years.index(row["list_year"])
    found = decomposed[:, :steps, layout.list_areas.index(row["area"]), INDICATORS.index(row["indicator"])].sum(axis=1)
    named = {"own_change": OWN, "moved_away": GONE, "newcomers": NEW}
    sums = {name: float(mean(found[:, [ALL.index(source) for source in sources]].sum(axis=1))) for name, sources in named.items()}
    return {"counted_for": "residents"} | (sums if any(sums.values()) else {})


def _gap_rows(gap: Gap, goals: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    for goal in goals:
        if goal.indicator not in UNITS:
            continue
        row = {"goal": goal.id, "area": TOGETHER, "indicator": goal.indicator, "list_year": int(goal.list_year)}
        row |= {"short_unit": UNITS[goal.indicator]}
        at = gap.list_years.index(goal.list_year) if goal.list_year in gap.list_years else None
        limit = next(float(goal[key]) for key in ("at_most", "below", "fewer") if goal[key] is not None)
        counted = ("residents", "residents_of_start") if goal.indicator == "public_support_excess" else ("residents",)
        for whose in counted:
            told = {} if at is None else _met(gap, goal.indicator, whose, limit, at)
            yield {**row, "counted_for": whose, "target": limit, **told}


def _met(gap: Gap, indicator: str, whose: str, limit: float, at: int) -> dict[str, Any]:
    """Return how a goal stands: for persons fewer the value is how many fewer, and what is short of it."""
    if indicator == "public_support_excess":
        series = gap.excess if whose == "residents" else gap.excess_of_start
        value = series[:, gap.base] - series[:, at]
        told = _standing(value, limit - value)
        parts = gap.parts[:, at] if whose == "residents" else None
        return told if parts is None else told | dict(zip(PARTS, (float(part) for part in mean(parts)), strict=True))
    value = (gap.points if indicator == "public_support_gap" else gap.unemployment_points)[:, at]
    return _standing(value, value - limit)


def _standing(value: Floats, short: Floats) -> dict[str, Any]:
    low, middle, high = (float(level) for level in quantiles(short))
    told = {"probability_met": float((short <= 0).mean()), "value_p50": float(np.nanmedian(value))}
    return told | {"short_p10": low, "short_p50": middle, "short_p90": high}


def _phase_rows(ensemble: Ensemble, values: Any) -> Iterator[dict[str, Any]]:
    """Yield for each phase the demolitions that the plan's own dates put before its end."""
    changes, years = ensemble.arrays["changes"], ensemble.layout.step_years
    planned, done = (changes[..., CHANGES.index(name)].sum(axis=-1).cumsum(axis=1) for name in ("planned", "demolished"))
    for phase in values.place.get("phases", ()):
        if phase.to not in years or planned[:, -1].max() == 0:
            continue
        at = years.index(phase.to)
        row = {"goal": f"demolished_{phase.id}", "indicator": "demolished", "list_year": int(phase.to) + 1, "short_unit": "homes"}
        yield row | {"target": float(planned[:, at].mean()), **_standing(done[:, at], planned[:, at] - done[:, at])}


def _phase(list_year: Any, values: Any) -> str | None:
    """Return the phase that ends with or goes on over the year before a 1 January."""
    return next((p.id for p in values.place.get("phases", ()) if not pd.isna(list_year) and p["from"] < list_year <= p.to + 1), None)
