"""Households that leave their home for good: out of the model, or out of a home that is to be pulled down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.population.rents import household_size
from simulation.state import CLOSED, NOTICED, State


def leave(state: State, households: NDArray[np.intp]) -> None:
    """Take households (rows) out of the model; where they had notice, their homes are closed and they count as having left."""
    d, dwelling = state.dwellings, state.households.dwelling
    noticed = households[d.status[dwelling[households]] == NOTICED]
    state.count_rehousing("left", d.landlord[dwelling[noticed]])
    close_homes(state, noticed, "emptied_left")
    again = households[state.households.rehoused_year[households] > 0]
    state.moved_again += np.bincount(state.households.rehoused_to[again], minlength=len(state.layout.areas))
    state.remove(state.members(households), "moved_out")
    dwelling[households] = -1


def close_homes(state: State, households: NDArray[np.intp], how: str) -> None:
    """Close the homes of households with notice, and count them, with the persons in them, as emptied."""
    if len(households) == 0:
        return
    d = state.dwellings
    homes, status = state.households.dwelling[households], state.dwellings.status
    status[homes] = CLOSED
    size = household_size(state)[households].astype(np.float64)
    for change, weights in (("emptied", None), (how, None), ("emptied_persons", size)):
        state.count_change(change, d.department[homes], weights)
