"""What the measures do to a step of a person's year: a factor on its yearly chance."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.population.now import Now
from simulation.state import People


def lasting(measure: Any) -> float:
    """Return the years after attendance in which a measure can have an effect: its lag, then its fade (one year at least)."""
    return float(measure["lag_years"]) + max(float(measure["fade_years"]), 1.0)


def factors(people: People, now: Now, acts_on: str) -> NDArray[np.float64]:
    """Return for each person the factor on the yearly chance of the step ``acts_on``; 1 where no measure reaches.

    While attending, the chance is lowered by the measure's lock-in. From the year after, or ``lag_years`` later, it is
    changed by the measure's effect times its intensity, fading on a straight line over ``fade_years`` (in one year only
    where that is 0). The factors of different measures are multiplied.
    """
    factor, past = np.ones(len(people.persons)), people.participations
    if len(past) == 0:
        return factor
    for index, measure in enumerate(now.values["measures"]):
        if measure["acts_on"] != acts_on:
            continue
        own = np.flatnonzero(past.measure == index)
        since = now.year - past.year[own] - measure["lag_years"]
        strength = np.clip(1 - (since - 1) / max(measure["fade_years"], 1.0), 0, 1) * (since >= 1)
        effect = measure["effect"] * measure["intensity"] * _strengthened(measure, now)
        change = 1 + effect * strength
        change[past.year[own] == now.year] = 1 - measure["lock_in"]
        felt = change != 1  # an earlier attendance that has faded must not stand for a later one
        factor[past.person[own[felt]]] *= change[felt]
    return np.maximum(factor, 0.0)


def _strengthened(measure: Any, now: Now) -> float:
    """Return the factor that pairs of measures running together in this year give each other; 1 but where a scenario says so."""
    if not now.values["synergies"]:
        return 1.0
    running = {m["id"] for m in now.values["measures"] if m["funded"] and m["from"] <= now.year <= m["to"]}
    factor = 1.0
    for pair in now.values["synergies"]:
        if measure["id"] in pair["measures"] and running.issuperset(pair["measures"]):
            factor *= pair["factor"]
    return factor
