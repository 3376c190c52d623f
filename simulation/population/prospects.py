"""What follows from a person's state: the income it brings, the risk of a conviction."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.records import AGE_GROUPS, LABOUR

MONTHS = 12
OLDEST = max(last for _, last in AGE_GROUPS.values())
EMPLOYED = LABOUR.index("employed")


def benefit_ratios(values: Any, years_on: int = 0) -> NDArray[np.float64]:
    """Return a full year's benefit in each labour state as a ratio to the region's mean income.

    ``years_on``: years after the base year, in which benefits fall behind the mean by ``city.benefit_lag`` a year. Zero for
    children and for the employed, whose wage is their own.
    """
    income = values["rates"]["income"]
    ratios = np.zeros(len(LABOUR))
    for state, month in income["benefit_month_dkk"].items():
        ratios[LABOUR.index(state)] = month * MONTHS / income["region_mean_dkk"]
    return ratios * (1 - values["city"]["benefit_lag"]) ** years_on


def income_of(labour: NDArray[np.int8], earning: NDArray[np.floating], benefits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a full year's income in a labour state, as a ratio to the region's mean."""
    return np.where(labour == EMPLOYED, earning, benefits.take(labour))


def risk_of_kinds(rates: Any) -> NDArray[np.float64]:
    """Return the risk of a conviction, relative to others', of each kind of person that :func:`conviction_risk` tells apart.

    Nobody under 15 has one: the Danish age of criminal responsibility.
    """
    ages = np.arange(OLDEST + 1)
    by_age = np.interp(ages, rates["by_age"]["ages"], rates["by_age"]["risk"])[:, None, None, None]
    women, out, basic = (np.array([1.0, rates[name]]) for name in ("women", "outside", "basic_schooling"))
    table = by_age * women[:, None, None] * out[:, None] * basic * (ages >= 15)[:, None, None, None]
    return table.reshape(-1)


def conviction_risk(
    age: NDArray[np.int16],
    female: NDArray[np.bool_],
    outside: NDArray[np.bool_],
    schooling: NDArray[np.int8],
    kinds: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return each person's risk of a conviction relative to the others'; ``kinds``: :func:`risk_of_kinds` of the rates."""
    return kinds.take(8 * age.astype(np.int32) + 4 * female + 2 * outside + (schooling == 0))


def moving_ratio(
    head_age: NDArray[np.int16], in_work: NDArray[np.bool_], with_children: NDArray[np.bool_], rates: Any
) -> NDArray[np.float64]:
    """Return a household's hazard of moving out by choice relative to others', before the level of its home."""
    ratio = np.interp(np.arange(int(head_age.max(initial=0)) + 1), rates["by_age"]["ages"], rates["by_age"]["ratio"]).take(head_age)
    return ratio * np.where(in_work, rates["in_work"], 1.0) * np.where(with_children, rates["with_children"], 1.0)
