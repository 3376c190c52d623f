"""Which values of the first list rest on no published number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.scenario.provenance import Parameter

MARGINS = {
    "residents": "residents",
    "outside": "outside_labour_market",
    "convicted": "convicted",
    "basic_30_59": "basic_schooling_only",
    "income": "mean_income",
    "non_western": "non_western",
}
UNPUBLISHED = ("assumed", "derived")
SIGN = "*"
Starts = frozenset[tuple[str, str]]  # area, indicator


def assumed_starts(populations: Iterable[Any], parameters: Iterable[Parameter]) -> Starts:
    """Return the area and the indicator of each start that no source gives.

    ``populations``: those of the place, with their ids and areas; ``parameters``: every number of the scenario.
    """
    areas = {population["id"]: population["area"] for population in populations}
    found = set()
    for row in parameters:
        match row.path.split("."):
            case ["place", "populations", name, margin] if margin in MARGINS and row.basis in UNPUBLISHED and name in areas:
                found.add((areas[name], MARGINS[margin]))
    return frozenset(found)
