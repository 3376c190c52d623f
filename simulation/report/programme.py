"""Tell the housing programme: what was planned, what was feasible, and what is late, by department and year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulation.report.cells import Cell, Table
from simulation.words import number, say

Names = Mapping[str, str]


def programme(homes: pd.DataFrame, changes: pd.DataFrame, names: Names, lang: str) -> dict[str, list] | None:
    """Return sentences and tables on the demolitions; None where none is planned.

    ``homes`` has every member's changes, ``changes`` their mean by department and year; ``names`` are those of the departments.
    """
    means = changes.pivot_table(index=["department", "year"], columns="change", values="mean", aggfunc="sum", fill_value=0.0)
    totals = means["planned"].groupby(level="department").sum()
    planned = [str(department) for department in changes["department"].unique() if totals[department] > 0]
    if not planned:
        return None
    texts = [_pace(homes, lang), _emptied(means, lang)]
    delayed = say("report.homes.delayed_by_year", lang)
    return {"texts": texts, "tables": [_pairs(means, planned, names, lang), _late(means, planned, names, lang, delayed)]}


def _pace(homes: pd.DataFrame, lang: str) -> str:
    wanted = homes[homes["change"].isin(["planned", "demolished"])]
    by_member = wanted.groupby(["draw", "replicate", "change"])["dwellings"].sum().unstack(fill_value=0)
    done, planned = by_member["demolished"], by_member["planned"].median()
    values: dict[str, Any] = {"planned": planned, "low": done.quantile(0.1), "done": done.median(), "high": done.quantile(0.9)}
    numbers = {key: number(value, lang) for key, value in values.items()}
    return say("report.homes.text", lang, year=int(homes["year"].max()), **numbers)


def _emptied(means: pd.DataFrame, lang: str) -> str:
    total = means.sum()
    keys = {"emptied": "emptied", "rehoused": "emptied_rehoused", "left": "emptied_left", "persons": "emptied_persons"}
    return say("report.homes.emptied", lang, **{name: number(total[change], lang) for name, change in keys.items()})


def _pairs(means: pd.DataFrame, planned: list[str], names: Names, lang: str) -> Table:
    years = sorted(means.index.unique("year"))
    heads = [say("report.homes.department", lang), *map(str, years), say("report.homes.total", lang), say("report.homes.delayed", lang)]
    rows = [_department(means.loc[[name]].droplevel("department"), names.get(name, name.capitalize()), years, lang) for name in planned]
    everything = means.loc[planned].groupby(level="year").sum()
    rows.append(_department(everything, say("report.homes.total", lang), years, lang))
    return Table(heads, rows, say("report.homes.caption", lang))


def _department(by_year: pd.DataFrame, name: str, years: list[int], lang: str) -> list[str]:
    by_year = by_year.reindex(years, fill_value=0)
    cells = [_pair(row["planned"], row["demolished"], lang) for _, row in by_year.iterrows()]
    total = by_year.sum()
    late = by_year["delayed"].iloc[-1]
    return [name, *cells, _pair(total["planned"], total["demolished"], lang), Cell(number(late, lang), "late" if round(late) else "")]


def _pair(planned: float, done: float, lang: str) -> str:
    return f"{number(planned, lang)} → {number(done, lang)}" if round(planned) or round(done) else ""


def _late(means: pd.DataFrame, planned: list[str], names: Names, lang: str, caption: str) -> Table:
    late = means.loc[planned, "delayed"].unstack("year", fill_value=0)
    late.loc["total"] = late.sum()
    labels = [*(names.get(name, name.capitalize()) for name in planned), say("report.homes.total", lang)]
    cells = [[number(value, lang) if round(value) else "" for value in row] for row in late.to_numpy()]
    rows = [[label, *row] for label, row in zip(labels, cells, strict=True)]
    return Table([say("report.homes.department", lang), *map(str, late.columns)], rows, caption)
