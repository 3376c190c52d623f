"""Turn the frames of a run into what each list area's section of the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulation.report.cells import Cell, Table
from simulation.report.chances import futures, signed
from simulation.report.figures import CURVES, DECIMALS, RANK, STACK, curve_rows, stack_of
from simulation.report.prevention import prevention_limits
from simulation.report.starts import SIGN, Starts
from simulation.words import UNKNOWN, number, say

HALF = 0.5
# With fewer adults than this behind a percentage, chance alone moves it by more than the limits can bear.
SMALL = 1000
RESIDENTS, INCOME = "residents", "mean_income"
LIMIT = 4  # the column of the main limits


def criteria_table(summary: pd.DataFrame, area: str, members: int, lang: str, assumed: Starts = frozenset()) -> Table | None:
    """Return every indicator of an area: first and last list, interval, limit, in how many futures it is broken, the distance.

    Where the last list has a prevention list beside it, its limits stand beside the others. ``assumed`` values bear a sign.
    """
    small = is_small(summary, area)
    rows = [line for name in CURVES for line in [_criterion(curve_rows(summary, area, name), name, members, small, lang)] if line]
    if not rows:
        return None
    years = summary.loc[summary["area"] == area, "list_year"]
    heads = [say(f"report.criteria.{key}", lang) for key in ("indicator", "interval", "limit", "breached", "distance")]
    heads[1:1] = [say("report.criteria.list", lang, year=int(year)) for year in (years.min(), years.max())]
    caption = say("report.criteria.caption", lang, year=int(years.max()))
    shown = [name for name in CURVES if not curve_rows(summary, area, name).empty]
    marked = [(area, name) in assumed for name in shown]
    if any(marked):
        caption += " " + say("report.criteria.assumed", lang)
        rows = [[row[0], row[1] + SIGN, *row[2:]] if sign else row for row, sign in zip(rows, marked, strict=True)]
    convicted = curve_rows(summary, area, "convicted")["threshold"]
    lower = prevention_limits(int(years.max()), float(convicted.iloc[-1]) if len(convicted) else None)
    if lower:
        heads.insert(LIMIT + 1, say("report.criteria.prevention", lang))
        rows = [[*row[: LIMIT + 1], _lower(lower, name, lang), *row[LIMIT + 1 :]] for row, name in zip(rows, shown, strict=True)]
    return Table(heads, rows, caption)


def _lower(limits: Mapping[str, float], name: str, lang: str) -> str:
    limit = limits.get(name)
    return UNKNOWN if limit is None else number(limit, lang, DECIMALS.get(name, 1) if limit % 1 else 0)


def _criterion(rows: pd.DataFrame, name: str, members: int, small: bool, lang: str) -> list[str]:
    if rows.empty:
        return []
    last, decimals = rows.iloc[-1].to_dict(), DECIMALS.get(name, 1)
    first, value, low, high = (number(row, lang, decimals) for row in (rows["p50"].iloc[0], last["p50"], last["p10"], last["p90"]))
    if name == RESIDENTS:
        limit = say("report.criteria.least", lang, count=number(last["threshold"], lang))
        return [say(f"indicator.{name}", lang), first, value, _between(low, high, lang), limit, UNKNOWN, UNKNOWN]
    limit = number(last["threshold"], lang, decimals if last["threshold"] % 1 else 0)
    cells = [first, value, _between(low, high, lang), limit, _breached(last, name, members, small, lang), distance(last, name, lang)]
    return [say(f"indicator.{name}", lang), *cells]


def _between(low: str, high: str, lang: str) -> str:
    return say("report.criteria.between", lang, low=low, high=high)


def _breached(row: Mapping[Any, Any], name: str, members: int, small: bool, lang: str) -> str:
    """Return in how many futures the limit is broken; for a small area, whether that is left open."""
    told = futures(row["probability_breached"], members, lang)
    if small and undecided(row):
        return say("report.criteria.undecided", lang, chance=told)
    return Cell(told, _mark(row, name))


def undecided(row: Mapping[Any, Any]) -> bool:
    """Return whether the limit lies within the interval, so that chance could decide a small area's criterion."""
    return bool(row["p10"] <= row["threshold"] <= row["p90"])


def _mark(row: Mapping[Any, Any], name: str) -> str:
    """Return the mark of a limit that is probably broken; to have residents enough is no breach."""
    return "over" if name != RESIDENTS and row["probability_breached"] > HALF else ""


def distance(row: Mapping[Any, Any], name: str, lang: str) -> str:
    """Return how far from the limit an indicator is, with the interval: + to spare, minus short; a dash where none is counted.

    In persons or homes; the mean income in points of the region's mean, since no count of persons would bring it up.
    """
    if pd.isna(row["short_p50"]) or name == RESIDENTS:
        return UNKNOWN
    if name == INCOME:
        spare, decimals = [row[key] - row["threshold"] for key in ("p50", "p10", "p90")], 1
    else:
        spare, decimals = [-row[key] for key in ("short_p50", "short_p90", "short_p10")], 0
    middle, low, high = (signed(value, lang, decimals) for value in spare)
    return say("report.criteria.counted", lang, count=middle, between=_between(low, high, lang), unit=say(f"report.unit.{name}", lang))


def lists_table(summary: pd.DataFrame, area: str, lang: str) -> Table | None:
    """Return the middle of every indicator of an area on every list, marked where the limit is probably broken."""
    curves = {name: curve_rows(summary, area, name).set_index("list_year") for name in CURVES}
    curves = {name: rows for name, rows in curves.items() if not rows.empty}
    if not curves:
        return None
    years = sorted({int(year) for rows in curves.values() for year in rows.index})
    heads = [say("report.lists.list", lang), *(say(f"indicator.{name}", lang) for name in curves)]
    body = [[str(year), *(_middle(rows, year, name, lang) for name, rows in curves.items())] for year in years]
    return Table(heads, body, say("report.lists.caption", lang))


def _middle(rows: pd.DataFrame, year: int, name: str, lang: str) -> str:
    if year not in rows.index:
        return UNKNOWN
    row: Mapping[Any, Any] = rows.loc[year].to_dict()
    return Cell(number(row["p50"], lang, DECIMALS.get(name, 1)), _mark(row, name))


def status_table(status: pd.DataFrame, area: str, members: int, lang: str, caption: str) -> Table | None:
    """Return in how many futures an area stands in which category, list by list."""
    shares = stack_of(status, area)
    if shares.empty:
        return None
    heads = [say("report.lists.list", lang), *(say(f"rank.{name}", lang) for name in shares.columns)]
    rows = [[str(year), *(futures(value, members, lang) if value > 0 else UNKNOWN for value in shares.loc[year])] for year in shares.index]
    return Table(heads, rows, caption)


def probability_of(status: pd.DataFrame, area: str, year: int, *ranks: str) -> float:
    """Return the probability that an area stands in one of some categories on a list; NaN where nothing is known."""
    rows = status[(status["area"] == area) & (status["list_year"] == year)]
    if rows.empty:
        return float("nan")
    return float(rows.loc[rows["category"].map(RANK).isin(ranks), "probability"].sum())


def categories_in_words(status: pd.DataFrame, area: str, year: int, members: int, lang: str) -> str:
    """Return the categories of one list, the likeliest first: "vulnerable area (7 of 10), on no list (3 of 10)"."""
    chances = {name: probability_of(status, area, year, name) for name in STACK}
    ranked = sorted((name for name in chances if chances[name] > 0), key=lambda name: -chances[name])
    return ", ".join(f"{say(f'rank.{name}', lang)} ({futures(chances[name], members, lang)})" for name in ranked)


def is_small(summary: pd.DataFrame, area: str) -> bool:
    """Return whether so few adults stand behind the area's percentages that chance can decide them."""
    rows = summary[(summary["area"] == area) & (summary["indicator"] == "outside_labour_market")]
    return bool((rows["denominator"] < SMALL).any())
