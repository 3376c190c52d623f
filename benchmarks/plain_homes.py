"""Moves in plain Mesa: out of the model, within a landlord's homes, and into the homes that are let."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import Any

import mesa
import numpy as np

from benchmarks.plain_people import EMPLOYED, STUDENT, Home, Household, Resident, destination
from benchmarks.plain_tables import AGE_0, AGE_END
from simulation.population.rules import REFUSALS
from simulation.state import CLOSED, HEAD


class _Homes:
    """What the actors ask of the state: homes by area and landlord, none of them closed."""

    def __init__(self, model: PlainHousing) -> None:
        self.layout, self.category, self.outside_pct, self.years_off = model.layout, model.category, model.outside_pct, model.years_off
        self.standing = model.standing
        self.dwellings = self
        self.landlord = np.array([home.landlord for home in model.homes])
        self.status = np.full(len(model.homes), CLOSED - 1)
        self.area = np.array([home.area for home in model.homes])

    def home_area(self) -> Any:
        return self.area


class PlainHousing(mesa.Model):
    """The homes of a plain Mesa model."""

    homes: list[Home]
    households: list[Household]

    def move_out(self) -> None:
        """Let households leave the model by choice."""
        draw, level = self.random.random, self.levels()
        for household in self.households:
            if draw() < level[household.home.area] * self._hazard(household):
                for member in list(household.members):
                    member.leave("moved_out")
                household.home.household = None

    def levels(self) -> list[float]:
        """Return the yearly share that moves, by area."""
        values = self.now.values
        moving, attraction = values["rates"]["moving"], values["standing"]["attraction_effect"]
        turnover = [moving[area["turnover"]] * (1 - self.rates.sitting_share) for area in values["place"]["areas"]]
        return [level * (1 - attraction * standing) for level, standing in zip(turnover, self.standing.tolist(), strict=True)]

    def _hazard(self, household: Household) -> float:
        """Return the household's hazard of moving, relative to others'."""
        rates, hazard = self.rates, 1.0
        working = children = entered = False
        for one in household.members:
            working |= one.labour == EMPLOYED
            children |= one.age < AGE_0
            entered |= one.entered_work
            if one.role == HEAD:
                hazard = rates.moving[one.age] / rates.moving_mean[one.background]
        hazard *= rates.in_work if working else 1.0
        hazard *= rates.with_children if children else 1.0
        return hazard * (rates.got_work if entered else 1.0)

    def move_within(self) -> None:
        """Let sitting tenants take a share of their landlord's vacant homes, link by link."""
        draw, share = self.random.random, self.rates.sitting_share
        offered = [home for home in self.homes if home.household is None and draw() < share]
        waiting = self._waiting()
        while offered:
            freed = []
            for home in offered:
                if queue := waiting.get((home.area, home.landlord, home.rooms)):
                    household = queue.pop()
                    left, household.home, home.household = household.home, home, household
                    left.household = None
                    self.flows["let_sitting", home.area] += 1
                    if draw() < share:
                        freed.append(left)
            offered = freed

    def _waiting(self) -> dict[tuple[int, int, int], list[Household]]:
        """Return the households on their landlords' lists, in a random order, by the home they want: another size than their own."""
        draw, rates, waiting = self.random.random, self.rates, defaultdict(list)
        for household in self.households:
            if household.members and draw() < rates.sitting_list:
                size, own = len(household.members), household.home.rooms
                shares = rates.rooms_by_size[min(size, len(rates.rooms_by_size)) - 1]
                fits = [rooms != own and size <= rates.most_persons.get(rooms, 0) for rooms in rates.rooms]
                likes = [share * fit for share, fit in zip(shares, fits, strict=True)]
                if sum(likes) > 0:
                    rooms = self.random.choices(rates.rooms, likes)[0]
                    waiting[household.home.area, household.home.landlord, rooms].append(household)
        for queue in waiting.values():
            self.random.shuffle(queue)
        return waiting

    def let(self) -> None:
        """Let vacant homes: down each list until somebody is accepted, or nobody is left."""
        state = _Homes(self)
        applicants = np.stack([landlord.waiting_list(state, self.now) for landlord in self.landlords], axis=1)
        rules = self.municipality.letting_rules(state, self.now, applicants)
        left = np.floor(applicants).tolist()
        homes = [home for home in self.homes if home.household is None]
        self.random.shuffle(homes)
        second: dict[Home, int] = {}
        terms = {home: self._terms(home, rules) for home in homes}
        while homes:
            homes = [home for home in homes if self._offer(home, left, terms[home], second)]
        for home, candidate in second.items():
            if home.household is None:
                self._move_in(home, candidate)

    def _terms(self, home: Home, rules: Any) -> tuple[list[Any], bool]:
        """Return what an applicant for a home is refused for, and whether work comes first."""
        draw = self.random.random
        nominated = draw() < rules.municipal_share
        refused = [rules.refused[name][home.area] for name in REFUSALS if nominated or name != "municipal"]
        return [rule.tolist() for rule in refused if rule.any()], draw() < rules.flexible[home.area]

    def _offer(self, home: Home, left: list[list[float]], terms: tuple[list[Any], bool], second: dict[Home, int]) -> bool:
        """Offer a home to the next on its list; return whether it is still to be let."""
        if left[home.area][home.landlord] < 1:
            return False
        left[home.area][home.landlord] -= 1
        queue = self.rates.lists[self.background_of[home.area] * len(self.rates.rooms) + self.rates.rooms.index(home.rooms)]
        candidate = bisect_left(queue, self.random.random() * queue[-1]) % len(queue)
        head, partner = self.adults_of[candidate]
        refused, work_first = terms
        if any(rule[head] and rule[partner] for rule in refused):
            return True
        at_work = head in AT_WORK or partner in AT_WORK
        if work_first and not at_work:
            second.setdefault(home, candidate)
            return True
        self._move_in(home, candidate)
        return False

    def _move_in(self, home: Home, candidate: int) -> None:
        """Let a household like the candidate move in, with a past of its own."""
        household, background = Household(home), self.background_of[home.area]
        self.households.append(household)
        for member in self.pool[candidate]:
            resident = Resident(self, household, **self.blank, **member, background=background)
            if AGE_0 <= resident.age < AGE_END:
                self._work_today(resident)
            resident.recall()
            self.flows["moved_in", home.area] += 1

    def _work_today(self, one: Resident) -> None:
        """Move a newcomer from the labour market of the start to that of the year."""
        at, cell = one.age - AGE_0, one.cell()
        surplus = self.tables.new_surplus[one.background][at][cell][one.labour]
        if surplus and self.random.random() < surplus:
            one.labour = destination(self.tables.new_gaps[one.background][at][cell], self.random.random())


AT_WORK = (EMPLOYED, STUDENT)
