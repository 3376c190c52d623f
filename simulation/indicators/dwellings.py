"""Tables of dwellings: every change of every member, and the programme as planned, feasible and delayed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.results import turned
from simulation.indicators.setting import Setting
from simulation.indicators.spread import mean, quantiles
from simulation.records import CHANGES, Ensemble

BUILDING = ["scenario", "area", "kind", "year", "planned", "mean", "p10", "p50", "p90", "planned_in_all"]
PERSONS = "emptied_persons"
DWELLINGS = tuple(name for name in CHANGES if name != PERSONS)


def known_changes(ensemble: Ensemble) -> NDArray[np.bool_]:
    """Return which kinds of change a department knows in any year of any member: departments, ``CHANGES``."""
    known: NDArray[np.bool_] = (ensemble.arrays["changes"] != 0).any(axis=(0, 1))
    return known


def homes_frame(ensemble: Ensemble, scenario: str, known: NDArray[np.bool_], kinds: tuple[str, ...] = DWELLINGS) -> pd.DataFrame:
    """Return dwellings changed by member, department, year and kind of change.

    ``known``: departments, ``CHANGES``; what a department does not know has no rows.
    """
    places = [CHANGES.index(name) for name in kinds]
    members = {"draw": ensemble.draws, "replicate": ensemble.replicates}
    axes: list[Axis] = [members, {"year": ensemble.layout.step_years}, _departments(ensemble), {"change": kinds}]
    changes = ensemble.arrays["changes"][..., places]
    frame = long_frame(scenario, axes, {"dwellings": np.rint(changes).astype(np.int64)})
    told = np.broadcast_to(known[:, places], changes.shape).reshape(-1)
    return frame.loc[told, ["scenario", "draw", "replicate", "area", "department", "year", "change", "dwellings"]].reset_index(drop=True)


def programme_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return each change of dwellings by department and year over the members; below, the `emptied_persons` of whole areas.

    Nothing is told of the residents of a single department.
    """
    changes = ensemble.arrays["changes"]
    areas = tuple(dict.fromkeys(ensemble.layout.department_area))
    mine = [np.array(ensemble.layout.department_area) == area for area in areas]
    persons = np.stack([changes[..., here, CHANGES.index(PERSONS)].sum(axis=-1) for here in mine], axis=-1)[..., None]
    whole = {"area": areas, "department": (None,) * len(areas)}
    dwellings = changes[..., [CHANGES.index(name) for name in DWELLINGS]]
    parts = ((dwellings, _departments(ensemble), DWELLINGS), (persons, whole, (PERSONS,)))
    return pd.concat([_over_members(ensemble, scenario, *part) for part in parts], ignore_index=True)


def _over_members(ensemble: Ensemble, scenario: str, changes: NDArray, places: Axis, kinds: tuple[str, ...]) -> pd.DataFrame:
    low, middle, high = quantiles(changes)
    cells = {"mean": mean(changes), "p10": low, "p50": middle, "p90": high}
    axes: list[Axis] = [places, {"year": ensemble.layout.step_years}, {"change": kinds}]
    return long_frame(scenario, axes, {name: turned(cell) for name, cell in cells.items()})


def building_frame(ensemble: Ensemble, setting: Setting) -> pd.DataFrame:
    """Return, for each area in which the scenario builds, the homes that stand at the end of each year, of all its new ones.

    ``planned`` by the scenario's own dates; mean, p10, p50, p90 over the members. ``kind``: private, social, or homes (both).
    """
    built = ensemble.arrays["changes"][..., CHANGES.index("built")].cumsum(axis=1)  # members, years, departments
    rows = []
    for plan in setting.building:
        here = built[..., np.array(ensemble.layout.department_area) == plan.area].sum(axis=-1)
        low, middle, high = quantiles(here)
        years = ensemble.layout.step_years
        keys = {"scenario": setting.scenario, "area": plan.area, "kind": plan.kind, "year": list(years)}
        cells = {
            "planned": [plan.so_far(year) for year in years],
            "mean": mean(here),
            "p10": low,
            "p50": middle,
            "p90": high,
            "planned_in_all": plan.total,
        }
        rows.append(pd.DataFrame(keys | cells))
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=BUILDING)


def _departments(ensemble: Ensemble) -> dict[str, tuple[str, ...]]:
    return {"area": ensemble.layout.department_area, "department": ensemble.layout.departments}
