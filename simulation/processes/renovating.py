"""Homes are renovated; who lives there moves within the area for the time, and back."""

import numpy as np

from simulation.columns import writes
from simulation.population.now import Now
from simulation.state import State


@writes("dwellings.renovated", "flows", "changes")
def renovating(state: State, now: Now, rows: np.ndarray) -> None:
    """Renovate the homes that the landlords have chosen (rows); their residents leave and return within the year."""
    d = state.dwellings
    renovated = d.renovated
    renovated[rows] = True
    state.count_change("renovated", d.department[rows])
    home = np.zeros(len(d), bool)
    home[rows] = True
    p = state.persons
    moved = (p.household >= 0) & home[state.households.dwelling[p.household]]
    areas = state.person_area()[moved]
    for flow in ("temporary_out", "temporary_in"):
        state.count_flow(flow, areas)
