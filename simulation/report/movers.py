"""Tell which of the numbers nobody knows the answer hangs on most, as far as the run itself can tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulation.report.cells import Table
from simulation.report.chances import signed
from simulation.words import UNKNOWN, percent, say

LEAST_TOLD = 0.05  # a smaller part is within what cannot be told
MOST_TOLD = 4


def movers(frames: Mapping[str, pd.DataFrame], areas: Mapping[str, str], labels: Mapping[str, str], lang: str) -> dict[str, Any]:
    """Return sentences and one table for each area; only a sentence where the draws were too few to ask."""
    explained = frames["explained"]
    if explained.empty:
        return {"lines": [say("report.movers.unasked", lang)], "tables": []}
    counts = {"draws": int(explained["draws"].iloc[0]), "parameters": int(explained["parameters"].iloc[0])}
    lines = [say(f"report.movers.{key}", lang, **counts) for key in ("how", "no_effect")]
    tables = [_table(frames, area, name, labels, lang) for area, name in areas.items() if (explained["area"] == area).any()]
    return {"lines": lines, "tables": tables}


def _table(frames: Mapping[str, pd.DataFrame], area: str, name: str, labels: Mapping[str, str], lang: str) -> Table:
    explained = frames["explained"]
    heads = [say(f"report.movers.{key}", lang) for key in ("criterion", "unknown", "assumed", "numbers")]
    rows = [_row(row, frames, labels, lang) for row in explained[explained["area"] == area].to_dict("records")]
    year = int(explained["list_year"].iloc[0])
    return Table(heads, rows, say("report.movers.caption", lang, area=name, year=year), texts=(0, 3))


def _row(row: Mapping[Any, Any], frames: Mapping[str, pd.DataFrame], labels: Mapping[str, str], lang: str) -> list[str]:
    here = {key: row[key] for key in ("area", "list_year", "indicator")}
    spread, correlations = (_of(frames[name], here) for name in ("spread", "correlations"))
    unknown = float(spread["draws_share"].iloc[0]) if len(spread) else float("nan")
    found = correlations[correlations["beyond_chance"].astype(bool)].head(MOST_TOLD)
    told = [f"{labels.get(path, path)} ({signed(value, lang, 2)})" for path, value in found[["parameter", "spearman"]].to_numpy()]
    assumed = row["explained_assumed"]
    part = percent(100 * assumed, lang, 0) if assumed >= LEAST_TOLD else UNKNOWN
    return [say(f"indicator.{row['indicator']}", lang), percent(100 * unknown, lang, 0), part, "; ".join(told) or UNKNOWN]


def _of(frame: pd.DataFrame, keys: Mapping[str, Any]) -> pd.DataFrame:
    kept = pd.Series(True, index=frame.index)
    for name, value in keys.items():
        kept &= frame[name] == value
    return frame[kept]
