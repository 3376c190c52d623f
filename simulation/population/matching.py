"""Who is offered which home: rooms first, then rent, the own landlord's homes before another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Seekers:
    """Households that seek a home, of one length."""

    size: Ints  # persons
    landlord: Ints  # of the home they leave
    due: Ints  # the year in which it is to be pulled down
    rent_most: NDArray[np.float64]  # DKK a month

    def some(self, rows: Ints) -> Seekers:
        """Return some of them."""
        return Seekers(self.size[rows], self.landlord[rows], self.due[rows], self.rent_most[rows])


@dataclass(frozen=True, eq=False)
class Homes:
    """Homes that are free, of one length."""

    rooms: Ints
    landlord: Ints
    rent: NDArray[np.float64]  # DKK a month

    def some(self, rows: Ints) -> Homes:
        """Return some of them."""
        return Homes(self.rooms[rows], self.landlord[rows], self.rent[rows])


def match(seekers: Seekers, homes: Homes, most_persons: Ints) -> NDArray[np.intp]:
    """Return for each household the home (place in the list) that it is offered, -1 where none is left that fits.

    ``most_persons``: by rooms. Served first are those whose home is due first, among them the largest, who fit fewest homes;
    each takes the cheapest free home that holds it, if it can bear the rent.
    """
    target = np.full(len(seekers.size), -1, np.intp)
    free = np.ones(len(homes.rooms), bool)
    holds = most_persons[homes.rooms]
    cheapest = np.argsort(homes.rent, kind="stable")
    for wanting, least in _classes(seekers, most_persons):
        large = free[cheapest] & (holds[cheapest] >= least)
        for landlord in np.unique(seekers.landlord[wanting]):
            mine = wanting[seekers.landlord[wanting] == landlord]
            for own in (True, False):
                left = mine[target[mine] < 0]
                if len(left) == 0:
                    break
                fit = cheapest[large & free[cheapest] & ((homes.landlord[cheapest] == landlord) == own)]
                taker, home = affordable(seekers.rent_most[left], homes.rent[fit])
                target[left[taker]] = fit[home]
                free[fit[home]] = False
    return target


def _classes(seekers: Seekers, most_persons: Ints) -> Iterator[tuple[NDArray[np.intp], int]]:
    """Yield households in the order in which they are served, and the persons that their home must hold."""
    ends = np.unique(most_persons[most_persons > 0])
    need = np.searchsorted(ends, seekers.size).clip(max=len(ends) - 1)
    for due in np.unique(seekers.due):
        for place in range(len(ends) - 1, -1, -1):
            rows = np.flatnonzero((seekers.due == due) & (need == place))
            if len(rows):
                yield rows, int(ends[place])


def affordable(limit: NDArray[np.float64], rent: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pair as many households as can be with homes they can bear; return the places of both.

    ``limit``: households' highest rents, in any order; ``rent``: homes' rents, rising. Those with the lowest limits are
    served first, each by the cheapest home left: no other order serves more.
    """
    order = np.argsort(limit, kind="stable")
    bearable = np.searchsorted(rent, limit[order], side="right")
    turn = np.arange(1, len(limit) + 1)
    served = np.minimum(turn, turn + np.minimum.accumulate(bearable - turn)) if len(limit) else turn
    takes = np.flatnonzero(np.diff(served, prepend=0) > 0)
    return order[takes], served[takes] - 1
