"""How the area looks to those who could move there: physical change for it, the published list against it."""

import numpy as np

from simulation.columns import writes
from simulation.population.now import Now
from simulation.state import State


@writes("standing")
def gaining_standing(state: State, now: Now, progress: np.ndarray) -> None:
    """Set each area's standing, between -1 and 1, from the share of its programme carried out (``progress``) and last list."""
    rates = now.values["standing"]
    listed = state.category > 0
    standing = rates["physical_weight"] * progress - rates["label_weight"] * listed
    state.standing = np.clip(standing, -1.0, 1.0) if rates["active"] else np.zeros_like(state.standing)
