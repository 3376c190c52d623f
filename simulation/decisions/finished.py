"""The outcomes of a finished run, read from its folder: what can be compared whatever model made it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.decisions.outcomes import SHARE, Gathering, Outcomes, add_date_of_share, add_indicators, add_status
from simulation.indicators.measures import INDICATORS, POPULATIONS
from simulation.law import CATEGORIES

Floats = NDArray[np.float64]
RECORDS, SUMMARY = "records.parquet", "summary.csv"
FAMILY_HOMES = "homes_social_family"
MEMBER = ["draw", "replicate"]


def finished_outcomes(folder: Path) -> Outcomes:
    """Return what the records of a finished run tell of its list areas; a column that its model did not write is unknown."""
    records = pd.read_parquet(folder / RECORDS)
    records = records[records["list_area"]].astype({"area": str})
    areas, years = list(dict.fromkeys(records["area"])), sorted(int(year) for year in set(records["list_year"]))
    records = records.sort_values([*MEMBER, "list_year"], kind="stable")
    members = records[MEMBER].drop_duplicates().to_numpy(np.int64)
    shape = (len(members), len(years), len(areas))
    values, populations = _indicators(records, shape)
    to = Gathering(members[:, 0], members[:, 1])
    add_indicators(to, values, populations, areas, years)
    category, without = (_codes(records, name).reshape(shape) for name in ("category", "category_without_origin"))
    add_status(to, category, without, areas, years)
    _date_of_share(to, folder, values[..., INDICATORS.index(SHARE)], areas, years)
    return to.done()


def _column(records: pd.DataFrame, name: str, shape: tuple[int, ...]) -> Floats:
    if name not in records.columns:
        return np.full(shape, np.nan)
    return records[name].to_numpy(np.float64).reshape(shape)


def _indicators(records: pd.DataFrame, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    names = [*(f"{name}_pct" for name in INDICATORS[:-1]), INDICATORS[-1]]
    values = np.stack([_column(records, name, shape) for name in names], axis=-1)
    share = values[..., INDICATORS.index(SHARE)]
    family = _column(records, FAMILY_HOMES, shape)
    equivalents = np.divide(100 * family, share, out=np.full(shape, np.nan), where=share > 0)
    counts = [_column(records, name, shape) for name in POPULATIONS]
    return values, np.stack([*counts, equivalents, np.full(shape, np.nan)], axis=-1)


def _codes(records: pd.DataFrame, name: str) -> NDArray[Any]:
    codes = {known: code for code, known in enumerate(CATEGORIES)}
    return np.array([codes[category] for category in records[name].astype(str)], np.int64)


def _date_of_share(to: Gathering, folder: Path, share: Floats, areas: list[str], years: list[int]) -> None:
    """Add from when on the limit is kept in those areas that it binds on the last list, as the run's own summary says."""
    summary = pd.read_csv(folder / SUMMARY)
    last = summary[(summary["indicator"] == SHARE) & (summary["list_year"] == years[-1])].set_index("area")["threshold"]
    for at, area in enumerate(areas):
        if np.isfinite(limit := float(last.get(area, np.nan))):
            add_date_of_share(to, share[:, :, [at]] <= limit, [area], years)
