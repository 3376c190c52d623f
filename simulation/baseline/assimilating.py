"""What a published list says of residents who are simulated already: met by changing the fewest of them.

A run that starts from what really happened passes through the lists that are known. Between them the model lives on, so
only the difference that it has run up since the last one is put right, by chance among those it can be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.baseline.fitting import fit_convictions, fit_income, taxpayers
from simulation.population.arrivals import admit
from simulation.population.now import Now
from simulation.population.profiles import AGES, cell_of, is_non_western
from simulation.population.prospects import EMPLOYED
from simulation.population.stock import stock_in
from simulation.state import State

PER_CENT = 100.0
MOST_TILT, HALVINGS = 3.0, 20


def assimilate(state: State, now: Now) -> Now:
    """Meet the published values of this 1 January, area by area; a list without values changes nothing.

    Residents are exchanged by whole households of the same size, and counted as moved in and out; their number stays. Returns
    the year with the prospects of work that go with what was published, so that it lasts.
    """
    observed = now.values["observed"]
    for said in () if observed is None else observed["published"]:
        if said["list_year"] == now.year and now.year > now.values["first_year"]:
            area = state.layout.areas.index(said["area"])
            _meet(state, area, said, now)
            if said["outside_labour_market"] is not None:
                now = _prospects(state, area, said["area"], now)
    return now


def _prospects(state: State, area: int, name: str, now: Now) -> Now:
    """Tilt the work profiles of the area's background until they imply the share that stands outside now."""
    background = next(i for i, entry in enumerate(now.values["place"]["populations"]) if entry["area"] == name)
    p = state.persons
    rows = np.flatnonzero((state.person_area() == area) & (p.age >= AGES[0]) & (p.age < AGES[-1]) & (p.background == background))
    at = background, p.age[rows] - AGES[0], cell_of(p.schooling[rows], p.origin[rows])
    wanted = now.counted[p.labour[rows]].mean() if len(rows) else 0.0
    if not 0 < wanted < 1:
        return now
    low, high, found = -MOST_TILT, MOST_TILT, now
    for _ in range(HALVINGS):
        labour = now.population.labour.copy()
        labour[background] *= np.where(now.counted, np.exp((low + high) / 2), 1.0)
        labour[background] /= labour[background].sum(axis=2, keepdims=True)
        found = replace(now, population=replace(now.population, labour=labour))
        implied = stock_in(found, now.year - 1)[at][:, now.counted].sum(axis=1).mean()
        low, high = (low, (low + high) / 2) if implied > wanted else ((low + high) / 2, high)
    return found


def _meet(state: State, area: int, said: Any, now: Now) -> None:
    if said["non_western"] is not None:
        _exchange(state, area, said["non_western"] / PER_CENT, now)
    p, here = state.persons, state.person_area() == area
    working = np.flatnonzero(here & (p.age >= 18) & (p.age <= 64))
    if said["outside_labour_market"] is not None:
        _meet_outside(state, working, said["outside_labour_market"] / PER_CENT, now)
    if said["basic_schooling_only"] is not None:
        middle = np.flatnonzero(here & (p.age >= 30) & (p.age <= 59))
        _meet_schooling(state, middle, said["basic_schooling_only"] / PER_CENT, now)
    if said["convicted"] is not None:
        fit_convictions(state, np.flatnonzero(here & (p.age >= 18)), said["convicted"] / PER_CENT, now)
    if said["mean_income"] is not None:
        fit_income(state, np.flatnonzero(here & taxpayers(state)), said["mean_income"] / PER_CENT)


def _meet_outside(state: State, rows: NDArray[np.intp], wanted: float, now: Now) -> None:
    """Move as few as it takes between work and the states outside, and with them their two years."""
    p = state.persons
    years = (p.outside[rows] + p.outside_before[rows]).astype(np.float64) / 2
    short = wanted * len(rows) - years.sum()
    outside = now.counted[p.labour[rows]]
    movable = rows[(p.labour[rows] == EMPLOYED) if short > 0 else outside]
    movable = movable[np.argsort(now.u("published, work", p.uid[movable]), kind="stable")]
    gain = 1 - (p.outside[movable] + p.outside_before[movable]) / 2 if short > 0 else (p.outside[movable] + p.outside_before[movable]) / 2
    count = int(np.searchsorted(gain.cumsum(dtype=np.float64), abs(short)))
    moved, labour, last, before = movable[:count], p.labour, p.outside, p.outside_before
    states = labour[rows[outside]]
    if short > 0 and len(states):
        labour[moved] = states[(now.u("published, benefit", p.uid[moved]) * len(states)).astype(np.intp)]
    elif short <= 0:
        labour[moved] = EMPLOYED
    last[moved] = before[moved] = float(short > 0)


def _meet_schooling(state: State, rows: NDArray[np.intp], wanted: float, now: Now) -> None:
    """Give or take the schooling of as few as it takes; who gains gets what somebody else of the area has."""
    p = state.persons
    basic = p.schooling[rows] == 0
    short = round(wanted * len(rows)) - int(basic.sum())
    movable = rows[~basic] if short > 0 else rows[basic]
    moved = movable[np.argsort(now.u("published, schooling", p.uid[movable]), kind="stable")][: abs(short)]
    levels, schooling = p.schooling[rows[~basic]], p.schooling
    if short > 0:
        schooling[moved] = 0
    elif len(levels):
        schooling[moved] = levels[(now.u("published, level", p.uid[moved]) * len(levels)).astype(np.intp)]


def _exchange(state: State, area: int, wanted: float, now: Now) -> None:
    """Exchange households of one group for households of the same size of the other until the share is met, to a household."""
    p, h = state.persons, state.households
    size = np.bincount(p.household, minlength=len(h))
    group = np.bincount(p.household, is_non_western(p.origin), minlength=len(h))
    local = state.home_area()[h.dwelling] == area
    short = wanted * size[local].sum() - group[local].sum()
    rows = np.flatnonzero(local & ((group == 0) if short > 0 else (group == size)))
    rows = rows[np.argsort(now.u("published, residents", h.uid[rows]), kind="stable")]
    candidates = _like(state, rows, size, p.background, now, into=short > 0)
    rows, candidates = rows[candidates >= 0], candidates[candidates >= 0]
    enough = int(np.searchsorted(size[rows].cumsum(), abs(short)))  # among those who can be exchanged, else the share is missed
    rows, candidates = rows[:enough], candidates[:enough]
    heads = np.zeros(len(h), np.int8)
    heads[p.household] = p.background
    going = np.isin(p.household, rows)
    homes, background = h.dwelling[rows].astype(np.intp), heads[rows]
    uids = chance.child(h.uid[rows], f"published {now.year}", np.uint64(0))
    state.remove(np.flatnonzero(going), "moved_out")
    new = admit(state, homes, candidates, background, uids, now)
    state.count_flow("moved_in", state.person_area()[new])
    state.clear()


def _like(
    state: State, rows: NDArray[np.intp], size: NDArray[np.int64], background: NDArray[np.int8], now: Now, into: bool
) -> NDArray[np.intp]:
    """Return a candidate of the other group and the same size for each household; -1 where there is none."""
    population, chosen = now.population, np.full(len(rows), -1, np.intp)
    pool = population.candidates
    group = pool.sum(is_non_western(pool.origin))
    fits = (group == pool.size) if into else (group == 0)
    own = np.zeros(len(state.households), np.int8)
    own[state.persons.household] = background
    u = now.u("published, newcomers", state.households.uid[rows])
    for persons in np.unique(size[rows]):
        for back in np.unique(own[rows]):
            mine = np.flatnonzero((size[rows] == persons) & (own[rows] == back))
            weights = population.applicants[back] * (fits & (pool.size == persons))
            if len(mine) and weights.sum() > 0:
                cumulative = weights.cumsum()
                chosen[mine] = np.searchsorted(cumulative, u[mine] * cumulative[-1]).clip(max=len(weights) - 1)
    return chosen
