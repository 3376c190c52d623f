"""Those who attend a measure next year."""

import numpy as np

from simulation.columns import writes
from simulation.population.now import Now
from simulation.state import State


@writes("+participations")
def enrolling(state: State, now: Now, choice: list[tuple[int, np.ndarray]]) -> None:
    """Enrol those whom the municipality has chosen (measure, rows) for the coming year."""
    for index, rows in choice:
        state.participations.add(len(rows), person=rows, measure=index, year=now.year + 1)
