"""Tables that a scenario names, carried into its sections: a construction programme, and what really happened up to a year.

What happened replaces what was planned for those years. Of a kind of work at a place that the table tells of, it is taken to
tell all; where it says nothing of a kind at a place, the scenario's own dates stay. What is left of the plan is done from
``start_from`` on, no faster than at the plan's own pace and not before the plan's own last year.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from simulation.law import CRITERIA
from simulation.scenario.checking import validated
from simulation.scenario.crosschecks import ids_in
from simulation.scenario.merging import is_leaf, nearest
from simulation.scenario.nodes import Node
from simulation.scenario.sections import Sections
from simulation.scenario.sources import Sources
from simulation.scenario.tables import Row, find_table, read_table

SECTION = {"demolition": "demolition", "renovation": "renovation", "business": "floor_space", "municipal": "floor_space"}
SECTION |= {f"to_{tenure}": "relabel" for tenure in ("owned", "private_let", "social_youth", "social_elderly")}
SECTION |= dict.fromkeys(("owned", "private_let", "social_family", "social_youth", "social_elderly", "replacement"), "new_homes")
AMOUNT = {"new_homes": "count", "floor_space": "m2"}


def with_tables(merged: Node, place: Any, folder: Path, sources: Sources) -> Node:
    """Return the scenario's nodes with the rows of its tables as items; without them where place or scenario has errors of its own."""
    plain = _with(merged, programme=Node(None), observed=_without_file(merged.child("observed")))
    programme, observed = merged.child("programme"), merged.child("observed")
    if not place:  # nothing can be told of rows without it
        return plain
    names = _Names(place, sources)
    items: list[tuple[str, Node]] = []
    if programme is not None and isinstance(programme.value, str):
        rows = names.known(read_table(find_table(programme, "programme", folder, sources), sources), SECTION)
        items = [(SECTION[row.kind], _item(row)) for row in rows]
        merged = _with(merged, programme=Node(None, programme.file, programme.line, programme.column))
    file, start = (observed.child(key) if observed is not None else None for key in ("file", "start_from"))
    if observed is None or file is None or not isinstance(file.value, str):
        return _added(merged, items) if _sound(plain) else merged
    if start is None or not _is_year(start.value):
        return _with(merged, observed=observed.without("file"))  # the schema tells what is missing or wrong
    rows = names.known(read_table(find_table(file, "observed.file", folder, sources), sources), (*SECTION, *CRITERIA, "rehoused"))
    rows = [row for row in rows if _in_time(row, start.value, sources)]
    if not _sound(plain):
        return _with(merged, observed=_without_file(observed))
    merged = _as_happened(_added(merged, items), rows, start.value, names)
    return _with(merged, observed=_with(observed.without("file"), published=_published(rows, observed)))


def _sound(plain: Node) -> bool:
    """Return whether the scenario is right without its tables: only then can rows be carried into it."""
    return validated(Sections, plain, []) is not None


def _is_year(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _without_file(observed: Node | None) -> Node:
    return Node(None) if observed is None else observed.without("file") if observed.kind == "mapping" else observed


class _Names:
    """The places of a scenario by id or name, and the landlord of each department."""

    def __init__(self, place: Any, sources: Sources) -> None:
        self.sources, self.ids = sources, dict[str, str]()
        for group in ("departments", "areas", "landlords"):
            for entry in place.get(group, ()):
                known = entry if isinstance(entry, dict) else {"id": entry}
                self.ids |= {str(known.get("name", known["id"])).lower(): known["id"], str(known["id"]): known["id"]}
        self.departments, self.areas = ids_in(place, "departments"), ids_in(place, "areas")
        self.landlord = {entry["id"]: entry.get("landlord", "none") for entry in place.get("departments", ())}

    def known(self, rows: list[Row], kinds: Any) -> list[Row]:
        """Return the rows with the ids of their places, those of a known kind and place; tell of the others."""
        found = []
        for row in rows:
            wanted = (
                self.departments
                if SECTION.get(row.kind) in ("demolition", "renovation", "relabel") or row.kind == "rehoused"
                else self.areas
            )
            place = self.ids.get(row.place, row.place)
            if row.kind not in kinds:
                self._tell(row, "kind", row.kind, sorted(kinds))
            elif place not in wanted:
                self._tell(row, "place", row.place, wanted)
            else:
                found.append(Row(**{**vars(row), "place": place, "landlord": self.ids.get(row.landlord, row.landlord)}))
        return found

    def _tell(self, row: Row, column: str, given: str, allowed: list[str]) -> None:
        problem = row.node(column, None).problem(column, "not_allowed", given=given, allowed=allowed, nearest=nearest(given, allowed))
        self.sources.problems.append(problem)


def _in_time(row: Row, start: int, sources: Sources) -> bool:
    """Tell of what is said to have happened in the years that are projected; a list of the first of them is known."""
    latest = start if row.kind in CRITERIA else start - 1
    if row.last > latest:
        told = {"given": row.last, "allowed": f"–{latest}"}
        sources.problems.append(row.node("year", None).problem("year", "not_a_year", **told))
    return row.last <= latest


def _item(row: Row) -> Node:
    """Return a row as an item of its section."""
    section = SECTION[row.kind]
    whole = section != "floor_space" and row.number == int(row.number)
    said: dict[str, Node] = {
        "id": row.node("kind", f"{_slug(row)}"),
        "department" if section in ("demolition", "renovation", "relabel") else "area": row.node("place", row.place),
        AMOUNT.get(section, "dwellings"): row.node("number", int(row.number) if whole else row.number),
        "from": row.node("from" if "from" in row.cells else "year", row.first),
        "to": row.node("to" if "to" in row.cells else "year", row.last),
        "basis": row.node("source", "sourced" if row.source else "assumed"),
        "source": row.node("source", row.source),
    }
    if row.delay:
        said["delay_years"] = row.node("delay", row.delay)
    if section == "new_homes":
        said["tenure"] = row.node("kind", "social_family" if row.kind == "replacement" else row.kind)
        said["replacement"] = row.node("kind", row.kind == "replacement")
        if row.landlord:
            said["landlord"] = row.node("landlord", row.landlord)
    if section == "relabel":
        said["tenure"] = row.node("kind", row.kind.removeprefix("to_"))
    if section == "floor_space":
        said["use"] = row.node("kind", row.kind)
    return _mapping(said, row.node("kind", None))


def _slug(row: Row) -> str:
    file, line, _ = next(iter(row.cells.values()))
    return re.sub(r"[^a-z0-9]+", "_", f"{Path(file).stem.lower()}_{line}").strip("_")


def _mapping(said: dict[str, Node], at: Node) -> Node:
    return Node(said, at.file, at.line, at.column, {name: (node.line, node.column) for name, node in said.items()})


def _with(node: Node, **changed: Node) -> Node:
    keys = node.keys | {name: (new.line, new.column) for name, new in changed.items()}
    return Node({**node.value, **changed}, node.file, node.line, node.column, keys)


def _added(merged: Node, items: list[tuple[str, Node]]) -> Node:
    by_section = defaultdict(list)
    for section, item in items:
        by_section[section].append(item)
    for section, new in by_section.items():
        old = merged.child(section) or Node([])
        merged = _with(merged, **{section: Node([*(old.value or []), *new], old.file, old.line, old.column)})
    return merged


def _kind_of(section: str, item: Node) -> tuple[str, ...]:
    """Return what makes an item and a row tell of the same work: the section, the place, and the tenure or use."""
    said = {key: node.value for key, node in item.value.items() if not isinstance(node.value, (dict, list))}
    where = said.get("department") or said.get("area") or ""
    return section, str(where), str(said.get("tenure") or said.get("use") or ""), str(bool(said.get("replacement")))


def _as_happened(merged: Node, rows: list[Row], start: int, names: _Names) -> Node:
    """Replace the plan of past years by what happened, and let what is left follow."""
    happened = [(SECTION[row.kind], _item(row), row.number) for row in rows if row.kind in SECTION]
    done: dict[tuple[str, ...], float] = defaultdict(float)
    for section, item, number in happened:
        done[_kind_of(section, item)] += number
    for section in dict.fromkeys(SECTION.values()):
        items = merged.child(section)
        if items is not None and items.value:
            left = [rest for item in items.value for rest in _rest(item, section, done, start)]
            merged = _with(merged, **{section: Node(left, items.file, items.line, items.column)})
    merged = _added(merged, [(section, item) for section, item, number in happened if number > 0])
    return _rehoused(merged, [row for row in rows if row.kind == "rehoused"], start, names)


def _rest(item: Node, section: str, done: dict[tuple[str, ...], float], start: int) -> list[Node]:
    """Return what is left of an item, a list of one or none; the same item where the table does not tell of it."""
    kind = _kind_of(section, item)
    if kind not in done:
        return [item]
    marks = {"not_before": Node(start, item.file, item.line, item.column)}
    name = AMOUNT.get(section, "dwellings")
    amount = item.child(name)
    if amount is None or amount.value is None:  # all that are left
        return [_with(item, **marks)]
    total = float(amount.value["value"].value if is_leaf(amount) else amount.value)
    used = min(done[kind], total)
    done[kind] -= used
    if used >= total:
        return []
    length = item.value["to"].value - item.value["from"].value + 1
    marks["years_left"] = Node(math.ceil((total - used) * length / total), item.file, item.line, item.column)
    rest = total - used if section == "floor_space" else int(total - used)
    changed = _with(amount, value=Node(rest, amount.file, amount.line, amount.column)) if is_leaf(amount) else Node(rest)
    plain = changed.without("low", "high") if is_leaf(changed) else changed
    return [_with(item, **{name: plain}, **marks)]


def _rehoused(merged: Node, rows: list[Row], start: int, names: _Names) -> Node:
    """Set each landlord's pace of the past years to what it rehoused, and begin the planned pace after them."""
    yearly: dict[tuple[str, int], float] = defaultdict(float)
    for row in rows:
        for year in range(row.first, row.last + 1):
            yearly[names.landlord[row.place], year] += row.number / (row.last - row.first + 1)
    rehousing = merged.child("rehousing")
    paces = rehousing.child("pace") if rehousing is not None else None
    if not yearly or rehousing is None or paces is None:
        return merged
    told = {landlord for landlord, _ in yearly}
    kept = [_later(item, start) if item.value["landlord"].value in told else item for item in paces.value or []]
    at = rows[0].node("number", None)
    for (landlord, year), number in sorted(yearly.items()):
        said = {"id": f"observed_{landlord}_{year}", "landlord": landlord, "households_per_year": number, "from": year, "to": year}
        said |= {"basis": "sourced" if all(row.source for row in rows) else "assumed", "source": rows[0].source}
        kept.append(_mapping({name: Node(value, at.file, at.line, at.column) for name, value in said.items()}, at))
    return _with(
        merged, rehousing=_with(rehousing, pace=Node([item for item in kept if item is not None], paces.file, paces.line, paces.column))
    )


def _later(item: Node, start: int) -> Node | None:
    first, last = item.value["from"], item.value["to"]
    if last.value < start:
        return None
    return _with(item, **{"from": Node(max(first.value, start), first.file, first.line, first.column)})


def _published(rows: list[Row], at: Node) -> Node:
    lists: dict[tuple[str, int], dict[str, Node]] = {}
    for row in rows:
        if row.kind in CRITERIA:
            said = lists.setdefault((row.place, row.last), {})
            said["id"] = row.node("kind", f"{row.place}_{row.last}")
            said["area"], said["list_year"] = row.node("place", row.place), row.node("year", row.last)
            said[row.kind] = row.node("number", row.number)
            said["basis"] = row.node("source", "sourced" if row.source else "assumed")
            said["source"] = row.node("source", row.source)
    return Node([_mapping(said, said["id"]) for said in lists.values()], at.file, at.line, at.column)
