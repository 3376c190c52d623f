"""Every table of a run in one workbook, for people who live in a spreadsheet; the same bytes for the same run.

It is written row by row with a library that keeps one row in memory: the plan's forty thousand cells take a third of a second.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulation.report.calculator import write_calculator
from simulation.report.labels import landlords_of, title_of
from simulation.report.named import namer
from simulation.report.sheets import Sheet, sheets_of
from simulation.words import say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from simulation.report.content import Report

FILE = "workbook.xlsx"
NO_TIME = datetime(2000, 1, 1)  # a workbook says when it was made; ours says nothing of the sort
A4 = 9  # the number that workbooks know the paper by
TITLE_ROW, HEAD_ROW = 0, 2
WIDEST, NARROWEST = 44, 9
LINE_HEIGHT = 15.0  # points
Namer = Callable[[str, Any], Any]
FRONT = ("run", "projection", "contested", "spread", "small", "members", "codes")


@dataclass(frozen=True)
class Looks:
    """The formats of a workbook."""

    title: Any
    head: Any
    head_of_numbers: Any
    numbers: Mapping[str, Any]  # by the form of a number


def workbook_of(report: Report) -> bytes:
    """Return the workbook of a run: what it is, the calculator of the family share, then a sheet for each table."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"constant_memory": True, "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": NO_TIME, "title": report.title})
    looks, sheets = _looks(book), sheets_of(report.frames)
    _front(book, report, sheets, looks)
    write_calculator(book, report, book.add_format({"bold": True, "font_size": 13, "valign": "top"}))
    name = namer(places_of(report), report.lang)
    for sheet in sheets:
        _table(book, sheet, name, looks, report.lang)
    book.close()
    return stream.getvalue()


def places_of(report: Report) -> dict[str, Mapping[str, str]]:
    """Return the names that place and scenario give to codes, by column."""
    values = report.values
    named = {key: {item["id"]: item["name"] for item in values["place"].get(key, ())} for key in ("subprogrammes", "phases")}
    measures = {item["id"]: title_of(item, report.lang) for item in values["measures"]}
    places: dict[str, Mapping[str, str]] = {"area": report.everywhere, "department": report.departments, "parameter": report.labels}
    places["landlord"] = landlords_of(values["place"])
    return places | {"subprogramme": named["subprogrammes"], "phase": named["phases"], "measure": measures, "goal": report.titles}


def _looks(book: Workbook) -> Looks:
    forms = {"0": "#,##0", "1": "#,##0.0", "2": "#,##0.00", "4": "#,##0.0000", "year": "0", "chance": "0%"}
    numbers = {key: book.add_format({"num_format": form, **({"align": "center"} if key == "year" else {})}) for key, form in forms.items()}
    head = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "bg_color": "#F3F6F7"}
    left, right = (book.add_format(head | {"align": side}) for side in ("left", "right"))
    return Looks(book.add_format({"bold": True, "font_size": 13}), left, right, numbers)


def _front(book: Workbook, report: Report, sheets: Sequence[Sheet], looks: Looks) -> None:
    lang, (first, last) = report.lang, report.list_years
    page = book.add_worksheet(say("sheet.front.name", lang))
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 145)
    page.set_column(2, 2, 26)
    _on_one_page_wide(page)
    page.write_string(0, 0, say("sheet.front.title", lang, scenario=report.title), looks.title)
    values = {"run_id": report.facts.run_id, "first": first, "last": last, "members": report.members}
    for row, key in enumerate(FRONT, start=2):
        page.write_string(row, 0, say(f"sheet.front.{key}", lang, **(values if key == "run" else {})))
    row = len(FRONT) + 3
    for column, key in enumerate(("sheet", "holds", "file")):
        page.write_string(row, column, say(f"sheet.front.{key}", lang), looks.head)
    listed = [("share", say("sheet.share.name", lang), say("sheet.share.about", lang, **_of_calculator(report)), "")]
    listed += [
        (s.table, say(f"sheet.table.{s.table}.name", lang), say(f"sheet.table.{s.table}.about", lang), f"{s.table}.csv") for s in sheets
    ]
    for line, (_, title, about, file) in enumerate(listed, start=row + 1):
        page.write_url(line, 0, f"internal:'{title}'!A1", string=title)
        page.write_string(line, 1, about)
        page.write_string(line, 2, file)


def _on_one_page_wide(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _of_calculator(report: Report) -> dict[str, object]:
    return {"area": report.areas[report.headline["area"]], "year": report.list_years[1]}


def _table(book: Workbook, sheet: Sheet, name: Namer, looks: Looks, lang: str) -> None:
    page = book.add_worksheet(say(f"sheet.table.{sheet.table}.name", lang))
    heads = [sheet.heading(column, name, lang) for column in sheet.columns]
    rows = _rows(sheet, name)
    widths = _widths(heads, rows)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.write_string(TITLE_ROW, 0, say(f"sheet.table.{sheet.table}.about", lang), looks.title)
    page.set_row(HEAD_ROW, LINE_HEIGHT * max(_lines(head, width) for head, width in zip(heads, widths, strict=True)))
    for column, head in enumerate(heads):
        of_text = sheet.form(sheet.columns[column]) == "year" or any(isinstance(row[column], str) for row in rows)
        page.write_string(HEAD_ROW, column, head, looks.head if of_text else looks.head_of_numbers)
    forms = [looks.numbers.get(sheet.form(column)) for column in sheet.columns]
    for at, cells in enumerate(rows):
        _row(page, HEAD_ROW + 1 + at, cells, [form or looks.numbers[sheet.row_forms[at]] for form in forms])
    page.freeze_panes(HEAD_ROW + 1, sheet.naming)
    page.repeat_rows(HEAD_ROW)
    _on_one_page_wide(page)
    page.autofilter(HEAD_ROW, 0, HEAD_ROW + len(rows), len(heads) - 1)


def _rows(sheet: Sheet, name: Namer) -> list[tuple[Any, ...]]:
    columns = []
    for column in sheet.columns:
        cells = sheet.frame[column].to_numpy(dtype=object).tolist()
        columns.append([name(column, cell) if isinstance(cell, (str, bool)) else cell for cell in cells])
    return list(zip(*columns, strict=True))


def _row(page: Worksheet, row: int, cells: Sequence[Any], formats: Sequence[Any]) -> None:
    for column, (cell, form) in enumerate(zip(cells, formats, strict=True)):
        if isinstance(cell, str):
            page.write_string(row, column, cell)
        elif cell is not None and cell is not pd.NA and isfinite(cell):
            page.write_number(row, column, float(cell), form)


def _lines(head: str, width: int) -> int:
    """Return how many lines a bold heading takes in a column."""
    return len(textwrap.wrap(head, max(1, width - 2))) or 1


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return widths that hold the words of a column; a heading may take two lines, and more but for the middle of a word."""
    longest = [max((len(row[at]) for row in rows[:200] if isinstance(row[at], str)), default=0) for at in range(len(heads))]
    words = [max(map(len, head.split()), default=0) for head in heads]
    wanted = zip(longest, words, heads, strict=True)
    return [min(max(NARROWEST, text + 2, word + 3, len(head) // 2 + 3), WIDEST) for text, word, head in wanted]
