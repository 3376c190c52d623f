"""What no single key can tell: that departments and areas exist, that years are reached, and that no more is pulled down than stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from simulation.files import Problem
from simulation.scenario.merging import item_id, nearest
from simulation.scenario.nodes import Node
from simulation.scenario.ranged import Ranged
from simulation.scenario.sections import LATEST_LIST, Sections

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
_DATED = ("demolition", "renovation", "new_homes", "relabel", "floor_space", "measures")


def cross_check(merged: Node, sections: Sections | None, place: Any, told: Collection[tuple[str, int, int]]) -> list[Problem]:
    """Check the items of a scenario against one another, its years, and what its place lists.

    `sections` is None where the scenario has errors of its own, which stand at the places `told`: nothing more is said there.
    """
    problems: list[Problem] = []
    _check_every_name(merged, place, problems)
    _check_years(merged, problems)
    if sections is not None:
        _check_homes(merged, sections, place, problems)
        _check_lists(merged, sections, problems)
    return [problem for problem in problems if (problem.file, problem.line, problem.column) not in told]


def _check_every_name(merged: Node, place: Any, problems: list[Problem]) -> None:
    known = {"department": ids_in(place, "departments"), "area": ids_in(place, "areas"), "landlord": ids_in(place, "landlords")}
    known["areas"] = known["area"]
    known["subprogramme"] = known["also_under"] = ids_in(place, "subprogrammes")
    known["part_of"] = known["measures"] = [item_id(measure) for measure in _listed(merged.child("measures"))]
    for section, keys in _NAMED.items():
        for key in keys:
            _check_names(merged.child(section), section, key, known[key], problems)
    _check_names(_paces(merged), "rehousing.pace", "landlord", known["landlord"], problems)
    observed = merged.child("observed")
    _check_names(observed.child("published") if observed else None, "observed.published", "area", known["area"], problems)


def _check_years(merged: Node, problems: list[Problem]) -> None:
    """Tell of every item that begins before the scenario does, or after every list that can be simulated.

    One that begins after `last_year` but by the latest list is let be: a shorter horizon leaves the plan as it is.
    """
    first = merged.child("first_year")
    earliest = first.value if first is not None and _is_year(first.value) else None
    sections = [(name, merged.child(name)) for name in _DATED]
    for section, items in [*sections, ("rehousing.pace", _paces(merged))]:
        for item in _listed(items):
            begins = item.child("from")
            if begins is None or not _is_year(begins.value):
                continue
            code = "begins_too_late" if begins.value > LATEST_LIST else "begins_too_early"
            if begins.value > LATEST_LIST or (earliest is not None and begins.value < earliest):
                allowed = f"{earliest or ''}–{LATEST_LIST}"
                problems.append(begins.problem(f"{section}.{item_id(item)}.from", code, given=begins.value, allowed=allowed))


def _is_year(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _paces(merged: Node) -> Node | None:
    rehousing = merged.child("rehousing")
    return rehousing.child("pace") if rehousing is not None else None


def _listed(items: Node | None) -> list[Node]:
    return items.value if items is not None and items.kind == "list" else []


def _check_lists(merged: Node, sections: Sections, problems: list[Problem]) -> None:
    """Tell of every list that is to be written out but not reached."""
    output = merged.child("output")
    for node in _listed(output.child("lists") if output is not None else None):
        if not sections.first_year <= node.value <= sections.last_year:
            told = {"given": node.value, "allowed": f"{sections.first_year}–{sections.last_year}"}
            problems.append(node.problem("output.lists", "out_of_range", **told))


def _check_names(items: Node | None, section: str, key: str, allowed: list[str], problems: list[Problem]) -> None:
    for item in _listed(items) if allowed else []:
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
