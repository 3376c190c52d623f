"""The first line of a comparison: which is better, by how much, how sure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from simulation.decisions.comparison import Comparison, Side
from simulation.decisions.differences import BETTER, FEWEST_DRAWS, NEITHER, WORSE, agreed
from simulation.decisions.outcomes import LISTS, SHARE
from simulation.report.chances import futures
from simulation.words import number, percent, say

DECIDES = "outside_labour_market"  # what the verdict of the first line rests on; never the list itself, which counts origin
WORDS = {BETTER: "better", WORSE: "worse", NEITHER: "neither"}


def first_line(comparison: Comparison, side: Side, lang: str) -> str:
    """Return the answer in one sentence: for the first list area, on the last list."""
    row = headline(comparison, side)
    area = comparison.areas[comparison.list_areas[0]]
    shown = {"base": comparison.base.title, "other": side.title, "area": area, "year": comparison.last_year}
    told = {"status": status_in_words(comparison, side, lang), "sure": futures(agreed(row["agree"]), comparison.draws, lang)}
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
    """Return how the lists and the share of family homes of the first list area differ; the same where nothing that is told differs.

    Of the lists each on which the chances can be told apart; where none can, the one whose chances lie farthest apart, and that it
    has no verdict: a chance can fall far in fewer than 8 of 10 draws.
    """
    rows = comparison.rows(side, comparison.list_areas[0], comparison.last_year)
    few = comparison.draws < FEWEST_DRAWS
    members = comparison.draws * comparison.replicates
    lists = [row for name in LISTS if (row := rows.get(f"off_{name}")) is not None]
    pairs = {row["measure"]: tuple(futures(row[key], members, lang) for key in ("scenario_value", "base_value")) for row in lists}
    apart = [row for row in lists if pairs[row["measure"]][0] != pairs[row["measure"]][1]]
    sure = [row for row in lists if row["verdict"] != NEITHER]
    told = sure or sorted(apart, key=lambda row: -abs(row["difference"]))[:1]
    found: dict[tuple[str, ...], str] = {}  # the heaviest list of each pair of chances
    for row in told:
        other, base = pairs[row["measure"]]
        found.setdefault(pairs[row["measure"]], say(f"compare.first.{row['measure']}", lang, other=other, base=base))
    said = list(found.values()) or [say("compare.first.same_status", lang)]
    if told and not sure and not few:
        said[0] = say("compare.first.no_verdict", lang, status=said[0])
    return "; ".join([*said, *_share(rows.get(SHARE), few, lang)])


def _share(row: Mapping[str, Any] | None, few: bool, lang: str) -> list[str]:
    """Return the shares of family homes of both, where they differ."""
    if row is None or (row["verdict"] == NEITHER and not few):
        return []
    other, base = (percent(row[key], lang, 1) for key in ("scenario_value", "base_value"))
    return [] if other == base else [say("compare.first.share", lang, other=other, base=base)]
