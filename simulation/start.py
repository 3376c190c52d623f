"""Where the members of a scenario start: what they share, and the population, city and newcomers of each draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation import law
from simulation.baseline import layout_of
from simulation.population.city import city_series
from simulation.population.now import Now, Tables
from simulation.population.prepared import Pool, make_pool, prepare
from simulation.records import LABOUR, Layout
from simulation.scenario import Scenario
from simulation.steady import Newcomers, settled

CENTRAL = -1  # the draw that takes every value as it stands


@dataclass(eq=False)
class Setup:
    """What all members of a scenario share, and the start of the draw that was asked for last: its replicates follow one another."""

    scenario: Scenario
    counted: NDArray[np.bool_]
    pool: Pool
    tables: Tables
    guesses: dict[int, Newcomers] | None = None  # the newcomers at the central values: where every draw begins
    latest: tuple[tuple[int, int], Now] | None = None

    def start_of(self, seed: int, draw: int) -> Now:
        """Return the population, the city and the newcomers of a draw, at the first year."""
        if self.guesses is None:
            self.guesses = settled(self._before(0, CENTRAL))[1]
        if self.latest is None or self.latest[0] != (seed, draw):
            self.latest = (seed, draw), settled(self._before(seed, draw), self.guesses)[0]
        return self.latest[1]

    def _before(self, seed: int, draw: int) -> Now:
        values = self.scenario.values(seed, None if draw == CENTRAL else draw)
        population = prepare(values, self.pool, self.counted)
        return Now(seed, draw, 0, values["first_year"], values, population, city_series(values), self.counted, self.tables)


_SETUPS: dict[int, Setup] = {}  # by the content of the scenario: a worker meets the same scenario in many chunks


def setup_of(scenario: Scenario) -> Setup:
    """Return what all members of a scenario share, made once in a process."""
    if scenario.content not in _SETUPS:
        central = scenario.values(seed=0, draw=None)
        states = law.counted_states(central["law"])
        counted = np.array([states[state] for state in LABOUR])
        _SETUPS[scenario.content] = Setup(scenario, counted, make_pool(central, counted), _tables(scenario))
    return _SETUPS[scenario.content]


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
