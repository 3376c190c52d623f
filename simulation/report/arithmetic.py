"""The arithmetic of the limits as sentences: what newcomers, letting and new homes would have to bring."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from simulation.words import number, percent, say

DECIMALS = {"convicted": 2}
LEAST = ("mean_income",)  # a limit that must not be undercut
OF_HOMES = ("new_equivalents", "equivalents_planned")
Row = Mapping[Hashable, Any]


def arithmetic_lines(frame: pd.DataFrame, names: Mapping[str, str], first_year: int, lang: str) -> list[str]:
    """Return one sentence for each area and lever of the table ``arithmetic``.

    Criteria that the area keeps as it was on the first list are left out; ``names`` are those of the areas.
    """
    lines = []
    for (area, lever), rows in frame.groupby(["area", "lever"], sort=False):
        told = [row for row in rows.to_dict("records") if lever in OF_HOMES or _beyond(row)]
        if told:
            fill = _share if lever in OF_HOMES else _criteria
            lines.append(fill(str(lever), told, names.get(str(area), str(area)), first_year, lang))
    return lines


def _beyond(row: Row) -> bool:
    more = row["level"] >= row["threshold"]
    return bool(not more if row["indicator"] in LEAST else more)


def _criteria(lever: str, rows: Sequence[Row], area: str, first_year: int, lang: str) -> str:
    first = rows[0]
    counts = {key: _people(first[key], lang) for key in ("staying", "newcomers")} | {"homes": number(first["homes"], lang)}
    parts = [_part(row, lang) for row in rows if row["possible"]]
    if lost := [say(f"law.criterion.{row['indicator']}", lang) for row in rows if not row["possible"]]:
        parts.append(say("tables.arithmetic.impossible", lang, criteria=", ".join(lost)))
    values = {"area": area, "year": first["list_year"], "first_year": first_year, "parts": "; ".join(parts)}
    values["lived"] = first["list_year"] - first_year
    return say(f"tables.arithmetic.{lever}", lang, turnover=percent(100 * first["turnover"], lang, 0), **counts, **values)


def _people(count: float, lang: str) -> str:
    return number(count, lang) if math.isfinite(count) else say("tables.arithmetic.few", lang)


def _part(row: Row, lang: str) -> str:
    key = "at_least" if row["indicator"] in LEAST else "at_most"
    needed = percent(row["needed"], lang, DECIMALS.get(row["indicator"], 0))
    return say(f"tables.arithmetic.{key}", lang, criterion=say(f"law.criterion.{row['indicator']}", lang), needed=needed)


def _share(lever: str, rows: Sequence[Row], area: str, first_year: int, lang: str) -> str:
    """Say what is missing in two ways: other homes that would have to be added, or family homes that would have to go."""
    row = rows[0]
    key = f"tables.arithmetic.{lever}_{'short' if row['needed'] > 0 else 'spare'}"
    counts = {"count": abs(row["needed"]), "family": abs(row["homes"] - row["threshold"] / 100 * row["staying"])}
    told = {name: number(count, lang) for name, count in counts.items()}
    values = {"area": area, "year": row["list_year"], **told}
    return say(key, lang, level=percent(row["level"], lang), limit=percent(row["threshold"], lang, 0), **values)
