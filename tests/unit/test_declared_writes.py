"""A process writes what it says, and nothing else: every process of the year, through every year of a busy scenario."""

from collections import defaultdict
from functools import wraps

import numpy as np
import pytest

from simulation import engine
from simulation.columns import writes
from simulation.engine import BlandetBy
from simulation.scenario import load
from simulation.state import CHILD, HEAD, PARTNER
from simulation.year import YEAR, Step
from tests.core import own, toy
from tests.written import changed, undeclared

# Everything at once: the plan, homes relabelled and sold, floor space, and every letting rule.
BUSY = """
extends: plan.yaml
relabel:
  - {id: youth, department: egeparken, dwellings: 40, from: 2020, to: 2021, tenure: social_youth, basis: assumed, source: a test}
  - {id: sold, department: birkeparken, dwellings: 30, from: 2021, to: 2022, tenure: owned, basis: assumed, source: a test}
floor_space:
  - {id: offices, area: vollsmose, m2: 3000, use: business, from: 2020, to: 2021, basis: assumed, source: a test}
  - {id: library, area: vollsmose, m2: 1500, use: municipal, from: 2022, to: 2022, basis: assumed, source: a test}
letting:
  optional_refusal: true
  clean_record: true
"""
PLACES = [f"{place} {step.name}" for place, step in enumerate(YEAR)]


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """Live the busy scenario to its end; return by place in the year what was written and not declared, and what was written."""
    path = tmp_path_factory.mktemp("busy") / "busy.yaml"
    path.write_text(BUSY, encoding="utf-8")
    wrong, written = defaultdict(set), defaultdict(set)

    def watching(place, step):
        @wraps(step.process)
        def process(state, now, *choice):
            before = own(state)
            step.process(state, now, *choice)
            written[place] |= changed(before, state)
            wrong[place] |= undeclared(before, state, step.process.writes)

        def decide(actors, state, now):
            before = own(state)
            choice = step.decide(actors, state, now)
            wrong[f"{place} decided"] |= changed(before, state)
            return choice

        return Step(process, step.reason, decide if step.decide else None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "YEAR", tuple(watching(place, step) for place, step in zip(PLACES, YEAR, strict=True)))
        model = BlandetBy(load(str(path)), 1, 0, 0)
        for _ in range(model.state.layout.first_year, model.state.layout.last_year):
            model.step()
            model.state.check_links()
    return wrong, written


@pytest.mark.parametrize("place", PLACES)
def test_a_process_writes_what_it_declares(watched, place):
    assert watched[0][place] == set()


@pytest.mark.parametrize("place", [place for place, step in zip(PLACES, YEAR, strict=True) if step.decide])
def test_those_who_decide_write_nothing(watched, place):
    assert watched[0][f"{place} decided"] == set()


@pytest.mark.parametrize("place", PLACES)
def test_every_process_does_something(watched, place):
    """The control: in a scenario in which everything happens, no process could pass by standing still."""
    assert watched[1][place]


def homes():
    return toy([((HEAD, 40), (PARTNER, 38), (CHILD, 5)), ((HEAD, 70),), ()], departments=[0, 2, 1])


def remove_a_person(state):
    state.persons.keep(np.arange(len(state.persons)) != 1)


def remove_a_household(state):
    state.remove(np.array([3]), "died")
    state.clear()


LIES = {
    "persons.age": lambda s: s.persons.age.__setitem__(0, 41),
    "persons.household": lambda s: s.persons.household.__setitem__(2, 1),
    "households.dwelling": lambda s: s.households.dwelling.__setitem__(0, 2),
    "dwellings.status": lambda s: s.dwellings.status.__setitem__(2, 2),
    "persons.outside": lambda s: s.persons.outside.__setitem__(0, np.nan),
    "+persons": lambda s: s.persons.add(1, uid=5, household=0, role=CHILD),
    "-persons": remove_a_person,
    "-households": remove_a_household,
    "+dwellings": lambda s: s.dwellings.add(1, uid=9),
    "flows": lambda s: s.count_flow("born", np.array([0])),
    "changes": lambda s: s.count_change("built", np.array([0])),
    "standing": lambda s: s.standing.__setitem__(0, 0.1),
    "floor_m2": lambda s: s.floor_m2.__setitem__((0, 1), 100),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_process_that_lies_is_caught(lie):
    @writes("persons.income", "dwellings.due")
    def lying(state, now):
        state.persons.income = 1.0
        LIES[lie](state)

    state = homes()
    before = own(state)
    lying(state, None)
    assert lie in undeclared(before, state, lying.writes)
    assert "persons.income" not in undeclared(before, state, lying.writes)


def test_clearing_changes_no_row_that_stays():
    """Rows move up and links are numbered anew: whom they lead to stays the same."""
    state = homes()
    state.restore_heads(state.remove(np.array([0]), "died"))
    before = own(state)
    state.clear()
    assert changed(before, state) == {"-persons"}


def test_doing_nothing_changes_nothing():
    state = homes()
    assert changed(own(state), state) == set()
