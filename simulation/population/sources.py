"""Where a year's change of each criterion comes from: everybody of 1 January compared with everybody of the next.

A person carries the row of the last snapshot (``persons.january``), so that nobody has to be searched for; what became of
those who left is noted where they leave (:meth:`State.remove`). Only the list areas are followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.columns import rows_where
from simulation.population.now import Now
from simulation.population.profiles import is_non_western
from simulation.population.rules import is_private
from simulation.records import CRITERIA, FLOWS, LABOUR, QUANTITIES, SOURCES
from simulation.state import BORN, State

STUDENT = LABOUR.index("student")
WINDOWS = ((18, 64), (18, 999), (30, 59), (18, 64), (0, 999))  # ages that each of CRITERIA counts
IN, OUT, REHOUSED, STATE, AGE, DEFINITION = range(len(SOURCES))
EVERYTHING = range(len(QUANTITIES))
DIED = FLOWS.index("died")


# One array for each quantity, of the smallest type that holds it: all in one would be too large for the memory that is at hand.
Amounts = list[NDArray[Any]]


@dataclass(frozen=True)
class Snapshot:
    """Residents of the list areas on a 1 January, one row each."""

    rows: NDArray[np.intp]  # of the persons on that day
    area: NDArray[np.int16]  # place among the list areas
    counted: NDArray[np.bool_]  # whether the law counts the residents of the home
    amounts: Amounts  # QUANTITIES: residents


def amounts(state: State, rows: NDArray[np.intp], counted: NDArray[np.bool_]) -> Amounts:
    """Return what each person (rows) adds to each of ``QUANTITIES``."""
    p = state.persons
    age, student = p.age[rows], p.labour[rows] == STUDENT
    windows = [(age >= low) & (age <= high) & counted for low, high in WINDOWS]
    windows[CRITERIA.index("mean_income")] &= ~student
    outside = (p.outside[rows].astype(float) + p.outside_before[rows]) / 2
    convicted = (p.convicted[rows].astype(np.float32) + p.convicted_before[rows]) / 2
    parts = (outside, convicted, p.schooling[rows] == 0, p.income[rows], is_non_western(p.origin[rows]))
    return [part * window for part, window in zip(parts, windows, strict=True)] + windows


def snapshot(state: State, now: Now) -> Snapshot:
    """Take the snapshot of a 1 January. The state must be cleared."""
    layout = state.layout
    place = np.full(len(layout.areas), -1, np.int16)
    for index, name in enumerate(layout.list_areas):
        place[layout.areas.index(name)] = index
    area = place[state.person_area()]
    rows = rows_where(area >= 0)
    counted = np.ones(len(rows), bool)
    if not now.values["law"]["count_new_private_residents"]:
        home = state.households.dwelling[state.persons.household[rows]]
        counted = ~is_private(state.dwellings.tenure[home])
    return Snapshot(rows, area[rows], counted, amounts(state, rows, counted))


def mark(state: State, taken: Snapshot) -> None:
    """Let everybody carry the row of the snapshot (from 1; 0 = lives elsewhere), and forget what became of those before."""
    january = state.persons.january
    january[:] = 0
    january[taken.rows] = np.arange(1, len(taken.rows) + 1)
    state.fates = np.zeros(len(taken.rows) + 2, np.int8)  # the last entry takes the newborn, who carry -1


def sources(before: Snapshot, after: Snapshot, state: State, year: int) -> NDArray[np.float64]:
    """Return what each source added in ``year``: list areas, ``SOURCES``, ``QUANTITIES``. Sums over the sources are the changes."""
    p = state.persons
    came_from = p.january[after.rows]
    rehoused = state.households.rehoused_year == year
    now_at = np.full(len(before.rows), -1, np.int16)  # list area a year on, -1 elsewhere
    known = came_from > 0
    now_at[came_from[known] - 1] = after.area[known]
    stays = now_at == before.area
    stayed = np.zeros(len(after.rows), bool)
    stayed[known] = stays[came_from[known] - 1]

    total = np.zeros((len(state.layout.list_areas) * len(SOURCES), len(QUANTITIES)))
    gone, came = rows_where(~stays), rows_where(~stayed)
    _add(
        total,
        before.area[gone],
        _why_gone(before, state, rehoused)[gone],
        [amount.take(gone) for amount in before.amounts],
        EVERYTHING,
        -1.0,
    )
    why = np.where(came_from[came] == BORN, AGE, np.where(rehoused[p.household[after.rows[came]]], REHOUSED, IN))
    _add(total, after.area[came], why, [amount.take(came) for amount in after.amounts], EVERYTHING)
    _add_stayers(total, before, after, came_from, rows_where(stayed), p.age)
    return total.reshape(-1, len(SOURCES), len(QUANTITIES))


def _why_gone(before: Snapshot, state: State, rehoused: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the source under which each resident of the snapshot is lost, if lost."""
    why = np.where(state.fates[1:-1] == DIED, AGE, OUT)
    january = state.persons.january[state.members(rows_where(rehoused))]
    why[january[january > 0] - 1] = REHOUSED
    return why


def _add_stayers(
    total: NDArray[np.float64],
    before: Snapshot,
    after: Snapshot,
    came_from: NDArray[np.int32],
    stayed: NDArray[np.intp],
    age: NDArray[np.int16],
) -> None:
    """Add the changes of those who are in the same list area on both days, criterion by criterion."""
    was = came_from[stayed] - 1
    area, age = after.area[stayed], age[after.rows[stayed]]
    redefined = after.counted[stayed] != before.counted[was]
    for criterion, (low, high) in enumerate(WINDOWS):
        pair = [criterion, criterion + len(CRITERIA)]
        (part, part_before), (window, window_before) = ((after.amounts[q].take(stayed), before.amounts[q].take(was)) for q in pair)
        moved = rows_where((part != part_before) | (window != window_before))
        grown = (age[moved] == low) | (age[moved] == high + 1)
        why = np.where(redefined[moved], DEFINITION, np.where(grown, AGE, STATE))
        pairs = ((part, part_before), (window, window_before))
        changes = [np.subtract(now.take(moved), then.take(moved), dtype=np.float64) for now, then in pairs]
        _add(total, area[moved], why, changes, pair)


def _add(
    total: NDArray[np.float64],
    area: NDArray[np.int16],
    why: NDArray[np.integer],
    parts: Iterable[NDArray[Any]],
    quantities: Iterable[int],
    sign: float = 1.0,
) -> None:
    place = area.astype(np.intp) * len(SOURCES) + why
    for quantity, part in zip(quantities, parts, strict=True):
        total[:, quantity] += sign * np.bincount(place, part, minlength=len(total))
