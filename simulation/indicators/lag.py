"""When a year is counted: each indicator by the year in which it happened, and the lists that count that year."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.measures import POPULATIONS
from simulation.indicators.spread import mean, quantiles
from simulation.law import LawEnds, rules_for
from simulation.records import CRITERIA, Ensemble

Floats = NDArray[np.float64]
YEARLY = ("outside_last_year", "convicted_last_year", "basic_schooling_only", "income_ratio_sum", "non_western")
COLUMNS = ["scenario", "area", "indicator", "year", "mean", "p10", "p50", "p90", "first_list", "last_list", "share_of_list"]
LONGEST = 5  # years back that no list counts further


def lists_of(criterion: str, year: int, after_last_list: str) -> dict[int, float]:
    """Return the lists that count what happened in ``year``, and the part of each list's measure that this year makes up."""
    found = {}
    for list_year in range(year, year + LONGEST + 1):
        with suppress(LawEnds):  # no list is judged any more
            counted = rules_for(list_year, after_last_list).reference_years.get(criterion, ())
            if year - list_year in counted:
                found[list_year] = 1 / len(counted)
    return found


def lag_frame(ensemble: Ensemble, scenario: str, after_last_list: str) -> pd.DataFrame:
    """Return each criterion of each year alone, per cent, of those who live there on the next 1 January, and its lists.

    Origin is that of 1 January of the year itself.
    """
    rows = list(_rows(ensemble, after_last_list))
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["scenario"] = scenario
    return frame


def _rows(ensemble: Ensemble, after_last_list: str) -> Iterator[dict[str, Any]]:
    layout = ensemble.layout
    for area in layout.list_areas:
        at = layout.areas.index(area)
        for criterion, part, whole in zip(CRITERIA, YEARLY, POPULATIONS, strict=True):
            years = 0 if criterion == "non_western" else 1
            values = _percent(ensemble.stock(part)[..., at], ensemble.stock(whole)[..., at])
            for record, list_year in enumerate(layout.list_years):
                yield {"area": area, "indicator": criterion, **_row(values[:, record], criterion, list_year - years, after_last_list)}


def _row(values: Floats, criterion: str, year: int, after_last_list: str) -> dict[str, Any]:
    lists = lists_of(criterion, year, after_last_list)
    low, middle, high = (float(level) for level in quantiles(values))
    told = {"year": year, "mean": float(mean(values)), "p10": low, "p50": middle, "p90": high}
    counted = {"first_list": min(lists), "last_list": max(lists), "share_of_list": max(lists.values())} if lists else {}
    return told | counted


def _percent(part: Floats, whole: Floats) -> Floats:
    return np.divide(100.0 * part, whole, out=np.full_like(part, np.nan), where=whole > 0)
