"""The residents of the first 1 January, wherever they live later: what became of them, beside what became of their area."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.columns import rows_where
from simulation.population.now import Now
from simulation.records import LABOUR, WHEREABOUTS
from simulation.state import State


def mark_residents(state: State) -> None:
    """Let the residents of each list area carry its place (from 1) for as long as they live."""
    area, home = state.person_area(), state.persons.from_list
    for place, name in enumerate(state.layout.list_areas):
        home[area == state.layout.areas.index(name)] = place + 1


def count_followed(state: State) -> NDArray[np.float64]:
    """Count those aged 18-64 today: list areas they come from, ``WHEREABOUTS``, ``LABOUR``."""
    p, away, areas = state.persons, state.away.persons, state.layout.list_areas
    rows = rows_where((p.from_list > 0) & (p.age >= 18) & (p.age <= 64))
    listed = np.array([name in areas for name in state.layout.areas])
    inside = listed[state.area_of(rows)]
    gone = rows_where((away.age >= 18) & (away.age <= 64))
    where = np.concatenate([np.where(inside, 0, 1), np.full(len(gone), 2)])
    origin = np.concatenate([p.from_list[rows], away.from_list[gone]]).astype(np.intp) - 1
    labour = np.concatenate([p.labour[rows], away.labour[gone]])
    shape = (len(areas), len(WHEREABOUTS), len(LABOUR))
    code = (origin * len(WHEREABOUTS) + where) * len(LABOUR) + labour
    return np.bincount(code, minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)


def beside(state: State, now: Now) -> dict[str, NDArray[np.float64]]:
    """Return what stands in a record beside the residents of the day: those of the start, and the city."""
    return {"followed": count_followed(state), "city": now.city.rest_in(now.year - 1)}
