"""Where the members of a scenario start: what they share, and the population, city and newcomers of each draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation import law
from simulation.baseline import layout_of
from simulation.population.city import City, city_series
from simulation.population.now import Now, Tables
from simulation.population.prepared import Pool, Population, make_pool, prepare
from simulation.records import LABOUR, Layout
from simulation.scenario import Given, Scenario, Values
from simulation.steady import Newcomers, settled

CENTRAL = -1  # the draw that takes every value as it stands
Draw = tuple[int, int, Given]  # seed, draw, numbers that hold instead
AT_THE_START = ("first_year", "law", "city", "rates", "place")  # sections of a scenario on which its start rests


@dataclass(eq=False)
class Ground:
    """What all scenarios share that begin alike, whatever they do later."""

    counted: NDArray[np.bool_]
    pool: Pool
    tables: Tables
    guesses: dict[int, Newcomers] | None = None  # the newcomers at the central values: where every draw begins
    latest: tuple[Draw, Population] | None = None  # members of one draw follow one another


@dataclass(eq=False)
class Setup:
    """Where the members of a scenario start: their population and its newcomers, by draw."""

    scenario: Scenario
    ground: Ground
    values: tuple[Draw, Values, City] | None = None  # of the latest draw

    def start_of(self, seed: int, draw: int, given: Given = ()) -> Now:
        """Return the population, the city and the newcomers of a draw, at the first year.

        ``given``: numbers by path that hold instead of the draw's own.
        """
        ground = self.ground
        if ground.guesses is None:
            ground.guesses = settled(self._before(0, CENTRAL))[1]
        told = seed, draw, tuple((path, number) for path, number in given if path.split(".")[0] in AT_THE_START)
        if ground.latest is None or ground.latest[0] != told:
            ground.latest = told, settled(self._before(seed, draw, given), ground.guesses)[0].population
        return self._before(seed, draw, given, ground.latest[1])

    def _before(self, seed: int, draw: int, given: Given = (), population: Population | None = None) -> Now:
        (values, city), ground = self._values((seed, draw, given)), self.ground
        population = population or prepare(values, ground.pool, ground.counted)
        return Now(seed, draw, 0, values["first_year"], values, population, city, ground.counted, ground.tables)

    def _values(self, told: Draw) -> tuple[Values, City]:
        """Return the values of a draw and the city's series that follow: one pair for all its members, which share what rests on it."""
        if self.values is None or self.values[0] != told:
            seed, draw, given = told
            values = self.scenario.values(seed, None if draw == CENTRAL else draw, given)
            self.values = told, values, city_series(values)
        return self.values[1:]


_GROUNDS: dict[int, Ground] = {}  # by what scenarios begin with
_SETUPS: dict[int, Setup] = {}  # by the content of the scenario: a worker meets the same scenario in many chunks


def setup_of(scenario: Scenario) -> Setup:
    """Return where the members of a scenario start, made once in a process."""
    if scenario.content not in _SETUPS:
        _SETUPS[scenario.content] = Setup(scenario, _ground(scenario))
    return _SETUPS[scenario.content]


def _ground(scenario: Scenario) -> Ground:
    key = scenario.content_of(AT_THE_START)
    if key not in _GROUNDS:
        central = scenario.values(seed=0, draw=None)
        states = law.counted_states(central["law"])
        counted = np.array([states[state] for state in LABOUR])
        _GROUNDS[key] = Ground(counted, make_pool(central, counted), _tables(scenario))
    return _GROUNDS[key]


def _tables(scenario: Scenario) -> Tables:
    death, births = (
        np.loadtxt(scenario.path(f"rates/{name}.csv"), delimiter=",", skiprows=1) for name in ("death_probability", "fertility")
    )
    by_age = np.zeros(int(births[-1, 0]) + 1)
    by_age[births[:, 0].astype(int)] = births[:, 1] / 1000
    return Tables(death=death[:, 1:], births=by_age)


def layout(scenario: Scenario) -> Layout:
    """Return what the axes of every member of a scenario stand for."""
    return layout_of(scenario.values(seed=0, draw=None))
