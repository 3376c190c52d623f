"""Homes are renovated; who lives there moves within the area for the time, and back at the new rent, or not."""

import numpy as np

from simulation.columns import writes
from simulation.population.departures import leave
from simulation.population.now import Now
from simulation.state import State


@writes(
    "persons.household",
    "households.dwelling",
    "dwellings.renovated",
    "dwellings.rent_m2",
    "dwellings.status",
    "flows",
    "changes",
    "rehousing",
    "moved_again",
)
def renovating(state: State, now: Now, choice: tuple[np.ndarray, np.ndarray]) -> None:
    """Renovate the homes that the landlords have chosen (rows) and raise their rents (DKK per m2 a year).

    The residents leave and return within the year, but for a share of those whose rent rises: they move out.
    """
    rows, rise = choice
    d = state.dwellings
    renovated, rent = d.renovated, d.rent_m2
    renovated[rows] = True
    rent[rows] += rise
    state.count_change("renovated", d.department[rows])
    if len(rows) == 0:
        return
    households, dearer = state.occupant()[rows], rise > 0
    households, dearer = households[households >= 0], dearer[households >= 0]
    stays = now.u("no return", state.households.uid[households]) >= now.values["rates"]["rehousing"]["no_return"]
    leave(state, households[dearer & ~stays])
    areas = state.area_of(state.members(households[~dearer | stays]))
    for flow in ("temporary_out", "temporary_in"):
        state.count_flow(flow, areas)
