"""Schooling completed: the young as the cohort before them, adults now and then."""

import numpy as np

from simulation.columns import rows_where, writes
from simulation.population.effects import factors
from simulation.population.now import Now
from simulation.population.profiles import AGES, is_non_western, pick
from simulation.records import LABOUR
from simulation.state import People

STUDENT = LABOUR.index("student")
YOUNG, ADULT = (19, 29), (30, 59)
MOST = 0.95  # of the students of an age


@writes("persons.schooling")
def completing(state: People, now: Now) -> None:
    """Let those with basic schooling only complete more.

    The young: students complete as often as turns the share of their age into that of the next (the profile of their
    background). Adults: at a small yearly rate, approval of foreign schooling included.
    """
    p, rates = state.persons, now.values["rates"]
    basic = rows_where((p.schooling == 0) & (p.age >= YOUNG[0]) & (p.age <= ADULT[1]))
    age = p.age[basic]
    chance_now = np.where(age >= ADULT[0], rates["schooling"]["adult_completion"], 0.0)
    young = rows_where((age <= YOUNG[1]) & (p.labour[basic] == STUDENT))
    chance_now[young] = _young(state, basic[young], now)
    done = basic[now.u("completing", p.uid[basic]) < chance_now * factors(state, now, "schooling")[basic]]
    levels = rates["population"]["level_above_basic"]["share"]
    p.schooling[done] = 1 + pick(levels, now.u("level", p.uid[done]))


def _young(state: People, rows: np.ndarray, now: Now) -> np.ndarray:
    """Return each student's chance of completing: the gap between two ages, borne by the students among those without."""
    p, population = state.persons, now.population
    group = is_non_western(p.origin[rows]).astype(np.int8)
    at = p.age[rows] - 1 - AGES[0]
    before, after = (population.more[p.background[rows], at + step, group] for step in (0, 1))
    students = population.labour[p.background[rows], at, group, STUDENT]
    gap = np.maximum(after - before, 0) / (1 - before)
    return np.minimum(gap / students * now.values["rates"]["schooling"]["completion_level"], MOST)
