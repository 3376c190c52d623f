"""Deaths by age and sex."""

import numpy as np

from simulation.columns import Table, writes
from simulation.population.now import Now
from simulation.state import State


@writes("persons.household", "persons.role", "flows", "away")
def dying(state: State, now: Now) -> None:
    """Take away those who die, by the country's probabilities at the age they have had in the year."""
    state.restore_heads(state.remove(np.flatnonzero(_die(state.persons, now)), "died"))
    state.away.persons.keep(~_die(state.away.persons, now))


def _die(persons: Table, now: Now) -> np.ndarray:
    table = now.tables.death
    # Birthdays are spread over the year: half of it is lived at the age before.
    before = np.concatenate([table[:1], table[:-1]])
    yearly = (table + before) / 2 * now.values["rates"]["demography"]["mortality"]
    age = np.minimum(persons.age, len(table) - 1)
    return now.u("dying", persons.uid) < yearly.reshape(-1).take(2 * age + persons.female)
