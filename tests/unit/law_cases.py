"""Worked examples of the law, and counts made of percentages."""

from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from simulation import law

WORKED = Path(__file__).parents[1] / "worked" / "law"
LIMITS = YAML(typ="safe", pure=True).load((WORKED / "limits.yaml").read_text(encoding="utf-8"))
CATEGORIES = YAML(typ="safe", pure=True).load((WORKED / "categories.yaml").read_text(encoding="utf-8"))
ADULTS = 10_000  # so that hundredths of a per cent are whole persons
HEADER = (
    "area,list_year,residents,outside_labour_market_pct,convicted_pct,basic_schooling_only_pct,mean_income_pct_of_region,non_western_pct,"
    "listed_since,convicted_threshold_pct"
)


def counts_of(values, residents=ADULTS):
    """Return counts whose percentages are `values` (criteria, areas); the shares are whole persons of 10,000."""
    outside, convicted, basic, income, origin = (np.atleast_1d(np.asarray(value, dtype=float)) for value in values)
    full = np.full_like(outside, ADULTS)
    persons = [np.round(share * ADULTS / 100) for share in (outside, convicted, basic)]
    residents = np.broadcast_to(np.asarray(residents, dtype=float), full.shape)
    return law.Counts(residents, full, persons[0], full, persons[1], full, persons[2], income / 100, origin / 100 * residents)


def hundredths(value):
    return f"{value:.2f}"


def write_csv(folder, *rows, header=HEADER):
    """Write rows of cells below a header and return the path."""
    path = folder / "values.csv"
    lines = [header, *(",".join("" if cell is None else str(cell) for cell in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
