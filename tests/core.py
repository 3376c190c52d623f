"""The simulation core as its tests use it: scenarios read once, starting states, whole runs, and a state small enough to write down."""

from copy import deepcopy
from dataclasses import replace
from functools import lru_cache

import numpy as np

from simulation import engine, start
from simulation.baseline import build
from simulation.population.now import Now
from simulation.records import Layout
from simulation.scenario import load
from simulation.state import CHILD, HEAD, PARTNER, State

CENTRAL = start.CENTRAL


@lru_cache
def scenario(name, *overrides):
    """Read a shipped scenario once."""
    return load(name, list(overrides))


def now_of(of, *, seed=1, draw=CENTRAL, replicate=0) -> Now:
    """Return the start of a member: its first year, population and values."""
    return replace(start.setup_of(of).start_of(seed, draw), replicate=replicate)


def built(of, **member):
    """Build the starting state of a member; return it and its start."""
    now = now_of(of, **member)
    return build(now), now


def own(state):
    """Return a state of one's own, to be changed."""
    return deepcopy(state)


def lived(of, years, *, seed=1, draw=CENTRAL, replicate=0):
    """Return a model that has lived some years."""
    model = engine.BlandetBy(of, seed, draw, replicate)
    for _ in range(years):
        model.step()
    return model


TOY = Layout(
    areas=("here", "there"),
    list_areas=("here",),
    departments=("first", "second", "third"),
    department_area=("here", "here", "there"),
    first_year=2019,
    last_year=2021,
)


def toy(homes=((HEAD, 40),), departments=None):
    """Return a state of the toy place with one household a home.

    `homes`: for each home its members as (role, age), in order; an empty home is (). `departments`: of each home, else the first.
    """
    state = State(TOY)
    homes = [(home,) if home and not isinstance(home[0], tuple) else home for home in homes]
    where = np.zeros(len(homes), int) if departments is None else departments
    state.dwellings.add(len(homes), uid=np.arange(100, 100 + len(homes)), department=where, rooms=3)
    for dwelling, members in enumerate(homes):
        if members:
            state.households.add(1, uid=200 + dwelling, dwelling=dwelling)
            roles, ages = zip(*members, strict=True)
            first = 1000 + len(state.persons)
            uid = np.arange(first, first + len(members))
            state.persons.add(len(members), uid=uid, household=len(state.households) - 1, role=roles, age=ages)
    return state


__all__ = ["CENTRAL", "CHILD", "HEAD", "PARTNER", "TOY", "built", "lived", "now_of", "own", "scenario", "toy"]
