"""Tables of what comes out: every member's indicators, their summary, the categories, and the split of the spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame, truth
from simulation.indicators.measures import INDICATORS, Measures
from simulation.indicators.spread import mean, quantiles, split
from simulation.law import CATEGORIES, category_name
from simulation.records import Ensemble


def indicators_frame(measures: Measures, ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return every indicator of every member, list and area."""
    axes: list[Axis] = [_members(ensemble), {"list_year": measures.list_years}, {"area": measures.areas}, {"indicator": INDICATORS}]
    cells = {"value": measures.values, "threshold": measures.thresholds}
    frame = long_frame(scenario, axes, cells)
    frame["breached"] = truth(measures.breached)
    return frame[["scenario", "draw", "replicate", "area", "list_year", "indicator", "value", "threshold", "breached"]]


def summary_frame(measures: Measures, scenario: str) -> pd.DataFrame:
    """Return each indicator over the members: mean, p10, p50, p90, how probable a breach is, and what is short."""
    low, middle, high = quantiles(measures.values)
    short_low, short_middle, short_high = quantiles(measures.short)
    cells = {
        "mean": mean(measures.values),
        "p10": low,
        "p50": middle,
        "p90": high,
        "threshold": mean(measures.thresholds),
        "probability_breached": mean(measures.breached),
        "denominator": mean(measures.denominators),
        "short_p10": short_low,
        "short_p50": short_middle,
        "short_p90": short_high,
    }
    return long_frame(scenario, by_area(measures), {name: turned(cell) for name, cell in cells.items()})


def spread_frame(measures: Measures, draws: NDArray[np.int64], scenario: str) -> pd.DataFrame:
    """Return the standard deviation of each indicator from parameter draws and from chance, and the draws' part of the variance."""
    found = split(measures.values, draws)
    cells = {"sd_draws": np.sqrt(found.draws), "sd_replicates": np.sqrt(found.replicates), "draws_share": found.draws_share}
    return long_frame(scenario, by_area(measures), {name: turned(cell) for name, cell in cells.items()})


def status_frame(category: NDArray[np.int8], areas: Sequence[str], list_years: Sequence[int], scenario: str) -> pd.DataFrame:
    """Return how probable each category is, by area and list; by the names of the day, categories the list had.

    ``category`` holds members, lists, areas: the highest category of each.
    """
    shares = (category[..., None] == np.arange(len(CATEGORIES))).mean(axis=0)  # lists, areas, categories
    names = [[_name(code, year) for code in range(len(CATEGORIES))] for year in list_years]
    axes: list[Axis] = [{"area": areas}, {"list_year": list_years}, {"category": CATEGORIES}]
    frame = long_frame(scenario, axes, {"probability": turned(shares)})
    frame["category"] = np.tile(np.array(names, dtype=object).reshape(-1), len(areas))
    return frame[frame["category"].notna()].reset_index(drop=True)


def _name(code: int, year: int) -> str | None:
    try:
        return category_name(code, year)
    except LookupError:  # the list had no such category
        return None


def by_area(measures: Measures) -> list[Axis]:
    """Return the axes of a table of summaries: areas, lists, indicators."""
    return [{"area": measures.areas}, {"list_year": measures.list_years}, {"indicator": INDICATORS}]


def turned(cells: NDArray) -> NDArray:
    """Return lists-by-areas arrays as areas-by-lists."""
    return np.swapaxes(cells, 0, 1)


def _members(ensemble: Ensemble) -> dict[str, NDArray]:
    return {"draw": ensemble.draws, "replicate": ensemble.replicates}
