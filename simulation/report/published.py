"""Read the values that were published of a place's areas, as points beside the projection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from simulation.law.counts import CRITERIA
from simulation.law.published import Row, read_published
from simulation.law.rules import rules_for

COLUMNS = ["area", "list_year", "indicator", "value", "comparable"]


def published_points(path: Path | None, areas: Mapping[str, str], first_year: int) -> pd.DataFrame:
    """Return area (slug), list_year, indicator, value, comparable of every published value of the areas; none without a file.

    A value compares with the model's where boundary and limit are those of the first list: with a new limit came a new
    definition. Source: the file's own column.
    """
    slugs = {name.casefold(): slug for slug, name in areas.items()}
    rows = [row for row in (read_published(path, beyond=True) if path else ()) if row.area.casefold() in slugs]
    boundary = {row.area.casefold(): row.boundary for row in rows if row.list_year == first_year}
    points = [
        (slugs[row.area.casefold()], row.list_year, name, value, _compares(row, name, boundary, first_year))
        for row in rows
        for name, value in _values(row)
    ]
    return pd.DataFrame(points, columns=COLUMNS)


def _values(row: Row) -> Iterator[tuple[str, float]]:
    for name, value in row.values.items():
        if value is not None:
            yield name, float(value.value)
    if row.residents is not None:
        yield "residents", float(row.residents)


def _compares(row: Row, indicator: str, boundary: Mapping[str, str], first_year: int) -> bool:
    return boundary.get(row.area.casefold()) == row.boundary and _same_limit(indicator, row.list_year, first_year)


def _same_limit(indicator: str, list_year: int, first_year: int) -> bool:
    if indicator not in CRITERIA:
        return True
    at = CRITERIA.index(indicator)
    then, first = (rules_for(year).main for year in (list_year, first_year))
    return bool(np.array_equal([then.limits[at], then.multiples[at]], [first.limits[at], first.multiples[at]], equal_nan=True))
