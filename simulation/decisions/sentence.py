"""The first line of a comparison: which is better, by how much, how sure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from simulation.decisions.comparison import Comparison, Side
from simulation.decisions.differences import BETTER, FEWEST_DRAWS, NEITHER, WORSE
from simulation.decisions.outcomes import LISTS
from simulation.report.chances import futures
from simulation.words import number, say

DECIDES = "outside_labour_market"  # what the verdict of the first line rests on; never the list itself, which counts origin
WORDS = {BETTER: "better", WORSE: "worse", NEITHER: "neither"}


def first_line(comparison: Comparison, side: Side, lang: str) -> str:
    """Return the answer in one sentence: for the first list area, on the last list."""
    row = headline(comparison, side)
    area = comparison.areas[comparison.list_areas[0]]
    shown = {"base": comparison.base.title, "other": side.title, "area": area, "year": comparison.last_year}
    told = {"status": status_in_words(comparison, side, lang), "sure": futures(row["agree"], comparison.draws, lang)}
    key = WORDS[row["verdict"]]
    if comparison.draws < FEWEST_DRAWS:
        key = "few"
        told["draws"] = number(comparison.draws, lang)
    return say(f"compare.first.{key}", lang, difference=in_persons(row, lang), points=_points(row, lang), **shown, **told)


def headline(comparison: Comparison, side: Side) -> dict[str, Any]:
    """Return the difference that the verdict of the first line rests on."""
    return comparison.rows(side, comparison.list_areas[0], comparison.last_year)[DECIDES]


def in_persons(row: Mapping[str, Any], lang: str) -> str:
    """Return a difference in persons as "60 fewer outside (20-100)", whichever way it goes."""
    middle, low, high = row["persons"], row["persons_p10"], row["persons_p90"]
    if not math.isfinite(middle):
        return number(middle, lang)
    fewer = middle < 0
    ends = sorted((-low, -high) if fewer else (low, high))
    key = "fewer" if fewer else "more"
    if ends[0] < 0:  # the interval has both
        between = say(f"compare.first.from_{key}", lang, low=number(-ends[0], lang), high=number(ends[1], lang))
    else:
        between = f"{number(ends[0], lang)}\N{EN DASH}{number(ends[1], lang)}"
    return say(f"compare.first.{key}", lang, count=number(abs(middle), lang), between=between)


def _points(row: Mapping[str, Any], lang: str) -> str:
    return say(f"compare.first.points_{'down' if row['difference'] < 0 else 'up'}", lang, points=number(abs(row["difference"]), lang, 1))


def status_in_words(comparison: Comparison, side: Side, lang: str) -> str:
    """Return on which lists the chances of the first list area differ beyond telling apart; else that its status is the same."""
    rows = comparison.rows(side, comparison.list_areas[0], comparison.last_year)
    found: dict[tuple[str, str], str] = {}  # the heaviest list of each pair of chances
    for name in LISTS:
        row = rows.get(f"off_{name}")
        if row is not None and row["verdict"] != NEITHER:
            pair = futures(row["scenario_value"], None, lang), futures(row["base_value"], None, lang)
            found.setdefault(pair, say(f"compare.first.off_{name}", lang, other=pair[0], base=pair[1]))
    return "; ".join(found.values()) if found else say("compare.first.same_status", lang)
