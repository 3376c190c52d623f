"""The answer of a run on the terminal: the indicators of each list area, then its category."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from simulation.report.listing import table
from simulation.words import number, say, tenths

Row = Mapping[str, Any]
DECIMALS = {"convicted": 2, "residents": 0}
UNLIMITED = "residents"  # its limit puts an area under the law; to be above it is no breach


def print_run(summary: Sequence[Row], status: Sequence[Row], lang: str, names: Mapping[str, str] | None = None) -> None:
    """Print the summary of a run to standard output."""
    sys.stdout.write(run_text(summary, status, lang, names) + "\n")


def run_text(summary: Sequence[Row], status: Sequence[Row], lang: str, names: Mapping[str, str] | None = None) -> str:
    """Return the summary of a run as text; ``summary`` and ``status`` are the rows of the files of these names.

    ``names`` are those of the areas; an area without one goes by its slug.
    """
    areas = list(dict.fromkeys(row["area"] for row in summary))
    parts = [_area_text(area, (names or {}).get(area, area), summary, status, lang) for area in areas]
    return "\n\n".join([*parts, say("tables.foot", lang)])


def _area_text(area: str, name: str, summary: Sequence[Row], status: Sequence[Row], lang: str) -> str:
    rows = [row for row in summary if row["area"] == area]
    first, last = min(row["list_year"] for row in rows), max(row["list_year"] for row in rows)
    starts = {row["indicator"]: row for row in rows if row["list_year"] == first}
    cells = [_cells(starts[row["indicator"]], row, lang) for row in rows if row["list_year"] == last]
    headings = [say(f"tables.{key}", lang) for key in ("criterion", "interval", "limit", "chance", "beyond")]
    headings[1:1] = [say("tables.first", lang, year=first), say("tables.last", lang, year=last)]
    caption = say("tables.caption", lang, area=name, year=last)
    return "\n".join([caption, table(headings, cells, right=(1, 2, 3, 4, 5)), _category(area, status, last, lang)])


def _cells(first: Row, last: Row, lang: str) -> list[str]:
    indicator = last["indicator"]
    decimals = DECIMALS.get(indicator, 1)
    start, end, low, high = (number(value, lang, decimals) for value in (first["p50"], last["p50"], last["p10"], last["p90"]))
    limit = number(last["threshold"], lang, decimals)
    chance = "" if indicator == UNLIMITED or not _known(last["probability_breached"]) else tenths(last["probability_breached"], lang)
    return [say(f"indicator.{indicator}", lang), start, end, f"{low}–{high}", limit, chance, _beyond(last, lang)]


def _beyond(row: Row, lang: str) -> str:
    short = row["short_p50"]
    if row["indicator"] == UNLIMITED or not _known(short):
        return ""
    unit = say(f"tables.unit.{row['indicator']}", lang)
    return say("tables.short" if short > 0 else "tables.spare", lang, count=number(abs(short), lang), unit=unit)


def _category(area: str, status: Sequence[Row], year: int, lang: str) -> str:
    rows = [row for row in status if row["area"] == area and row["list_year"] == year and row["probability"] > 0]
    rows.sort(key=lambda row: -row["probability"])
    named = [(say(f"law.category.{row['category']}", lang), tenths(row["probability"], lang)) for row in rows]
    parts = [say("tables.part", lang, name=name, tenths=chance) for name, chance in named]
    return say("tables.category", lang, year=year, parts=", ".join(parts))


def _known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
