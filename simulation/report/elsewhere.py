"""Tell how it goes elsewhere in the city, where the rehoused come to live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from simulation.report.cells import Table
from simulation.report.chances import futures
from simulation.words import UNKNOWN, number, say

SHOWN = (("residents", 0), ("outside_labour_market", 1))


def elsewhere_table(frames: Mapping[str, pd.DataFrame], areas: Mapping[str, str], members: int, lang: str) -> Table | None:
    """Return each receiving area on the first and the last list; None where the place has none."""
    city = frames["city"]
    if city.empty:
        return None
    years = [int(year) for year in (city["list_year"].min(), city["list_year"].max())]
    came = city.groupby("area")["rehoused_in_all"].first()
    heads = [say(f"report.elsewhere.{key}", lang) for key in ("area", "rehoused", "residents", "outside", "vulnerable")]
    heads[2:] = [f"{head} {years[0]} → {years[1]}" for head in heads[2:]]
    rows = []
    for slug, found in city.groupby("area", sort=False):
        cells = {(row["indicator"], row["list_year"]): row for row in found.to_dict("records")}
        middles = [_middles([cells[name, year] for year in years], places, lang) for name, places in SHOWN]
        chances = [futures(cells[SHOWN[0][0], year]["probability_vulnerable"], members, lang) for year in years]
        listed = say("report.elsewhere.several", lang) if chances == [UNKNOWN] * 2 else _pair(chances)
        rows.append([areas.get(str(slug), str(slug)), number(came[slug], lang), *middles, listed])
    return Table(heads, rows, say("report.elsewhere.caption", lang))


def _middles(rows: Sequence[Mapping[Any, Any]], places: int, lang: str) -> str:
    """Return the middle of the first list and of the last, and the spread of the last."""
    first, last = (number(row["p50"], lang, places) for row in rows)
    low, high = (number(rows[-1][end], lang, places) for end in ("p10", "p90"))
    return f"{_pair([first, last])} ({say('report.criteria.between', lang, low=low, high=high)})"


def _pair(texts: list[str]) -> str:
    return " → ".join(texts)
