"""Tell which numbers a run rests on, and on what they rest themselves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulation.report.cells import Table
from simulation.report.named import written_unit
from simulation.words import number, say

if TYPE_CHECKING:
    from simulation.scenario.provenance import Parameter

YEARS = ("from", "to", "not_before", "start_from", "year", "first_year", "last_year")  # what a path ends with where its value is a year
STANDINGS = ("sourced", "derived", "assumed", "fitted", "choice")


def counts_of(parameters: Sequence[Parameter]) -> dict[str, int]:
    """Return how many numbers rest on what, how many there are, how many are drawn, and how many of these are only assumed."""
    standing = Counter(_standing(row) for row in parameters)
    drawn = [row for row in parameters if row.drawn]
    counts = {"total": len(parameters), "drawn": len(drawn), "drawn_assumed": sum(_standing(row) == "assumed" for row in drawn)}
    return {name: standing[name] for name in STANDINGS} | counts


def _standing(row: Parameter) -> str:
    """Return what a number stands by: its fit, where there is one, else what it rests on."""
    return "fitted" if row.fitted else row.basis


def assumptions(parameters: Sequence[Parameter], labels: Mapping[str, str], lang: str) -> dict[str, Any]:
    """Return the sentence on all numbers, and the table of those that are assumed or drawn, the assumed first.

    ``labels``: what numbers are called in words, by path.
    """
    shown = [row for row in parameters if row.drawn or row.basis == "assumed"]
    shown.sort(key=lambda row: (row.basis != "assumed", not row.drawn, row.path))
    heads = [say(f"report.assumed.{key}", lang) for key in ("parameter", "value", "range", "unit", "basis", "source")]
    table = Table(heads, [_row(row, labels, lang) for row in shown], say("report.assumed.caption", lang), texts=(0, 3, 4, 5))
    counted = counts_of(parameters)
    counts = {key: number(value, lang) for key, value in counted.items()}
    counts["choice"] = say("report.assumed.choice", lang, choice=counts["choice"]) if counted["choice"] else ""
    line = say("report.assumed.counts", lang, **counts)
    return {"lines": [line], "summary": say("report.assumed.summary", lang), "table": table}


def unknown_part(spread: pd.DataFrame, area: str, list_year: int) -> float:
    """Return the part of the spread outside the labour market that comes from unknown numbers; NaN where it cannot be told."""
    rows = spread[(spread["area"] == area) & (spread["list_year"] == list_year) & (spread["indicator"] == "outside_labour_market")]
    return float(rows["draws_share"].iloc[0]) if len(rows) else math.nan


def _row(row: Parameter, labels: Mapping[str, str], lang: str) -> list[str]:
    reason = "; ".join(text for text in (row.source, row.note) if text)
    ends = [plain(end, lang) for end in (row.low, row.high) if end is not None]
    between = say("report.criteria.between", lang, low=ends[0], high=ends[1]) if len(ends) > 1 else ""
    value = str(row.value) if row.path.rpartition(".")[2] in YEARS else plain(row.value, lang)
    label = labels.get(row.path, row.path)
    name = row.path if label == row.path else f"{label} ({row.path})"
    return [name, value, between, written_unit(row.unit, lang), say(f"report.basis.{row.basis}", lang), reason]


def plain(value: float | str, lang: str) -> str:
    """Return a number with as many decimals as it was written with, six at most; a text as it is."""
    if isinstance(value, str):
        return value
    decimals = next((count for count in range(7) if round(value, count) == value), 6)
    return number(value, lang, decimals)
