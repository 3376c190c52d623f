"""Those who attend a measure next year, and those who have completed one."""

import numpy as np

from simulation.columns import writes
from simulation.population.now import Now
from simulation.state import State


@writes("persons.measure", "persons.measure_past", "persons.measure_year")
def enrolling(state: State, now: Now, choice: list[tuple[int, np.ndarray]]) -> None:
    """Let this year's participants complete, and enrol those whom the municipality has chosen (measure, rows) for the next."""
    p = state.persons
    done = p.measure >= 0
    past, year, measure = p.measure_past, p.measure_year, p.measure
    past[done], year[done] = measure[done], now.year
    measure[:] = -1
    for index, rows in choice:
        measure[rows] = index
