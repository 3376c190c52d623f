"""What became of the rehoused: groups only, and how far they stand from all residents of the area they came to.

Convictions and origin are left out on purpose: nobody is blamed for having been moved.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.results import turned
from simulation.indicators.spread import mean, quantiles
from simulation.indicators.suppression import FEWEST_SHOWN
from simulation.records import REHOUSED, Ensemble

Floats = NDArray[np.float64]
FEWEST_HOUSEHOLDS = 30
ALL = "all"
COUNTED = ("households", "persons", "children_0_17", "moved_again")
# Shares in per cent: numerator, denominator. Those of PAIRED are also told of the area, and the difference in points.
SHARES = {
    "in_work_pct": ("in_work", "adults_18_64"),
    "students_pct": ("students", "adults_18_64"),
    "outside_pct": ("outside_last_year", "adults_18_64"),
    "basic_schooling_pct": ("basic_schooling_only", "aged_30_59"),
    "income_pct": ("income_ratio_sum", "taxpayers_15_64"),
}
PAIRED = ("outside_pct", "basic_schooling_pct", "income_pct")
RENTS = {"rent_before_dkk": "rent_before_sum", "rent_dkk": "rent_sum"}  # a month, mean over households


def rehoused_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return the rehoused by area of arrival, and all of them together, on every list.

    ``area_*`` is the same share of all residents of the area, weighted by where the rehoused live; ``distance_*`` the rehoused
    less the area, in points. ``moved_again``: households that have moved on since. Nothing is told of fewer than 30 households.
    """
    layout = ensemble.layout
    areas = [at for at, area in enumerate(layout.areas) if area not in layout.list_areas]
    rehoused = _with_all(ensemble.arrays["rehoused"][:, :, areas])
    told = _told(rehoused, _expected(ensemble, areas))
    few = mean(rehoused[..., REHOUSED.index("households")])[..., None] < FEWEST_HOUSEHOLDS
    values = np.stack(list(told.values()), axis=-1)
    counted = np.isin(list(told), COUNTED)
    hide = few | (counted & (mean(values) > 0) & (mean(values) < FEWEST_SHOWN))
    low, middle, high = quantiles(values)
    cells = {"mean": mean(values), "p10": low, "p50": middle, "p90": high}
    axes: list[Axis] = [{"area": [*(layout.areas[at] for at in areas), ALL]}, {"list_year": layout.list_years}, {"measure": list(told)}]
    frame = long_frame(scenario, axes, {name: turned(np.where(hide, np.nan, cell)) for name, cell in cells.items()})
    return frame[frame["mean"].notna()].reset_index(drop=True)


def _with_all(values: Floats) -> Floats:
    """Append the sum over areas to members, lists, areas, measures."""
    return np.concatenate([values, values.sum(axis=2, keepdims=True)], axis=2)


def _expected(ensemble: Ensemble, areas: list[int]) -> dict[str, Floats]:
    """Return what the numerators of the rehoused would be, were they like all residents of their areas."""
    rehoused, expected = ensemble.arrays["rehoused"][:, :, areas], {}
    for name in PAIRED:
        top, bottom = SHARES[name]
        rate = _ratio(ensemble.stock(top)[:, :, areas], ensemble.stock(bottom)[:, :, areas])
        expected[name] = _with_all((np.nan_to_num(rate) * rehoused[..., REHOUSED.index(bottom)])[..., None])[..., 0]
    return expected


def _told(rehoused: Floats, expected: dict[str, Floats]) -> dict[str, Floats]:
    at = {name: rehoused[..., column] for column, name in enumerate(REHOUSED)}
    told = {name: at[name] for name in COUNTED}
    for name, (top, bottom) in SHARES.items():
        told[name] = 100 * _ratio(at[top], at[bottom])
        if name in PAIRED:
            told[f"area_{name}"] = 100 * _ratio(expected[name], at[bottom])
            told[f"distance_{name}"] = told[name] - told[f"area_{name}"]
    return told | {name: _ratio(at[total], at["households"]) for name, total in RENTS.items()}


def _ratio(top: Floats, bottom: Floats) -> Floats:
    return np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom > 0)
