"""In which year a limit is kept for the first time: of the five criteria, and of the share of social family dwellings."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.measures import INDICATORS, RESIDENTS, Measures
from simulation.indicators.results import turned


def first_met_frame(measures: Measures, scenario: str) -> pd.DataFrame:
    """Return for each area, list and indicator how probable it is that the limit is kept on it, and for the first time.

    The state is that of 1 January of the year. What is missing to 1 in the sum of `probability_first` is the probability that the
    limit is never kept. Empty where no limit binds.
    """
    shown = [place for place in range(len(INDICATORS)) if place != RESIDENTS]
    breached = measures.breached[..., shown]
    known = np.isfinite(breached).all(axis=(0, 1))
    kept = breached == 0
    first = kept & (np.cumsum(kept, axis=1) == 1)
    cells = {"probability_first": first.mean(axis=0), "probability_met": kept.mean(axis=0)}
    axes: list[Axis] = [
        {"area": measures.areas},
        {"list_year": measures.list_years},
        {"indicator": [INDICATORS[place] for place in shown]},
    ]
    return long_frame(scenario, axes, {name: turned(np.where(known, cell, np.nan)) for name, cell in cells.items()})
