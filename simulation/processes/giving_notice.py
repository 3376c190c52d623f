"""Notice is given to those whose home is to be pulled down, about a year ahead."""

import numpy as np

from simulation.columns import writes
from simulation.population.now import Now
from simulation.state import CLOSED, NOTICED, State


@writes("dwellings.status", "dwellings.due", "changes")
def giving_notice(state: State, now: Now, choice: tuple[np.ndarray, np.ndarray]) -> None:
    """Mark the homes that the landlords have chosen (rows) for demolition in the years they have chosen.

    A home that stands empty is closed at once; it counts as emptied by those who left it.
    """
    rows, due = choice
    d = state.dwellings
    status, years = d.status, d.due
    empty = state.occupant()[rows] < 0
    status[rows], years[rows] = np.where(empty, CLOSED, NOTICED), due
    for change in ("emptied", "emptied_left"):
        state.count_change(change, d.department[rows[empty]])
