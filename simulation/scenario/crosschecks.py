"""What no single key can tell: that departments and areas exist, and that no more is pulled down than stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from simulation.files import Problem
from simulation.scenario.merging import item_id, nearest
from simulation.scenario.nodes import Node
from simulation.scenario.ranged import Ranged
from simulation.scenario.sections import Sections

_NAMED = {
    "demolition": ("department",),
    "renovation": ("department",),
    "relabel": ("department",),
    "new_homes": ("area", "landlord"),
    "floor_space": ("area",),
    "goals": ("area",),
    "measures": ("areas", "subprogramme", "also_under", "part_of"),
    "synergies": ("measures",),
}


def cross_check(merged: Node, sections: Sections, place: Any, problems: list[Problem]) -> None:
    """Check the items of a scenario against the departments, areas and landlords that its place lists."""
    known = {"department": ids_in(place, "departments"), "area": ids_in(place, "areas"), "landlord": ids_in(place, "landlords")}
    known["areas"] = known["area"]
    known["subprogramme"] = known["also_under"] = ids_in(place, "subprogrammes")
    known["part_of"] = known["measures"] = [measure.id for measure in sections.measures]
    for section, keys in _NAMED.items():
        for key in keys:
            _check_names(merged.child(section), section, key, known[key], problems)
    rehousing = merged.child("rehousing")
    _check_names(rehousing.child("pace") if rehousing else None, "rehousing.pace", "landlord", known["landlord"], problems)
    observed = merged.child("observed")
    _check_names(observed.child("published") if observed else None, "observed.published", "area", known["area"], problems)
    _check_homes(merged, sections, place, problems)
    _check_lists(merged, sections, problems)


def _check_lists(merged: Node, sections: Sections, problems: list[Problem]) -> None:
    """Tell of every list that is to be written out but not reached."""
    output = merged.child("output")
    lists = output.child("lists") if output is not None else None
    for node in lists.value if lists is not None and lists.kind == "list" else ():
        if not sections.first_year <= node.value <= sections.last_year:
            told = {"given": node.value, "allowed": f"{sections.first_year}–{sections.last_year}"}
            problems.append(node.problem("output.lists", "out_of_range", **told))


def _check_names(items: Node | None, section: str, key: str, allowed: list[str], problems: list[Problem]) -> None:
    for item in items.value or [] if items is not None and allowed else []:
        for node in _texts(item.child(key)):
            if node.value not in allowed:
                told = {"given": node.value, "allowed": allowed, "nearest": nearest(node.value, allowed)}
                problems.append(node.problem(f"{section}.{item_id(item)}.{key}", "not_allowed", **told))


def _texts(node: Node | None) -> list[Node]:
    found = [] if node is None else node.value if node.kind == "list" else [node]
    return [one for one in found if isinstance(one.value, str)]


def _check_homes(merged: Node, sections: Sections, place: Any, problems: list[Problem]) -> None:
    """Tell of every department that would lose more homes than it has."""
    gone: Counter[str] = Counter()
    for demolition in sections.demolition:
        gone[demolition.department] += int(demolition.dwellings.value)
    for relabel in sections.relabel:
        gone[relabel.department] += int(relabel.dwellings.value)
    standing = {str(item["id"]): _number(item.get("homes")) for item in _items(place, "departments")}
    section = merged.child("demolition") or merged
    for department, planned in gone.items():
        homes = standing.get(department)
        if homes is not None and planned > homes:
            told = {"department": department, "planned": planned, "homes": int(homes)}
            problems.append(section.problem("demolition", "too_many_homes", **told))


def _number(value: Any) -> float | None:
    number = value.value if isinstance(value, Ranged) else value
    return float(number) if isinstance(number, (int, float)) else None


def _items(place: Any, name: str) -> Iterator[dict[str, Any]]:
    found = place.get(name, ()) if isinstance(place, dict) else ()
    yield from (item for item in found if isinstance(item, dict) and "id" in item)


def ids_in(place: Any, name: str) -> list[str]:
    """Return the ids of a list of a place: its items by id, or its texts."""
    found = place.get(name, ()) if isinstance(place, dict) else ()
    return [str(item["id"]) if isinstance(item, dict) else str(item) for item in found if not isinstance(item, dict) or "id" in item]
