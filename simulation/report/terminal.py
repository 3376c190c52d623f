"""The answer of a run on the terminal: the indicators of each list area, then its category."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from simulation.report.chances import FEW, futures, signed
from simulation.report.listing import table
from simulation.words import UNKNOWN, number, say

Row = Mapping[str, Any]
DECIMALS = {"convicted": 2, "residents": 0}
INCOME, SHARE = "mean_income", "social_family_share"
UNLIMITED = "residents"  # its limit puts an area under the law; to be above it is no breach


def print_run(
    summary: Sequence[Row], status: Sequence[Row], lang: str, names: Mapping[str, str] | None = None, members: int | None = None
) -> None:
    """Print the summary of a run to standard output."""
    sys.stdout.write(run_text(summary, status, lang, names, members) + "\n")


def run_text(
    summary: Sequence[Row], status: Sequence[Row], lang: str, names: Mapping[str, str] | None = None, members: int | None = None
) -> str:
    """Return the summary of a run as text; ``summary`` and ``status`` are the rows of the files of these names.

    ``names`` are those of the areas; an area without one goes by its slug. ``members`` is how many futures were computed.
    """
    areas = list(dict.fromkeys(row["area"] for row in summary))
    parts = [_area_text(area, (names or {}).get(area, area), summary, status, members, lang) for area in areas]
    foot = say("tables.foot", lang)
    if members is not None and members < FEW:
        foot = say("tables.few", lang, members=members) + " " + foot
    return "\n\n".join([*parts, foot])


def _area_text(area: str, name: str, summary: Sequence[Row], status: Sequence[Row], members: int | None, lang: str) -> str:
    rows = [row for row in summary if row["area"] == area]
    first, last = min(row["list_year"] for row in rows), max(row["list_year"] for row in rows)
    starts = {row["indicator"]: row for row in rows if row["list_year"] == first}
    shown = [row for row in rows if row["list_year"] == last and (row["indicator"] != SHARE or _known(row["threshold"]))]
    cells = [_cells(starts[row["indicator"]], row, members, lang) for row in shown]
    headings = [say(f"tables.{key}", lang) for key in ("criterion", "interval", "limit", "chance", "beyond")]
    headings[1:1] = [say("tables.first", lang, year=first), say("tables.last", lang, year=last)]
    caption = say("tables.caption", lang, area=name, year=last)
    return "\n".join([caption, table(headings, cells, right=(1, 2, 3, 4, 5)), _category(area, status, last, members, lang)])


def _cells(first: Row, last: Row, members: int | None, lang: str) -> list[str]:
    indicator = last["indicator"]
    decimals = DECIMALS.get(indicator, 1)
    start, end, low, high = (number(value, lang, decimals) for value in (first["p50"], last["p50"], last["p10"], last["p90"]))
    values = [say(f"indicator.{indicator}", lang), start, end, f"{low}–{high}"]
    if indicator == UNLIMITED:
        return [*values, UNKNOWN, UNKNOWN, ""]
    chance = futures(last["probability_breached"], members, lang)
    return [*values, number(last["threshold"], lang, decimals), chance, _beyond(last, lang)]


def _beyond(row: Row, lang: str) -> str:
    short, decimals = row["short_p50"], 0
    if not _known(short):
        return ""
    if row["indicator"] == INCOME:  # no count of persons would bring a mean up: the distance is told in points
        short, decimals = row["threshold"] - row["p50"], 1
    unit = say(f"tables.unit.{row['indicator']}", lang)
    return f"{signed(-short, lang, decimals)} {unit}"


def _category(area: str, status: Sequence[Row], year: int, members: int | None, lang: str) -> str:
    rows = [row for row in status if row["area"] == area and row["list_year"] == year and row["probability"] > 0]
    rows.sort(key=lambda row: -row["probability"])
    named = [(say(f"law.category.{row['category']}", lang), futures(row["probability"], members, lang)) for row in rows]
    parts = [say("tables.part", lang, name=name, tenths=chance) for name, chance in named]
    return say("tables.category", lang, year=year, parts=", ".join(parts))


def _known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
