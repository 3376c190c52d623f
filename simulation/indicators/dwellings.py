"""Tables of dwellings: every change of every member, and the programme as planned, feasible and delayed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.results import turned
from simulation.indicators.spread import mean, quantiles
from simulation.records import CHANGES, Ensemble


def homes_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return dwellings changed by member, department, year and kind of change; `emptied_persons` counts persons."""
    members = {"draw": ensemble.draws, "replicate": ensemble.replicates}
    axes: list[Axis] = [members, {"year": ensemble.layout.step_years}, _departments(ensemble), {"change": CHANGES}]
    frame = long_frame(scenario, axes, {"dwellings": np.rint(ensemble.arrays["changes"]).astype(np.int64)})
    return frame[["scenario", "draw", "replicate", "area", "department", "year", "change", "dwellings"]]


def programme_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return each change by department and year over the members; `emptied_persons` are persons, all else dwellings."""
    changes = ensemble.arrays["changes"]
    low, middle, high = quantiles(changes)
    cells = {"mean": mean(changes), "p10": low, "p50": middle, "p90": high}
    axes: list[Axis] = [_departments(ensemble), {"year": ensemble.layout.step_years}, {"change": CHANGES}]
    return long_frame(scenario, axes, {name: turned(cell) for name, cell in cells.items()})


def _departments(ensemble: Ensemble) -> dict[str, tuple[str, ...]]:
    return {"area": ensemble.layout.department_area, "department": ensemble.layout.departments}
