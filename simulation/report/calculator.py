"""The family share as a sheet that calculates: the law's formula on numbers that the reader may change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.law.family import limit_pct, m2_per_dwelling
from simulation.report.residents import share_parts_of
from simulation.words import say

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from simulation.report.content import Report

TITLE, FIRST = 0, 2  # rows
TITLE_HEIGHT = 56.0  # points: three lines
GIVEN = ("family", "other", "demolished", "floor", "per_home", "limit")
FORMULAS = {
    "denominator": "=B3+B4+B5+B6/B7",
    "share": "=100*B3/B9",
    "missing": "=100*B3/B8-B9",
    "slip": "=100/B8",
}


def write_calculator(book: Workbook, report: Report, title: Any) -> None:
    """Write the sheet, filled with the middle of the run for the area of the first screen on the last list."""
    lang, area, year = report.lang, report.headline["area"], report.list_years[1]
    page = book.add_worksheet(say("sheet.share.name", lang))
    page.set_column(0, 0, 62)
    page.set_column(1, 1, 14)
    title.set_text_wrap()
    page.set_row(TITLE, TITLE_HEIGHT)
    page.merge_range(TITLE, 0, TITLE, 1, say("sheet.share.about", lang, area=report.areas[area], year=year), title)
    page.fit_to_pages(1, 0)
    given = given_of(report, area, year)
    changed = book.add_format({"num_format": "#,##0", "bg_color": "#FFF4C2", "border": 1})
    fixed, decimal = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "#,##0.0", "bold": True})
    for row, key in enumerate(GIVEN, start=FIRST):
        page.write_string(row, 0, say(f"sheet.share.{key}", lang))
        page.write_number(row, 1, given[key], fixed if key == "per_home" else changed)
    for row, (key, value) in enumerate(calculated(given).items(), start=FIRST + len(GIVEN)):
        page.write_string(row, 0, say(f"sheet.share.{key}", lang))
        page.write_formula(row, 1, FORMULAS[key], decimal, value)
    page.freeze_panes(FIRST, 0)


def given_of(report: Report, area: str, year: int) -> dict[str, float]:
    """Return the numbers that the sheet begins with: whole homes and square metres, the law's own limit."""
    parts = share_parts_of(report.frames["family_share"], area, year)
    per_home = m2_per_dwelling()
    other = sum(parts[name] for name in ("social_youth_elderly", "private", "other"))
    homes = {"family": parts["social_family"], "other": other, "demolished": parts["demolished"], "floor": per_home * parts["floor_space"]}
    return {key: float(round(value)) for key, value in homes.items()} | {"per_home": per_home, "limit": limit_pct()}


def calculated(given: dict[str, float]) -> dict[str, float]:
    """Return what the formulas of the sheet give."""
    denominator = given["family"] + given["other"] + given["demolished"] + given["floor"] / given["per_home"]
    share = 100 * given["family"] / denominator if denominator else 0.0
    return {
        "denominator": denominator,
        "share": share,
        "missing": 100 * given["family"] / given["limit"] - denominator,
        "slip": 100 / given["limit"],
    }
