"""The labour year: from one state to another, and the share of the year that was spent outside."""

import numpy as np

from simulation.columns import rows_where, writes
from simulation.population.effects import factors
from simulation.population.history import churned, shared_year
from simulation.population.now import Now
from simulation.population.profiles import AGES, CELLS, cell_of, pick, places
from simulation.population.prospects import EMPLOYED
from simulation.population.spells import LONGEST
from simulation.population.stock import StockOf, shifted, stock_in
from simulation.records import LABOUR
from simulation.state import People

PENSIONER, STUDENT = LABOUR.index("pensioner"), LABOUR.index("student")


@writes("persons.labour", "persons.labour_before", "persons.part", "persons.years_in_state", "persons.outside", "persons.entered_work")
def working(state: People, now: Now) -> None:
    """Move everybody of working age through the year.

    Churn keeps the stock of an age as it is; then the fewest move that turn it into the next age's, in the city's labour
    market of the year; then the measures change the chances of those they reach. Who changes state does so at a
    uniform point of the year, so that the year is shared between the two.
    """
    p = state.persons
    before = p.labour.copy()
    later = stock_in(now, now.year)
    adults = rows_where((p.age > AGES[0]) & (p.age < AGES[-1]))
    at = places(p.background[adults], p.age[adults], cell_of(p.schooling[adults], p.origin[adults]))
    was, becomes = StockOf(stock_in(now, now.year - 1), at - CELLS), StockOf(later, at)  # in the cells of a year ago, and today's
    spell = (was.at * len(LABOUR) + before[adults]) * (LONGEST + 1) + p.years_in_state[adults]
    leave = now.population.spells.leaving.reshape(-1).take(spell)
    state_now, left = churned(before[adults], leave, was, now, "work", p.uid[adults])
    labour = p.labour
    labour[adults] = shifted(state_now, was, becomes, now, "work, shift", p.uid[adults])
    for acts_on, target in (("job_entry", EMPLOYED), ("education_entry", STUDENT)):
        _apply_measures(state, adults, before, (was, becomes, leave), now, acts_on, target)
    young = rows_where(p.age == AGES[0])
    cell = cell_of(p.schooling[young], p.origin[young])
    labour[young] = pick(later[p.background[young], 0, cell], now.u("first year of work", p.uid[young]))
    labour[p.age >= AGES[-1]] = PENSIONER
    same = labour == before
    _count_years(p.years_in_state, adults[~left], same)
    _share_year(state, before, rows_where(~same), now)
    p.entered_work = (labour == EMPLOYED) & ~same


def _share_year(state: People, before: np.ndarray, moved: np.ndarray, now: Now) -> None:
    """Share the year of those who have changed state (rows ``moved``) between the two, at a uniform point of it."""
    p = state.persons
    part, outside = p.part, p.outside
    p.labour_before, p.part = before, 0.0
    p.outside = now.counted.take(p.labour)
    drawn = now.u("part of the year", p.uid[moved])
    part[moved] = drawn
    outside[moved] = shared_year(now.counted[before[moved]], now.counted[p.labour[moved]], drawn)


def _count_years(years: np.ndarray, stayed: np.ndarray, same: np.ndarray) -> None:
    """Add a year for those who were in one state throughout (rows ``stayed``, and ``same`` at both ends); the others begin anew."""
    longer = np.zeros(len(years), years.dtype)
    longer[stayed] = np.minimum(years[stayed] + 1, LONGEST)
    years[:] = np.where(same, longer, 0)


def _apply_measures(
    state: People, adults: np.ndarray, before: np.ndarray, chances: tuple[StockOf, StockOf, np.ndarray], now: Now, acts_on: str, target: int
) -> None:
    """Raise or lower the yearly chance of entering ``target`` for those whom a measure reaches."""
    if len(state.participations) == 0:
        return
    p = state.persons
    factor = factors(state, now, acts_on)[adults]
    reached = rows_where((factor != 1) & (before[adults] != target))
    if len(reached) == 0:
        return
    rows = adults[reached]
    was, becomes, leave = chances
    entry = _entry_chance(before[rows], was.rows(reached), becomes.rows(reached), leave[reached], target, now.population.spells.exits)
    u = now.u(f"measure, {acts_on}", p.uid[rows])
    labour = p.labour
    entered = labour[rows] == target
    gain = np.divide(entry * (factor[reached] - 1), 1 - entry, out=np.zeros(len(rows)), where=entry < 1)
    labour[rows[~entered & (u < gain)]] = target
    back = entered & (u < 1 - factor[reached])
    labour[rows[back]] = before[rows[back]]


def _entry_chance(
    labour: np.ndarray, was: np.ndarray, becomes: np.ndarray, leave: np.ndarray, target: int, exit_rates: np.ndarray
) -> np.ndarray:
    """Return the chance of going from ``labour`` to ``target`` within the year, by churn or by the shift after it."""
    rows = np.arange(len(labour))
    flow = was * exit_rates
    churn = leave * flow[:, target] / flow.sum(axis=1)
    surplus = np.maximum(1 - becomes[rows, labour] / np.maximum(was[rows, labour], 1e-12), 0)
    gaps = np.maximum(becomes - was, 0)
    into = np.divide(gaps[:, target], gaps.sum(axis=1), out=np.zeros(len(labour)), where=gaps.sum(axis=1) > 0)
    return churn + (1 - leave) * surplus * into
