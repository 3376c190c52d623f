"""The measures of a scenario: how many attend, what each acts on, and which list can show it first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from simulation.indicators.lag import lists_of
from simulation.indicators.spread import mean
from simulation.indicators.suppression import FEWEST_SHOWN
from simulation.records import Ensemble

SHOWS_ON = {
    "job_entry": "outside_labour_market",
    "education_entry": "outside_labour_market",
    "schooling": "basic_schooling_only",
    "conviction": "convicted",
}
COUNTED_FROM = {
    "basic_schooling_only": 30,
    "convicted": 18,
    "outside_labour_market": 18,
    "mean_income": 18,
}  # the age at which a person is counted
COLUMNS = [
    *("scenario", "measure", "subprogramme", "also_under", "committee", "decided", "funded", "from", "to", "acts_on", "indicator"),
    *("participants", "first_effect", "first_list", "whole_list", "effect", "effect_low", "effect_high", "grade", "basis", "source"),
]


def interventions_frame(ensemble: Ensemble, scenario: Any, values: Any) -> pd.DataFrame:
    """Return one row for each measure of the scenario.

    ``participants``: a year, mean over the members and the years it runs in; empty where fewer than five. ``first_effect``: the
    year in which the first can be changed by it; ``first_list``: the list that counts that year first; ``whole_list``: the first
    that counts nothing earlier.
    A child is counted when it comes to the age that the criterion counts: the eldest are the first.
    """
    attended = ensemble.arrays["participants"]
    rows = [_row(i, m, attended, ensemble, values) for i, m in enumerate(scenario.sections.measures)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["scenario"] = scenario.name
    return frame.astype(dict.fromkeys(("first_effect", "first_list", "whole_list"), "Int64"))


def _row(index: int, measure: Any, attended: Any, ensemble: Ensemble, values: Any) -> dict[str, Any]:
    years = np.array(ensemble.layout.step_years)
    running = (years >= measure.from_) & (years <= measure.to) & measure.funded & (measure.acts_on != "none")
    effect, indicator = measure.effect, SHOWS_ON.get(measure.acts_on)
    told = {
        "measure": measure.id,
        "subprogramme": measure.subprogramme,
        "also_under": " ".join(measure.also_under),
        "committee": measure.committee,
        "decided": measure.decided,
        "funded": measure.funded,
        "from": measure.from_,
        "to": measure.to,
        "acts_on": measure.acts_on,
        "indicator": indicator,
        "grade": measure.grade,
        "basis": effect.kind if indicator else measure.basis,
        "source": effect.source if indicator else measure.source,
    }
    if indicator is None:
        return told
    low, high = (effect.value if end is None else end for end in (effect.low, effect.high))
    told |= {"effect": effect.value, "effect_low": low, "effect_high": high}
    if running.any():
        participants = float(mean(attended[..., index])[running].mean())
        told["participants"] = None if 0 < participants < FEWEST_SHOWN else participants
    return told | _shown(measure, indicator, values)


def _shown(measure: Any, indicator: str, values: Any) -> dict[str, int]:
    effect = first_effect(measure, indicator)
    lists = sorted(lists_of(indicator, effect, values.law.after_last_list))
    return {"first_effect": effect, "first_list": lists[0], "whole_list": lists[-1]} if lists else {"first_effect": effect}


def first_effect(measure: Any, indicator: str, start: int | None = None) -> int:
    """Return the first year in which an indicator can be otherwise, where a measure begins in ``start``, else in its own first year."""
    begins, age = measure.from_ if start is None else start, COUNTED_FROM[indicator]
    grown = age - min(measure.target.age_to, age)
    return int(begins + 1 + round(measure.lag_years.value) + max(grown - 1, 0))
