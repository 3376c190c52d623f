"""Empty homes are pulled down when they are due."""

import numpy as np

from simulation.columns import rows_where, writes
from simulation.population.now import Now
from simulation.records import CHANGES
from simulation.state import CLOSED, DEMOLISHED, State


@writes("dwellings.status", "changes")
def demolishing(state: State, now: Now, planned: np.ndarray) -> None:
    """Pull down the closed homes that are due; count what the plan's own dates had asked for (``planned``, by department)."""
    d = state.dwellings
    rows = rows_where((d.status == CLOSED) & (d.due <= now.year))
    status = d.status
    status[rows] = DEMOLISHED
    state.count_change("demolished", d.department[rows])
    state.planned_total += planned
    state.demolished_total += state.changes[:, CHANGES.index("demolished")]
    state.changes[:, CHANGES.index("planned")] = planned
    state.changes[:, CHANGES.index("delayed")] = np.maximum(state.planned_total - state.demolished_total, 0)
