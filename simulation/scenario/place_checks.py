"""What no single key of a place can tell: that its landlords, areas, departments and residents belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from simulation.files import Problem
from simulation.scenario.checking import validated
from simulation.scenario.merging import item_id, nearest
from simulation.scenario.nodes import Node
from simulation.scenario.place import MOST_HOMES, MOST_PERSONS, Place

NOWHERE = "none"  # the area of residents whom only new homes bring, and the landlord of homes that are not let by one
PRIVATE = ("private_let", "owned")
FEWEST, MOST = 0.5, 12  # residents a home; beyond it two numbers do not belong together


def check_place(node: Node, rates: Any, problems: list[Problem]) -> None:
    """Tell of everything in a place that no run could read, each at its place in the file."""
    found: list[Problem] = []
    place = validated(Place, node, found, "place")
    if place is not None:
        found += [*_names(node, place, rates), *_twice(node), *_sizes(node, place), *_populations(node, place)]
    told = {(problem.file, problem.line, problem.column) for problem in problems}
    problems += [problem for problem in found if (problem.file, problem.line, problem.column) not in told]


def _items(node: Node, section: str) -> list[Node]:
    found = node.child(section)
    return found.value if found is not None and found.kind == "list" else []


def _names(node: Node, place: Place, rates: Any) -> Iterator[Problem]:
    """Tell of every name that names nothing."""
    areas, landlords = [area.id for area in place.areas], list(place.landlords)
    yield from _choice(_items(node, "departments"), "place.departments", "area", areas)
    yield from _choice(_items(node, "departments"), "place.departments", "landlord", [*landlords, NOWHERE])
    yield from _choice(_items(node, "populations"), "place.populations", "area", [*areas, NOWHERE])
    yield from _choice(_items(node, "populations"), "place.populations", "boundary", [boundary.id for boundary in place.boundaries])
    yield from _choice(_items(node, "waiting_lists"), "place.waiting_lists", "id", landlords)
    yield from _choice(_items(node, "areas"), "place.areas", "turnover", _numbers(rates, "moving", "turnover_social"))
    yield from _choice(_items(node, "areas"), "place.areas", "rent", _numbers(rates, "rents", "social"))
    for item in _items(node, "rehousing_landlords"):
        if item.value not in landlords:
            told = {"given": item.value, "allowed": landlords, "nearest": nearest(item.value, landlords)}
            yield item.problem("place.rehousing_landlords", "not_allowed", **told)
    for boundary, item in zip(place.boundaries, _items(node, "boundaries"), strict=True):
        for name in sorted({*boundary.merged, *boundary.merged.values()} - set(areas)):
            yield item.problem(f"place.boundaries.{boundary.id}.merged", "not_allowed", given=name, allowed=areas)


def _numbers(rates: Any, section: str, like: str) -> list[str]:
    """Return the names of the rates that are in the unit of the one named ``like``."""
    tree = rates.get(section, {}) if isinstance(rates, dict) else {}
    unit = getattr(tree.get(like), "unit", None) if isinstance(tree, dict) else None
    return [name for name, value in tree.items() if getattr(value, "unit", None) == unit] if unit is not None else []


def _choice(items: list[Node], section: str, key: str, allowed: list[str]) -> Iterator[Problem]:
    for item in items:
        named = item.child(key)
        if named is not None and named.value not in allowed:
            told = {"given": named.value, "allowed": allowed, "nearest": nearest(str(named.value), allowed)}
            yield named.problem(f"{section}.{item_id(item)}.{key}", "not_allowed", **told)


def _twice(node: Node) -> Iterator[Problem]:
    for section in ("departments", "areas", "populations", "waiting_lists", "boundaries"):
        first: dict[str, int] = {}
        for item in _items(node, section):
            if first.setdefault(item_id(item), item.line) != item.line:
                yield item.problem(f"place.{section}.{item_id(item)}", "duplicate_id", first_line=first[item_id(item)])
    landlords = Counter(item.value for item in _items(node, "landlords"))
    for item in _items(node, "landlords"):
        if landlords[item.value] > 1:
            yield item.problem("place.landlords", "duplicate_id", first_line=_items(node, "landlords")[0].line)
            return


def _sizes(node: Node, place: Place) -> Iterator[Problem]:
    """Tell of a place without a list area, of an area without a department, and of one that is too large to simulate."""
    if not any(area.list_area for area in place.areas):
        yield node.key_problem("areas", "place.areas", "no_list_area")
    for area, item in zip(place.areas, _items(node, "areas"), strict=True):
        if area.id not in {department.area for department in place.departments}:
            yield item.problem(f"place.areas.{area.id}", "area_without_department")
    homes = sum(department.homes for department in place.departments)
    if homes > MOST_HOMES:
        yield node.key_problem("departments", "place.departments", "too_large", given=homes, allowed=f"0–{MOST_HOMES}")
    persons = sum(group.residents.value for group in place.populations if group.area != NOWHERE and not group.boundary)
    if persons > MOST_PERSONS:
        yield node.key_problem("populations", "place.populations", "too_large", given=int(persons), allowed=f"0–{MOST_PERSONS}")


def _populations(node: Node, place: Place) -> Iterator[Problem]:
    """Tell of an area with homes that has no residents or two kinds of them, and of residents that do not fit their homes."""
    groups = _items(node, "populations")
    for area, item in zip(place.areas, _items(node, "areas"), strict=True):
        own = [group for group in place.populations if group.area == area.id and not group.boundary]
        if len(own) != 1:
            yield item.problem(f"place.areas.{area.id}", "one_population", count=len(own))
    for group, item in zip(place.populations, groups, strict=True):
        if group.area == NOWHERE and group.tenure not in PRIVATE:
            yield item.problem(f"place.populations.{group.id}.tenure", "not_allowed", given=group.tenure, allowed=PRIVATE)
        homes = 1 if group.area == NOWHERE else _homes_of(group.area, group.boundary, place)
        if homes and not FEWEST <= group.residents.value / homes <= MOST:
            told = {"residents": f"{group.residents.value:g}", "homes": homes, "allowed": f"{FEWEST}–{MOST}"}
            yield item.problem(f"place.populations.{group.id}.residents", "residents_a_home", **told)
    for tenure in PRIVATE:
        if tenure not in {group.tenure for group in place.populations if group.area == NOWHERE}:
            yield node.key_problem("populations", "place.populations", "tenure_missing", tenure=tenure)


def _homes_of(area: str, boundary: str | None, place: Place) -> int:
    merged = next((b.merged for b in place.boundaries if b.id == boundary), {})
    return sum(department.homes for department in place.departments if merged.get(department.area, department.area) == area)
