"""The income of the year, from what the year was spent in."""

from simulation.columns import rows_where, writes
from simulation.population.history import shared_year, wages
from simulation.population.now import Now
from simulation.population.profiles import AGES
from simulation.population.prospects import benefit_ratios, income_of
from simulation.state import State


@writes("persons.income", "persons.earning")
def earning(state: State, now: Now) -> None:
    """Add up wages and benefits over the two parts of the year, as ratios to the region's mean."""
    p = state.persons
    _draw_wages(state, now)
    benefits = benefit_ratios(now.values, now.years_on)
    year = income_of(p.labour, p.earning, benefits)
    moved = rows_where(p.part)
    first = income_of(p.labour_before[moved], p.earning[moved], benefits)
    year[moved] = shared_year(first, year[moved], p.part[moved])
    p.income = year * (p.age >= AGES[0])


def _draw_wages(state: State, now: Now) -> None:
    """Give those who turned 18, and were born here, a wage of their own."""
    p = state.persons
    young = (p.age == AGES[0]) & (p.earning == 0)
    if young.any():
        p.earning[young] = wages(p.uid[young], p.background[young], now)
