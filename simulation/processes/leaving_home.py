"""Grown children leave home."""

from simulation.columns import rows_where, writes
from simulation.population.now import Now
from simulation.population.profiles import at_ages
from simulation.state import CHILD, State


@writes("persons.household", "flows")
def leaving_home(state: State, now: Now) -> None:
    """Let grown children at home move out of the model; those who come to the area come through letting."""
    p, rates = state.persons, now.values["rates"]["households"]
    grown = rows_where((p.role == CHILD) & (p.age >= 18) & (p.household >= 0))
    yearly = at_ages(rates["leave_home"], "share", p.age[grown]) * rates["leave_home_level"]
    state.remove(grown[now.u("leaving home", p.uid[grown]) < yearly], "moved_out")
