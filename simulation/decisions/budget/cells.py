"""The cells of the workbook of the negotiation: each knows where it stands, and what is wrong with it is told, not raised."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from simulation.decisions.budget.sheets import GUIDE, RESULTS, SHEETS, label, meanings
from simulation.files import InputErrors, Problem
from simulation.law.printed import plain, ungrouped
from simulation.scenario.merging import nearest
from simulation.scenario.spreadsheet import NotASpreadsheetError, column_letters, sheets
from simulation.words import languages

_YEAR = re.compile(r"\d{4}")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True)
class Cell:
    """A text and its place: file, sheet and cell."""

    text: str
    place: str


@dataclass
class Line:
    """One row of a sheet: its cells by column, and where what is wrong with them is told."""

    cells: Mapping[str, Cell]
    place: str
    problems: list[Problem] = field(repr=False)

    def told(self, column: str) -> bool:
        """Return whether a cell holds anything."""
        return bool(self.text(column))

    def text(self, column: str) -> str:
        """Return the text of a cell, empty where there is none."""
        return self.cells[column].text if column in self.cells else ""

    def wrong(self, column: str, code: str, **values: object) -> None:
        """Tell a problem of a cell, once however often the cell is read."""
        place = self.cells[column].place if column in self.cells else self.place
        problem = Problem(place, 0, 0, "", code, values)
        if problem not in self.problems:
            self.problems.append(problem)

    def number(self, column: str, lowest: float = -math.inf, highest: float = math.inf) -> float | None:
        """Return the number of a cell; None where it is empty or none."""
        text = self.text(column)
        if not text:
            return None
        if _GROUPED.fullmatch(text) and repr(float(text.replace(",", "."))) != text:
            self.wrong(column, "number_as_text", given=text)
            return None
        bare, percent = ungrouped(text.removesuffix("%").strip()), text.endswith("%")
        if not _NUMBER.fullmatch(bare):
            self.wrong(column, "expected_number", given=text)
            return None
        number = float(bare.replace(",", ".")) / (100 if percent else 1)
        if not lowest <= number <= highest:
            self.wrong(column, "out_of_range", given=text, allowed=_bounds(lowest, highest))
            return None
        return number

    def whole(self, column: str, lowest: float = -math.inf, highest: float = math.inf) -> int | None:
        """Return the whole number of a cell; None where it is empty or none."""
        number = self.number(column, lowest, highest)
        if number is not None and number != int(number):
            self.wrong(column, "expected_whole", given=self.text(column))
            return None
        return None if number is None else int(number)

    def word(self, column: str, kind: str) -> str:
        """Return what a word of a fixed list stands for, empty where the cell is."""
        known, text = meanings(kind), self.text(column)
        if text and text.lower() not in known:
            words = list(dict.fromkeys(label(kind, name, lang) for lang in languages() for name in dict.fromkeys(known.values())))
            self.wrong(column, "not_allowed", given=text, allowed=words, nearest=nearest(text, words))
        return known.get(text.lower(), "") if text else ""

    def yes(self, column: str) -> bool:
        """Return whether a cell says yes; an empty one does not."""
        text = self.text(column).lower()
        return {"true": True, "false": False}.get(text) if text in ("true", "false") else self.word(column, "truth") == "yes"  # type: ignore[return-value]

    def names(self, column: str, known: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of a cell, with ; or , between."""
        known, found = list(known), [part.strip() for part in re.split("[;,]", self.text(column)) if part.strip()]
        for name in found:
            if name not in known:
                self.wrong(column, "unknown_measure", given=name, nearest=nearest(name, known))
        return tuple(name for name in found if name in known)


def _bounds(lowest: float, highest: float) -> str:
    return f"{lowest:g} – {highest:g}" if math.isfinite(highest) else f"≥ {lowest:g}"


@dataclass(frozen=True)
class Page:
    """One sheet, read: its lines, its budget years with their price levels, and where each heading stands."""

    lines: tuple[Line, ...]
    years: Mapping[int, int | None]
    place: str


def read_pages(content: bytes, file: str, problems: list[Problem]) -> dict[str, Page]:
    """Return the sheets of a workbook by name; what is wrong goes to ``problems``. Raise InputErrors for no workbook."""
    known, pages = meanings("sheet"), dict[str, Page]()
    try:
        for title, rows in sheets(content):
            name = known.get(plain(title).lower(), "")
            if name in SHEETS:
                pages[name] = _page(name, f"{file}!{title}", rows, problems)
            elif name != GUIDE:
                titles = [label("sheet", one, lang) for lang in languages() for one in SHEETS]
                told = {"given": title, "allowed": titles, "nearest": nearest(title, titles)}
                problems.append(Problem(f"{file}!{title}", 0, 0, "", "budget_sheet", told))
    except NotASpreadsheetError:
        raise InputErrors([Problem(file, 0, 0, "", "budget_no_workbook")]) from None
    for name in ("measures", "frames"):
        if name not in pages:
            told = {"given": "", "name": " / ".join(label("sheet", name, lang) for lang in languages())}
            problems.append(Problem(file, 0, 0, "", "budget_sheet_missing", told))
    return pages


def _page(name: str, place: str, rows: list[tuple[int, list[str]]], problems: list[Problem]) -> Page:
    header = rows[0][1] if rows else []
    found = [_column(name, plain(text), f"{place}!{column_letters(at)}1", problems) for at, text in enumerate(header)]
    missing = [column for column in SHEETS[name] if column not in ("years", *found)]
    for column in missing:
        title = " / ".join(label("column", column, lang) for lang in languages())
        problems.append(Problem(f"{place}!A1", 0, 0, "", "budget_column_missing", {"name": title}))
    lines = tuple(Line(dict(cells), f"{place}!A{row}", problems) for row, cells in _lines(found, rows[1:], place) if cells)
    years = {int(column): _level(plain(text)) for column, text in zip(found, header, strict=True) if column.isdigit()}
    return Page(lines, years, place)


def _lines(found: list[str], rows: list[tuple[int, list[str]]], place: str) -> Iterator[tuple[int, list[tuple[str, Cell]]]]:
    for row, texts in rows:
        cells = [
            (column, Cell(plain(text), f"{place}!{column_letters(at)}{row}"))
            for at, (column, text) in enumerate(zip(found, texts, strict=False))
            if column
        ]
        yield row, cells if any(cell.text for _, cell in cells) else []


def _column(sheet: str, text: str, place: str, problems: list[Problem]) -> str:
    """Return the column that a heading names: a budget year by its year; nothing for an empty heading and for results."""
    known = {written: name for written, name in meanings("column").items() if name in SHEETS[sheet]}
    year = _YEAR.match(text)
    if not text or meanings("column").get(text.lower()) in RESULTS:
        return ""
    if year and "years" in SHEETS[sheet]:
        return year[0]
    if text.lower() not in known:
        titles = [label("column", name, lang) for lang in languages() for name in SHEETS[sheet] if name != "years"]
        problems.append(Problem(place, 0, 0, "", "budget_column", {"given": text, "allowed": titles, "nearest": nearest(text, titles)}))
    return known.get(text.lower(), "")


def _level(heading: str) -> int | None:
    """Return the price level that a heading names after its year."""
    years = _YEAR.findall(heading)
    return int(years[1]) if len(years) > 1 else None
