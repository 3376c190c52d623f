"""A construction programme, or what really happened, as a table that a spreadsheet saved: CSV or XLSX, Danish or English."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulation.files import InputErrors, Problem
from simulation.law import CRITERIA
from simulation.law.printed import plain, printed, whole
from simulation.law.published import lines_of
from simulation.scenario.merging import nearest
from simulation.scenario.nodes import Node
from simulation.scenario.sources import Sources, is_file, shipped_folder
from simulation.scenario.spreadsheet import NotASpreadsheetError, rows
from simulation.words import catalogue, languages

NEEDED = ("number", "kind", "place")


@dataclass(frozen=True)
class Row:
    """One line of a table: so much of a kind at a place, in a year or evenly over some."""

    number: float
    kind: str
    place: str
    first: int
    last: int
    landlord: str
    delay: int
    source: str
    cells: dict[str, tuple[str, int, int]]  # column: file, row, column

    def node(self, column: str, value: object) -> Node:
        """Return a value as a node that stands where the table says it."""
        file, line, place = self.cells.get(column, next(iter(self.cells.values())))
        return Node(value, file, line, place)


def find_table(node: Node, key: str, folder: Path, sources: Sources) -> Path | None:
    """Return where a table lies: a path beside the scenario, else among those that ship with the program; None where it may not lie."""
    beside, shipped = folder / node.value, shipped_folder() / node.value
    path = beside if is_file(beside) or Path(node.value).is_absolute() else shipped
    if is_file(path) and sources.within(path):
        return path
    sources.problems.append(node.problem(key, "leads_out" if is_file(path) else "table_not_found", given=node.value))
    return None


def read_table(path: Path | None, sources: Sources) -> list[Row]:
    """Return the rows of a table; what is wrong goes to the problems of ``sources``, with row and column."""
    content = None if path is None else sources.read(path, path.name)
    if path is None or content is None:
        return []
    try:
        lines = list(rows(content) if path.suffix.lower() == ".xlsx" else lines_of(content, path.name))
    except NotASpreadsheetError as error:
        sources.problems.append(Problem(path.name, 0, 0, "", "table_broken", {"told": str(error)}))
        return []
    except InputErrors as errors:
        sources.problems.extend(errors.problems)
        return []
    header = _header(lines[0] if lines else [], path.name, sources.problems)
    written = {name: plain(lines[0][at]) for name, at in header.items()}
    reader = _Reader(path.name, header, written, sources.problems)
    found = [reader.row(number, line) for number, line in enumerate(lines[1:], start=2) if any(plain(cell) for cell in line)]
    return [row for row in found if row is not None]


def _names(group: str) -> list[str]:
    """Return what can be written, each in every language."""
    said = [{name: text for name, text in catalogue("table", lang).items() if name.startswith(f"{group}.")} for lang in languages()]
    return [" / ".join(dict.fromkeys(each[name] for each in said)) for name in said[0]]


def _labels(group: str) -> dict[str, str]:
    """Return every label of a group, in every language and as the code itself, with the code it stands for."""
    known: dict[str, str] = {}
    for lang in languages():
        for name, text in catalogue("table", lang).items():
            if name.startswith(f"{group}."):
                code = name.removeprefix(f"{group}.")
                known |= {text.lower(): code, code: code}
    return known


def _header(line: list[str], file: str, problems: list[Problem]) -> dict[str, int]:
    known, header = _labels("column"), dict[str, int]()
    for place, cell in enumerate(line):
        code = known.get(plain(cell).lower())
        if code is not None and code not in header:
            header[code] = place
    for name in NEEDED:
        if name not in header:
            found = nearest(name, [plain(cell) for cell in line])
            problems.append(Problem(file, 1, 0, name, "column_missing", {"allowed": _names("column"), "nearest": found}))
    if "year" not in header and not {"from", "to"} <= header.keys() and set(NEEDED) <= header.keys():
        problems.append(Problem(file, 1, 0, "year", "column_missing", {"allowed": _names("column"), "nearest": None}))
    return header


class _Reader:
    """Read lines as rows, gathering problems."""

    def __init__(self, file: str, header: dict[str, int], written: dict[str, str], problems: list[Problem]) -> None:
        self.file, self.header, self.written, self.problems = file, header, written, problems
        self.kinds = _labels("kind")

    def row(self, line: int, cells: list[str]) -> Row | None:
        before = len(self.problems)
        text = {name: plain(cells[at]) if at < len(cells) else "" for name, at in self.header.items()}
        if "number" in text and not text["number"]:
            return None  # a row of a template that nobody has filled in
        where = {name: (self.file, line, at + 1) for name, at in self.header.items()}
        kind = self.kinds.get(text.get("kind", "").lower())
        if kind is None:
            told = {"given": text.get("kind", ""), "allowed": _names("kind")}
            self._note(where, "kind", "not_allowed", **told, nearest=nearest(text.get("kind", ""), self.kinds))
        number = self._number(where, text, kind in CRITERIA)
        first = self._year(where, text, "from") if text.get("from") else self._year(where, text, "year")
        last = self._year(where, text, "to") if text.get("to") else first
        delay = whole(text.get("delay") or "0")
        if delay is None:
            self._note(where, "delay", "not_a_count", given=text["delay"], allowed="")
        if kind is None or number is None or first is None or last is None or delay is None or len(self.problems) > before:
            return None
        said = (text.get(name, "") for name in ("place", "landlord"))
        place, landlord = (name.lower() for name in said)
        return Row(number, kind, place, first, last, landlord, delay, text.get("source", ""), where)

    def _number(self, where: dict[str, tuple[str, int, int]], text: dict[str, str], per_cent: bool) -> float | None:
        given = text.get("number", "")
        count, number = None if per_cent else whole(given), printed(given)
        if count is None and (number is None or number.value < 0):
            self._note(where, "number", "not_a_number", given=given, allowed="0–")
            return None
        return float(count) if count is not None else float(number.value) if number is not None else None

    def _year(self, where: dict[str, tuple[str, int, int]], text: dict[str, str], name: str) -> int | None:
        year = whole(text.get(name, ""))
        if year is None and name in self.header:  # that the column is missing is told once
            self._note(where, name, "not_a_year", given=text.get(name, ""), allowed="")
        return year

    def _note(self, where: dict[str, tuple[str, int, int]], name: str, code: str, **values: object) -> None:
        file, line, column = where.get(name, (self.file, next(iter(where.values()))[1] if where else 0, 0))
        self.problems.append(Problem(file, line, column, self.written.get(name, name), code, values))
