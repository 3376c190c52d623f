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
from simulation.indicators.suppression import FEWEST_SHOWN
from simulation.law import PREVENTION, VULNERABLE, rules_for
from simulation.records import CRITERIA, FLOWS, REHOUSED, Ensemble

SHOWN = (*CRITERIA, "residents")


def receiving(ensemble: Ensemble) -> tuple[str, ...]:
    """Return the areas that are not the place's own list areas."""
    return tuple(area for area in ensemble.layout.areas if area not in ensemble.layout.list_areas)


def category_of(ensemble: Ensemble, areas: tuple[str, ...], name: str = "category") -> NDArray[np.int8]:
    """Return the categories of some areas: members, lists, areas."""
    return ensemble.arrays[name][..., np.array([ensemble.layout.areas.index(area) for area in areas], dtype=np.intp)]


def city_frame(measures: Measures, ensemble: Ensemble, setting: Setting) -> pd.DataFrame:
    """Return the criteria of the receiving areas, and how probable it is that each is vulnerable, or a prevention area at most.

    A group of departments that is no contiguous area can be on no list: its probabilities are empty. ``*_without_rehoused`` is the
    same run with the rehoused left out of the counts: how much of it the rehousing did. ``rehoused_in_all``: persons rehoused to
    the area over all years, mean of the members; empty where fewer than five.
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
    cells |= _set_apart(ensemble, areas, listable)
    cells["rehoused_in_all"] = _came(ensemble, areas)
    axes: list[Axis] = [{"area": areas}, {"list_year": here.list_years}, {"indicator": SHOWN}]
    return long_frame(setting.scenario, axes, {name: turned(cell) for name, cell in cells.items()})


def _came(ensemble: Ensemble, areas: tuple[str, ...]) -> NDArray[np.float64]:
    at = [ensemble.layout.areas.index(area) for area in areas]
    persons = np.rint(ensemble.arrays["flows"][..., FLOWS.index("rehoused_in")].sum(axis=1).mean(axis=0)[at])
    shown = np.where((persons > 0) & (persons < FEWEST_SHOWN), np.nan, persons)
    return np.repeat(shown[None, :, None], len(ensemble.layout.list_years), axis=0)


def may_become_vulnerable(ensemble: Ensemble, setting: Setting) -> bool:
    """Return whether any receiving area could be new on a list: one area, not vulnerable at first, and once of the size for it."""
    for area in receiving(ensemble):
        at = ensemble.layout.areas.index(area)
        large = ensemble.stock("residents")[:, :, at] >= rules_for(ensemble.layout.first_year, setting.after_last_list).min_residents
        if area not in setting.groups and large.any() and (ensemble.arrays["category"][:, 0, at] < VULNERABLE).any():
            return True
    return False


def _set_apart(ensemble: Ensemble, areas: tuple[str, ...], listable: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return the same with the rehoused set apart: members, lists and areas are those of the run, only who is counted differs."""
    if not ensemble.holds("rehoused"):
        return {}
    at = np.array([ensemble.layout.areas.index(area) for area in areas], dtype=np.intp)
    persons = ensemble.stock("residents") - ensemble.arrays["rehoused"][..., REHOUSED.index("persons")]
    without = np.concatenate([ensemble.arrays["criteria_without_rehoused"], persons[..., None]], axis=-1)[:, :, at]
    category = category_of(ensemble, areas, "category_without_rehoused")
    return {
        "mean_without_rehoused": mean(without),
        "probability_vulnerable_without_rehoused": (category >= VULNERABLE).mean(axis=0)[..., None] * listable,
        "probability_prevention_without_rehoused": (category == PREVENTION).mean(axis=0)[..., None] * listable,
    }


def new_vulnerable(ensemble: Ensemble) -> NDArray[np.bool_]:
    """Return, by member and list, whether a receiving area is vulnerable that was not on the first list."""
    category = category_of(ensemble, receiving(ensemble))
    return np.logical_or.reduce((category >= VULNERABLE) & (category[:, :1] < VULNERABLE), axis=-1)
