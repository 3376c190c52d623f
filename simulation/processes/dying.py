"""Deaths by age and sex."""

import numpy as np

from simulation.columns import Table, rows_where, writes
from simulation.population.now import Now
from simulation.state import State


@writes("persons.household", "persons.role", "flows", "away")
def dying(state: State, now: Now) -> None:
    """Take away those who die, by the country's probabilities at the age they have had in the year."""
    yearly = _yearly(now)
    state.restore_heads(state.remove(rows_where(_die(state.persons, yearly, now)), "died"))
    state.away.persons.keep(~_die(state.away.persons, yearly, now))


def _yearly(now: Now) -> np.ndarray:
    """Return the probability of dying in the year by age and sex, one after the other."""
    table = now.tables.death
    # Birthdays are spread over the year: half of it is lived at the age before.
    before = np.concatenate([table[:1], table[:-1]])
    return ((table + before) / 2 * now.values["rates"]["demography"]["mortality"]).reshape(-1)


def _die(persons: Table, yearly: np.ndarray, now: Now) -> np.ndarray:
    age = np.minimum(persons.age, len(yearly) // 2 - 1)
    return now.u("dying", persons.uid) < yearly.take(2 * age + persons.female)
