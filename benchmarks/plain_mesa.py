"""The same year in plain Mesa: one agent for each resident, objects and lists, nothing vectorised.

A reference implementation, and what the columns are measured against. It starts from the same residents and reads the same
rates, and every process is written anew, as one would write it in Mesa: loops over agents, `model.random` for chance, a
`DataCollector` for the counts of 1 January. It covers a scenario in which nothing is built, pulled down or offered beyond the law:
ageing, deaths, births, leaving home, parting, pairing, schooling, work, income, convictions, those who have moved away, moves
within and out, and letting under the rules of the list before. It keeps fewer accounts than the columns do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np

from benchmarks.plain_homes import PlainHousing
from benchmarks.plain_people import CHILD, NON_WESTERN, Home, Household, Resident, place
from benchmarks.plain_records import Whence, followed, stock_of
from benchmarks.plain_tables import AGE_0, AGE_END, Rates, Year
from simulation import law
from simulation.engine import BlandetBy, counts_of
from simulation.population.now import Now
from simulation.state import HEAD, PARTNER

NOT_COVERED = ("demolition", "renovation", "new_homes", "relabel", "floor_space", "measures")
OLDEST_FOLLOWED = 64
RECORDED = ("stock", "criteria", "category", "flows", "sources", "followed")
COLUMNS = (
    *("role", "age", "female", "origin", "citizen", "background", "schooling", "labour", "years_in_state", "outside", "outside_before"),
    *("earning", "income", "convicted", "convicted_before", "children_born", "entered_work"),
)


class PlainMesa(PlainHousing):
    """One member of a scenario of the list areas alone."""

    def __init__(self, start: BlandetBy, seed: int) -> None:
        super().__init__(seed=seed)
        self.now: Now = start.now
        covered = [name for name in NOT_COVERED if self.now.values[name]]
        if covered:
            raise ValueError(f"plain Mesa knows nothing of {covered}")
        self.rates, self.flows = Rates(self.now), Counter[tuple[str, int]]()
        self.away: list[Resident] = []
        self.whence = Whence(len(start.state.layout.areas))
        self.layout, self.standing = start.state.layout, start.state.standing
        self.years_listed, self.one_area = start.years_listed, start.one_area
        self.municipality, self.landlords = start.municipality, start.landlords
        self.category, self.outside_pct, self.years_off = start.state.category, start.state.outside_pct, start.state.years_off
        self._settle(start)
        self.collector = mesa.DataCollector(model_reporters={name: _reporter(name) for name in RECORDED})
        self.record()

    def _settle(self, start: BlandetBy) -> None:
        """Give every person, household and home of the start its object."""
        state = start.state
        d, p = state.dwellings, state.persons
        self.homes = [Home(*one) for one in zip(state.home_area().tolist(), d.landlord.tolist(), d.rooms.tolist(), strict=True)]
        self.households = [Household(self.homes[dwelling]) for dwelling in state.households.dwelling.tolist()]
        rows = zip(*(getattr(p, name).tolist() for name in COLUMNS), strict=True)
        for household, from_list, row in zip(p.household.tolist(), p.from_list.tolist(), rows, strict=True):
            Resident(self, self.households[household], from_list=from_list, **REST | dict(zip(COLUMNS, row, strict=True)))

        self._wait()

    def _wait(self) -> None:
        """Give those who may come their places on the lists."""
        pool = self.now.population.candidates
        names = [entry["area"] for entry in self.now.values["place"]["populations"]]
        self.background_of = [names.index(area) for area in self.layout.areas]
        columns = ("role", "age", "female", "origin", "citizen", "schooling", "labour", "children_born")
        members = [dict(zip(columns, row, strict=True)) for row in zip(*(getattr(pool, name).tolist() for name in columns), strict=True)]
        self.pool = [members[first:last] for first, last in zip(pool.start[:-1], pool.start[1:], strict=True)]
        self.adults_of = [(m[0]["labour"], m[1]["labour"] if len(m) > 1 and m[1]["role"] == PARTNER else m[0]["labour"]) for m in self.pool]
        self.blank = {name: value for name, value in NEWBORN.items() if name not in columns}

    def step(self) -> None:
        """Live a year."""
        self.tables, self.flows = Year(self.now), Counter()
        self.agents.do("grow_older")
        self._die()
        self._give_birth()
        self._leave_home()
        self._part()
        self._pair()
        self._clear()
        self.agents.do("live")
        self._follow()
        self.move_out()
        self.move_within()
        self.let()
        self._clear()
        self.category, self.outside_pct = self.last_list
        self.years_off = np.where(self.category == law.CONVERSION, 0, self.years_off + 1)
        self.now = self.now.in_year(self.now.year + 1)
        self.record()

    def _clear(self) -> None:
        """Let homes whose last member is gone stand vacant."""
        for household in self.households:
            if not household.members and household.home.household is household:
                household.home.household = None
        self.households = [household for household in self.households if household.members]

    def _die(self) -> None:
        bereaved = set()
        for resident in [one for one in self.agents if one.dies()]:
            bereaved.add(resident.household)
            resident.leave("died")
        self._restore_heads(bereaved)

    def _restore_heads(self, households: set[Household]) -> None:
        """Give a household without a head another, or dissolve it."""
        for household in households:
            if not any(one.role == HEAD for one in household.members):
                adults = [one for one in household.members if one.age >= AGE_0]
                if adults:
                    min(adults, key=lambda one: (one.role, -one.age)).role = HEAD
                else:
                    for child in list(household.members):
                        child.leave("moved_out")

    def _give_birth(self) -> None:
        draw, birth = self.random.random, self.rates.birth
        for mother in [one for one in self.agents if one.female and (chance := birth[one.age][one.origin]) and draw() < chance]:
            other = next((one for one in mother.household.members if one is not mother and one.role != CHILD), None)
            father = other if mother.role != CHILD else None
            absent_danish = father is None and draw() < self.rates.absent_danish
            citizen = father.citizen if father else absent_danish
            origin = _origin_of_child(mother, father.origin if father else 0, citizen, father is not None or absent_danish)
            mother.children_born += 1
            self.flows["born", mother.household.home.area] += 1
            inherited = {"background": mother.background, "citizen": mother.citizen or citizen, "origin": origin}
            Resident(self, mother.household, **NEWBORN | inherited | {"born_here": True, "female": draw() < self.rates.girls})

    def _leave_home(self) -> None:
        draw, leave = self.random.random, self.rates.leave_home
        for grown in [one for one in self.agents if one.role == CHILD and one.age >= AGE_0 and draw() < leave[one.age]]:
            grown.leave("moved_out")

    def _part(self) -> None:
        draw, parted = self.random.random, set()
        for partner in [one for one in self.agents if one.role == PARTNER and draw() < self.rates.part]:
            household = partner.household
            head = next(one for one in household.members if one.role == HEAD)
            minors = any(one.role == CHILD and one.age < AGE_0 for one in household.members)
            she = draw() < (1 - self.rates.lone_parent_female if minors else 0.5)
            (partner if partner.female == she else head).leave("moved_out")
            parted.add(household)
        self._restore_heads(parted)

    def _pair(self) -> None:
        draw, rates = self.random.random, self.rates
        for household in self.households:
            head = next((one for one in household.members if one.role == HEAD), None)
            if head is None or head.age >= rates.pair_until or any(one.role == PARTNER for one in household.members):
                continue
            if draw() < rates.pair:
                self._partner(head)

    def _partner(self, head: Resident) -> None:
        """Let somebody of the other sex and about the same age move in."""
        draw, rates = self.random.random, self.rates
        age = min(max(head.age + round(rates.partner_age_gap * (2 * draw() - 1)), AGE_0), AGE_END - 1)
        group = place(rates.origin_group, draw()) if draw() < rates.mixed else (head.origin + 1) // 2
        descendant = draw() < rates.descendant[age]
        origin = 0 if group == 0 else 2 * group - 1 + descendant
        schooling = 1 + place(rates.level, draw()) if draw() < rates.more[head.background][age - AGE_0][origin >= NON_WESTERN] else 0
        cell = 2 * (schooling > 0) + (origin >= NON_WESTERN)
        labour = place(self.tables.stock[head.background][age - AGE_0][cell], draw())
        person = {"age": age, "origin": origin, "schooling": schooling, "labour": labour, "citizen": draw() < rates.citizen[origin]}
        partner = Resident(
            self, head.household, **NEWBORN | person | {"role": PARTNER, "female": not head.female, "background": head.background}
        )
        partner.recall()
        self.flows["moved_in", head.household.home.area] += 1

    def _follow(self) -> None:
        """Let those who have moved away grow older, study and work on."""
        kept = []
        for one in self.away:
            one.age += 1
            if not one.dies() and one.age <= OLDEST_FOLLOWED:
                one.complete()
                one.work()
                kept.append(one)
        self.away = kept

    def record(self) -> None:
        """Count the residents of 1 January, and judge the areas."""
        self.stock, self.followed = stock_of(self), followed(self)
        self.whence.count(self)
        self.sources, self.whence = self.whence.added, Whence(len(self.layout.areas))
        choices, year = self.now.values["law"], self.now.year
        rules, national = law.rules_for(year, choices["after_last_list"]), self.now.city.national_in(year)
        judged = law.judge_counts(rules, counts_of(np.array(self.stock)), national, self.years_listed, bool(choices["origin_criterion"]))
        self.years_listed = np.where(self.one_area, judged.years_listed_next, 0)
        category = np.where(self.one_area, judged.category, 0).astype(np.int8)
        self.last_list = category, judged.values[0]
        self.criteria = judged.values.T
        self.collector.collect(self)


NEWBORN = {
    **{"role": CHILD, "age": 0, "schooling": 0, "labour": 0, "years_in_state": 0, "labour_before": 0, "part": 0.0, "from_list": 0},
    **{"outside": 0.0, "outside_before": 0.0, "earning": 0.0, "income": 0.0, "children_born": 0, "january": None, "born_here": False},
    **{"convicted": False, "convicted_before": False, "entered_work": False},
}
REST = {name: NEWBORN[name] for name in ("labour_before", "part", "january", "born_here")}


def _reporter(name: str) -> Callable[[PlainMesa], Any]:
    return lambda model: getattr(model, name)


def _origin_of_child(mother: Resident, father_origin: int, father_citizen: bool, known: bool) -> int:
    """Return the origin of a child born here, by the official definition."""
    if (mother.citizen and mother.origin in BORN_HERE) or (known and father_citizen and father_origin in BORN_HERE):
        return 0
    return 2 * ((mother.origin + 1) // 2 or ((father_origin + 1) // 2 if known else 0))


BORN_HERE = (0, 2, 4)
