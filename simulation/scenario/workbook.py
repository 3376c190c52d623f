"""A scenario as a workbook: a sheet of keys and values, and a sheet for each list of items; read as the YAML file of the same content.

Every cell knows where it stands, so an error names file, sheet and cell. Labels are read in every language, and the keys themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulation.files import Problem
from simulation.law.printed import plain
from simulation.scenario.keys import ITEMS, key_of, kind_of
from simulation.scenario.merging import nearest
from simulation.scenario.nodes import Node, parse
from simulation.scenario.ranged import Ranged
from simulation.scenario.spreadsheet import column_letters, sheets
from simulation.words import catalogue, languages

PARTS = tuple(Ranged.model_fields)  # of a number: value, low, high, …
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")
_TRUTHS = {"true": True, "false": False, "sand": True, "falsk": False, "ja": True, "nej": False, "yes": True, "no": False}


@dataclass(frozen=True)
class Cell:
    """A text and its place: file, sheet and cell."""

    text: str
    place: str


def read_workbook(content: bytes, file: str, problems: list[Problem]) -> Node:
    """Return the workbook's scenario as nodes; what is wrong goes to `problems`. Raises NotASpreadsheetError."""
    root = Node({}, file)
    for name, rows in sheets(content):
        cells = [[Cell(plain(text), f"{file}!{name}!{column_letters(at)}{row}") for at, text in enumerate(line)] for row, line in rows]
        section = _section(name)
        if section is None:
            names = [*_names("sheet"), *(item.split(".")[-1] for item in ITEMS)]
            told = {"given": name, "allowed": names, "nearest": nearest(name, names)}
            problems.append(Problem(f"{file}!{name}", 0, 0, "", "unknown_sheet", told))
        elif section:
            _set(root, section, Node(list(_items(section, cells, problems)), f"{file}!{name}!A1"))
        else:
            for key, node in _values(cells, f"{file}!{name}", problems):
                _set(root, key, node)
    return root


def _names(name: str) -> list[str]:
    return list(dict.fromkeys(catalogue("key", lang)[name] for lang in languages()))


def _section(sheet: str) -> str | None:
    """Return the key of the list that a sheet holds, an empty text for the sheet of keys and values, None for no such sheet."""
    if sheet.strip().lower() in [name.lower() for name in _names("sheet")]:
        return ""
    return next((key for key in ITEMS if key_of(sheet) in (key, key.split(".")[-1])), None)


def _values(rows: list[list[Cell]], sheet: str, problems: list[Problem]) -> Iterator[tuple[str, Node]]:
    """Yield keys and their values: a plain value where nothing else is said of it, else a number with its range and source."""
    names = [name.lower() for name in _names("key")]
    header = {"key" if cell.text.lower() in names else key_of(cell.text): at for at, cell in enumerate(rows[0] if rows else [])}
    if "key" not in header or "value" not in header:
        problems.append(Problem(f"{sheet}!A1", 0, 0, "", "workbook_header", {"allowed": [*_names("key"), *_names("key_of.value")]}))
        return
    seen: dict[str, str] = {}
    for row in rows[1:]:
        said = {name: row[at] for name, at in header.items() if at < len(row) and row[at].text}
        key = key_of(said["key"].text) if "key" in said else ""
        parts = {part: node for part in PARTS if part in said and (node := _node(f"{key}.{part}", said[part], problems))}
        if key in seen and parts:
            problems.append(Problem(said["key"].place, 0, 0, key, "duplicate_key", {"first_line": seen[key]}))
        elif key and parts:
            seen[key] = said["key"].place.rpartition("!")[2]
            alone = set(parts) == {"value"}
            yield key, _node(key, said["value"], problems) if alone else Node(parts, said["key"].place)  # type: ignore[misc]


def _items(section: str, rows: list[list[Cell]], problems: list[Problem]) -> Iterator[Node]:
    header = [key_of(cell.text) if cell.text else "" for cell in (rows[0] if rows else [])]
    for row in rows[1:]:
        item = Node({}, row[0].place if row else "")
        for key, cell in zip(header, row, strict=False):
            if key and cell.text and (node := _node(f"{section}.{key}", cell, problems)):
                _set(item, key, node)
        if item.value:
            yield item


def _set(root: Node, key: str, node: Node) -> None:
    """Put a node under a key with dots; what stands on the way is a mapping."""
    *above, last = key.split(".")
    for name in above:
        inner = root.value.setdefault(name, Node({}, node.file))
        if inner.kind != "mapping":
            inner = root.value[name] = Node({"value": inner}, inner.file)
        root = inner
    known = root.value.get(last)
    root.value[last] = Node({"value": node, **known.value}, node.file) if known is not None and known.kind == "mapping" else node


def _node(key: str, cell: Cell, problems: list[Problem]) -> Node | None:
    kind = kind_of(key)
    if kind == "text":
        return Node(cell.text, cell.place)
    if cell.text.startswith(("[", "{")):
        return parse(cell.text, cell.place, problems, line=0)
    if kind == "list":
        return Node([Node(_scalar(part.strip()), cell.place) for part in re.split("[,;]", cell.text) if part.strip()], cell.place)
    if _GROUPED.fullmatch(cell.text) and repr(float(cell.text.replace(",", "."))) != cell.text:
        problems.append(Problem(cell.place, 0, 0, key, "number_as_text", {"given": cell.text}))
        return None
    return Node(_scalar(cell.text), cell.place)


def _scalar(text: str) -> object:
    if text.lower() in _TRUTHS:
        return _TRUTHS[text.lower()]
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text.replace(",", "."))
    return int(number) if number == int(number) else number
