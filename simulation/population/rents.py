"""Floor area and rent of a home, from its rooms, its area and itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.population.now import Now
from simulation.state import TENURE_CODE, State

MONTHS = 12


def furnish(state: State, rows: NDArray[np.intp], now: Now, new: bool = False) -> None:
    """Give homes (rows), whose rooms are known, their floor area and rent; ``new``: just built.

    Both belong to the home and the draw of the values, not to the year: a delay makes no other home of it.
    """
    d, rents = state.dwellings, now.values["rates"]["rents"]
    by_rooms = np.zeros(max(rents["floor_m2"]["rooms"]) + 1)
    by_rooms[list(rents["floor_m2"]["rooms"])] = rents["floor_m2"]["m2"]
    m2, rent = d.m2, d.rent_m2
    m2[rows] = by_rooms[d.rooms[rows]] * rents["floor_level"] * _spread(now, "floor", d.uid[rows], rents["floor_spread"])
    by_area = np.array([rents[area["rent"]] for area in now.values["place"]["areas"]])
    level = np.full(len(rows), rents["new_social"]) if new else by_area[state.home_area()[rows]]
    level = np.where(d.tenure[rows] == TENURE_CODE["private_let"], rents["private_let"], level)
    level = np.where(d.tenure[rows] == TENURE_CODE["owned"], 0.0, level)
    rent[rows] = level * _spread(now, "rent", _department_ids(state)[d.department[rows]], rents["department_spread"])


def monthly_rent(state: State, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the rent of homes (rows), DKK a month."""
    return state.dwellings.m2[rows].astype(np.float64) * state.dwellings.rent_m2[rows] / MONTHS


def household_income(state: State, now: Now) -> NDArray[np.float64]:
    """Return each household's gross income of the last year, DKK a month; persons who are gone do not count."""
    p = state.persons
    # One entry more, and first: for those who are gone, household -1.
    ratio = np.bincount(p.household + 1, p.income, minlength=len(state.households) + 1)[1:]
    return ratio * now.values["rates"]["income"]["region_mean_dkk"] / MONTHS


def household_size(state: State) -> NDArray[np.int64]:
    """Return the persons in each household; persons who are gone do not count."""
    return np.bincount(state.persons.household + 1, minlength=len(state.households) + 1)[1:]


def most_persons(now: Now) -> NDArray[np.int64]:
    """Return how many persons a home is offered to at most, by its rooms (index)."""
    table = now.values["rates"]["rehousing"]["fits"]
    most = np.zeros(max(table["rooms"]) + 1, np.int64)
    most[list(table["rooms"])] = table["persons"]
    return most


def _spread(now: Now, name: str, uids: NDArray[np.uint64], most: float) -> NDArray[np.float64]:
    return 1 + most * (2 * chance.draws_of(chance.key(now.seed, now.draw, now.replicate, name), uids) - 1)


def _department_ids(state: State) -> NDArray[np.uint64]:
    return chance.identify([chance.key("department", name) for name in state.layout.departments])
