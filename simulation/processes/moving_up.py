"""Sitting tenants move to other homes of their landlord; each frees a home, which is offered in its turn."""

import numpy as np

from simulation.columns import rows_where, writes
from simulation.population.now import Now
from simulation.population.profiles import pick
from simulation.population.rents import household_size, most_persons
from simulation.state import LETTABLE, TENURE_CODE, State


@writes(
    "households.dwelling",
    "dwellings.lettings",
    "dwellings.links",
    "dwellings.reserved",
    "dwellings.stood_empty",
    "housing",
)
def moving_up(state: State, now: Now) -> None:
    """Let sitting tenants on their landlord's list take a share of its vacant homes in their area, link by link.

    Homes built in place of those pulled down all go to sitting tenants first; what these leave is reserved for rehousing.
    Within an area nobody's prospects change, so only the fit of homes and households does.
    """
    d = state.dwellings
    family = d.tenure == TENURE_CODE["social_family"]
    vacant = rows_where(state.vacant() & (d.status == LETTABLE) & family)
    if len(vacant) == 0:
        return
    group = _groups(state, now)
    waiting, kind = _list(state, now, group)
    order = np.lexsort((now.u("turn on the list", state.households.uid[waiting]), kind))
    waiting, kind = waiting[order], kind[order]
    first = np.searchsorted(kind, np.arange(kind.max(initial=0) + 2))
    share = now.values["rates"]["moving"]["sitting_share"]
    links = _Links(state, group, waiting, first)
    offered = vacant[d.reserved[vacant] | (now.u("offered to tenants", d.uid[vacant]) < share)]
    while len(offered):
        freed = links.let(offered)
        offered = freed[~d.reserved[freed] & (now.u("offered to tenants", d.uid[freed]) < share)]


def _groups(state: State, now: Now) -> np.ndarray:
    """Return for each home the list on which its applicants stand: area, landlord and rooms."""
    d = state.dwellings
    kinds = np.array(now.values["rates"]["homes"]["rooms"])
    landlord = state.home_area().astype(np.int64) * (len(state.layout.landlords) + 1) + d.landlord + 1
    return landlord * len(kinds) + np.searchsorted(kinds, np.arange(kinds.max() + 1)).take(d.rooms)


def _list(state: State, now: Now, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the households on their landlords' lists and the list each stands on: another size of home than its own."""
    d, rates = state.dwellings, now.values["rates"]
    home = state.households.dwelling
    rows = rows_where((home >= 0) & (now.u("on the list", state.households.uid) < rates["moving"]["sitting_list"]))
    rows = rows[(d.status[home[rows]] == LETTABLE) & (d.tenure[home[rows]] == TENURE_CODE["social_family"])]
    kinds, most = np.array(rates["homes"]["rooms"]), most_persons(now)
    shares, size = np.array(rates["homes"]["rooms_by_size"]), household_size(state)[rows]
    own = np.searchsorted(kinds, d.rooms[home[rows]])
    likes = shares[np.clip(size, 1, len(shares)) - 1] * (size[:, None] <= most[kinds])
    likes[np.arange(len(rows)), own] = 0.0
    some = likes.sum(axis=1) > 0
    rows, likes, own = rows[some], likes[some], own[some]
    wanted = pick(likes / likes.sum(axis=1, keepdims=True), now.u("wanted rooms", state.households.uid[rows]))
    return rows, group[home[rows]] - own + wanted


class _Links:
    """Let homes to those next on the lists, a round at a time."""

    def __init__(self, state: State, group: np.ndarray, waiting: np.ndarray, first: np.ndarray) -> None:
        self.state, self.group, self.waiting = state, group, waiting
        self.next, self.end = first[:-1].copy(), first[1:]

    def let(self, homes: np.ndarray) -> np.ndarray:
        """Let as many of ``homes`` as there are households on their lists; return the homes that become vacant."""
        homes = homes[self.group[homes] < len(self.next)]
        homes = homes[np.argsort(self.group[homes], kind="stable")]
        group = self.group[homes]
        place = self.next[group] + np.arange(len(homes)) - np.searchsorted(group, group)
        served = place < self.end[group]
        homes, place = homes[served], place[served]
        self.next += np.bincount(group[served], minlength=len(self.next))
        return self._move(self.waiting[place], homes)

    def _move(self, households: np.ndarray, homes: np.ndarray) -> np.ndarray:
        d, dwelling = self.state.dwellings, self.state.households.dwelling
        links, reserved, lettings, stood_empty = d.links, d.reserved, d.lettings, d.stood_empty
        freed = dwelling[households]
        dwelling[households] = homes
        links[freed], links[homes] = links[homes] + 1, 0
        reserved[freed], reserved[homes] = reserved[homes], False
        stood_empty[homes] = False
        lettings[homes] += 1
        self.state.count_housing("let_sitting", self.state.home_area()[homes])
        return freed
