"""What a new fit does to a projection: the same members on the same chance, with the draws of before and with the new ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from calibration.study import Bench, members_of
from simulation.cases import KEPT, Case
from simulation.indicators.measures import INDICATORS, Measures, measure
from simulation.indicators.setting import setting_of
from simulation.scenario import load

if TYPE_CHECKING:
    from simulation.scenario import Scenario

MEMBERS, QUICK_MEMBERS = 50, 12
MIDWAY = 2025  # the list told beside the last
ENDS = (10, 50, 90)


def before_and_after(scenario: str, before: Path | None, after: Path, members: int, bench: Bench) -> list[dict[str, Any]]:
    """Project a scenario with the fitted draws of two folders; ``before``: the shipped ones for None. One row a number told."""
    old, new = (load(scenario, fitted=folder) for folder in (before, after))
    names = {area["id"]: area["name"] for area in new.tree["place"]["areas"]}
    return [row | {"name": names[row["area"]]} for row in rows_of(_measured(old, members, bench), _measured(new, members, bench))]


def _measured(scenario: Scenario, members: int, bench: Bench) -> Measures:
    cases = [Case(0, draw) for draw in range(members)]
    ensemble = members_of(scenario, cases, bench, KEPT)
    return measure(ensemble, setting_of(scenario)).of(ensemble.layout.list_areas)


def rows_of(old: Measures, new: Measures) -> list[dict[str, Any]]:
    """Return area, list, indicator, ends and middle of both; the mean of the differences member by member, and its standard error."""
    years = [year for year in (MIDWAY, old.list_years[-1]) if year in old.list_years]
    return [_row(old, new, area, year, indicator) for year in dict.fromkeys(years) for area in old.areas for indicator in INDICATORS]


def _row(old: Measures, new: Measures, area: str, year: int, indicator: str) -> dict[str, Any]:
    before, after = (side.series(indicator, area)[0][:, side.list_years.index(year)] for side in (old, new))
    apart = after - before
    return {
        "area": area,
        "list_year": year,
        "indicator": indicator,
        **_told("before", before),
        **_told("after", after),
        "difference": float(apart.mean()),
        "difference_se": float(apart.std(ddof=1) / np.sqrt(len(apart))),
    }


def _told(name: str, values: NDArray[np.float64]) -> dict[str, float]:
    return {f"{name}_p{end}": float(found) for end, found in zip(ENDS, np.nanpercentile(values, ENDS), strict=True)}
