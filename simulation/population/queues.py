"""Waiting lists: who applies for a home of so many rooms, and how far down its list a landlord has to go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.population.now import Now
from simulation.population.prepared import Population
from simulation.population.rules import AT_WORK, REFUSALS


@dataclass(frozen=True, eq=False)
class Vacancies:
    """Homes to be let, of one length, in the order in which they are offered."""

    uid: NDArray[np.uint64]  # of the letting
    queue: NDArray[np.int64]  # place in Lists: background and rooms
    waiting: NDArray[np.int64]  # whose applicants these are: area and landlord
    refused: dict[str, NDArray[np.bool_]]  # REFUSALS: homes, labour states
    work_first: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Outcome:
    """For each vacancy its tenant (row of the candidates), -1 where nobody is left; and how applications fared."""

    candidate: NDArray[np.intp]
    worked: NDArray[np.bool_]  # let to somebody in work or education because they come first
    turned_away: dict[str, NDArray[np.int64]]  # REFUSALS: homes


class Lists:
    """All waiting lists end to end: one for each background and number of rooms, candidates by their weight there."""

    def __init__(self, population: Population) -> None:
        pool, rooms = population.candidates, population.rooms
        fits = rooms[:, np.clip(pool.size, 1, rooms.shape[1]) - 1].transpose(0, 2, 1)
        weights = population.applicants[:, None, :] * fits
        self.cumulative = weights.reshape(-1).cumsum()
        ends = self.cumulative.reshape(-1, weights.shape[2])[:, -1]
        self.start = np.concatenate([[0.0], ends[:-1]])
        self.total = ends - self.start
        self.head = pool.labour[pool.start[:-1]]
        second = pool.start[:-1] + np.minimum(1, pool.size - 1)
        self.partner = np.where(pool.role[second] == 1, pool.labour[second], self.head)
        self.at_work = np.isin(self.head, AT_WORK) | np.isin(self.partner, AT_WORK)

    def draw(self, queue: NDArray[np.int64], u: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the next applicant (row of the candidates) of each queue."""
        return np.searchsorted(self.cumulative, self.start[queue] + u * self.total[queue]) % len(self.head)


@lru_cache(maxsize=2)
def lists_of(population: Population) -> Lists:
    """Return the waiting lists of a population; they are the same in every year."""
    return Lists(population)


def serve(lists: Lists, vacancies: Vacancies, length: NDArray[np.float64], now: Now) -> Outcome:
    """Go down the waiting lists until each home has a tenant or its list is at an end.

    ``length``: applicants on each waiting list (infinite where nobody is ever missing). An application is refused where a
    rule turns away both the applicant and the partner. Where work comes first, the first applicant in work or education
    gets the home; if the list has none, the first who is not refused.
    """
    count = len(vacancies.uid)
    chosen, second = np.full(count, -1, np.intp), np.full(count, -1, np.intp)
    worked, turned_away = np.zeros(count, bool), {name: np.zeros(count, np.int64) for name in REFUSALS}
    rules = {name: rule for name, rule in vacancies.refused.items() if rule.any()}
    open_homes, left, turn = np.arange(count), length.copy(), 0
    while len(open_homes):
        open_homes = _first_in_line(open_homes, vacancies.waiting, left)
        left -= np.bincount(vacancies.waiting[open_homes], minlength=len(left))
        drawn = lists.draw(vacancies.queue[open_homes], now.u(f"applicant {turn}", vacancies.uid[open_homes]))
        free = np.ones(len(open_homes), bool)
        for name, rule in rules.items():
            by_rule = free & rule[open_homes, lists.head[drawn]] & rule[open_homes, lists.partner[drawn]]
            turned_away[name][open_homes[by_rule]] += 1
            free &= ~by_rule
        first = vacancies.work_first[open_homes]
        accepted = free & (lists.at_work[drawn] | ~first)
        chosen[open_homes[accepted]] = drawn[accepted]
        worked[open_homes[accepted & first]] = True
        passed = free & ~accepted & (second[open_homes] < 0)
        second[open_homes[passed]] = drawn[passed]
        open_homes, turn = open_homes[~accepted], turn + 1
    return Outcome(np.where(chosen < 0, second, chosen), worked, turned_away)


def _first_in_line(homes: NDArray[np.intp], waiting: NDArray[np.int64], left: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return those homes for which an applicant is left on their list, first come first served."""
    own = waiting[homes]
    if (np.bincount(own, minlength=len(left)) <= left).all():
        return homes
    order = np.argsort(own, kind="stable")
    rank = np.empty(len(homes), np.int64)
    rank[order] = np.arange(len(homes)) - np.searchsorted(own[order], own[order])
    return homes[rank < np.floor(left[own])]
