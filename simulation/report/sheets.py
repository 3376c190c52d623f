"""Which tables the workbook holds, in which order and shape, and the form of each column's numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from simulation.report.named import decimals_of, unit_of
from simulation.words import catalogue, say

# In the order of the sheets; the column whose codes say the unit of a row.
TABLES: Mapping[str, str] = {
    "summary": "indicator",
    "status": "",
    "status_without_origin": "",
    "milestones": "",
    "first_met": "",
    "promises": "indicator",
    "family_share": "part",
    "composition": "",
    "movements": "flow",
    "decomposition": "indicator",
    "lag": "indicator",
    "populations": "",
    "measures": "",
    "gap": "quantity",
    "families": "quantity",
    "programme": "",
    "building": "",
    "rehousing": "measure",
    "rehousing_total": "measure",
    "rehoused": "measure",
    "lettings": "measure",
    "chains": "",
    "vacancy": "",
    "city": "indicator",
    "arithmetic": "",
    "spread": "",
    "assumed_part": "",
    "correlations": "",
    "explained": "",
}
# Long tables that are easier to read with a column for each of their codes: rows, codes, cells.
WIDE = {
    "composition": (["area", "year"], ["dimension", "group"], "persons"),
    "programme": (["area", "department", "year"], ["change"], "mean"),
}
OF, BETWEEN = "=", ":"  # in the name of a column that stands for codes: dimension=age:group=0_6
YEARS = ("list_year", "year", "first_list", "last_list", "first_effect", "whole_list", "from", "to")
FORMS = {
    **dict.fromkeys(YEARS, "year"),
    **dict.fromkeys(
        ("draws_share", "share_of_list", "turnover", "explained", "explained_assumed", "from_numbers", "assumed_least", "assumed_most"),
        "chance",
    ),
    **dict.fromkeys(("draws", "parameters", "found", "participants", "denominator", "homes", "staying", "newcomers", "planned"), "0"),
    **dict.fromkeys(("planned_in_all", "rehoused_in_all", "short_p10", "short_p50", "short_p90", "spare_80"), "0"),
    **dict.fromkeys(("effect", "effect_low", "effect_high", "spearman", "sd_draws", "sd_replicates"), "2"),
    "p_value": "4",
}
STRONGEST = 20
CHANCE, COST = "probability", "cost_"


@dataclass(frozen=True)
class Sheet:
    """One table as the workbook shows it; ``row_forms`` are the forms of numbers whose unit differs by row."""

    table: str
    frame: pd.DataFrame
    row_forms: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns."""
        return [str(column) for column in self.frame.columns]

    @property
    def naming(self) -> int:
        """Return how many columns name a row, and stay in sight: all of them where a table is wide."""
        return len(WIDE[self.table][0]) if self.table in WIDE else 1

    def heading(self, column: str, name: Callable[[str, Any], Any], lang: str) -> str:
        """Return the heading of a column; where it stands for a code, the words of the code."""
        if OF in column:
            return ": ".join(str(name(*part.split(OF, 1))) for part in column.split(BETWEEN))
        words = catalogue("column", lang)
        return words.get(f"{self.table}_{column}") or say(f"column.{column}", lang)

    def form(self, column: str) -> str:
        """Return the form of the numbers in a column; nothing where it differs by row."""
        if column in FORMS:
            return FORMS[column]
        if column.startswith(CHANCE):
            return "chance"
        if column.startswith(COST) or self.table in WIDE or self.table in ("building", "chains"):
            return "0"
        return "" if self.row_forms else "1"


def sheets_of(frames: Mapping[str, pd.DataFrame]) -> list[Sheet]:
    """Return the sheets of a run: those of its tables that hold anything."""
    return [_sheet(table, frames[table], key) for table, key in TABLES.items() if table in frames and not frames[table].empty]


def _sheet(table: str, frame: pd.DataFrame, key: str) -> Sheet:
    frame = frame.drop(columns="scenario", errors="ignore")
    if table == "correlations":  # its rows stand in order of strength
        frame = frame.groupby(["area", "indicator"], sort=False).head(STRONGEST)
    if table in WIDE:
        return Sheet(table, _wide(frame, *WIDE[table]))
    if not key:
        return Sheet(table, frame)
    codes = frame[key].tolist()
    units = [unit_of(table, code) for code in codes]
    shown = frame.copy()
    shown.insert(list(shown.columns).index(key) + 1, "unit", units)
    return Sheet(table, shown, tuple(str(decimals_of(unit, code)) for unit, code in zip(units, codes, strict=True)))


def _wide(frame: pd.DataFrame, rows: list[str], codes: list[str], cells: str) -> pd.DataFrame:
    names = [BETWEEN.join(f"{code}{OF}{value}" for code, value in zip(codes, row, strict=True)) for row in frame[codes].to_numpy()]
    named = frame.assign(_code=names)
    keys = named[rows].drop_duplicates()
    wide = named.pivot_table(index=rows, columns="_code", values=cells, aggfunc="first", dropna=False, sort=False)
    return keys.merge(wide[list(dict.fromkeys(names))].reset_index(), on=rows, how="left")
