"""Permanent rehousing of those whose home is pulled down."""

import numpy as np

from simulation.columns import writes
from simulation.population.now import Now
from simulation.state import CLOSED, LETTABLE, NOTICED, TENURE_CODE, State

MOST_PERSONS = {2: 2, 3: 4, 4: 99}  # rooms -> persons that fit


@writes(
    "persons.household",
    "households.dwelling",
    "households.rehoused_year",
    "dwellings.status",
    "dwellings.lettings",
    "dwellings.reserved",
    "flows",
    "changes",
)
def rehousing(state: State, now: Now, choice: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    """Offer reserved homes elsewhere to households with notice, their own landlord's first.

    ``choice``: capacity by landlord (households a year), landlords that take part, and for each area whether households
    may be offered homes there. Some leave by themselves in the year they get notice; who finds nothing waits.
    """
    capacity, landlords, receives = choice
    waiting = _leave_by_themselves(state, now)
    if not now.values["rehousing"]["active"]:
        return
    free = _reserve(state, now, landlords, receives)
    d, size = state.dwellings, np.bincount(state.persons.household[state.persons.household >= 0], minlength=len(state.households))
    home = state.households.dwelling[waiting]
    order = np.lexsort((now.u("rehousing queue", state.households.uid[waiting]), d.due[home]))
    waiting, own = waiting[order], d.landlord[home][order]
    rank = np.zeros(len(waiting), np.int64)
    for landlord in landlords:
        mine = np.flatnonzero(own == landlord)
        rank[mine] = np.arange(len(mine))
    called = rank < capacity[own]
    waiting, own = waiting[called], own[called]
    target = _match(size[waiting], own, d.rooms[free], d.landlord[free])
    _move(state, now, waiting[target >= 0], free[target[target >= 0]])


def _leave_by_themselves(state: State, now: Now) -> np.ndarray:
    """Let a share of those with new notice find another home on their own; return the households that still wait."""
    d, share = state.dwellings, now.values["rehousing"]["leave_share"]
    home = state.households.dwelling
    noticed = np.flatnonzero((home >= 0) & (d.status[home] == NOTICED))
    lead = now.values["rehousing"]["lead_years"]
    new = d.due[home[noticed]] - now.year >= lead
    if not now.values["rehousing"]["active"]:
        new, share = np.ones(len(noticed), bool), 1.0
    leaving = new & (now.u("leaving by themselves", state.households.uid[noticed]) < share)
    _empty(state, noticed[leaving], "emptied_left")
    p = state.persons
    gone = np.zeros(len(state.households), bool)
    gone[noticed[leaving]] = True
    state.remove(np.flatnonzero((p.household >= 0) & gone[p.household]), "moved_out")
    home[noticed[leaving]] = -1
    return noticed[~leaving]


def _empty(state: State, households: np.ndarray, how: str) -> None:
    """Close the homes of households and count them, with the persons in them, as emptied."""
    d, p = state.dwellings, state.persons
    homes = state.households.dwelling[households]
    size = np.bincount(p.household[p.household >= 0], minlength=len(state.households))[households]
    status = d.status
    status[homes] = CLOSED
    for change, weights in (("emptied", None), (how, None), ("emptied_persons", size.astype(float))):
        state.count_change(change, d.department[homes], weights)


def _reserve(state: State, now: Now, landlords: np.ndarray, receives: np.ndarray) -> np.ndarray:
    """Reserve the legal share of the vacant homes for rehousing; return the rows that are free for it."""
    d = state.dwellings
    vacant = (state.occupant() < 0) & (d.status == LETTABLE) & (d.tenure == TENURE_CODE["social_family"])
    rows = np.flatnonzero(vacant & np.isin(d.landlord, landlords) & receives[state.home_area()])
    share = now.values["rehousing"]["reserved_share"]
    free = rows[d.reserved[rows] | (now.u("reserved", d.uid[rows]) < share)]
    reserved = d.reserved
    reserved[free] = True
    return free[np.argsort(now.u("offer", d.uid[free]), kind="stable")]


def _match(size: np.ndarray, own: np.ndarray, rooms: np.ndarray, landlord: np.ndarray) -> np.ndarray:
    """Return for each household the home (place in the list) it is offered and takes, -1 where none is left.

    The largest are served first, by the smallest home that holds them; own landlord's homes before the other's.
    """
    target = np.full(len(size), -1)
    taken = np.zeros(len(rooms), bool)
    for need in sorted(MOST_PERSONS, reverse=True):
        below = MOST_PERSONS.get(need - 1, 0)
        wanting = (size > below) & (size <= MOST_PERSONS[need])
        for same in (True, False):
            for kind in sorted(rooms_at_least(need)):
                for who in np.unique(own):
                    households = np.flatnonzero(wanting & (own == who) & (target < 0))
                    homes = np.flatnonzero((rooms == kind) & ((landlord == who) == same) & ~taken)
                    count = min(len(households), len(homes))
                    target[households[:count]] = homes[:count]
                    taken[homes[:count]] = True
    return target


def rooms_at_least(need: int) -> list[int]:
    """Return the sizes of home, in rooms, that hold a household in need of ``need`` rooms."""
    return [rooms for rooms in MOST_PERSONS if rooms >= need]


def _move(state: State, now: Now, households: np.ndarray, homes: np.ndarray) -> None:
    d, p = state.dwellings, state.persons
    _empty(state, households, "emptied_rehoused")
    moving = np.zeros(len(state.households), bool)
    moving[households] = True
    members = np.flatnonzero((p.household >= 0) & moving[p.household])
    state.count_flow("rehoused_out", state.area_of(members))
    dwelling, year, lettings, reserved = state.households.dwelling, state.households.rehoused_year, d.lettings, d.reserved
    dwelling[households], year[households] = homes, now.year
    lettings[homes] += 1
    reserved[homes] = False
    state.count_flow("rehoused_in", state.area_of(members))
