"""Which part of each criterion's spread rests on numbers that are only assumed: between a least and a most, as far as a run can tell.

The spread over members is chance and numbers drawn (``spread``). Of the numbers drawn, those that are assumed account at least for
what they foretell by themselves in draws not used to find it, and at most for what all others do not foretell.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.association import foretold, rank_scores
from simulation.indicators.drivers import FEWEST_DRAWS, Numbers
from simulation.indicators.measures import INDICATORS, RESIDENTS, Measures
from simulation.indicators.spread import split

Floats = NDArray[np.float64]
ASSUMED = "assumed"
MIDWAY = 2025  # the list told beside the last
COLUMNS = ["scenario", "area", "list_year", "indicator", "draws", "from_numbers", "assumed_least", "assumed_most"]


def assumed_part_frame(measures: Measures, draws: NDArray[np.int64], numbers: Numbers | None, scenario: str) -> pd.DataFrame:
    """Return parts of the variance over members, for the lists of 2025 and the last; no rows for fewer than 30 draws.

    ``draws`` names the draw of each member; ``numbers`` has one row for each, in rising order. ``from_numbers``: from all numbers
    drawn, NaN where each draw has one replicate only; the rest is chance.
    """
    named, first = np.unique(draws, return_index=True)
    if numbers is None or len(named) < FEWEST_DRAWS:
        return pd.DataFrame(columns=COLUMNS)
    assumed = np.array([basis == ASSUMED for basis in numbers.bases])
    scores, member = rank_scores(numbers.values), draws[:, None] == draws[first]
    rows = []
    for year in dict.fromkeys(year for year in (MIDWAY, measures.list_years[-1]) if year in measures.list_years):
        for area in measures.areas:
            for indicator in INDICATORS[:RESIDENTS]:
                values = measures.series(indicator, area)[0][:, measures.list_years.index(year)]
                if np.isfinite(values).all() and np.ptp(values) > 0:
                    cells = _parts(values, draws, member, scores, assumed)
                    rows.append([scenario, area, year, indicator, len(named), *cells])
    return pd.DataFrame(rows, columns=COLUMNS)


def _parts(
    values: Floats, draws: NDArray[np.int64], member: NDArray[np.bool_], scores: Floats, assumed: NDArray[np.bool_]
) -> tuple[float, float, float]:
    whole = float(split(values, draws).draws_share)
    means = (values[:, None] * member).sum(axis=0) / member.sum(axis=0)
    outcome = rank_scores(means[:, None])[:, 0]
    own, others = (max(0.0, foretold(scores[:, kind], outcome)) for kind in (assumed, ~assumed))
    return whole, whole * own, whole * max(own, 1 - others)
