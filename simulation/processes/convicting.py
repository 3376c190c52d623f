"""Convictions of the year, by age, sex, work and schooling; never by origin."""

import numpy as np

from simulation.columns import writes
from simulation.population.effects import factors
from simulation.population.now import Now
from simulation.population.prospects import conviction_risk
from simulation.state import State


@writes("persons.convicted")
def convicting(state: State, now: Now) -> None:
    """Draw who is convicted in the year: the background's level, the person's relative risk, the national trend."""
    p = state.persons
    risk = conviction_risk(p.age, p.female, now.counted.take(p.labour), p.schooling, now.population.conviction_risk)
    yearly = risk * now.population.conviction_level.take(p.background) * now.city.trend_in(now.year)
    p.convicted = now.u("convicting", p.uid) < np.minimum(yearly * factors(state, now, "conviction"), 1.0)
