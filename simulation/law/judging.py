"""Published values in, category of each row out: the law alone, no simulation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from simulation.law.categories import category_name
from simulation.law.history import UNLISTED, Listed, after, before
from simulation.law.published import Row, read_published
from simulation.law.reasons import reason
from simulation.law.rules import rules_for
from simulation.law.verdict import Verdict, judge_row, on_list

UNDECIDED = "undecided"


class JudgedRow(TypedDict):
    """One row of the answer."""

    area: str
    list_year: int
    category: str  # the name of the day, or `undecided`
    prevention: bool | None  # on the prevention list, which overlaps the others; None where it cannot be told
    criteria_met: list[str]
    criteria_unknown: list[str]
    possible: list[str]  # categories that the unknown and rounded cells leave open, the lowest first
    reason: str


def judge_csv(path: Path, lang: str = "en", after_last_list: str = "stop") -> list[JudgedRow]:
    """Judge every row of a CSV file of published values, in its order.

    Rows of one area are its history. A list after the last whose law is known is an error unless it is chosen that the
    law holds. Raise InputErrors with every fault of the file.
    """
    rows = read_published(Path(path), beyond=after_last_list == "hold")
    return [_told(verdict, lang) for verdict in judge_rows(rows)]


def judge_rows(rows: Sequence[Row]) -> list[Verdict]:
    """Judge rows, each with the earlier lists of its area behind it; in the order given."""
    verdicts: dict[int, Verdict] = {}
    listed: dict[str, Listed] = {}
    for index in sorted(range(len(rows)), key=lambda index: rows[index].list_year):
        row = rows[index]
        earlier = before(row, listed.get(row.area, UNLISTED))
        verdicts[index] = judge_row(rules_for(row.list_year), row, earlier)
        listed[row.area] = after(row, earlier, *on_list(verdicts[index]))
    return [verdicts[index] for index in range(len(rows))]


def _told(verdict: Verdict, lang: str) -> JudgedRow:
    row = verdict.row
    possible = [category_name(code, row.list_year) for code in verdict.categories]
    return {
        "area": row.area,
        "list_year": row.list_year,
        "category": possible[0] if len(possible) == 1 else UNDECIDED,
        "prevention": next(iter(verdict.preventions)) if len(verdict.preventions) == 1 else None,
        "criteria_met": verdict.met,
        "criteria_unknown": verdict.unknown,
        "possible": possible,
        "reason": reason(verdict, lang),
    }
