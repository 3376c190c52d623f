"""The proof of a year: nobody and no home has come from nowhere or gone nowhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.records import CHANGES, FLOWS, STOCK

INTO, OUT_OF = (
    [FLOWS.index(name) for name in names]
    for names in (("born", "moved_in", "rehoused_in", "temporary_in"), ("died", "moved_out", "rehoused_out", "temporary_out"))
)
RESIDENTS = STOCK.index("residents")
OF_TENURES, HOMES = ([place for place, name in enumerate(STOCK) if name.startswith(kind)] for kind in ("tenure_", "homes_"))


class BalanceError(RuntimeError):
    """Persons or homes have come from nowhere or gone nowhere."""


def everybody(stock: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a record with all residents counted, also those of homes that a choice of law leaves out."""
    whole = stock.copy()
    whole[:, RESIDENTS] = stock[:, OF_TENURES].sum(axis=1)
    return whole


def prove_balance(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    flows: NDArray[np.float64],
    changes: NDArray[np.float64],
    department_area: NDArray[np.int16],
) -> None:
    """Raise ``BalanceError`` unless persons and homes of every area are those of last year, and what came less what went."""
    net = flows[:, INTO].sum(axis=1) - flows[:, OUT_OF].sum(axis=1)
    persons = after[:, RESIDENTS] - before[:, RESIDENTS]
    if not np.array_equal(persons, net):
        raise BalanceError(f"persons by area: {persons - net} more than the flows say")
    by_area = [np.bincount(department_area, changes[:, CHANGES.index(c)], minlength=len(flows)) for c in ("built", "demolished")]
    homes = (after - before)[:, HOMES].sum(axis=1)
    if not np.array_equal(homes, by_area[0] - by_area[1]):
        raise BalanceError(f"homes by area: {homes - by_area[0] + by_area[1]} more than built less demolished")
