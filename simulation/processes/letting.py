"""Vacant homes are let, and new private homes let or sold, under the letting rules of each area."""

import numpy as np

from simulation import chance
from simulation.columns import rows_where, writes
from simulation.population.arrivals import admit
from simulation.population.now import Now
from simulation.population.queues import Outcome, Vacancies, lists_of, serve
from simulation.population.rents import MONTHS, monthly_rent
from simulation.population.rules import REFUSALS, Rules, is_private
from simulation.records import VACANCY
from simulation.state import CLOSED, LETTABLE, TENURE_CODE, State

HALF = 0.5  # of the year in which a home becomes vacant it stands empty, on average


@writes(
    "+persons",
    "+households",
    "dwellings.lettings",
    "dwellings.links",
    "dwellings.reserved",
    "dwellings.stood_empty",
    "persons.convicted",
    "persons.convicted_before",
    "flows",
    "housing",
    "chains",
)
def letting(state: State, now: Now, choice: Rules) -> None:
    """Let vacant homes to applicants, one after the other until one is accepted or none is left.

    Sitting tenants and the rehoused have moved before: no letting rule meets them.
    """
    d = state.dwellings
    homes = rows_where(state.vacant() & (d.status == LETTABLE))
    # First come, first served: a home that finds the list at an end stays empty.
    homes = homes[np.argsort(now.u("order of letting", d.uid[homes]), kind="stable")]
    private = is_private(d.tenure[homes])
    wanted = ~private | (now.u("taken up", d.uid[homes]) < choice.take_up[state.home_area()[homes]])
    offered = homes[wanted]
    background = _background(now, state, offered)
    vacancies, length = _vacancies(state, now, offered, background, choice)
    found = serve(lists_of(now.population), vacancies, length, now)
    let = found.candidate >= 0
    _move_in(state, now, offered[let], background[let], found.candidate[let], vacancies.uid[let], choice)
    _count(state, offered, found, choice)
    _count_vacancies(state, homes[~wanted], offered[~let], vacancies.waiting, length)


def _vacancies(state: State, now: Now, homes: np.ndarray, background: np.ndarray, choice: Rules) -> tuple[Vacancies, np.ndarray]:
    d = state.dwellings
    area, social = state.home_area()[homes], ~is_private(d.tenure[homes])
    letting_id = chance.child(d.uid[homes], f"letting {now.year}", d.lettings[homes].astype(np.uint64))
    sizes = np.array(now.values["rates"]["homes"]["rooms"])
    queue = background * len(sizes) + np.searchsorted(sizes, d.rooms[homes])
    nomination, flexible = now.u_each(("nomination", "flexible letting"), letting_id)
    nominated = nomination < choice.municipal_share
    meets = {name: social & (nominated | (name != "municipal")) for name in REFUSALS}
    refused = {name: choice.refused[name][area] & meets[name][:, None] for name in REFUSALS}
    work_first = social & (flexible < choice.flexible[area])
    # The last list is that of private homes, whose demand is in their take-up.
    lists = choice.waiting.size
    waiting = np.where(social, area.astype(np.int64) * choice.waiting.shape[1] + d.landlord[homes], lists)
    return Vacancies(letting_id, queue, waiting, refused, work_first), np.append(choice.waiting.reshape(-1), np.inf)


def _background(now: Now, state: State, homes: np.ndarray) -> np.ndarray:
    """Return the population that moves into each home: the area's own, or for private homes that of the tenure."""
    populations = now.values["place"]["populations"]
    of_area = {p["area"]: index for index, p in enumerate(populations)}
    of_tenure = {p["tenure"]: index for index, p in enumerate(populations) if p["tenure"] in ("private_let", "owned")}
    by_area = np.array([of_area[name] for name in state.layout.areas])[state.home_area()[homes]]
    for name, index in of_tenure.items():
        by_area = np.where(state.dwellings.tenure[homes] == TENURE_CODE[name], index, by_area)
    return by_area


def _move_in(
    state: State,
    now: Now,
    homes: np.ndarray,
    background: np.ndarray,
    candidates: np.ndarray,
    letting_id: np.ndarray,
    choice: Rules,
) -> None:
    d, area = state.dwellings, state.home_area()[homes]
    new = admit(state, homes, candidates, background.astype(np.int8), letting_id, now.in_year(now.year + 1))
    lettings, reserved, links, stood_empty = d.lettings, d.reserved, d.links, d.stood_empty
    state.end_chains(links[homes] + 1)
    lettings[homes] += 1
    reserved[:] = False
    links[homes], stood_empty[homes] = 0, False
    persons = np.arange(new.start, new.stop)
    arrived_in = state.area_of(persons)
    state.count_flow("moved_in", arrived_in)
    state.count_housing("let_newcomers", area)
    unblemished = persons[choice.clean[arrived_in]]
    convicted, before = state.persons.convicted, state.persons.convicted_before
    convicted[unblemished], before[unblemished] = False, False


def _count(state: State, homes: np.ndarray, found: Outcome, choice: Rules) -> None:
    area = state.home_area()[homes]
    areas = np.arange(len(choice.waiting), dtype=np.int16)
    state.count_housing("applicants", areas, np.floor(choice.waiting).sum(axis=1))
    for name in REFUSALS:
        state.count_housing(f"refused_{name}", area, found.turned_away[name].astype(np.float64))
    state.count_housing("work_first", area[found.worked])


def _count_vacancies(state: State, not_wanted: np.ndarray, unlet: np.ndarray, waiting: np.ndarray, length: np.ndarray) -> None:
    """Count the homes that stand empty at the end of the year, and the rent lost, by cause.

    Where more homes were vacant than there were applicants, the difference is want of demand; what else is empty, is so
    because the applicants were refused.
    """
    d = state.dwellings
    home_list = state.home_area()[unlet].astype(np.int64) * len(state.layout.landlords) + d.landlord[unlet]
    short = np.maximum(np.bincount(waiting, minlength=len(length)) - np.floor(length), 0)[:-1]
    order = np.argsort(home_list, kind="stable")
    rank = np.empty(len(unlet), np.int64)
    rank[order] = np.arange(len(unlet)) - np.searchsorted(home_list[order], home_list[order])
    by_demand = rank < short[home_list]
    closed = rows_where(d.status == CLOSED)
    stood_empty = d.stood_empty
    for cause, rows in zip(VACANCY, (unlet[~by_demand], unlet[by_demand], not_wanted, closed), strict=True):
        area = state.home_area()[rows]
        year = np.where(stood_empty[rows], 1.0, HALF)
        state.count_housing(f"vacant_{cause}", area)
        state.count_housing(f"cost_{cause}", area, monthly_rent(state, rows) * MONTHS * year / 1000)
        stood_empty[rows] = True
