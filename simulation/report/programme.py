"""Tell the housing programme: what was planned, what was feasible, and what is late, by department and year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulation.report.cells import Cell, Table
from simulation.words import number, say

Names = Mapping[str, str]


def programme(frames: Mapping[str, pd.DataFrame], departments: Names, areas: Names, lang: str) -> dict[str, list] | None:
    """Return sentences and tables on the homes that go and come; None where the scenario means neither.

    ``frames``: homes has every member's changes, programme their mean by department and year, building the new homes.
    """
    homes, changes, building = frames["homes"], frames["programme"], frames["building"]
    if changes.empty:  # no year is lived where the first list is the last
        return None
    means = changes.pivot_table(index=["department", "year"], columns="change", values="mean", aggfunc="sum", fill_value=0.0)
    planned = _planned(means)
    if not planned and building.empty:
        return None
    texts, tables = [], []
    if planned:
        texts += [_pace(homes, means, lang), _emptied(means, changes, lang)]
        tables += [_pairs(means, planned, departments, lang), *_late(means, planned, departments, lang)]
    if not building.empty:
        texts += [_built(rows, areas, lang) for _, rows in building.groupby("area", sort=False)]
        tables.append(_building(building, areas, lang))
    return {"texts": texts, "tables": tables}


def _planned(means: pd.DataFrame) -> list[str]:
    """Return the departments in which homes are to be pulled down, in the order in which that begins."""
    due = means.index[means["planned"] > 0]
    return list(dict.fromkeys(str(department) for department, _ in sorted(due, key=lambda key: (key[1], key[0]))))


def _pace(homes: pd.DataFrame, means: pd.DataFrame, lang: str) -> str:
    done = homes[homes["change"] == "demolished"].groupby(["draw", "replicate"])["dwellings"].sum()
    total = means.sum()
    values = {"planned": total["planned"], "low": done.quantile(0.1), "done": total["demolished"], "high": done.quantile(0.9)}
    numbers = {key: number(value, lang) for key, value in values.items()}
    return say("report.homes.text", lang, year=int(homes["year"].max()), **numbers)


def _emptied(means: pd.DataFrame, changes: pd.DataFrame, lang: str) -> str:
    total = means.sum()
    keys = {"emptied": "emptied", "rehoused": "emptied_rehoused", "left": "emptied_left"}
    numbers = {name: number(total[change], lang) for name, change in keys.items()}
    persons = changes.loc[changes["change"] == "emptied_persons", "mean"].sum()  # of whole areas: they have no department
    return say("report.homes.emptied", lang, persons=number(persons, lang), **numbers)


def _built(rows: pd.DataFrame, areas: Names, lang: str) -> str:
    last = rows.iloc[-1]
    numbers = {key: number(last[key], lang) for key in ("planned", "mean", "p10", "p90", "planned_in_all")}
    kind = say(f"report.homes.kind.{last['kind']}", lang)
    return say("report.homes.built", lang, area=areas.get(last["area"], last["area"]), kind=kind, year=int(last["year"]), **numbers)


def _pairs(means: pd.DataFrame, planned: list[str], names: Names, lang: str) -> Table:
    years = _years(means, planned)
    heads = [say("report.homes.department", lang), *map(str, years), say("report.homes.total", lang), say("report.homes.delayed", lang)]
    rows = [_department(means.loc[[name]].droplevel("department"), names.get(name, name.capitalize()), years, lang) for name in planned]
    everything = means.loc[planned].groupby(level="year").sum()
    rows.append(_department(everything, say("report.homes.total", lang), years, lang))
    return Table(heads, rows, say("report.homes.caption", lang))


def _years(means: pd.DataFrame, planned: list[str]) -> list[int]:
    """Return the years from the first in which anything is planned, or done."""
    busy = means.loc[planned, ["planned", "demolished"]].sum(axis=1).groupby(level="year").sum()
    return [int(year) for year in busy.index if busy.loc[:year].any()]


def _department(by_year: pd.DataFrame, name: str, years: list[int], lang: str) -> list[str]:
    by_year = by_year.reindex(years, fill_value=0)
    cells = [_pair(row["planned"], row["demolished"], lang) for _, row in by_year.iterrows()]
    total = by_year.sum()
    late = by_year["delayed"].iloc[-1]
    return [name, *cells, _pair(total["planned"], total["demolished"], lang), Cell(number(late, lang), "late" if round(late) else "")]


def _pair(planned: float, done: float, lang: str) -> str:
    return f"{number(planned, lang)} → {number(done, lang)}" if round(planned) or round(done) else ""


def _late(means: pd.DataFrame, planned: list[str], names: Names, lang: str) -> list[Table]:
    """Return the homes delayed, of the departments in which any are; nothing where none are."""
    late = means.loc[planned, "delayed"].unstack("year", fill_value=0).reindex(planned)[_years(means, planned)]
    whole = late.sum()
    late = late[(late.round() > 0).any(axis=1)]
    if late.empty:
        return []
    late.loc["total"] = whole
    labels = [*(names.get(str(name), str(name).capitalize()) for name in late.index[:-1]), say("report.homes.total", lang)]
    cells = [[number(value, lang) if round(value) else "" for value in row] for row in late.to_numpy()]
    rows = [[label, *row] for label, row in zip(labels, cells, strict=True)]
    return [Table([say("report.homes.department", lang), *map(str, late.columns)], rows, say("report.homes.delayed_by_year", lang))]


def _building(building: pd.DataFrame, areas: Names, lang: str) -> Table:
    years = sorted(int(year) for year in building.loc[(building["planned"] > 0) | (building["mean"] > 0), "year"].unique())
    rows: list[list[Any]] = []
    for area, found in building.groupby("area", sort=False):
        planned, done = (dict(zip(found["year"], found[name], strict=True)) for name in ("planned", "mean"))
        kind = say(f"report.homes.kind.{found['kind'].iloc[0]}", lang)
        label = f"{areas.get(str(area), str(area))}: {kind}"
        rows.append([label, *(_pair(planned[year], done[year], lang) for year in years)])
    return Table([say("report.homes.area", lang), *map(str, years)], rows, say("report.homes.building_caption", lang))
