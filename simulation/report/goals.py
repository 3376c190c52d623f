"""Tell the goals: each with its date, in how many futures it is met, how far it is missed, and by what it came about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulation.report.cells import Table
from simulation.report.chances import futures, signed
from simulation.report.figures import CRITERIA, DECIMALS, SHARE
from simulation.words import UNKNOWN, catalogue, number, percent, say

PARTS = ("own_change", "moved_away", "newcomers", "rest_of_city")
SERIES = 3  # goals for one number in so many years are a series
FALL = "public_support_excess"  # how many fewer there are: a difference, no count of anybody
POINTS = ("points",)  # units told with a decimal


def goals_tables(milestones: pd.DataFrame, titles: Mapping[str, str], areas: Mapping[str, str], members: int, lang: str) -> list[Table]:
    """Return the main goals of the scenario and of the law, then all of them where these are more; nothing where there are none.

    ``milestones``: as the file of this name; ``titles`` are those of the scenario's goals, and of what else names itself.
    """
    known = milestones[milestones["probability_met"].notna()]
    if known.empty:
        return []
    main = _main(known)
    shown = [main] if len(main) == len(known) else [main, known]
    return [_table(rows, titles, areas, members, lang) for rows in shown]


def _main(known: pd.DataFrame) -> pd.DataFrame:
    """Leave out what is counted a second way, and of goals that rise year by year all but the last."""
    first = known[known["counted_for"] != "residents_of_start"] if "counted_for" in known else known
    series = first.groupby(["area", "indicator"])["goal"].transform("size").fillna(0) >= SERIES
    last = first.groupby(["area", "indicator"])["list_year"].transform("max") == first["list_year"]
    return first[~series | last]


def _table(known: pd.DataFrame, titles: Mapping[str, str], areas: Mapping[str, str], members: int, lang: str) -> Table:
    keys = ["goal", "area", "list", "value", "met", "distance"]
    if told := set(PARTS) <= set(known.columns):
        keys.append("parts")
    rows = [_row(row, titles, areas, members, lang) + ([_parts(row, lang)] if told else []) for row in known.to_dict("records")]
    return Table([say(f"report.goals.{key}", lang) for key in keys], rows, say("report.goals.caption", lang), texts=(0, 1, 6))


def _row(row: Mapping[Any, Any], titles: Mapping[str, str], areas: Mapping[str, str], members: int, lang: str) -> list[str]:
    words = catalogue("report", lang)
    title = titles.get(row["goal"]) or words.get(f"goals.{row['goal']}", row["goal"])
    if row.get("counted_for") == "residents_of_start":
        title = say("report.goals.of_start", lang, goal=title)
    area = UNKNOWN if pd.isna(row["area"]) else areas.get(row["area"], words.get(f"goals.{row['area']}", row["area"]))
    return [
        title,
        area,
        str(int(row["list_year"])),
        _value(row, lang),
        futures(row["probability_met"], members, lang),
        _distance(row, lang),
    ]


def _value(row: Mapping[Any, Any], lang: str) -> str:
    """Return the middle of what the goal is about, with its unit."""
    if pd.isna(row["value_p50"]):
        return UNKNOWN
    if row["indicator"] in (*CRITERIA, SHARE):
        return percent(row["value_p50"], lang, DECIMALS.get(row["indicator"], 1))
    if row["indicator"] == FALL:
        key = "fewer" if row["value_p50"] >= 0 else "more"
        return say(f"report.goals.{key}", lang, count=number(abs(row["value_p50"]), lang))
    text = number(row["value_p50"], lang, 1 if row["short_unit"] in POINTS else 0)
    return f"{text} {_unit(row, lang)}"


def _unit(row: Mapping[Any, Any], lang: str) -> str:
    return catalogue("report", lang).get(f"unit.{row['short_unit']}", row["short_unit"])


def _distance(row: Mapping[Any, Any], lang: str) -> str:
    if pd.isna(row["short_p50"]):
        return UNKNOWN
    decimals = 1 if row["short_unit"] in POINTS else 0
    middle, low, high = (signed(-row[key], lang, decimals) for key in ("short_p50", "short_p90", "short_p10"))
    between = say("report.criteria.between", lang, low=low, high=high)
    return say("report.criteria.counted", lang, count=middle, between=between, unit=_unit(row, lang))


def _parts(row: Mapping[Any, Any], lang: str) -> str:
    """Return by what a value has changed since the goal's start; empty where that is not known."""
    known = {name: row[name] for name in PARTS if pd.notna(row[name])}
    decimals = 0 if row["short_unit"] == "persons" and row["indicator"] not in DECIMALS else 1
    parts = ", ".join(f"{say(f'report.goals.{name}', lang)} {signed(value, lang, decimals)}" for name, value in known.items())
    return say("report.goals.together", lang, parts=parts, sum=signed(sum(known.values()), lang, decimals)) if known else ""
