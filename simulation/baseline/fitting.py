"""What the published list says of the years behind the residents: met exactly by moving chance, not people.

After the households are drawn, the two years of work, the convictions and the incomes are random numbers near the
published ones. Here they are shifted onto them, the least way that keeps who has what kind of year.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.population.now import Now
from simulation.population.prospects import EMPLOYED, conviction_risk
from simulation.records import LABOUR
from simulation.state import State

HALVINGS = 40


def fit_outside(state: State, rows: NDArray[np.intp], wanted: float) -> None:
    """Shift the part-year shares of ``rows`` so that the mean of their two years is ``wanted`` (a share).

    Only years that were shared between work and benefit move; a whole year stays whole.
    """
    p = state.persons
    years = np.stack([p.outside[rows], p.outside_before[rows]]).astype(np.float64)
    partial = (years > 0) & (years < 1)
    target = 2 * wanted * len(rows) - years[~partial].sum()
    low, high = -30.0, 30.0
    logit = np.log(years[partial] / (1 - years[partial]))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 / (1 + np.exp(-logit - middle))).sum() < target else (low, middle)
    years[partial] = 1 / (1 + np.exp(-logit - (low + high) / 2))
    outside, before = p.outside, p.outside_before
    outside[rows], before[rows] = years


def fit_convictions(state: State, adults: NDArray[np.intp], wanted: float, now: Now) -> None:
    """Place the convictions of two years among ``adults`` by risk, so that their mean share is ``wanted``."""
    p = state.persons
    kinds = now.population.conviction_risk
    risk = conviction_risk(p.age[adults], p.female[adults], now.counted[p.labour[adults]], p.schooling[adults], kinds)
    total = round(2 * wanted * len(adults))
    for column, count in (("convicted", (total + 1) // 2), ("convicted_before", total // 2)):
        # The persons with the largest u^(1/risk) are a draw without replacement in proportion to risk (Efraimidis and Spirakis 2006).
        race = np.log(now.u(f"baseline {column}", p.uid[adults])) / np.maximum(risk, 1e-12)
        chosen = np.zeros(len(adults), bool)
        chosen[np.argpartition(-race, count)[:count]] = True
        getattr(p, column)[adults] = chosen


def fit_income(state: State, taxpayers: NDArray[np.intp], wanted: float) -> None:
    """Scale the wage part of the incomes of ``taxpayers`` so that their mean is ``wanted``, a ratio to the region's mean."""
    p = state.persons
    employed = taxpayers[p.labour[taxpayers] == EMPLOYED]
    rest = p.income[taxpayers].sum(dtype=np.float64) - p.income[employed].sum(dtype=np.float64)
    scale = (wanted * len(taxpayers) - rest) / p.income[employed].sum(dtype=np.float64)
    income, earning = p.income, p.earning
    income[employed] *= scale
    earning[employed] *= scale


def taxpayers(state: State) -> NDArray[np.bool_]:
    """Return who counts in the income criterion: 15-64, not in education (those under 18 are in school)."""
    p = state.persons
    return (p.age >= 18) & (p.age <= 64) & (p.labour != LABOUR.index("student"))
