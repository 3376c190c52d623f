"""How long people have been in their labour state, and how that bears on leaving it.

Who has been in a state for long leaves it more rarely: the yearly chance falls with the completed years in it, as
(1 + years) to the power of minus ``rates.labour.duration_dependence``. It is scaled at every age and in every cell such that the
mean over those in the state is the state's own exit rate: so the stock stays as it is, whatever the dependence, and with
none everybody in a state has the same chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.records import LABOUR

LONGEST = 10  # completed years in a state; longer is not told apart


@dataclass(frozen=True)
class Spells:
    """Tables over the axes of the labour stock (backgrounds, AGES, CELLS, states) and completed years in the state."""

    leaving: NDArray[np.float32]  # chance a year
    years: NDArray[np.float32]  # share of those in the state
    exits: NDArray[np.float64]  # states; :func:`exits` of the same values


def exits(values: Any) -> NDArray[np.float64]:
    """Return the yearly share that leaves each labour state by churn; zero for children and pensioners."""
    rates = values["rates"]["labour"]["exit"]
    return np.array([rates.get(state, 0.0) for state in LABOUR])


def spells(stock: NDArray[np.float64], values: Any) -> Spells:
    """Follow a cohort through the stock from the first age on: the years it has been in each state, and its chances of leaving."""
    leave = exits(values)
    falling = (1.0 + np.arange(LONGEST + 1)) ** -float(values["rates"]["labour"]["duration_dependence"])
    leaving, years = (np.zeros((*stock.shape, LONGEST + 1), np.float32) for _ in range(2))
    share = np.zeros((stock.shape[0], *stock.shape[2:], LONGEST + 1))
    share[..., 0] = 1.0  # at the first age everybody is new
    for age in range(stock.shape[1]):
        chance = np.minimum(leave[:, None] * falling / (share @ falling)[..., None], 1.0)
        leaving[:, age], years[:, age] = chance, share
        if age + 1 < stock.shape[1]:
            share = _a_year_older(share, chance, stock[:, age], stock[:, age + 1])
    return Spells(leaving, years, leave)


def _a_year_older(
    share: NDArray[np.float64], chance: NDArray[np.float64], now: NDArray[np.float64], later: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the years in each state a year on: who stays has one more, who comes has none; a growing stock takes in more."""
    staying = share * (1 - chance)
    older = np.zeros_like(share)
    older[..., 1:] = staying[..., :-1]
    older[..., -1] += staying[..., -1]
    growth = np.divide(later, now, out=np.ones_like(now), where=now > 0)
    older[..., 0] = 1 - staying.sum(axis=-1) + np.maximum(growth - 1, 0)
    return older / older.sum(axis=-1, keepdims=True)


def years_so_far(shares: NDArray[np.float32], at_least: int, u: NDArray[np.float64]) -> NDArray[np.int64]:
    """Draw completed years from ``shares`` (persons, years) for those who have at least so many."""
    reached = shares[:, at_least:].cumsum(axis=1)
    return np.minimum(at_least + (reached < (u * reached[:, -1])[:, None]).sum(axis=1), LONGEST)
