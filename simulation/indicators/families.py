"""What the committees plan by: children of daycare and school age, parents outside the labour market, the intake of daycare."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.spread import mean, quantiles
from simulation.law import VULNERABLE
from simulation.records import Ensemble

Floats = NDArray[np.float64]
BY_AREA = ("daycare_age", "school_age", "parents_18_64", "parents_outside", "parents_outside_pct")
OF_CITY = ("intake_from_vulnerable", "intake_from_vulnerable_pct", "intake_limit_pct", "intake_places_needed")
CITY = "city"


def families_frame(ensemble: Ensemble, values: Any, scenario: str) -> pd.DataFrame:
    """Return children and parents by area and 1 January, and for the whole city the yearly daycare intake from vulnerable areas.

    ``intake_from_vulnerable``: children of intake age who live in an area that the list of the year calls vulnerable or worse;
    ``_pct``: of all children of that age in the city, the share in a daycare if all were spread evenly;
    ``intake_places_needed``: places in new groups over which they must be spread so that none takes more than the limit.
    """
    layout, outside = ensemble.layout, ensemble.stock("parents_outside")
    parents = ensemble.stock("parents_18_64")
    share = np.divide(100 * outside, parents, out=np.full_like(parents, np.nan), where=parents > 0)
    areas = np.stack([*(ensemble.stock(name) for name in BY_AREA[:-1]), share], axis=-1)
    axes: list[Axis] = [{"list_year": layout.list_years}, {"area": layout.areas}, {"quantity": BY_AREA}]
    rows = [long_frame(scenario, axes, _cells(areas))]
    axes = [{"list_year": layout.list_years}, {"area": (CITY,)}, {"quantity": OF_CITY}]
    rows.append(long_frame(scenario, axes, _cells(_intake(ensemble, values)[:, :, None])))
    frame = pd.concat(rows, ignore_index=True)
    return frame[["scenario", "area", "list_year", "quantity", "mean", "p10", "p50", "p90"]]


def _intake(ensemble: Ensemble, values: Any) -> Floats:
    rates = values.rates.city
    vulnerable = ensemble.arrays["category"] >= VULNERABLE
    children = (ensemble.stock("intake_age") * vulnerable).sum(axis=-1)
    limit = np.full_like(children, rates.daycare_limit_pct)
    return np.stack([children, 100 * children / rates.children_of_intake_age, limit, 100 * children / limit], axis=-1)


def _cells(found: Floats) -> dict[str, Floats]:
    low, middle, high = quantiles(found)
    return {"mean": mean(found), "p10": low, "p50": middle, "p90": high}
