"""Tell of the rehousing: how many households by year, to which homes, how long they wait, what empty homes cost, how the rehoused fare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from simulation.report.cells import Table
from simulation.words import UNKNOWN, number, say

Frames = Mapping[str, pd.DataFrame]
ALL = "all"
KEPT = ("noticed", "left", "offers", "refused_offers", "let_rehoused")
HOMES = ("rehoused_rooms_2", "rehoused_rooms_3", "rehoused_rooms_4", "rehoused_rent_lower", "rehoused_rent_middle", "rehoused_rent_higher")
MOVED = ("rehoused_own", "rehoused_other")
BY_YEAR = ("noticed", *MOVED, "left", "refused_offers", "waiting", "mean_wait_years")
FARE = ("households", "in_work_pct", "outside_pct", "area_outside_pct", "income_pct", "area_income_pct", "rent_before_dkk", "rent_dkk")
SHARES = "_pct"


def moves(frames: Frames, values: Any, lang: str) -> dict[str, Any] | None:
    """Return the lines and tables of the section; None where nobody is rehoused. ``values``: the scenario's."""
    total = frames.get("rehousing_total", pd.DataFrame())
    if total.empty or not total["mean"].fillna(1).any():
        return None
    bands = values["rates"]["rents"]["bands_month_dkk"]
    lines = [say("moves.small", lang)]
    lines += _fare(frames["rehoused"], lang)
    return {"lines": lines, "tables": [_by_year(frames["rehousing"], lang), _homes(total, bands, lang), *_empty(frames["vacancy"], lang)]}


def _by_year(rehousing: pd.DataFrame, lang: str) -> Table:
    """Return what became of the households with notice, year by year, of all landlords together."""
    rows = rehousing[(rehousing["side"] == "from") & (rehousing["landlord"] == ALL)]
    cells = rows.pivot(index="year", columns="measure", values="mean")[list(BY_YEAR)]
    busy = cells[cells.drop(columns="mean_wait_years").fillna(1).any(axis=1)]
    heads = [say("moves.year", lang), *(say(f"moves.head.{name}", lang) for name in BY_YEAR)]
    decimals = [1 if name == "mean_wait_years" else 0 for name in BY_YEAR]
    body = [
        [str(year), *(number(value, lang, places) for value, places in zip(row, decimals, strict=True))] for year, row in busy.iterrows()
    ]
    return Table(heads, body, say("moves.by_year", lang))


def _homes(total: pd.DataFrame, bands: Sequence[float], lang: str) -> Table:
    """Return how many households are told to move and are rehoused over all years, to how many rooms and to which rent."""
    rows = total.set_index("measure")
    heads = [say(f"moves.{name}", lang) for name in ("home", "households", "between")]
    body = [
        [say(f"value.measure.{name}", lang), number(rows["mean"][name], lang), _between(rows.loc[name], lang)] for name in (*KEPT, *HOMES)
    ]
    return Table(heads, body, say("moves.homes", lang, low=number(bands[0], lang), high=number(bands[-1], lang)))


def _between(row: Any, lang: str) -> str:
    ends = number(row["p10"], lang), number(row["p90"], lang)
    return UNKNOWN if UNKNOWN in ends else say("report.criteria.between", lang, low=ends[0], high=ends[1])


def _empty(vacancy: pd.DataFrame, lang: str) -> list[Table]:
    """Return what empty homes cost over all years, by cause; nothing where none stands empty."""
    costs = vacancy.groupby("cause", sort=False)["cost_1000_dkk_mean"].sum()
    homes = vacancy.groupby(["cause", "year"], sort=False)["homes_mean"].sum().groupby("cause", sort=False).max()
    if not costs.any():
        return []
    heads = [say(f"moves.{name}", lang) for name in ("cause", "most", "cost")]
    body = [[say(f"value.cause.{cause}", lang), number(homes[cause], lang), number(costs[cause] / 1000, lang, 1)] for cause in costs.index]
    body.append([say("moves.sum", lang), "", number(costs.sum() / 1000, lang, 1)])
    return [Table(heads, body, say("moves.empty", lang))]


def _fare(rehoused: pd.DataFrame, lang: str) -> list[str]:
    """Say how the rehoused fare on the last list, beside all residents of the areas they came to; nothing of too few."""
    rows = rehoused[rehoused["area"] == ALL]
    if rows.empty:
        return [say("moves.few", lang)]
    year = int(rows["list_year"].max())
    cells = rows[rows["list_year"] == year].set_index("measure")["mean"].reindex(FARE)
    told = {name: number(cells[name], lang, 1 if name.endswith(SHARES) else 0) for name in FARE}
    return [say("moves.fare", lang, year=year, **told), say("moves.silent", lang)]
