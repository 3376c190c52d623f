"""Residents as plain Mesa agents, one object each, and the households and homes they live in."""

import math
from bisect import bisect_left, bisect_right
from typing import Any

import mesa

from benchmarks.plain_tables import AGE_0, AGE_END, Rates
from simulation.records import LABOUR, ORIGIN
from simulation.state import CHILD

CHILD_STATE, EMPLOYED, STUDENT, PENSIONER = (LABOUR.index(name) for name in ("child", "employed", "student", "pensioner"))
NON_WESTERN = ORIGIN.index("non_western_immigrant")
LONGEST = 10
FIRST_CONVICTION = 15  # years; the age of criminal responsibility


class Home:
    """A dwelling."""

    def __init__(self, area: int, landlord: int, rooms: int) -> None:
        self.area, self.landlord, self.rooms = area, landlord, rooms
        self.household: Household | None = None


class Household:
    """Those who live together."""

    def __init__(self, home: Home) -> None:
        self.home, self.members = home, []
        home.household = self


def destination(cumulative: list[float], u: float) -> int:
    """Pick a place by running weights that need not end at 1."""
    return min(bisect_right(cumulative, u * cumulative[-1]), len(cumulative) - 1)


def place(cumulative: list[float], u: float) -> int:
    """Pick a place by running shares that end at 1."""
    return min(bisect_left(cumulative, u), len(cumulative) - 1)


class Resident(mesa.Agent):
    """A person."""

    def __init__(self, model: Any, household: Household | None, **columns: Any) -> None:
        super().__init__(model)
        self.household = household
        self.__dict__.update(columns)
        if household is not None:
            household.members.append(self)

    def leave(self, flow: str) -> None:
        """Leave the home; out of the model, but those who lived here at the start are followed."""
        model = self.model
        model.flows[flow, self.household.home.area] += 1
        model.whence.lost(self, flow)
        self.household.members.remove(self)
        self.household = None
        self.remove()
        if flow == "moved_out" and self.from_list:
            model.away.append(self)

    def grow_older(self) -> None:
        """Add a year; last year's record moves back."""
        self.age += 1
        self.outside_before, self.convicted_before, self.entered_work = self.outside, self.convicted, False

    def dies(self) -> bool:
        return self.model.random.random() < self.model.rates.death[self.age][self.female]

    def cell(self) -> int:
        return 2 * (self.schooling > 0) + (self.origin >= NON_WESTERN)

    def complete(self) -> None:
        """Complete more than basic schooling, where there is only that."""
        rates, age = self.model.rates, self.age
        if self.schooling or not 19 <= age <= 59:
            return
        chance = 0.0
        if age >= 30:
            chance = rates.adult_completion
        elif self.labour == STUDENT:
            chance = rates.completing[self.background][age - 1 - AGE_0][self.origin >= NON_WESTERN]
        if chance and self.model.random.random() < chance:
            self.schooling = 1 + place(rates.level, self.model.random.random())

    def work(self) -> None:
        """Move through the labour year."""
        draw, rates, year = self.model.random.random, self.model.rates, self.model.tables
        before, left, age = self.labour, True, self.age
        if AGE_0 < age < AGE_END:
            background, at, cell = self.background, age - 1 - AGE_0, self.cell()
            now = before
            left = draw() < rates.leaving[background][at][cell][before][self.years_in_state]
            if left:
                now = destination(year.churn[background][at][cell], draw())
            surplus = year.surplus[background][at][cell][now]
            if surplus and draw() < surplus:
                now = destination(year.gaps[background][at][cell], draw())
            self.labour = now
        elif age == AGE_0:
            self.labour = place(year.stock[self.background][0][self.cell()], draw())
        elif age >= AGE_END:
            self.labour = PENSIONER
        self.years_in_state = min(self.years_in_state + 1, LONGEST) if not left and self.labour == before else 0
        self.labour_before, self.part = before, draw()
        self.outside = rates.counted[before] * self.part + rates.counted[self.labour] * (1 - self.part)
        self.entered_work = self.labour == EMPLOYED != before

    def earn(self) -> None:
        """Add up the year's wages and benefits."""
        if self.age < AGE_0:
            return
        if self.age == AGE_0 and self.earning == 0:
            self.earning = wage(self.model, self.background)
        benefits = self.model.tables.benefits
        first = self.earning if self.labour_before == EMPLOYED else benefits[self.labour_before]
        second = self.earning if self.labour == EMPLOYED else benefits[self.labour]
        self.income = first * self.part + second * (1 - self.part)

    def convicted_in(self, trend: float) -> bool:
        """Draw whether there is a conviction in a year."""
        rates = self.model.rates
        risk = rates.risk[self.age]
        if not risk:
            return False
        risk *= rates.risk_women if self.female else 1.0
        risk *= rates.risk_outside if rates.counted[self.labour] else 1.0
        risk *= rates.risk_basic if self.schooling == 0 else 1.0
        return self.model.random.random() < risk * rates.conviction_level[self.background] * trend

    def live(self) -> None:
        """Live the year by oneself: schooling, work, income, convictions."""
        self.complete()
        self.work()
        self.earn()
        self.convicted = self.convicted_in(self.model.tables.trend)

    def recall(self) -> None:
        """Draw the two years behind somebody who comes, and who stands in ``labour`` at the end of this year."""
        model, age = self.model, self.age
        if age < FIRST_CONVICTION:
            return  # nothing lies behind; the wage is drawn at 18
        draw, rates, year = model.random.random, model.rates, model.tables
        counted, at = rates.counted, min(max(age, AGE_0), AGE_END - 1) - AGE_0
        churn, exits = year.churn_now[self.background][at][self.cell()], rates.exit
        before, earlier = self.labour, self.labour
        if new := draw() < exits[before]:
            before = destination(churn, draw())
        before = CHILD_STATE if age <= AGE_0 else before
        earlier = before
        if second := draw() < exits[before]:
            earlier = destination(churn, draw())
        earlier = CHILD_STATE if age <= AGE_0 + 1 else earlier
        self.years_in_state = 0 if new else 1 if second else self._longer(at, draw())
        part, part_before = draw(), draw()
        self.outside = counted[before] * part + counted[self.labour] * (1 - part)
        self.outside_before = counted[earlier] * part_before + counted[before] * (1 - part_before)
        self.earning = wage(model, self.background)
        first, last = (self.earning if one == EMPLOYED else year.benefits_next[one] for one in (before, self.labour))
        self.income = first * part + last * (1 - part)
        self.convicted, self.convicted_before = self.convicted_in(year.trend), self.convicted_in(year.trend_before)

    def _longer(self, at: int, u: float) -> int:
        """Draw the completed years in the state of those who have two at least."""
        shares = self.model.rates.years[self.background][at][self.cell()][self.labour][2:]
        target, sum_, years = u * sum(shares), 0.0, 2
        for share in shares:
            sum_ += share
            if sum_ >= target:
                break
            years += 1
        return min(max(min(years, LONGEST), 0), max(self.age - AGE_0, 0))


def wage(model: Any, background: int) -> float:
    """Draw what a full year's work would bring."""
    rates: Rates = model.rates
    return rates.wage[background] * math.exp(rates.wage_spread * model.random.gauss(0.0, 1.0) - rates.wage_spread**2 / 2)


__all__ = ["CHILD", "EMPLOYED", "NON_WESTERN", "STUDENT", "Home", "Household", "Resident", "destination", "place", "wage"]
