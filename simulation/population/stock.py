"""The labour stock of a year: the profiles of the start, moved by the city's labour market; and the steps between two stocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.population.now import Now
from simulation.population.prospects import EMPLOYED
from simulation.records import LABOUR

MOST_TAKEN = 0.9  # of those who respond to the city's labour market


@lru_cache(maxsize=8)
def stock_in(now: Now, year: int) -> NDArray[np.float64]:
    """Return the labour stock at the end of ``year``: backgrounds, AGES, CELLS, states.

    The odds of employment follow the city's; who goes in or out of work are those in the states that respond
    (``rates.labour.city_response``), in proportion.
    """
    odds = now.city.odds_in(year)[np.arange(now.population.labour.shape[2]) % 2]
    stock = now.population.labour
    response = now.values["rates"]["labour"]["city_response"]
    movable = stock * np.array([response.get(state, 0.0) for state in LABOUR])
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
    at: tuple[NDArray[np.integer], ...]  # for each axis but the last, the place of each person

    def share(self, labour: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return the share of the cell in each person's state."""
        found: NDArray[np.float64] = self.table[(*self.at, labour)]
        return found

    def rows(self, persons: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the shares in all states for some persons: persons, states."""
        found: NDArray[np.float64] = self.table[tuple(axis[persons] for axis in self.at)]
        return found


def shifted(
    labour: NDArray[np.int8], before: StockOf, after: StockOf, leaving: NDArray[np.float64], destination: NDArray[np.float64]
) -> NDArray[np.int8]:
    """Move the fewest persons that turn the stock ``before`` into ``after``.

    ``labour``: persons' states; ``leaving``, ``destination``: two draws for each person.
    """
    own = before.share(labour)
    surplus = np.divide(np.maximum(own - after.share(labour), 0.0), own, out=np.zeros(len(labour)), where=own > 0)
    going = np.flatnonzero(leaving < surplus)
    gaps = np.maximum(after.rows(going) - before.rows(going), 0.0).cumsum(axis=1)
    state = labour.copy()
    state[going] = (gaps <= (destination[going] * gaps[:, -1])[:, None]).sum(axis=1)
    return state
