"""Tell which part of the spread rests on numbers that are only assumed, and how many numbers there are of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulation.report.cells import Table
from simulation.words import number, percent, say

if TYPE_CHECKING:
    from simulation.scenario.provenance import Parameter


def fitted_line(parameters: Iterable[Parameter], lang: str) -> str:
    """Return how many of the numbers have been fitted to published values."""
    return say("fit.standing", lang, fitted=number(sum(row.fitted for row in parameters), lang))


def assumed_part_table(frame: pd.DataFrame, areas: Mapping[str, str], lang: str) -> Table | None:
    """Return for each area, list and criterion the least and the most that assumed numbers account for; None without rows."""
    if frame.empty:
        return None
    heads = [say(f"fit.{name}", lang) for name in ("area", "list_year", "indicator", "from_numbers", "from_assumed")]
    rows = [_row(row, areas, lang) for row in frame.to_dict("records")]
    return Table(heads, rows, say("fit.assumed_part", lang), (0, 2))


def _row(row: Mapping[Any, Any], areas: Mapping[str, str], lang: str) -> list[str]:
    whole, least, most = (percent(100 * row[name], lang, 0) for name in ("from_numbers", "assumed_least", "assumed_most"))
    between = say("fit.between", lang, least=least, most=most)
    return [areas.get(row["area"], row["area"]), str(row["list_year"]), say(f"indicator.{row['indicator']}", lang), whole, between]
