"""A difference as the cells of a row, for the page and for the terminal: both values, points, persons, how sure, the verdict."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from simulation.decisions.comparison import Comparison, Side
from simulation.decisions.differences import BETTER, WORSE, agreed
from simulation.decisions.sentence import WORDS
from simulation.report.cells import Cell, Table
from simulation.report.chances import futures, signed
from simulation.report.figures import DECIMALS
from simulation.words import UNKNOWN, catalogue, number, percent, say

Row = Mapping[str, Any]
HEADS = ("measure", "base", "scenario", "difference", "persons", "counted", "agree", "assumptions", "verdict")
MARKS = {BETTER: "better", WORSE: "worse"}


def table_of(comparison: Comparison, side: Side, rows: Mapping[str, Row], measures: Iterable[str], lang: str, caption: str) -> Table | None:
    """Return some measures of one scenario as a table; None where it has none of them."""
    names = comparison.names(lang)
    body = [[measure_name(name, names, lang), *cells(rows[name], lang)] for name in measures if name in rows]
    heads = [say(f"compare.head.{key}", lang, base=comparison.base.title, scenario=side.title) for key in HEADS]
    empty = [at for at in range(1, len(heads)) if all(row[at] in ("", UNKNOWN) for row in body)]
    kept = [at for at in range(len(heads)) if at not in empty]
    if not body:
        return None
    return Table([heads[at] for at in kept], [[row[at] for at in kept] for row in body], caption, texts=(0, len(kept) - 1))


def measure_name(measure: str, names: Mapping[str, str], lang: str) -> str:
    """Return what a measure is called."""
    words = catalogue("indicator", lang) | catalogue("compare", lang)
    return names.get(measure) or words.get(measure) or words.get(f"measure.{measure}", measure)


def cells(row: Row, lang: str) -> list[str]:
    """Return everything of a row but its name."""
    shown = [level(row, "base_value", lang), level(row, "scenario_value", lang), difference(row, lang)]
    counted = [_counted(row, prefix, lang) for prefix in ("persons", "counted")] if row["unit"] == "percent" else [UNKNOWN, UNKNOWN]
    told = say(f"compare.verdict.{WORDS[row['verdict']]}", lang) if row["verdict"] else say("compare.verdict.untold", lang)
    part = percent(100 * row["draws_share"], lang, 0)
    return [*shown, *counted, _agree(row, lang), part, Cell(told, MARKS[row["verdict"]]) if row["verdict"] in MARKS else told]


def _agree(row: Row, lang: str) -> str:
    return futures(agreed(row["agree"]), None, lang) if row["agree"] > 0 else UNKNOWN


def level(row: Row, key: str, lang: str) -> str:
    """Return a value of one side: per cent, "3 of 10", a year, or a count."""
    value, unit = row[key], row["unit"]
    if unit == "probability":
        return futures(value, None, lang)
    if unit == "year":
        return _year(value, row, lang)
    return number(value, lang, DECIMALS.get(row["measure"], 1) if unit == "percent" else 0)


def _year(value: float, row: Row, lang: str) -> str:
    """Return a mean year; one after the last list stands for never within the run."""
    if value > row["list_year"] + 0.5:
        return say("compare.never", lang, year=int(row["list_year"]))
    return str(round(value))


def difference(row: Row, lang: str) -> str:
    """Return how far apart the sides are, with the interval over the draws; a dash where that is not shown."""
    if not math.isfinite(row["difference"]):
        return UNKNOWN
    unit, scale = row["unit"], 1.0
    decimals = DECIMALS.get(row["measure"], 1) if unit == "percent" else 1 if unit == "year" else 0
    if unit == "probability":
        scale, decimals = 10.0, 1
    middle, low, high = (signed(scale * row[key], lang, decimals) for key in ("difference", "p10", "p90"))
    return say("compare.between", lang, value=middle, low=low, high=high)


def _counted(row: Row, prefix: str, lang: str) -> str:
    if not math.isfinite(row[prefix]) or row["measure"] == "mean_income":
        return UNKNOWN
    middle, low, high = (signed(row[key], lang) for key in (prefix, f"{prefix}_p10", f"{prefix}_p90"))
    return say("compare.between", lang, value=middle, low=low, high=high)
