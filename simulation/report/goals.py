"""Tell the goals: each with its date, in how many futures it is met, and how far it is missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulation.report.cells import Table
from simulation.report.chances import futures
from simulation.report.figures import DECIMALS
from simulation.report.sections import signed
from simulation.words import UNKNOWN, number, say


def goals_table(milestones: pd.DataFrame, titles: Mapping[str, str], areas: Mapping[str, str], members: int, lang: str) -> Table | None:
    """Return the goals of the scenario and of the law; None where there are none. ``titles`` are those of the scenario's goals."""
    known = milestones[milestones["probability_met"].notna()]
    if known.empty:
        return None
    heads = [say(f"report.goals.{key}", lang) for key in ("goal", "area", "list", "value", "met", "distance")]
    rows = [_row(row, titles, areas, members, lang) for row in known.to_dict("records")]
    return Table(heads, rows, say("report.goals.caption", lang), texts=(0, 1))


def _row(row: Mapping[Any, Any], titles: Mapping[str, str], areas: Mapping[str, str], members: int, lang: str) -> list[str]:
    title = titles.get(row["goal"]) or say(f"report.goals.{row['goal']}", lang)
    value = UNKNOWN if pd.isna(row["value_p50"]) else number(row["value_p50"], lang, DECIMALS.get(row["indicator"], 1))
    area = UNKNOWN if pd.isna(row["area"]) else areas.get(row["area"], row["area"])
    return [title, area, str(int(row["list_year"])), value, futures(row["probability_met"], members, lang), _distance(row, lang)]


def _distance(row: Mapping[Any, Any], lang: str) -> str:
    if pd.isna(row["short_p50"]):
        return UNKNOWN
    middle, low, high = (signed(-row[key], lang) for key in ("short_p50", "short_p90", "short_p10"))
    unit = say(f"report.unit.{row['short_unit']}", lang)
    between = say("report.criteria.between", lang, low=low, high=high)
    return say("report.criteria.counted", lang, count=middle, between=between, unit=unit)
