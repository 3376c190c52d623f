"""The answer of a run on the terminal: the indicators of each list area, then its category."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulation.report.chances import FEW, futures, short, signed
from simulation.report.listing import table
from simulation.report.prevention import prevention_line
from simulation.report.starts import SIGN, Starts
from simulation.words import UNKNOWN, number, say

Row = Mapping[str, Any]
DECIMALS = {"convicted": 2, "residents": 0}
CONVERSIONS = ("conversion", "hard_ghetto")  # the same category by the names of the day
INCOME, SHARE = "mean_income", "social_family_share"
UNLIMITED = "residents"  # its limit puts an area under the law; to be above it is no breach


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a run's own tables do not say."""

    title: str = ""
    names: Mapping[str, str] = field(default_factory=dict)  # of the areas; one without goes by its slug
    members: int | None = None  # how many futures were computed
    assumed: Starts = frozenset()  # the values of the first list that no source gives


def print_run(summary: Sequence[Row], status: Sequence[Row], lang: str, told: Told | None = None) -> None:
    """Print the summary of a run to standard output."""
    sys.stdout.write(run_text(summary, status, lang, told) + "\n")


def run_text(summary: Sequence[Row], status: Sequence[Row], lang: str, told: Told | None = None) -> str:
    """Return the summary of a run as text; ``summary`` and ``status`` are the rows of the files of these names."""
    told = told or Told()
    areas = list(dict.fromkeys(row["area"] for row in summary))
    parts = [_area_text(area, told, summary, status, lang) for area in areas]
    foot = [_prevention(summary, lang), say("tables.units", lang), say("tables.foot", lang)]
    if any(area in areas for area, _ in told.assumed):
        foot.insert(1, say("tables.assumed", lang))
    if told.members is not None and told.members < FEW:
        foot.append(say("tables.few", lang, members=told.members))
    title = [say("tables.title", lang, scenario=told.title)] if told.title else []
    return "\n\n".join([*title, *parts, "\n".join(line for line in foot if line)])


def _area_text(area: str, told: Told, summary: Sequence[Row], status: Sequence[Row], lang: str) -> str:
    rows = [row for row in summary if row["area"] == area]
    first, last = min(row["list_year"] for row in rows), max(row["list_year"] for row in rows)
    starts = {row["indicator"]: row for row in rows if row["list_year"] == first}
    shown = [row for row in rows if row["list_year"] == last and (row["indicator"] != SHARE or _known(row["threshold"]))]
    cells = [_cells(starts[row["indicator"]], row, told, lang) for row in shown]
    counted = told.members if told.members is not None and told.members < FEW else 10
    headings = [say(f"tables.{key}", lang, all=counted) for key in ("criterion", "interval", "limit", "chance", "beyond")]
    headings[1:1] = [say("tables.first", lang, year=first), say("tables.last", lang, year=last)]
    caption = say("tables.caption", lang, area=told.names.get(area, area), year=last)
    lines = [_category(area, status, last, told.members, lang), _off(area, status, last, told.members, lang)]
    return "\n".join([caption, table(headings, cells, right=(1, 2, 3, 4, 5, 6), tight=True), *lines])


def _cells(first: Row, last: Row, told: Told, lang: str) -> list[str]:
    indicator = last["indicator"]
    decimals = DECIMALS.get(indicator, 1)
    start, end, low, high = (number(value, lang, decimals) for value in (first["p50"], last["p50"], last["p10"], last["p90"]))
    if told.assumed:  # the sign has a place of its own, so that digits stand below digits
        start += SIGN if (last["area"], indicator) in told.assumed else " "
    values = [say(f"tables.name.{indicator}", lang), start, end, f"{low}–{high}"]
    if indicator == UNLIMITED:
        return [*values, UNKNOWN, UNKNOWN, ""]
    chance = short(last["probability_breached"], told.members, lang)
    return [*values, number(last["threshold"], lang, decimals), chance, _beyond(last, lang)]


def _beyond(row: Row, lang: str) -> str:
    if not _known(row["short_p50"]):
        return ""
    if row["indicator"] == INCOME:  # no count of persons would bring a mean up: the distance is told in points
        return signed(row["p50"] - row["threshold"], lang, 1)
    return signed(-row["short_p50"], lang)


def _category(area: str, status: Sequence[Row], year: int, members: int | None, lang: str) -> str:
    rows = [row for row in status if row["area"] == area and row["list_year"] == year and row["probability"] > 0]
    rows.sort(key=lambda row: -row["probability"])
    named = [(say(f"law.category.{row['category']}", lang), futures(row["probability"], members, lang)) for row in rows]
    parts = [say("tables.part", lang, name=name, tenths=chance) for name, chance in named]
    return say("tables.category", lang, year=year, parts=", ".join(parts))


def _off(area: str, status: Sequence[Row], year: int, members: int | None, lang: str) -> str:
    chances = {row["category"]: row["probability"] for row in status if row["area"] == area and row["list_year"] == year}
    off = 1.0 - sum(chances.get(name, 0.0) for name in CONVERSIONS)
    told = {"off": futures(off, members, lang), "nowhere": futures(chances.get("none", 0.0), members, lang)}
    return say("tables.off", lang, year=year, **told)


def _prevention(summary: Sequence[Row], lang: str) -> str:
    year = max(row["list_year"] for row in summary)
    limit = next((row["threshold"] for row in summary if row["list_year"] == year and row["indicator"] == "convicted"), None)
    return prevention_line(year, limit, lang)


def _known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
