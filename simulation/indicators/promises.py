"""What can be promised: the value of each criterion that is kept in eight of ten futures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.indicators.grid import long_frame
from simulation.indicators.measures import INDICATORS, RESIDENTS, Measures
from simulation.indicators.results import by_area, turned

KEPT_PERCENT = 80.0  # of the futures
UPWARDS = ("mean_income",)  # a higher value is the better one


def promises_frame(measures: Measures, scenario: str) -> pd.DataFrame:
    """Return, by area, list and criterion, the value that at least 80 % of the members keep, and the same against the limit.

    ``promise_80``: not exceeded by 80 % of the members; of the mean income, not undercut. ``spare_80``: the distance that as many
    have to the limit, in the units of ``short`` in the summary, positive = to spare; of the mean income in points.
    """
    kept = np.where(np.isin(INDICATORS[:RESIDENTS], UPWARDS), 100.0 - KEPT_PERCENT, KEPT_PERCENT)
    at = [*range(RESIDENTS)]
    values, short = measures.values[..., at], measures.short[..., at]
    upwards = np.isin(np.array(INDICATORS)[at], UPWARDS)
    points = measures.thresholds[..., at] - values
    beyond = np.where(upwards, points, short)
    promise = np.stack([_quantile(values[..., column], kept[column]) for column in at], axis=-1)
    spare = -np.stack([_quantile(beyond[..., column], KEPT_PERCENT) for column in at], axis=-1)
    axes = [*by_area(measures)[:2], {"indicator": np.array(INDICATORS)[at]}]
    return long_frame(scenario, axes, {"promise_80": turned(promise), "spare_80": turned(spare)})


def _quantile(values: np.ndarray, percent: float) -> np.ndarray:
    """Return a quantile over the members; NaN where a member's value is unknown."""
    return np.asarray(np.percentile(values, percent, axis=0))
