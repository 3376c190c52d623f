"""Why a number has changed between finished runs: the steps from one to the other as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulation.decisions.cells import difference
from simulation.decisions.comparison import Comparison
from simulation.report.cells import Table
from simulation.report.chances import signed
from simulation.words import say


def steps_tables(comparison: Comparison, lang: str) -> Iterator[Table]:
    """Yield the steps of each list area; nothing where no finished runs were compared."""
    if comparison.steps is None:
        return
    for area, rows in comparison.steps.groupby("area", sort=False):
        body = [_row({str(key): cell for key, cell in row.items()}, lang) for row in rows.to_dict("records")]
        heads = [say("compare.page.step", lang), *(say(f"compare.head.{key}", lang) for key in ("difference", "persons"))]
        told = {"area": comparison.areas[str(area)], "year": comparison.last_year}
        yield Table(heads, body, say("compare.page.steps_caption", lang, **told))


def _row(row: Mapping[str, Any], lang: str) -> list[str]:
    persons = dict(zip(("value", "low", "high"), (signed(row[f"persons{end}"], lang) for end in ("", "_p10", "_p90")), strict=True))
    return [say(f"compare.step.{row['step']}", lang), difference(row, lang), say("compare.between", lang, **persons)]
