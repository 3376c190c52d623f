"""A promise is what eight of ten members keep; of the income, what they do not fall below."""

import ensembles
import numpy as np

from simulation.indicators.measures import INDICATORS, measure
from simulation.indicators.promises import promises_frame
from simulation.indicators.setting import setting_of


def test_a_promise_is_kept_in_eight_of_ten():
    scenario = ensembles.scenario()
    measures = measure(ensembles.ensemble(), setting_of(scenario))
    frame = promises_frame(measures, "plan").dropna(subset=["promise_80"])
    assert set(frame["indicator"]) >= {"outside_labour_market", "mean_income"}
    for row in frame.to_dict("records"):
        at = (
            slice(None),
            measures.list_years.index(row["list_year"]),
            measures.areas.index(row["area"]),
            INDICATORS.index(row["indicator"]),
        )
        values = measures.values[at]
        kept = values >= row["promise_80"] - 1e-9 if row["indicator"] == "mean_income" else values <= row["promise_80"] + 1e-9
        assert kept.mean() >= 0.8
        better = values > row["promise_80"] + 1e-6 if row["indicator"] == "mean_income" else values < row["promise_80"] - 1e-6
        assert better.mean() <= 0.8 or np.ptp(values) == 0, "no less could be promised"
