"""The workbook of the negotiation written out: to be filled in, or with the results as columns beside what was filled in."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.decisions.budget.sheets import GUIDE, NAMED, RESULTS, SHEETS, Row, label, meanings, rows_of
from simulation.decisions.budget.table import GOALS, KINDS, Table
from simulation.scenario import Scenario
from simulation.words import catalogue

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = {
    "id": 24,
    "title": 52,
    "source": 48,
    "payer": 22,
    "whom": 40,
    "acts_on": 30,
    "needs": 24,
    "not_with": 24,
    "goal": 44,
    "persons": 24,
    "saved": 22,
}
NARROW, YEAR, GUIDE_WIDTH, HEAD_HEIGHT, LINE_HEIGHT = 13, 17, 110, 64, 16
FONT, A4 = "Calibri", 9  # the font of a new workbook; the number that spreadsheets have for the paper
TRUTHS = ("decided", "must", "excluded", "movable")
MONEY, PERCENT, WHOLE = "#,##0", "0 %", "0"
FORMATS = {"effect": PERCENT, "low": PERCENT, "high": PERCENT, "places": WHOLE, "saved": MONEY, "net": MONEY}
DARK, PALE, OWN = "1C2226", "F3F6F7", "FDF3E4"  # heading, what is told, what comes back
FROZEN = {"measures": "C2", "effects": "C2"}


def workbook_of(scenario: Scenario, table: Table, lang: str, results: Mapping[str, Row] | None = None) -> bytes:
    """Return the bytes of the workbook; ``results``: for each measure, the cells of the columns that come back."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    for sheet, rows in rows_of(scenario, table, lang).items():
        back = RESULTS if sheet == "measures" and results is not None else ()
        filled = [row | (results or {}).get(str(row.get("id")), {}) for row in rows] if back else rows
        _fill(book.create_sheet(label("sheet", sheet, lang)), (*columns(sheet, table), *back), filled, table, lang)
    _guide(book.create_sheet(label("sheet", GUIDE, lang), 0), lang)  # what a reader meets first
    book.active = 0
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def columns(sheet: str, table: Table) -> tuple[str, ...]:
    """Return the columns of a sheet, the budget years in their place."""
    years = tuple(str(year) for year in table.years)
    at = SHEETS[sheet].index("years") if "years" in SHEETS[sheet] else None
    return SHEETS[sheet] if at is None else (*SHEETS[sheet][:at], *years, *SHEETS[sheet][at + 1 :])


def heading(column: str, table: Table, lang: str) -> str:
    """Return the heading of a column; of a budget year with its unit and price level."""
    return label("column", "year", lang, year=column, level=table.price_level) if column.isdigit() else label("column", column, lang)


def _fill(sheet: Worksheet, names: Sequence[str], rows: Sequence[Row], table: Table, lang: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.append([heading(name, table, lang) for name in names])
    for row in rows:
        sheet.append([row.get(name) for name in names])
    for number, name in enumerate(names, start=1):
        letter, head = get_column_letter(number), sheet.cell(1, number)
        sheet.column_dimensions[letter].width = YEAR if name.isdigit() else WIDTHS.get(name, NARROW)
        head.font = Font(name=FONT, bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor=DARK)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        for at in range(2, len(rows) + 2):
            _dress(sheet.cell(at, number), name)
        _offer(sheet, name, letter, len(rows) + 1, lang)
    sheet.row_dimensions[1].height = HEAD_HEIGHT
    sheet.freeze_panes = FROZEN.get(_name_of(sheet.title), "B2")
    sheet.print_title_rows = "1:1"
    _on_one_page_wide(sheet)


def _on_one_page_wide(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _name_of(title: str) -> str:
    return meanings("sheet").get(title.lower(), "")


def _dress(cell: Any, name: str) -> None:
    from openpyxl.styles import PatternFill

    cell.number_format = MONEY if name.isdigit() else FORMATS.get(name, "General")
    if name in ("id", "title", "acts_on", "whom"):
        cell.fill = PatternFill("solid", fgColor=PALE)
    if name in RESULTS:
        cell.fill = PatternFill("solid", fgColor=OWN)


def _offer(sheet: Worksheet, name: str, letter: str, last: int, lang: str) -> None:
    """Offer the words that a cell may hold, as a list to choose from."""
    from openpyxl.worksheet.datavalidation import DataValidation

    options = {"kind": KINDS, "goal": GOALS, "grade": ("none", "weak", "moderate", "strong", "tried")}.get(name, ())
    words = [label(NAMED[name], option, lang) for option in options]
    if name in TRUTHS:
        words = [label("truth", option, lang) for option in ("yes", "no")]
    if words and last > 1:  # a scenario without measures has no row to offer them in
        offered: Any = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
        sheet.add_data_validation(offered)
        offered.add(f"{letter}2:{letter}{last}")


def _guide(sheet: Any, lang: str) -> None:
    from openpyxl.styles import Alignment, Font

    texts = [text for key, text in catalogue("budget", lang).items() if key.startswith("guide.")]
    for text in texts:
        sheet.append([text])
    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    for at in range(1, len(texts) + 1):
        sheet.cell(at, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[at].height = LINE_HEIGHT * len(textwrap.wrap(texts[at - 1], GUIDE_WIDTH))
    sheet.cell(1, 1).font = Font(name=FONT, bold=True)
    _on_one_page_wide(sheet)
