"""The place as it was drawn on the list of a year: which departments made an area, and what was published of it then."""

from __future__ import annotations

from typing import Any

Tree = dict[str, Any]


def as_of(place: Tree, year: int) -> Tree:
    """Return the tree of a place with the boundary and the margins of the list of ``year``.

    A boundary of ``boundaries`` holds until a year and merges areas; populations that carry its id stand in for those of
    the merged areas. What a population's ``lists`` say of the year replaces its other margins.
    """
    boundary = next((b for b in place.get("boundaries", ()) if year <= b["until"]), None)
    merged: dict[str, str] = boundary["merged"] if boundary else {}
    found = {name: tree for name, tree in place.items() if name != "boundaries"}
    return found | {
        "areas": tuple(area for area in place.get("areas", ()) if area["id"] not in merged),
        "departments": tuple({**d, "area": merged.get(d["area"], d["area"])} for d in place.get("departments", ())),
        "populations": tuple(_published(p, year) for p in place.get("populations", ()) if _holds(p, boundary, merged)),
    }


def _holds(population: Tree, boundary: Tree | None, merged: dict[str, str]) -> bool:
    """Return whether a population stands under a boundary: its own, or any where its area is left alone."""
    if "boundary" in population:
        return boundary is not None and bool(population["boundary"] == boundary["id"])
    return population["area"] not in (*merged, *merged.values())


def _published(population: Tree, year: int) -> Tree:
    dated = [entry for entry in population.get("lists", ()) if entry["id"] == str(year)]
    own = {name: tree for name, tree in population.items() if name != "lists"}
    return own | {name: tree for entry in dated for name, tree in entry.items() if name not in ("id", "basis", "source")}
