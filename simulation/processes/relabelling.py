"""Homes change tenure without being rebuilt: to youth or elderly homes, or sold."""

import numpy as np

from simulation.columns import writes
from simulation.population.now import Now
from simulation.state import TENURE_CODE, State

PRIVATE = (TENURE_CODE["private_let"], TENURE_CODE["owned"])


@writes("dwellings.tenure", "dwellings.landlord", "dwellings.rent_m2", "changes")
def relabelling(state: State, now: Now, choice: list[tuple[np.ndarray, str]]) -> None:
    """Give homes (rows) their new tenure; who lives there stays."""
    d = state.dwellings
    tenure, landlord, rent = d.tenure, d.landlord, d.rent_m2
    for rows, name in choice:
        tenure[rows] = TENURE_CODE[name]
        private = TENURE_CODE[name] in PRIVATE
        landlord[rows] = np.where(private, -1, landlord[rows])
        rent[rows] = np.where(name == "owned", 0, rent[rows])
        state.count_change("sold" if private else "relabelled", d.department[rows])
