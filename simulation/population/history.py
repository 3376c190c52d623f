"""The two years behind a person who enters the model: work, income, convictions.

Work is followed backwards. The churn between labour states is balanced (as many go from one to another as back, at an
unchanged stock), so the state before is drawn as the state after would be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.columns import rows_where
from simulation.population.now import Now
from simulation.population.profiles import AGES, cell_of, places
from simulation.population.prospects import benefit_ratios, conviction_risk, income_of
from simulation.population.spells import LONGEST, years_so_far
from simulation.population.stock import StockOf, shifted, stock_in
from simulation.records import LABOUR

CHILD_STATE = LABOUR.index("child")


@dataclass(frozen=True)
class Past:
    """Columns of the two years before 1 January, in the order of the persons."""

    outside: NDArray[np.float64]
    outside_before: NDArray[np.float64]
    years_in_state: NDArray[np.int8]
    income: NDArray[np.float64]
    earning: NDArray[np.float64]
    convicted: NDArray[np.bool_]
    convicted_before: NDArray[np.bool_]


def churned(
    labour: NDArray[np.int8],
    chance: NDArray[np.floating],
    stock: StockOf,
    now: Now,
    process: str,
    uids: NDArray[np.uint64],
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Return the labour state a year on (or back) by churn alone, and who has left the one before.

    Churn keeps the ``stock`` of each person's cell as it is. ``chance``: of leaving; who leaves can come back to the same.
    """
    left = now.u(f"{process}, leaving", uids) < chance
    going = rows_where(left)
    destinations = (stock.rows(going) * now.population.spells.exits).cumsum(axis=1)  # nobody goes to a state that nobody leaves
    u = now.u(f"{process}, destination", uids[going]) * destinations[:, -1]
    state = labour.copy()
    state[going] = (destinations <= u[:, None]).sum(axis=1)
    return state, left


def past(
    uids: NDArray[np.uint64],
    age: NDArray[np.int16],
    female: NDArray[np.bool_],
    origin: NDArray[np.int8],
    schooling: NDArray[np.int8],
    labour: NDArray[np.int8],
    background: NDArray[np.int8],
    now: Now,
) -> Past:
    """Draw the two years behind persons who stand in ``labour`` on 1 January."""
    before, earlier, years = labour.copy(), labour.copy(), np.zeros(len(uids), np.int8)
    adult = rows_where((age >= AGES[0]) & (age < AGES[-1]))  # the others are what they were
    cell = cell_of(schooling[adult], origin[adult])
    lived = _two_years(labour[adult], age[adult], background[adult], cell, now, uids[adult])
    before[adult], earlier[adult], years[adult] = lived
    earning, benefits = wages(uids, background, now), benefit_ratios(now.values, now.years_on)
    outside, moved, part = _outside(before, labour, now, "past year", uids)
    income = income_of(labour, earning, benefits)
    income[moved] = shared_year(income_of(before[moved], earning[moved], benefits), income[moved], part)
    convicted = _convictions(age, female, schooling, labour, background, now, uids)
    return Past(outside, _outside(earlier, before, now, "year before", uids)[0], years, income, earning, *convicted)


def _two_years(
    labour: NDArray[np.int8],
    age: NDArray[np.int16],
    background: NDArray[np.int8],
    cell: NDArray[np.int64],
    now: Now,
    uids: NDArray[np.uint64],
) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int64]]:
    """Return the labour state of a year ago and of two years ago, and the completed years in the present one."""
    # Where each one's cell stands at this age and at the two before.
    at = [places(background, np.clip(age - ago, AGES[0], AGES[-2]), cell) for ago in range(3)]
    before, new = _year_back(labour, age, at[0], at[1], now, "past year", uids)
    earlier, second = _year_back(before, age - 1, at[1], at[2], now, "year before", uids)
    longer = np.zeros(len(labour), np.int64)
    same = rows_where(~new & ~second)
    shares = now.population.spells.years.reshape(-1, LONGEST + 1).take(at[0][same] * len(LABOUR) + labour[same], axis=0)
    longer[same] = np.minimum(years_so_far(shares, 2, now.u("years in the state", uids[same])), age[same] - AGES[0])
    return before, earlier, np.where(new, 0, np.where(second, 1, longer))


def _outside(
    first: NDArray[np.int8], second: NDArray[np.int8], now: Now, process: str, uids: NDArray[np.uint64]
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.float64]]:
    """Return the share of a year spent outside, the rows of those who changed state in it, and the part that they were in the first."""
    moved = rows_where(first != second)
    part = now.u(f"{process}, part", uids[moved])
    outside = now.counted.take(second).astype(np.float64)
    outside[moved] = shared_year(now.counted[first[moved]], outside[moved], part)
    return outside, moved, part


def _convictions(
    age: NDArray[np.int16],
    female: NDArray[np.bool_],
    schooling: NDArray[np.int8],
    labour: NDArray[np.int8],
    background: NDArray[np.int8],
    now: Now,
    uids: NDArray[np.uint64],
) -> list[NDArray[np.bool_]]:
    """Draw who was convicted in the last year and in the one before it."""
    risk = conviction_risk(age, female, now.counted.take(labour), schooling, now.population.conviction_risk)
    risk *= now.population.conviction_level.take(background)
    drawn = now.u_each(("past convictions", "earlier convictions"), uids)
    return [u < risk * now.city.trend_in(now.year - ago) for ago, u in enumerate(drawn, start=1)]


def _year_back(
    labour: NDArray[np.int8],
    age: NDArray[np.int16],
    at: NDArray[np.intp],
    at_before: NDArray[np.intp],
    now: Now,
    process: str,
    uids: NDArray[np.uint64],
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Return the labour state a year ago of persons of an age, and who has come to the present one since.

    ``at``, ``at_before``: where the cells of this age and of the one before stand.

    The year is run backwards: the fewest move from the stock of this age to that of the age before, and the churn of that age
    is as likely one way as the other. Who was under age was a child.
    """
    today, then = (StockOf(stock_in(now, now.year - 1), place) for place in (at, at_before))
    younger = shifted(labour, today, then, now, f"{process}, shift", uids)
    state, left = churned(younger, now.population.spells.exits.take(younger), then, now, process, uids)
    state[age <= AGES[0]] = CHILD_STATE
    return state, left | (younger != labour)


def shared_year(first: NDArray[Any], second: NDArray[Any], part: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a year's amount when ``first`` holds for ``part`` of it and ``second`` for the rest."""
    return first * part + second * (1 - part)


def wages(uids: NDArray[np.uint64], background: NDArray[np.int8], now: Now) -> NDArray[np.float64]:
    """Draw what a full year's work would bring each person: lognormal around the background's mean wage."""
    # A normal deviate from two draws (Box and Muller 1958), which keeps SciPy out of the year.
    radius, angle = now.u_each(("wage, radius", "wage, angle"), uids)
    deviate = np.sqrt(-2 * np.log(radius)) * np.cos(2 * np.pi * angle)
    spread = now.values["rates"]["income"]["wage_spread"]
    return now.population.wage.take(background) * np.exp(spread * deviate - spread**2 / 2)
