"""Age profiles: tables given at a few ages, read between them; the labour stock by age and cell."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.records import LABOUR, ORIGIN

AGES = np.arange(18, 66)  # working ages, and the age at which the last of them ends
CELLS = 4  # basic schooling only or more, of non-western background or not: cell = 2 * more + non_western
NON_WESTERN = ORIGIN.index("non_western_immigrant")  # and every code from here on


def at_ages(table: Any, column: str, ages: ArrayLike) -> NDArray[np.float64]:
    """Read ``table[column]``, given at ``table.ages``, at other ages by straight lines between."""
    return np.interp(np.asarray(ages, float), table["ages"], table[column])


def is_non_western(origin: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Return who counts as of non-western background: immigrants and descendants."""
    return origin >= NON_WESTERN


def cell_of(schooling: NDArray[np.int8], origin: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return the cell in which a person's labour profile stands."""
    return 2 * (schooling > 0).astype(np.int64) + is_non_western(origin)


def places(background: NDArray[np.int8], age: NDArray[np.int16], cell: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return where each person's cell stands in a table of backgrounds, ``AGES`` and ``CELLS``, counted through all three."""
    return (background.astype(np.intp) * len(AGES) + (age - AGES[0])) * CELLS + cell


def labour_stock(labour: Any) -> NDArray[np.float64]:
    """Return the share in each labour state: ``AGES``, ``CELLS``, states; rows sum to 1.

    ``labour`` is ``rates.labour``: the stock by age, and the odds of each state for those with basic schooling only and
    for those of non-western background.
    """
    stock = np.zeros((len(AGES), CELLS, len(LABOUR)))
    for state in LABOUR:
        if state in ("child", "pensioner"):
            continue
        share = at_ages(labour["stock"], state, AGES)
        for cell in range(CELLS):
            odds = (1.0 if cell >= 2 else labour["basic_odds"][state]) * (labour["non_western_odds"][state] if cell % 2 else 1.0)
            stock[:, cell, LABOUR.index(state)] = share * odds
    stock /= stock.sum(axis=2, keepdims=True)
    stock[-1] = 0.0
    stock[-1, :, LABOUR.index("pensioner")] = 1.0
    return stock


def pick(shares: ArrayLike, u: NDArray[np.float64]) -> NDArray[np.int8]:
    """Pick a column for each row of ``shares`` (rows, columns; each row sums to 1) by the row's draw ``u``.

    One row of shares holds for all draws.
    """
    shares = np.asarray(shares)
    if shares.ndim == 1:
        return np.minimum(np.searchsorted(shares.cumsum(), u), len(shares) - 1).astype(np.int8)
    return np.minimum((shares.cumsum(axis=1) < u[:, None]).sum(axis=1), shares.shape[1] - 1).astype(np.int8)
