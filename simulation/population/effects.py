"""What the measures do to a step of a person's year: a factor on its yearly chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.columns import Table
from simulation.population.now import Now


def factors(persons: Table, now: Now, acts_on: str) -> NDArray[np.float64]:
    """Return for each person the factor on the yearly chance of the step ``acts_on``; 1 where no measure reaches.

    While attending, the chance is lowered by the measure's lock-in; in the years after, it is changed by the measure's
    effect times its intensity, fading on a straight line over ``fade_years`` (in one year only where that is 0).
    """
    factor = np.ones(len(persons))
    for index, measure in enumerate(now.values["measures"]):
        if measure["acts_on"] != acts_on:
            continue
        lasts = max(measure["fade_years"], 1.0)
        since = now.year - persons.measure_year
        strength = np.clip(1 - (since - 1) / lasts, 0, 1) * ((persons.measure_past == index) & (since >= 1))
        factor *= 1 + measure["effect"] * measure["intensity"] * strength
        factor *= 1 - measure["lock_in"] * (persons.measure == index)
    return np.maximum(factor, 0.0)
