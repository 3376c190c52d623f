"""Read the values that were published of a place's areas, as points beside the projection."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from simulation.law.counts import CRITERIA
from simulation.law.rules import rules_for

COLUMNS = {
    "outside_labour_market_pct": "outside_labour_market",
    "convicted_pct": "convicted",
    "basic_schooling_only_pct": "basic_schooling_only",
    "mean_income_pct_of_region": "mean_income",
    "non_western_pct": "non_western",
    "residents": "residents",
}


def published_points(path: Path, areas: Mapping[str, str], first_year: int) -> pd.DataFrame:
    """Return area (slug), list_year, indicator, value, comparable of every published value of the areas.

    A value compares with the model's where boundary and limit are those of the first list: with a new limit came a new
    definition. Source: the file's own column.
    """
    table = pd.read_csv(path)
    slugs = {name.casefold(): slug for slug, name in areas.items()}
    table = table.assign(area=table["area"].str.casefold().map(slugs)).dropna(subset=["area"])
    keys = ["area", "list_year", "boundary"]
    points = table.rename(columns=COLUMNS).melt(id_vars=keys, value_vars=list(COLUMNS.values()), var_name="indicator")
    points = points.dropna(subset=["value"])
    boundary = table[table["list_year"] == first_year].set_index("area")["boundary"]
    limits = np.array(
        [_same_limit(name, int(year), first_year) for name, year in zip(points["indicator"], points["list_year"], strict=True)]
    )
    same = (points["boundary"] == points["area"].map(boundary)) & limits
    return points.assign(comparable=same)[["area", "list_year", "indicator", "value", "comparable"]]


def _same_limit(indicator: str, list_year: int, first_year: int) -> bool:
    if indicator not in CRITERIA:
        return True
    at = CRITERIA.index(indicator)
    then, first = (rules_for(year).main for year in (list_year, first_year))
    return bool(np.array_equal([then.limits[at], then.multiples[at]], [first.limits[at], first.multiples[at]], equal_nan=True))
