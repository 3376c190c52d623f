"""Build the state of 1 January of the first year: homes by department, households in them, the two years behind them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.baseline.fitting import fit_convictions, fit_income, fit_outside, taxpayers
from simulation.baseline.whole import ResidentsLeft, in_layers, sample, systematic
from simulation.files import InputErrors, Problem
from simulation.population.arrivals import admit
from simulation.population.now import Now
from simulation.population.profiles import pick
from simulation.population.rents import furnish
from simulation.records import Layout
from simulation.state import TENURE_CODE, State


def layout_of(values: Any) -> Layout:
    """Return the axes that the place and the scenario's years give the records."""
    place = values["place"]
    return Layout(
        areas=tuple(a["id"] for a in place["areas"]),
        list_areas=tuple(a["id"] for a in place["areas"] if a["list_area"]),
        departments=tuple(d["id"] for d in place["departments"]),
        department_area=tuple(d["area"] for d in place["departments"]),
        first_year=values["first_year"],
        last_year=values["last_year"],
        measures=tuple(m["id"] for m in values["measures"]),
        landlords=tuple(place["landlords"]),
    )


def build(now: Now) -> State:
    """Build the starting state of a member.

    Residents are exact; the criteria are those of the place's populations, exactly where chance can be shifted
    (work, convictions, income), to a person or two where whole households must be found (origin, schooling).
    """
    place, population = now.values["place"], now.population
    state = State(layout_of(now.values))
    for department, entry in enumerate(place["departments"]):
        _add_homes(state, department, entry, place)
    area = state.home_area()
    for background, entry in enumerate(place["populations"]):
        if population.homes[background] == 0:
            continue
        homes = np.flatnonzero(area == state.layout.areas.index(entry["area"]))
        rows = _settle(state, homes, background, entry, now)
        _fit(state, rows, entry, now)
    _choose_rooms(state, now)
    furnish(state, np.arange(len(state.dwellings)), now)
    return state


def _add_homes(state: State, department: int, entry: Any, place: Any) -> None:
    count = int(entry["homes"])
    uid = chance.child(chance.identify(chance.key("department", entry["id"])), "home", np.arange(count, dtype=np.uint64))
    landlord = place["landlords"].index(entry["landlord"]) if entry["landlord"] in place["landlords"] else -1
    state.dwellings.add(count, uid=uid, department=department, landlord=landlord, tenure=TENURE_CODE["social_family"], rooms=0)


def _settle(state: State, homes: NDArray[np.intp], background: int, entry: Any, now: Now) -> NDArray[np.intp]:
    """Let a sample of the background move into ``homes``; return the rows of its persons."""
    population = now.population
    weights, key = population.weights[background], now.key(f"baseline {entry['id']}")
    if any(a["list_area"] for a in now.values["place"]["areas"] if a["id"] == entry["area"]):
        wanted = np.rint(population.targets[background] * len(homes))
        chosen = _exactly(weights, wanted, key, background, entry, now)
    else:
        chosen = systematic(weights, len(homes), float(chance.draws(key, [0])[0]), in_layers(population.counts))
    # Which household gets which home is chance; the sample comes sorted.
    shuffled = homes[np.argsort(now.u("baseline home", state.dwellings.uid[homes]), kind="stable")]
    uids = chance.child(state.dwellings.uid[shuffled], "baseline household", np.uint64(0))
    new = admit(state, shuffled, chosen, np.full(len(homes), background, np.int8), uids, now)
    return np.arange(new.start, new.stop)


def _exactly(
    weights: NDArray[np.float64], wanted: NDArray[np.float64], key: int, background: int, entry: Any, now: Now
) -> NDArray[np.intp]:
    """Sample whole households; say in the user's words where they do not add up."""
    try:
        return sample(weights, now.population.counts, wanted, key, int(now.population.residents[background]))
    except ResidentsLeft as left:
        file, field = f"places/{now.values['place']['id']}/place.yaml", f"place.populations.{entry['id']}.residents"
        raise InputErrors([Problem(file=file, key=field, code="residents_left", values={"left": left.args[0]})]) from left


def _fit(state: State, rows: NDArray[np.intp], entry: Any, now: Now) -> None:
    p = state.persons
    age = p.age[rows]
    fit_outside(state, rows[(age >= 18) & (age <= 64)], entry["outside"])
    fit_convictions(state, rows[age >= 18], entry["convicted"], now)
    fit_income(state, rows[taxpayers(state)[rows]], entry["income"])


def _choose_rooms(state: State, now: Now) -> None:
    table = now.values["rates"]["homes"]
    shares = np.array(table["rooms_by_size"])
    size = np.bincount(state.persons.household, minlength=len(state.households))
    home = state.households.dwelling
    row = np.clip(size, 1, len(shares)) - 1
    rooms = np.array(table["rooms"], np.int8)[pick(shares[row], now.u("rooms", state.dwellings.uid[home]))]
    state.dwellings.rooms[home] = rooms
