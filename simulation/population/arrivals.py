"""Households that enter the model: candidates become persons with identifiers and a past of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.columns import rows_where
from simulation.population.history import past
from simulation.population.now import Now
from simulation.population.profiles import AGES, cell_of, places
from simulation.population.stock import StockOf, shifted, stock_in
from simulation.state import State


def admit(
    state: State,
    dwellings: NDArray[np.intp],
    candidates: NDArray[np.intp],
    backgrounds: NDArray[np.int8],
    uids: NDArray[np.uint64],
    now: Now,
) -> slice:
    """Let a household like each candidate move into each dwelling; return the rows of the new persons.

    ``dwellings``, ``candidates``, ``backgrounds`` and the households' ``uids`` are of one length.
    """
    pool = now.population.candidates
    size = pool.size[candidates]
    households = state.households.add(len(dwellings), uid=uids, dwelling=dwellings)
    member = np.arange(size.sum()) - np.repeat(size.cumsum() - size, size)
    source = np.repeat(pool.start[candidates], size) + member
    household = np.repeat(np.arange(households.start, households.stop, dtype=np.int32), size)
    background = np.repeat(backgrounds, size)
    uid = chance.child(np.repeat(uids, size), "member", member.astype(np.uint64))
    age, female, origin = pool.age[source], pool.female[source], pool.origin[source]
    schooling = pool.schooling[source]
    labour = _labour_today(pool.labour[source], age, cell_of(schooling, origin), background, uid, now)
    years = past(uid, age, female, origin, schooling, labour, background, now)
    return state.persons.add(
        len(uid),
        uid=uid,
        household=household,
        role=pool.role[source],
        age=age,
        female=female,
        origin=origin,
        citizen=pool.citizen[source],
        background=background,
        schooling=schooling,
        labour=labour,
        children_born=pool.children_born[source],
        **vars(years),
    )


def _labour_today(
    labour: NDArray[np.int8],
    age: NDArray[np.int16],
    cell: NDArray[np.int64],
    background: NDArray[np.int8],
    uids: NDArray[np.uint64],
    now: Now,
) -> NDArray[np.int8]:
    """Move newcomers of working age from the stock of the start to that of the year before this 1 January."""
    adults = rows_where((age >= AGES[0]) & (age < AGES[-1]))
    at = places(background[adults], age[adults], cell[adults])
    before, after = StockOf(now.population.labour, at), StockOf(stock_in(now, now.year - 1), at)
    today = labour.copy()
    today[adults] = shifted(labour[adults], before, after, now, "newcomer's work", uids[adults])
    return today
