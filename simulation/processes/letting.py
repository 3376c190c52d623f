"""Vacant homes are let, and new private homes let or sold, under the letting rules of each area."""

import numpy as np

from simulation import chance
from simulation.columns import writes
from simulation.population.arrivals import admit
from simulation.population.now import Now
from simulation.records import LABOUR
from simulation.state import LETTABLE, TENURE_CODE, State

PRIVATE = (TENURE_CODE["private_let"], TENURE_CODE["owned"])
AT_WORK = (LABOUR.index("employed"), LABOUR.index("student"))


@writes("+persons", "+households", "dwellings.lettings", "dwellings.reserved", "persons.convicted", "persons.convicted_before", "flows")
def letting(state: State, now: Now, choice: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]) -> None:
    """Let vacant homes to applicants, one after the other until one is accepted or none is left.

    ``choice``: states whose applicants are refused, (areas, labour states); share of lettings that go to applicants in work
    or education, by area; where a clean record is asked for, by area; share of empty private homes taken up, by area.
    """
    refused, flexible, clean, take_up = choice
    d = state.dwellings
    homes = np.flatnonzero((state.occupant() < 0) & (d.status == LETTABLE))
    area = state.home_area()[homes]
    private = np.isin(d.tenure[homes], PRIVATE)
    offered = ~private | (now.u("taken up", d.uid[homes]) < take_up[area])
    homes, area, private = homes[offered], area[offered], private[offered]
    background = _background(now, state, area, d.tenure[homes])
    letting_id = chance.child(d.uid[homes], f"letting {now.year}", d.lettings[homes].astype(np.uint64))
    work_first = ~private & (now.u("flexible letting", letting_id) < flexible[area])
    candidate = _applicants(now, background, d.rooms[homes], letting_id, np.where(private[:, None], False, refused[area]), work_first)
    let = candidate >= 0
    homes, area = homes[let], area[let]
    new = admit(state, homes, candidate[let], background[let], letting_id[let], now.in_year(now.year + 1))
    lettings, reserved = d.lettings, d.reserved
    lettings[homes] += 1
    reserved[:] = False
    persons = np.arange(new.start, new.stop)
    arrived_in = state.area_of(persons)
    state.count_flow("moved_in", arrived_in)
    unblemished = persons[clean[arrived_in]]
    convicted, before = state.persons.convicted, state.persons.convicted_before
    convicted[unblemished], before[unblemished] = False, False


def _background(now: Now, state: State, area: np.ndarray, tenure: np.ndarray) -> np.ndarray:
    """Return the population that moves into each home: the area's own, or for private homes that of the tenure."""
    populations = now.values["place"]["populations"]
    of_area = {p["area"]: index for index, p in enumerate(populations)}
    of_tenure = {p["tenure"]: index for index, p in enumerate(populations) if p["tenure"] in ("private_let", "owned")}
    by_area = np.array([of_area[name] for name in state.layout.areas])[area]
    for name, index in of_tenure.items():
        by_area = np.where(tenure == TENURE_CODE[name], index, by_area)
    return by_area.astype(np.int8)


def _applicants(
    now: Now, background: np.ndarray, rooms: np.ndarray, letting_id: np.ndarray, refused: np.ndarray, work_first: np.ndarray
) -> np.ndarray:
    """Return the accepted candidate for each home, -1 where nobody among the applicants is.

    An applicant is drawn for the home's rooms; one who is refused makes way for the next.
    """
    pool, chosen = now.population.candidates, np.full(len(rooms), -1)
    cumulative, start, total = _queues(now)
    sizes = np.array(now.values["rates"]["homes"]["rooms"])
    queue = background * len(sizes) + np.searchsorted(sizes, rooms)
    head = pool.labour[pool.start[:-1]]
    second = pool.start[:-1] + np.minimum(1, pool.size - 1)
    partner = np.where(pool.role[second] == 1, pool.labour[second], head)
    open_homes = np.arange(len(rooms))
    for turn in range(round(now.values["letting"]["applicants_per_home"])):
        u = now.u(f"applicant {turn}", letting_id[open_homes])
        at = queue[open_homes]
        drawn = np.searchsorted(cumulative, start[at] + u * total[at]) % len(head)
        turned_away = refused[open_homes, head[drawn]] & refused[open_homes, partner[drawn]]
        at_work = np.isin(head[drawn], AT_WORK) | np.isin(partner[drawn], AT_WORK)
        accepted = ~turned_away & (at_work | ~work_first[open_homes])
        chosen[open_homes[accepted]] = drawn[accepted]
        open_homes = open_homes[~accepted]
        if len(open_homes) == 0:
            break
    return chosen


def _queues(now: Now) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lay the waiting lists end to end: one for each background and number of rooms, candidates by their weight there."""
    rooms = now.population.rooms
    fits = rooms[:, np.clip(now.population.candidates.size, 1, rooms.shape[1]) - 1].transpose(0, 2, 1)
    weights = now.population.applicants[:, None, :] * fits
    cumulative = weights.reshape(-1).cumsum()
    ends = cumulative.reshape(-1, weights.shape[2])[:, -1]
    start = np.concatenate([[0.0], ends[:-1]])
    return cumulative, start, ends - start
