"""Which lists money can still move, in words: a sentence on the first criterion, and a table of all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from simulation.decisions.reach import Reach
from simulation.report.cells import Table
from simulation.report.chances import signed
from simulation.words import UNKNOWN, number, percent, say

YEARS = ("first_effect", "first_list", "whole_list", "first_list_moved_in_simulation")
HEADS = ("criterion", "measures", "effect", "first", "whole", "seen", "points")


def reach_line(reaches: Sequence[Reach], start: int, last_list: int, lang: str) -> str:
    """Return which lists money from ``start`` on can move, by the share outside the labour market."""
    found = reaches[0]
    told = {"start": start, "last": last_list, "criterion": say(f"indicator.{found.criterion}", lang)}
    if found.first_effect is None or found.first is None:
        return say("reach.line.none", lang, **told)
    told |= {"effect": found.first_effect, "first": found.first, "before": found.first - 1}
    if found.whole is None:
        return say("reach.line.part", lang, part=percent(100 * found.parts[found.first], lang, 0), **told)
    if found.whole == found.first:
        return say("reach.line.whole", lang, **told)
    return say("reach.line.both", lang, part=percent(100 * found.parts[found.first], lang, 0), whole=found.whole, **told)


def reach_table(reaches: Sequence[Reach], start: int, last_list: int, lang: str) -> Table:
    """Return, for each criterion, the first list that can be moved, the first that can be moved whole, and the first that was."""
    heads = [say(f"reach.head.{key}", lang, last=last_list) for key in HEADS]
    rows = [_row(found, lang) for found in reaches]
    return Table(heads, rows, say("reach.caption", lang, start=start, last=last_list))


def _row(found: Reach, lang: str) -> list[str]:
    first, part = UNKNOWN, found.parts.get(found.first or 0, 0.0)
    if found.first is not None:
        first = say("reach.first", lang, year=found.first, part=percent(100 * part, lang, 0)) if part < 1 else str(found.first)
    never = say("reach.never", lang) if found.measures else say("reach.no_measure", lang)
    shown = [first if found.first else never, str(found.whole) if found.whole else never]
    effect = UNKNOWN if found.first_effect is None else str(found.first_effect)
    seen = say("reach.unmoved", lang) if found.seen is None else str(found.seen)
    return [say(f"indicator.{found.criterion}", lang), number(found.measures, lang), effect, *shown, seen, signed(found.points, lang, 2)]


def reach_frame(reaches: Sequence[Reach]) -> pd.DataFrame:
    """Return the table ``reach.csv``: a row for each criterion; empty where no list is moved in time."""
    return pd.DataFrame(as_rows(reaches)).astype(dict.fromkeys(YEARS, "Int64"))


def as_rows(reaches: Sequence[Reach]) -> list[dict[str, object]]:
    """Return what ``--json`` prints."""
    return [
        {
            "criterion": found.criterion,
            "measures": found.measures,
            "first_effect": found.first_effect,
            "first_list": found.first,
            "whole_list": found.whole,
            "first_list_moved_in_simulation": found.seen,
            "points_on_last_list_in_simulation": found.points,
        }
        for found in reaches
    ]
