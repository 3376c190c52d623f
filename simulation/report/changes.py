"""Tell where each criterion's change comes from: who moved, who changed, who aged."""

from __future__ import annotations

import pandas as pd

from simulation.report.cells import Table
from simulation.report.chances import signed
from simulation.report.figures import CRITERIA, DECIMALS
from simulation.words import catalogue, say

WHOLE = "change"
LEAST = 0.005  # points: less is rounding


def changes_table(decomposition: pd.DataFrame, area: str, lang: str) -> Table | None:
    """Return the change of each criterion over all lists, in points, and its parts; None where nothing is known.

    ``decomposition``: as the file of this name. Means over the members, which sum to the mean change.
    """
    rows = decomposition[(decomposition["area"] == area) & decomposition["indicator"].isin(CRITERIA)]
    table = rows.pivot_table(index="indicator", columns="source", values="mean", aggfunc="sum", sort=False)
    if table.empty or not table.abs().gt(LEAST).any(axis=None):
        return None
    sources = [name for name in table.columns if name != WHOLE and table[name].abs().gt(LEAST).any()]
    words = catalogue("report", lang)
    heads = [say("report.criteria.indicator", lang), *(words.get(f"changes.{name}", name) for name in (*sources, WHOLE))]
    body = [[say(f"indicator.{name}", lang), *_cells(table.loc[[name], [*sources, WHOLE]], name, lang)] for name in CRITERIA]
    years = {"first": int(rows["list_year"].min()) - 1, "last": int(rows["list_year"].max())}
    return Table(heads, body, say("report.changes.caption", lang, **years))


def _cells(parts: pd.DataFrame, name: str, lang: str) -> list[str]:
    return [signed(value, lang, DECIMALS.get(name, 1)) for value in parts.to_numpy()[0]]
