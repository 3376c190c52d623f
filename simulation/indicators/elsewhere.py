"""The rest of the city: the same criteria where the rehoused come to live, and whether a new vulnerable area arises."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.measures import INDICATORS, Measures
from simulation.indicators.results import turned
from simulation.indicators.setting import Setting
from simulation.indicators.spread import mean, quantiles
from simulation.law import PREVENTION, VULNERABLE
from simulation.records import CRITERIA, Ensemble

SHOWN = (*CRITERIA, "residents")


def receiving(ensemble: Ensemble) -> tuple[str, ...]:
    """Return the areas that are not the place's own list areas."""
    return tuple(area for area in ensemble.layout.areas if area not in ensemble.layout.list_areas)


def category_of(ensemble: Ensemble, areas: tuple[str, ...], name: str = "category") -> NDArray[np.int8]:
    """Return the categories of some areas: members, lists, areas."""
    return ensemble.arrays[name][..., np.array([ensemble.layout.areas.index(area) for area in areas], dtype=np.intp)]


def city_frame(measures: Measures, ensemble: Ensemble, setting: Setting) -> pd.DataFrame:
    """Return the criteria of the receiving areas, and how probable it is that each is vulnerable, or a prevention area at most.

    A group of departments that is no contiguous area can be on no list: its probabilities are empty.
    """
    areas = receiving(ensemble)
    here, category = measures.of(areas), category_of(ensemble, areas)
    listable = np.where([area in setting.groups for area in areas], np.nan, 1.0)[:, None]
    shown = [INDICATORS.index(name) for name in SHOWN]
    low, middle, high = quantiles(here.values[..., shown])
    cells = {
        "mean": mean(here.values[..., shown]),
        "p10": low,
        "p50": middle,
        "p90": high,
        "threshold": mean(here.thresholds[..., shown]),
        "probability_breached": mean(here.breached[..., shown]),
        "probability_vulnerable": (category >= VULNERABLE).mean(axis=0)[..., None] * listable,
        "probability_prevention": (category == PREVENTION).mean(axis=0)[..., None] * listable,
    }
    axes: list[Axis] = [{"area": areas}, {"list_year": here.list_years}, {"indicator": SHOWN}]
    return long_frame(setting.scenario, axes, {name: turned(cell) for name, cell in cells.items()})


def new_vulnerable(ensemble: Ensemble) -> NDArray[np.bool_]:
    """Return, by member and list, whether a receiving area is vulnerable that was not on the first list."""
    category = category_of(ensemble, receiving(ensemble))
    return np.logical_or.reduce((category >= VULNERABLE) & (category[:, :1] < VULNERABLE), axis=-1)
