"""What a process is given beside the state: the year, the member's values, its population and its chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.population.city import City
from simulation.population.prepared import Population


@dataclass(frozen=True)
class Tables:
    """Rates by single age, read from the files beside the rates."""

    death: NDArray[np.float64]  # ages, (men, women): probability a year
    births: NDArray[np.float64]  # ages: births a woman a year


@dataclass(frozen=True, eq=False)
class Now:
    """The year that is lived, and everything that does not change while it is."""

    seed: int
    draw: int
    replicate: int
    year: int
    values: Any
    population: Population
    city: City
    counted: NDArray[np.bool_]  # labour states: counted as outside the labour market
    tables: Tables

    def key(self, process: str) -> int:
        """Return the key of a process in this year of this member."""
        return chance.key_of(chance.begun(self.seed, self.draw, self.replicate), process, self.year)

    def u(self, process: str, uids: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Draw one number for each of ``uids``: the same for the same person, process, year and member."""
        return chance.draws_of(self.key(process), uids)

    def u_each(self, processes: Sequence[str], uids: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Draw for several processes at once, a row each, what :meth:`u` draws for one: processes, ``uids``."""
        return chance.draws_each([self.key(process) for process in processes], uids)

    def in_year(self, year: int) -> Now:
        """Return the same member in another year."""
        return replace(self, year=year)

    @property
    def years_on(self) -> int:
        """Years since the base year, the year before the first list."""
        return self.year - self.values["first_year"] + 1
