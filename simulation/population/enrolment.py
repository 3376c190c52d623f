"""Whom a measure reaches: its target group, as far as its places go."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.population.effects import lasting
from simulation.population.now import Now
from simulation.records import LABOUR
from simulation.state import State

Rows = NDArray[np.intp]


def choose(state: State, now: Now) -> list[tuple[int, Rows]]:
    """Choose next year's participants of each funded measure (its place in the list, rows of persons).

    Of the target group in the measure's areas, those with the lowest draw. Each measure chooses for itself, so that one more
    changes nobody's place in another; nobody attends the same measure again while its effect can last.
    """
    acting = [(i, m) for i, m in enumerate(now.values["measures"]) if _acts(m, now.year + 1)]
    if not acting:
        return []
    area = state.person_area()
    rehoused = (state.households.rehoused_year > 0).take(state.persons.household) & (state.persons.from_list > 0)
    wanted = np.any([_inside(state, measure) for _, measure in acting], axis=0)
    near = np.flatnonzero(rehoused | wanted.take(area))
    return [(index, _participants(state, now, index, measure, near, area[near], rehoused[near])) for index, measure in acting]


def _acts(measure: Any, year: int) -> bool:
    return bool(measure["funded"]) and measure["acts_on"] != "none" and measure["from"] <= year <= measure["to"]


def _inside(state: State, measure: Any) -> NDArray[np.bool_]:
    """Return which areas a measure works in: those it names, else the list areas."""
    wanted = tuple(measure["areas"]) or state.layout.list_areas
    return np.array([name in wanted for name in state.layout.areas])


def _participants(
    state: State, now: Now, index: int, measure: Any, near: Rows, area: NDArray[np.int16], rehoused: NDArray[np.bool_]
) -> Rows:
    p, target = state.persons, measure["target"]
    inside = _inside(state, measure)[area]
    if measure["follows_person"]:
        inside |= rehoused
    rows = near[inside]
    right = (p.age[rows] >= target["age_from"]) & (p.age[rows] <= target["age_to"])
    if target["labour"]:
        right &= np.array([name in target["labour"] for name in LABOUR]).take(p.labour[rows])
    if target["basic_schooling"]:
        right &= p.schooling[rows] == 0
    rows = rows[right]
    rows = rows[~_lately(state, now, index, measure)[rows]]
    if target["share"] < 1:
        # Who belongs to a group that the registers of the model do not show stays in it.
        belongs = chance.draws_of(chance.key(now.seed, now.draw, now.replicate, "belongs", measure["id"]), p.uid[rows])
        rows = rows[belongs < target["share"]]
    return rows[np.argsort(now.u(f"enrolling {measure['id']}", p.uid[rows]), kind="stable")[: round(measure["capacity"])]]


def _lately(state: State, now: Now, index: int, measure: Any) -> NDArray[np.bool_]:
    """Return who attended the measure so short a time ago that its effect can still be there."""
    past, lately = state.participations, np.zeros(len(state.persons), bool)
    recent = (past.measure == index) & (now.year + 1 - past.year <= lasting(measure))
    lately[past.person[recent]] = True
    return lately


def attending(state: State, now: Now) -> NDArray[np.float64]:
    """Count those who attend each measure in the year that begins."""
    past = state.participations
    return np.bincount(past.measure[past.year == now.year], minlength=len(state.layout.measures)).astype(np.float64)
