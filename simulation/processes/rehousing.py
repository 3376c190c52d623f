"""Permanent rehousing of those whose home is pulled down."""

import numpy as np

from simulation.columns import rows_where, writes
from simulation.population.departures import close_homes, leave
from simulation.population.matching import Homes, Seekers, match
from simulation.population.now import Now
from simulation.population.rents import household_income, household_size, monthly_rent, most_persons
from simulation.records import REHOUSING, RENT_BANDS, ROOMS
from simulation.state import LETTABLE, NOTICED, TENURE_CODE, State


@writes(
    "persons.household",
    "households.dwelling",
    "households.rehoused_year",
    "households.rehoused_to",
    "households.rent_before",
    "dwellings.status",
    "dwellings.lettings",
    "dwellings.links",
    "dwellings.reserved",
    "dwellings.stood_empty",
    "flows",
    "changes",
    "housing",
    "rehousing",
    "chains",
    "moved_again",
)
def rehousing(state: State, now: Now, choice: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    """Offer reserved homes elsewhere to households with notice, their own landlord's first.

    ``choice``: capacity by landlord (households a year), landlords that take part, and for each area whether households
    may be offered homes there. Some leave by themselves in the year they get notice; who finds nothing waits.
    """
    capacity, landlords, receives = choice
    waiting = _leave_by_themselves(state, now)
    if now.values["rehousing"]["active"] and len(waiting):
        _offer(state, now, _called(state, now, waiting, capacity), _reserve(state, now, landlords, receives))
    _count_waiting(state, now)


def _leave_by_themselves(state: State, now: Now) -> np.ndarray:
    """Let a share of those with new notice find another home on their own; return the households that still wait."""
    d, share = state.dwellings, now.values["rehousing"]["leave_share"]
    noticed = _waiting(state)
    new = d.notice[state.households.dwelling[noticed]] == now.year
    if not now.values["rehousing"]["active"]:
        new, share = np.ones(len(noticed), bool), 1.0
    leaving = new & (now.u("leaving by themselves", state.households.uid[noticed]) < share)
    leave(state, noticed[leaving])
    return noticed[~leaving]


def _waiting(state: State) -> np.ndarray:
    home = state.households.dwelling
    return rows_where((home >= 0) & (state.dwellings.status[home] == NOTICED))


def _called(state: State, now: Now, waiting: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """Return those whom their landlord has the capacity to help this year: first whose home is due first."""
    d, home = state.dwellings, state.households.dwelling[waiting]
    order = np.lexsort((now.u("rehousing queue", state.households.uid[waiting]), d.due[home]))
    waiting, own = waiting[order], d.landlord[home][order]
    rank = np.zeros(len(waiting), np.int64)
    for landlord, most in enumerate(capacity):
        mine = rows_where(own == landlord)
        rank[mine] = np.arange(len(mine))
        state.rehousing[landlord, REHOUSING.index("capacity")] = min(most, len(mine))
    return waiting[rank < capacity[own]]


def _reserve(state: State, now: Now, landlords: np.ndarray, receives: np.ndarray) -> np.ndarray:
    """Reserve the share of the vacant homes that is kept for rehousing; return the rows that are free for it."""
    d = state.dwellings
    rows = rows_where(state.vacant() & (d.status == LETTABLE) & (d.tenure == TENURE_CODE["social_family"]))
    rows = rows[np.isin(d.landlord[rows], landlords) & receives[state.home_area()[rows]]]
    share = now.values["rehousing"]["reserved_share"]
    free = rows[d.reserved[rows] | (now.u("reserved", d.uid[rows]) < share)]
    reserved = d.reserved
    reserved[free] = True
    return free[np.argsort(now.u("offer", d.uid[free]), kind="stable")]


def _offer(state: State, now: Now, called: np.ndarray, free: np.ndarray) -> None:
    """Make offers round by round; who refuses is offered another home in the next round, and others may take the first."""
    d, rates = state.dwellings, now.values["rates"]["rehousing"]
    home = state.households.dwelling[called]
    rent_most = np.maximum(
        monthly_rent(state, home) * (1 + rates["rent_rise_most"]), household_income(state, now)[called] * rates["rent_share_most"]
    )
    seekers = Seekers(household_size(state)[called], d.landlord[home], d.due[home], rent_most)
    homes = Homes(d.rooms[free], d.landlord[free], monthly_rent(state, free))
    left, offered, found = np.arange(len(called)), np.zeros(len(called), bool), np.full(len(called), -1)
    for turn in range(round(rates["offers_a_year"])):
        target = match(seekers.some(left), homes, most_persons(now))
        got, offer = left[target >= 0], target[target >= 0]
        offered[got] = True
        state.count_rehousing("offers", seekers.landlord[got])
        refuses = (now.u(f"refusing offer {turn}", state.households.uid[called[got]]) < rates["refuses"]) & (seekers.due[got] > now.year)
        state.count_rehousing("refused_offers", seekers.landlord[got[refuses]])
        found[got[~refuses]] = free[offer[~refuses]]
        left = np.setdiff1d(left, got[~refuses], assume_unique=True)
        kept = np.ones(len(free), bool)
        kept[offer[~refuses]] = False
        free, homes = free[kept], homes.some(rows_where(kept))
    state.count_rehousing("no_home_fits", seekers.landlord[~offered])
    _move(state, now, called[found >= 0], found[found >= 0])


def _move(state: State, now: Now, households: np.ndarray, homes: np.ndarray) -> None:
    d, h = state.dwellings, state.households
    old = h.dwelling[households]
    _count_move(state, now, old, homes)
    close_homes(state, households, "emptied_rehoused")
    members = state.members(households)
    state.count_flow("rehoused_out", state.area_of(members))
    dwelling, year, to, rent_before = h.dwelling, h.rehoused_year, h.rehoused_to, h.rent_before
    dwelling[households], year[households], to[households] = homes, now.year, state.home_area()[homes]
    rent_before[households] = monthly_rent(state, old)
    state.count_flow("rehoused_in", state.area_of(members))
    lettings, reserved, links, stood_empty = d.lettings, d.reserved, d.links, d.stood_empty
    state.end_chains(links[homes] + 1)
    lettings[homes] += 1
    reserved[homes], links[homes], stood_empty[homes] = False, 0, False


def _count_move(state: State, now: Now, old: np.ndarray, homes: np.ndarray) -> None:
    """Count where the rehoused go: own landlord or another, rooms, rent; and how long they waited."""
    d, area, landlord = state.dwellings, state.home_area()[homes], state.dwellings.landlord[old]
    same = d.landlord[homes] == landlord
    state.count_rehousing("rehoused_own", landlord[same])
    state.count_rehousing("rehoused_other", landlord[~same])
    state.count_rehousing("waited_years", landlord, now.year - d.notice[old].astype(np.float64))
    state.count_housing("let_rehoused", area)
    rooms = np.searchsorted(np.array(now.values["rates"]["homes"]["rooms"]), d.rooms[homes])
    band = np.searchsorted(np.array(now.values["rates"]["rents"]["bands_month_dkk"]), monthly_rent(state, homes), side="right")
    for place, name in enumerate(ROOMS):
        state.count_housing(f"rehoused_rooms_{name}", area[rooms == place])
    for place, name in enumerate(RENT_BANDS):
        state.count_housing(f"rehoused_rent_{name}", area[band == place])


def _count_waiting(state: State, now: Now) -> None:
    home = state.households.dwelling[_waiting(state)]
    state.count_rehousing("waiting", state.dwellings.landlord[home])
    state.count_rehousing("overdue", state.dwellings.landlord[home[state.dwellings.due[home] <= now.year]])
