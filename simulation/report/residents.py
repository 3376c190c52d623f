"""Tell who lives in an area by tenure, origin and work, how they come and go, and the parts of the family share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from simulation.indicators.parts import PARTS, WHOLE
from simulation.law.labour_states import counted_states
from simulation.records import FLOWS, LABOUR, ORIGIN, TENURE
from simulation.report.cells import Table
from simulation.words import UNKNOWN, number, percent, say

Frames = Mapping[str, pd.DataFrame]
ALONE = ("employed", "student", "child", "pensioner")  # states that are told by themselves
OUT = ("died", "moved_out", "rehoused_out", "temporary_out")


@dataclass(frozen=True)
class Stack:
    """Parts by year, and what each is called; ``name`` is that of the figure."""

    name: str
    parts: pd.DataFrame  # index: years; columns: parts
    labels: Mapping[str, str]


def stacks_of(frames: Frames, area: str, lang: str) -> list[Stack]:
    """Return what adds up in an area: the family share's parts, residents by tenure, origin and work, and the flows."""
    found = [_parts(frames["family_share"], area, lang)]
    residents = frames["composition"][frames["composition"]["area"] == area]
    for name, dimension, groups in _groupings():
        rows = residents[residents["dimension"] == dimension].pivot_table(index="year", columns="group", values="persons", dropna=False)
        sums = {group: rows[list(cells)].sum(axis=1, skipna=False) for group, cells in groups.items() if set(cells) <= set(rows.columns)}
        found.append(Stack(f"residents_{name}", pd.DataFrame(sums), {group: say(f"group.{name}.{group}", lang) for group in groups}))
    found.append(_flows(frames["movements"], area, lang))
    return [Stack(each.name, _something(each.parts), each.labels) for each in found if not _something(each.parts).empty]


def _groupings() -> Sequence[tuple[str, str, Mapping[str, tuple[str, ...]]]]:
    counted = tuple(state for state, counts in counted_states().items() if counts and state not in ALONE)
    other = tuple(state for state in LABOUR if state not in (*ALONE, *counted))
    work = {"employed": ("employed",), "student": ("student",), "counted": counted, "other": other}
    origin = {kind: tuple(cell for cell in ORIGIN if cell.startswith(kind)) for kind in ("danish", "western", "non_western")}
    return (
        ("tenure", "tenure", {cell: (cell,) for cell in TENURE}),
        ("origin", "origin", origin),
        ("work", "labour_state", work | {"pensioner": ("pensioner",), "child": ("child",)}),
    )


def _parts(family_share: pd.DataFrame, area: str, lang: str) -> Stack:
    rows = family_share[family_share["area"] == area].pivot_table(index="list_year", columns="part", values="mean", sort=False)
    return Stack("share_parts", rows.reindex(columns=PARTS), {part: say(f"group.part.{part}", lang) for part in PARTS})


def _flows(movements: pd.DataFrame, area: str, lang: str) -> Stack:
    rows = movements[movements["area"] == area].pivot_table(index="year", columns="flow", values="mean", dropna=False)
    rows = rows.reindex(columns=FLOWS)
    rows[list(OUT)] *= -1
    return Stack("flows", rows, {flow: say(f"group.flow.{flow}", lang) for flow in FLOWS})


def _something(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts without those that are never anything."""
    return parts.loc[:, (parts.fillna(0).abs() > 0).any()] if len(parts) else parts


def stack_table(stack: Stack, lang: str) -> Table:
    """Return a stack as a table: a row for each year."""
    heads = [
        say("report.lists.list" if stack.name != "flows" else "report.stack.year", lang),
        *(stack.labels[str(part)] for part in stack.parts),
    ]
    rows = [
        [str(year), *(number(abs(value), lang) for value in row)]
        for year, row in zip(stack.parts.index, stack.parts.to_numpy(), strict=True)
    ]
    return Table(heads, rows, say(f"report.stack.{stack.name}", lang))


def share_parts_of(family_share: pd.DataFrame, area: str, list_year: int) -> dict[str, float]:
    """Return the parts of the family share of an area on a list, the middle of the futures; 0 for a part that is unknown."""
    rows = family_share[(family_share["area"] == area) & (family_share["list_year"] == list_year)]
    return dict.fromkeys(PARTS, 0.0) | {str(part): float(value) for part, value in rows[["part", "p50"]].to_numpy() if value == value}


def share_table(family_share: pd.DataFrame, area: str, lang: str) -> Table | None:
    """Return the parts of the family share on the first and the last list; None where the area has none."""
    rows = family_share[(family_share["area"] == area) & family_share["mean"].notna()]
    if rows.empty:
        return None
    years = [int(rows["list_year"].min()), int(rows["list_year"].max())]
    cells = {(row["part"], row["list_year"]): row for row in rows.to_dict("records")}
    heads = [
        say("report.stack.part", lang),
        *(say("report.criteria.list", lang, year=year) for year in years),
        say("report.criteria.interval", lang),
    ]
    body = [_part(part, cells, years, lang) for part in (*PARTS, *WHOLE) if (part, years[1]) in cells]
    return Table(heads, body, say("report.stack.share", lang))


def _part(part: str, cells: Mapping, years: Sequence[int], lang: str) -> list[str]:
    form = percent if part == WHOLE[-1] else number
    decimals = 1 if part == WHOLE[-1] else 0
    values = [form(cells[part, year]["mean"], lang, decimals) if (part, year) in cells else UNKNOWN for year in years]
    last = cells[part, years[1]]
    low, high = (number(last[key], lang, decimals) for key in ("p10", "p90"))
    return [say(f"group.part.{part}", lang), *values, say("report.criteria.between", lang, low=low, high=high)]
