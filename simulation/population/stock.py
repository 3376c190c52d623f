"""The labour stock of a year: the profiles of the start, moved by the city's labour market; and the steps between two stocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.columns import rows_where
from simulation.population.city import City
from simulation.population.now import Now
from simulation.population.prepared import Population
from simulation.population.prospects import EMPLOYED

MOST_TAKEN = 0.9  # of those who respond to the city's labour market


def stock_in(now: Now, year: int) -> NDArray[np.float64]:
    """Return the labour stock at the end of ``year``: backgrounds, AGES, CELLS, states.

    The odds of employment follow the city's; who goes in or out of work are those in the states that respond
    (``rates.labour.city_response``), in proportion.
    """
    return _moved(now.population, now.city, year)


@lru_cache(maxsize=32)  # the years of a draw, which its replicates share
def _moved(population: Population, city: City, year: int) -> NDArray[np.float64]:
    odds = city.odds_in(year)[np.arange(population.labour.shape[2]) % 2]
    stock = population.labour
    movable = stock * population.city_response
    reserve = movable.sum(axis=3)
    employed = stock[..., EMPLOYED]
    wanted = np.where(employed > 0, odds * employed / (1 - employed + odds * employed), 0.0)
    gain = np.minimum(wanted - employed, MOST_TAKEN * reserve)
    share = np.divide(gain, reserve, out=np.zeros_like(gain), where=reserve > 0)
    moved = np.maximum(stock - movable * share[..., None], 0.0)
    moved[..., EMPLOYED] += np.where(reserve > 0, gain, 0.0)
    return moved / moved.sum(axis=3, keepdims=True)


@dataclass(frozen=True, eq=False)
class StockOf:
    """The stock of each person's own cell, looked up where it is asked for: most persons stay as they are."""

    table: NDArray[np.float64]  # ..., states
    at: NDArray[np.intp]  # the place of each person's cell, counted through all axes but the last (profiles.places)

    def share(self, labour: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return the share of the cell in each person's state."""
        return self.table.reshape(-1).take(self.at * self.table.shape[-1] + labour)

    def rows(self, persons: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the shares in all states for some persons: persons, states."""
        return self.table.reshape(-1, self.table.shape[-1]).take(self.at[persons], axis=0)


def shifted(
    labour: NDArray[np.int8], before: StockOf, after: StockOf, now: Now, process: str, uids: NDArray[np.uint64]
) -> NDArray[np.int8]:
    """Move the fewest persons that turn the stock ``before`` into ``after``; ``labour``: persons' states."""
    own = before.share(labour)
    surplus = np.divide(np.maximum(own - after.share(labour), 0.0), own, out=np.zeros(len(labour)), where=own > 0)
    going = rows_where(now.u(f"{process}, leaving", uids) < surplus)
    gaps = np.maximum(after.rows(going) - before.rows(going), 0.0).cumsum(axis=1)
    state = labour.copy()
    state[going] = (gaps <= (now.u(f"{process}, destination", uids[going]) * gaps[:, -1])[:, None]).sum(axis=1)
    return state
