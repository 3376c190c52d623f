"""The district as homes: how many of each department stand in which state on each 1 January; never a resident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.indicators.setting import Setting
from simulation.indicators.spread import mean, quantiles
from simulation.records import CHANGES, Ensemble
from simulation.schedule import by_end_of

if TYPE_CHECKING:
    from simulation.scenario import Scenario

STATES = ("standing", "renovated", "relabelled", "new", "empty", "demolished")  # in the order of the map
SPREAD = ("demolished", "empty", "new")
Floats = NDArray[np.float64]


def district(ensemble: Ensemble, scenario: Scenario, setting: Setting) -> dict[str, Any]:
    """Return, for each department of the list areas, its homes by state on each 1 January: projected, and by the scenario's own dates.

    Projected counts are means over the members, rounded so that they sum to the homes there are; those that tell of the programme
    have their p10 and p90 beside them, and ``planned`` is what the scenario's dates say, before any delay.
    """
    layout, values = ensemble.layout, scenario.values(0, None)
    areas = dict(zip(layout.departments, layout.department_area, strict=True))
    told = []
    for item in values["place"]["departments"]:
        if areas[item["id"]] in layout.list_areas:
            changes = ensemble.arrays["changes"][:, :, layout.departments.index(item["id"])]
            told.append(_department(item, values, setting, changes))
    return {"years": list(layout.list_years), "states": list(STATES), "departments": [each for each in told if _has_homes(each)]}


def _department(item: Any, values: Any, setting: Setting, changes: Floats) -> dict[str, Any]:
    homes = float(item["homes"])
    so_far = np.concatenate([np.zeros_like(changes[:, :1]), changes.cumsum(axis=1)], axis=1)  # members, lists, CHANGES
    states = _states({name: so_far[..., at] for at, name in enumerate(CHANGES)}, homes)
    years = range(values["first_year"], values["last_year"] + 1)
    gone = so_far[0, :, CHANGES.index("planned")]
    renovated = [_by_dates((each for each in values["renovation"] if each["department"] == item["id"]), year, homes) for year in years]
    new = [sum(plan.so_far(year - 1) for plan in setting.building if plan.area == item["area"]) if not homes else 0 for year in years]
    planned = _states({"demolished": gone, "emptied": gone, "renovated": np.array(renovated), "built": np.array(new, float)}, homes)
    return {
        "id": item["id"],
        "name": item["name"],
        "area": item["area"],
        "projected": _rounded({name: mean(counts) for name, counts in states.items()}),
        "planned": _rounded(planned),
        "spread": {name: _ends(states[name]) for name in SPREAD},
    }


def _states(done: Mapping[str, Floats], homes: float) -> dict[str, Floats]:
    """Return the homes of a department by state, from what was done to them up to each 1 January."""
    demolished, nothing = done["demolished"], np.zeros_like(done["demolished"])
    empty = np.maximum(done["emptied"] - demolished, 0.0)
    kept = np.maximum(homes - demolished - empty, 0.0)
    relabelled = np.minimum(done.get("relabelled", nothing) + done.get("sold", nothing), kept)
    renovated = np.minimum(done["renovated"], kept - relabelled)
    return dict(zip(STATES, (kept - relabelled - renovated, renovated, relabelled, done["built"], empty, demolished), strict=True))


def _by_dates(items: Iterable[Any], year: int, homes: float) -> float:
    """Return the homes renovated before a 1 January by the scenario's dates; without a number, all that are there."""
    on_time = {"delay_years": 0}
    return float(sum(by_end_of({**item, **on_time}, year - 1, homes if item["dwellings"] is None else item["dwellings"]) for item in items))


def _rounded(states: Mapping[str, Floats]) -> dict[str, list[int]]:
    """Return whole homes; what rounding leaves over stays standing."""
    whole = {name: np.rint(counts).astype(np.int64) for name, counts in states.items()}
    others = sum(counts for name, counts in whole.items() if name != "standing")
    standing = np.maximum(np.rint(sum(states.values())).astype(np.int64) - others, 0)
    return {name: counts.tolist() for name, counts in (whole | {"standing": standing}).items()}


def _ends(counts: Floats) -> list[list[int]]:
    low, _, high = quantiles(counts)
    ends: list[list[int]] = np.rint(np.stack([low, high], axis=-1)).astype(np.int64).tolist()
    return ends


def _has_homes(told: Mapping[str, Any]) -> bool:
    return any(count for way in ("projected", "planned") for counts in told[way].values() for count in counts)
