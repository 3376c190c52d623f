"""A study on the terminal: the first sentences, then each answer with its chance and what moves it; and its tables as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulation.decisions.quantities import Quantity, is_shown
from simulation.decisions.sensitivity.found import Found
from simulation.decisions.sensitivity.lines import account_lines, first_lines
from simulation.report.chances import futures
from simulation.report.listing import table
from simulation.words import number, percent, say

HEADS = ("what", "mean", "chance", "movers")
DECIMALS = {"convicted": 2}


def study_text(found: Found, lang: str) -> str:
    """Return what a study found, for a terminal."""
    rows = [cells(found, each, lang) for each in told_of(found)]
    heads = [say(f"sensitivity.head.{key}", lang) for key in HEADS]
    notes = [say("sensitivity.note.causes", lang), *account_lines(found, lang)]
    return "\n".join([*first_lines(found, lang), "", table(heads, rows, right=(1, 2)), *notes])


def told_of(found: Found) -> list[Quantity]:
    """Return the answers that are told: the first area's criteria, and the lists and goals that are not the same in every future."""
    criteria = [each for each in found.study.quantities if is_shown(each) and each.area == found.areas[0]]
    return criteria + [each for each in found.study.quantities if each.yes_no and 0 < found.chance(each)["mean"] < 1]


def cells(found: Found, quantity: Quantity, lang: str) -> list[str]:
    """Return an answer as a row: what it is, its mean, how much of its spread is chance, and what moves it."""
    row, names = found.chance(quantity), found.names
    mean = futures(row["mean"], None, lang) if quantity.yes_no else number(row["mean"], lang, DECIMALS.get(quantity.name, 1))
    movers = "; ".join(names.number(path) for path in found.movers(quantity))
    what = names.where(names.quantity(quantity.name), quantity.area, quantity.list_year)
    return [what, mean, percent(100 * row["chance_part"], lang, 0), movers or "–"]


def as_rows(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[dict[str, Any]]]:
    """Return tables as rows for JSON; what is not known is null."""
    return {
        name: [{str(key): _plain(cell) for key, cell in row.items()} for row in frame.to_dict("records")] for name, frame in tables.items()
    }


def _plain(cell: Any) -> Any:
    cell = cell.item() if hasattr(cell, "item") else cell
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
