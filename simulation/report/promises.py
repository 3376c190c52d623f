"""Tell what can be promised: the value of each criterion on the last list that eight of ten futures keep."""

from __future__ import annotations

import pandas as pd

from simulation.report.cells import Cell, Table
from simulation.report.chances import signed
from simulation.report.figures import DECIMALS
from simulation.words import number, say

INCOME = "mean_income"


def promises_table(promises: pd.DataFrame, area: str, lang: str) -> Table | None:
    """Return each criterion's promise and its distance to the limit; None where nothing is known."""
    rows = promises[(promises["area"] == area) & promises["promise_80"].notna() & promises["spare_80"].notna()]
    if rows.empty:
        return None
    year = int(rows["list_year"].max())
    heads = [say(f"report.promises.{key}", lang) for key in ("criterion", "value", "distance")]
    body = [
        _row(str(row["indicator"]), row["promise_80"], row["spare_80"], lang) for row in rows.to_dict("records") if row["list_year"] == year
    ]
    return Table(heads, body, say("report.promises.caption", lang, year=year))


def _row(name: str, promise: float, spare: float, lang: str) -> list[str]:
    key = "at_least" if name == INCOME else "at_most"
    value = say(f"report.promises.{key}", lang, value=number(promise, lang, DECIMALS.get(name, 1)))
    distance = f"{signed(spare, lang, 1 if name == INCOME else 0)} {say(f'report.unit.{name}', lang)}"
    return [say(f"indicator.{name}", lang), value, Cell(distance, "over" if spare < 0 else "")]
