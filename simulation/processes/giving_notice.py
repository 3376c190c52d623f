"""Notice is given to those whose home is to be pulled down, about a year ahead."""

import numpy as np

from simulation.columns import rows_where, writes
from simulation.population.now import Now
from simulation.state import CLOSED, NOTICED, State


@writes("dwellings.status", "dwellings.due", "dwellings.notice", "dwellings.links", "changes", "rehousing", "chains")
def giving_notice(state: State, now: Now, choice: tuple[np.ndarray, np.ndarray]) -> None:
    """Mark the homes that the landlords have chosen (rows) for demolition in the years they have chosen.

    A home that stands empty is closed at once, and so is one with notice whose last tenant has died or left home; it
    counts as emptied by those who left it.
    """
    rows, due = choice
    d = state.dwellings
    status, years, notice = d.status, d.due, d.notice
    vacant = state.vacant()
    dissolved = rows_where((status == NOTICED) & vacant)
    state.count_rehousing("dissolved", d.landlord[dissolved])
    status[rows], years[rows], notice[rows] = NOTICED, due, now.year
    state.count_rehousing("noticed", d.landlord[rows[~vacant[rows]]])
    empty = np.concatenate([dissolved, rows[vacant[rows]]])
    status[empty] = CLOSED
    links = d.links
    state.end_chains(links[empty[links[empty] > 0]])  # a chain of moves that would have gone on
    links[empty] = 0
    for change in ("emptied", "emptied_left"):
        state.count_change(change, d.department[empty])
