"""Everybody grows a year older, and last year becomes the year before."""

from simulation.columns import writes
from simulation.population.now import Now
from simulation.state import State


@writes("persons.age", "persons.outside_before", "persons.convicted_before", "persons.entered_work", "away")
def ageing(state: State, now: Now) -> None:
    """Add a year to every age and move last year's record one year back."""
    persons = state.persons
    persons.age += 1
    persons.outside_before = persons.outside
    persons.convicted_before = persons.convicted
    persons.entered_work = False
    state.away.persons.age += 1
