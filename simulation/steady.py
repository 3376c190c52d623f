"""Who moves in when nothing is done: inferred, since nobody publishes it.

The composition of those who move in is not observed; that of the residents is, and through the 2010s it changed slowly.
So newcomers under the letting rules of before are taken to be those who would keep it as it is: one year of the model's own
deaths, births, schooling, work and moves is lived by households like them, and the households that would have to come to make up
for what it changes are found by raking those who are likely to move (Deville and Särndal 1992). Whatever the drawn
rates are, the past stays steady, and what the law or the plan changes is measured against that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.baseline import layout_of
from simulation.baseline.whole import in_layers, systematic
from simulation.population import margins
from simulation.population.arrivals import admit
from simulation.population.candidates import Candidates
from simulation.population.now import Now
from simulation.population.raking import rake
from simulation.processes.moving_out import chances
from simulation.state import State
from simulation.year import YEAR

LEAST = 0.05  # of what likely movers would bring: a margin is never asked to fall below it
FITTINGS = 50
SLACK = 2e-3  # how far margins that pull against each other may be missed


@dataclass(frozen=True, eq=False)
class Newcomers:
    """Who moves in such that a background stays as it is.

    ``weights`` of the candidates, sum 1; ``rooms``: share of homes by household size (rows) and rooms, rows sum to 1;
    ``multipliers`` of the margins, from which another draw can start.
    """

    weights: NDArray[np.float64]
    rooms: NDArray[np.float64]
    multipliers: NDArray[np.float64]


def newcomers(background: int, now: Now, guess: Newcomers | None = None) -> Newcomers:
    """Infer the newcomers of a background; ``guess``: those of another draw, to begin from."""
    population = now.population
    weights, likely = population.weights[background], population.applicants[background]
    # As many lives as candidates, each candidate as often as its weight says: so every life counts the same.
    lives = systematic(weights, len(weights), 0.5, in_layers(population.counts))
    stay, remaining = _a_year_on(background, lives, now)
    kept = np.where(remaining.any(axis=1), stay, 0.0) / len(lives)
    lost = population.counts[lives].mean(axis=0) - kept @ remaining
    missing = lost / (1 - kept.sum())
    missing[0] = 1.0
    wanted = np.maximum(missing, LEAST * (likely @ population.counts))
    found = rake(likely, population.counts, wanted, guess.multipliers if guess else None, SLACK)
    came = found.weights / found.weights.sum()
    sizes = population.rooms.shape[1]
    size = np.clip(population.candidates.size, 1, sizes) - 1
    left, arrived = np.bincount(size[lives], 1 / len(lives) - kept, minlength=sizes), np.bincount(size, came, minlength=sizes)
    rooms = _rooms(population.rooms[background], left.astype(np.float64), arrived.astype(np.float64))
    return Newcomers(came, rooms, found.multipliers)


def _rooms(by_size: NDArray[np.float64], left: NDArray[np.float64], came: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit who takes how many rooms to the rooms that are left behind (iterative proportional fitting).

    ``by_size``: sizes, rooms; ``left``, ``came``: households by size.
    """
    vacant = left @ by_size / left.sum()
    table = by_size * came[:, None]
    for _ in range(FITTINGS):
        table *= vacant / np.maximum(table.sum(axis=0), 1e-12)
        table *= (came / np.maximum(table.sum(axis=1), 1e-12))[:, None]
    return np.where(came[:, None] > 0, table / np.maximum(table.sum(axis=1, keepdims=True), 1e-12), by_size)


def _a_year_on(background: int, lives: NDArray[np.intp], now: Now) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Let households like the candidates in ``lives`` live a year without moving.

    Returns each one's chance of staying, and its margins a year on (0 if dissolved).
    """
    state = State(layout_of(now.values))
    count = len(lives)
    ids = chance.child(chance.identify(np.arange(count)), f"steady {background}", np.uint64(0))
    home_department = _department(background, now)
    state.dwellings.add(count, uid=ids, department=home_department, landlord=0, rooms=4)
    admit(state, np.arange(count), lives, np.full(count, background, np.int8), ids, now)
    for step in YEAR:
        if step.name == "giving_notice":
            break
        step.process(state, now)
    stay, after = np.zeros(count), np.zeros((count, len(margins.NAMES)))
    home = state.households.dwelling
    stay[home] = 1 - chances(state, now)
    after[home] = margins.count(_as_candidates(state))
    return stay, after


def _department(background: int, now: Now) -> int:
    place = now.values["place"]
    area = place["populations"][background]["area"]
    return next(index for index, department in enumerate(place["departments"]) if department["area"] == area)


def _as_candidates(state: State) -> Candidates:
    p = state.persons
    start = np.concatenate([[0], np.bincount(p.household, minlength=len(state.households)).cumsum()])
    return Candidates(start, p.household, p.role, p.age, p.female, p.origin, p.citizen, p.schooling, p.labour, p.children_born)


def settled(now: Now, central: dict[int, Newcomers] | None = None) -> tuple[Now, dict[int, Newcomers]]:
    """Return ``now`` with the applicants of every background that lives here replaced by its newcomers, and these.

    ``central``: the newcomers at the central values. From them a draw's own are inferred anew for the list areas; for the
    other areas they are carried over to the draw's households, which is nearly as steady and saves most of the work.
    """
    applicants, rooms = now.population.applicants.copy(), now.population.rooms.copy()
    found = {}
    for background in np.flatnonzero(now.population.homes).tolist():
        known = central[background] if central else None
        carried = known is not None and not _in_list_area(background, now)
        found[background] = _carried(background, now, known) if carried and known else newcomers(background, now, known)
        applicants[background], rooms[background] = found[background].weights, found[background].rooms
    return replace(now, population=replace(now.population, applicants=applicants, rooms=rooms)), found


def _carried(background: int, now: Now, central: Newcomers) -> Newcomers:
    weights = now.population.applicants[background] * np.exp(now.population.counts @ central.multipliers)
    return replace(central, weights=weights / weights.sum())


def _in_list_area(background: int, now: Now) -> bool:
    place = now.values["place"]
    return any(area["list_area"] for area in place["areas"] if area["id"] == place["populations"][background]["area"])
