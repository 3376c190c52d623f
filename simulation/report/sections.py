"""Turn the frames of a run into what each list area's section of the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulation.report.cells import Cell, Table
from simulation.report.figures import CURVES, DECIMALS, RANK, STACK, curve_rows, stack_of
from simulation.words import number, say, tenths

HALF = 0.5
# With fewer adults than this behind a percentage, chance alone moves it by more than the limits can bear.
SMALL = 1000
RESIDENTS = "residents"


def criteria_table(summary: pd.DataFrame, area: str, lang: str) -> Table | None:
    """Return every indicator of an area on the last list: value, interval, limit, chance of breach, what is missing."""
    rows = [line for name in CURVES for line in [_criterion(curve_rows(summary, area, name), name, lang)] if line]
    if not rows:
        return None
    heads = [say(f"report.criteria.{key}", lang) for key in ("indicator", "value", "interval", "limit", "breached", "short")]
    year = int(summary.loc[summary["area"] == area, "list_year"].max())
    caption = say("report.criteria.caption", lang, year=year, interval=heads[2].lower())
    return Table(heads, rows, caption)


def _criterion(rows: pd.DataFrame, name: str, lang: str) -> list[str]:
    if rows.empty:
        return []
    last, decimals = rows.iloc[-1].to_dict(), DECIMALS.get(name, 1)
    value, low, high = (number(last[key], lang, decimals) for key in ("p50", "p10", "p90"))
    breached = "–" if name == RESIDENTS else Cell(tenths(last["probability_breached"], lang), _mark(last, name))
    limit = number(last["threshold"], lang, decimals if last["threshold"] % 1 else 0)
    return [say(f"indicator.{name}", lang), value, _between(low, high, lang), limit, breached, shortage(last, name, lang)]


def _between(low: str, high: str, lang: str) -> str:
    return say("report.criteria.between", lang, low=low, high=high)


def _mark(row: Mapping[Any, Any], name: str) -> str:
    """Return the mark of a limit that is probably broken; to have residents enough is no breach."""
    return "over" if name != RESIDENTS and row["probability_breached"] > HALF else ""


def shortage(row: Mapping[Any, Any], name: str, lang: str) -> str:
    """Return how many are too many, with the interval; what is to spare is said as such; a dash where none is counted."""
    middle, ends = row["short_p50"], sorted(abs(row[key]) for key in ("short_p10", "short_p90"))
    if pd.isna(middle) or name == RESIDENTS:
        return "–"
    unit = say(f"report.unit.{name}", lang)
    text = say("report.criteria.short_of", lang, count=number(abs(middle), lang), unit=unit)
    if row["short_p10"] <= 0 <= row["short_p90"] and row["short_p10"] < row["short_p90"]:
        ends = [row["short_p10"], row["short_p90"]]
    whole = f"{text} ({_between(number(ends[0], lang), number(ends[1], lang), lang)})"
    return whole if middle > 0 else say("report.criteria.spare", lang, count=whole)


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
        return "–"
    row: Mapping[Any, Any] = rows.loc[year].to_dict()
    return Cell(number(row["p50"], lang, DECIMALS.get(name, 1)), _mark(row, name))


def status_table(status: pd.DataFrame, area: str, lang: str, caption: str) -> Table | None:
    """Return how many of ten members stand in which category, list by list."""
    shares = stack_of(status, area)
    if shares.empty:
        return None
    heads = [say("report.lists.list", lang), *(say(f"rank.{name}", lang) for name in shares.columns)]
    rows = [[str(year), *(tenths(value, lang) if value > 0 else "–" for value in shares.loc[year])] for year in shares.index]
    return Table(heads, rows, caption)


def probability_of(status: pd.DataFrame, area: str, year: int, *ranks: str) -> float:
    """Return the probability that an area stands in one of some categories on a list; NaN where nothing is known."""
    rows = status[(status["area"] == area) & (status["list_year"] == year)]
    if rows.empty:
        return float("nan")
    return float(rows.loc[rows["category"].map(RANK).isin(ranks), "probability"].sum())


def categories_in_words(status: pd.DataFrame, area: str, year: int, lang: str) -> str:
    """Return the categories of one list, the likeliest first: "vulnerable area (7 of 10), on no list (3 of 10)"."""
    chances = {name: probability_of(status, area, year, name) for name in STACK}
    ranked = sorted((name for name in chances if chances[name] > 0), key=lambda name: -chances[name])
    return ", ".join(f"{say(f'rank.{name}', lang)} ({tenths(chances[name], lang)})" for name in ranked)


def is_small(summary: pd.DataFrame, area: str) -> bool:
    """Return whether so few adults stand behind the area's percentages that chance can decide them."""
    rows = summary[(summary["area"] == area) & (summary["indicator"] == "outside_labour_market")]
    return bool((rows["denominator"] < SMALL).any())
