"""The state of the model: persons, households and dwellings as columns, and the accounts of the year.

Links are row numbers (``persons.household``, ``households.dwelling``); ``uid`` is permanent. A person who has died or
left carries ``household`` -1 until :meth:`State.clear` takes the row away.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.columns import Table, rows_where
from simulation.records import CHAINS, CHANGES, FLOWS, HOUSING, LABOUR, ORIGIN, REHOUSING, SCHOOLING, TENURE, Layout

HEAD, PARTNER, CHILD = 0, 1, 2  # roles in a household; a grown child at home is still CHILD
LETTABLE, NOTICED, CLOSED, DEMOLISHED = 0, 1, 2, 3  # status of a dwelling
LABOUR_CODE = {name: code for code, name in enumerate(LABOUR)}
SCHOOLING_CODE = {name: code for code, name in enumerate(SCHOOLING)}
ORIGIN_CODE = {name: code for code, name in enumerate(ORIGIN)}
TENURE_CODE = {name: code for code, name in enumerate(TENURE)}

PERSONS = {
    "uid": np.uint64,
    "household": np.int32,
    "role": np.int8,
    "age": np.int16,  # completed years on 1 January
    "female": np.bool_,
    "origin": np.int8,
    "citizen": np.bool_,
    "background": np.int8,  # the population this person's prospects are those of; moving does not change it
    "schooling": np.int8,
    "labour": np.int8,
    "years_in_state": np.int8,  # completed on 1 January; 10 = ten or more
    "labour_before": np.int8,  # the state in which the last year began
    "part": np.float32,  # the part of the last year that was spent in it
    "outside": np.float32,  # share of the last year outside the labour market, full-time equivalent
    "outside_before": np.float32,  # the same, the year before the last
    "earning": np.float32,  # a full year's wage, as a ratio to the region's mean income
    "income": np.float32,  # last year's gross income, the same ratio
    "convicted": np.bool_,  # in the last year
    "convicted_before": np.bool_,
    "children_born": np.int8,
    "entered_work": np.bool_,  # in the last year
    "january": np.int32,  # row of the last snapshot of the list areas, from 1; 0 = lived elsewhere, BORN = born since
    "from_list": np.int8,  # list area lived in on the first 1 January, from 1; 0 = none
}
PARTICIPATIONS = {
    "person": np.int32,
    "measure": np.int16,
    "year": np.int16,  # in which it is attended
}
BORN = -1
HOUSEHOLDS = {
    "uid": np.uint64,
    "dwelling": np.int32,
    "rehoused_year": np.int16,  # 0 = never
    "rehoused_to": np.int16,  # area; of no meaning where never
    "rent_before": np.float32,  # DKK a month, of the home that was pulled down
}
DWELLINGS = {
    "uid": np.uint64,
    "department": np.int16,
    "landlord": np.int8,  # -1 for private homes
    "tenure": np.int8,
    "rooms": np.int8,
    "status": np.int8,
    "due": np.int16,  # the year in which it is to be demolished, 0 = never
    "lettings": np.int16,  # how many times it has been let since the start
    "reserved": np.bool_,  # vacated this year and kept for a household that must be rehoused
    "renovated": np.bool_,
    "m2": np.float32,
    "rent_m2": np.float32,  # DKK per m2 a year; 0 for owned homes
    "notice": np.int16,  # the year in which its tenants got notice, 0 = never
    "links": np.int8,  # homes let so far in the chain of moves that left it vacant; 0 where it did not begin with a move within the city
    "stood_empty": np.bool_,  # it was vacant at the end of the last year
}


@dataclass
class Away:
    """Residents of the first 1 January who have left the model: they grow older and work on, and are counted in no list."""

    persons: Table = field(default_factory=lambda: Table(PERSONS))
    participations: Table = field(default_factory=lambda: Table(PARTICIPATIONS))  # none: measures do not reach them


@dataclass
class State:
    """Everything that changes: three tables, the year's accounts, and what the last list said."""

    layout: Layout
    persons: Table = field(default_factory=lambda: Table(PERSONS))
    participations: Table = field(default_factory=lambda: Table(PARTICIPATIONS))
    away: Away = field(default_factory=Away)
    households: Table = field(default_factory=lambda: Table(HOUSEHOLDS))
    dwellings: Table = field(default_factory=lambda: Table(DWELLINGS))
    flows: NDArray[np.float64] = field(init=False)  # areas, FLOWS
    changes: NDArray[np.float64] = field(init=False)  # departments, CHANGES
    housing: NDArray[np.float64] = field(init=False)  # areas, HOUSING
    rehousing: NDArray[np.float64] = field(init=False)  # landlords, REHOUSING
    chains: NDArray[np.float64] = field(init=False)  # CHAINS
    moved_again: NDArray[np.float64] = field(init=False)  # areas; rehoused households that have moved on, all years so far
    planned_total: NDArray[np.float64] = field(init=False)  # departments; demolitions by the scenario's own dates so far
    demolished_total: NDArray[np.float64] = field(init=False)  # departments
    floor_m2: NDArray[np.float64] = field(init=False)  # areas; business, municipal
    standing: NDArray[np.float64] = field(init=False)  # areas, -1 to 1
    category: NDArray[np.int8] = field(init=False)  # areas; on the last list
    outside_pct: NDArray[np.float64] = field(init=False)  # areas; on the last list
    years_off: NDArray[np.int64] = field(init=False)  # areas; lists in a row without the area as a conversion area
    department_area: NDArray[np.int16] = field(init=False)
    fates: NDArray[np.int8] = field(init=False)
    _home_area: NDArray[np.int16] = field(default_factory=lambda: np.zeros(0, np.int16), init=False, repr=False)

    def __post_init__(self) -> None:
        areas, departments = len(self.layout.areas), len(self.layout.departments)
        self.department_area = np.array([self.layout.areas.index(a) for a in self.layout.department_area], np.int16)
        self.planned_total = np.zeros(departments)
        self.demolished_total = np.zeros(departments)
        self.floor_m2 = np.zeros((areas, 2))
        self.standing = np.zeros(areas)
        self.moved_again = np.zeros(areas)
        self.category = np.zeros(areas, np.int8)
        self.outside_pct = np.zeros(areas)
        self.years_off = np.zeros(areas, np.int64)
        self.fates = np.zeros(2, np.int8)  # what became of the residents of the last snapshot: index into FLOWS
        self.open_accounts()

    def open_accounts(self) -> None:
        """Set the flows and changes of a new year to zero."""
        self.flows = np.zeros((len(self.layout.areas), len(FLOWS)))
        self.changes = np.zeros((len(self.layout.departments), len(CHANGES)))
        self.housing = np.zeros((len(self.layout.areas), len(HOUSING)))
        self.rehousing = np.zeros((len(self.layout.landlords), len(REHOUSING)))
        self.chains = np.zeros(len(CHAINS))

    def accounts(self) -> dict[str, NDArray[np.float64]]:
        """Return the accounts of the year by the names that the records give them."""
        return {name: getattr(self, name) for name in ("flows", "changes", "housing", "rehousing", "chains")}

    def home_area(self) -> NDArray[np.int16]:
        """Return each dwelling's area; a home stays where it was built."""
        if len(self._home_area) != len(self.dwellings):
            self._home_area = self.department_area[self.dwellings.department]
        return self._home_area

    def person_area(self) -> NDArray[np.int16]:
        """Return each person's area; -1 for those who are gone."""
        area = np.full(len(self.households) + 1, -1, np.int16)  # the last entry is for those who are gone, household -1
        self.home_area().take(self.households.dwelling, out=area[:-1], mode="wrap")
        return area.take(self.persons.household)

    def area_of(self, persons: NDArray[np.intp]) -> NDArray[np.int16]:
        """Return the areas of persons (rows) who are here."""
        return self.home_area()[self.households.dwelling[self.persons.household[persons]]]

    def occupant(self) -> NDArray[np.int32]:
        """Return the household row of each dwelling, -1 where nobody lives."""
        occupant = np.full(len(self.dwellings) + 1, -1, np.int32)  # the last entry is for households that are gone, dwelling -1
        occupant[self.households.dwelling] = np.arange(len(self.households), dtype=np.int32)
        return occupant[:-1]

    def vacant(self) -> NDArray[np.bool_]:
        """Return in which dwellings nobody lives."""
        return self.occupant() < 0

    def members(self, households: NDArray[np.integer]) -> NDArray[np.intp]:
        """Return the persons (rows) who live in households (rows)."""
        chosen = np.zeros(len(self.households) + 1, bool)  # the last entry is for those who are gone, household -1
        chosen[households] = True
        return rows_where(chosen.take(self.persons.household))

    def count_flow(self, name: str, areas: NDArray[np.int16]) -> None:
        """Add persons, given by their areas, to a flow of the year."""
        self.flows[:, FLOWS.index(name)] += np.bincount(areas, minlength=len(self.layout.areas))

    def count_change(self, name: str, departments: NDArray[np.int16], weights: NDArray[np.float64] | None = None) -> None:
        """Add homes, given by their departments, to a change of the year."""
        self.changes[:, CHANGES.index(name)] += np.bincount(departments, weights, minlength=len(self.layout.departments))

    def count_housing(self, name: str, areas: NDArray[np.integer], weights: NDArray[np.floating] | None = None) -> None:
        """Add homes, given by their areas, to an account of the year's housing."""
        self.housing[:, HOUSING.index(name)] += np.bincount(areas, weights, minlength=len(self.layout.areas))

    def count_rehousing(self, name: str, landlords: NDArray[np.integer], weights: NDArray[np.floating] | None = None) -> None:
        """Add households, given by their landlords, to an account of the year's rehousing."""
        self.rehousing[:, REHOUSING.index(name)] += np.bincount(landlords, weights, minlength=len(self.layout.landlords))

    def end_chains(self, lengths: NDArray[np.integer]) -> None:
        """Count chains of moves that have come to their end, by the homes let in each."""
        self.chains += np.bincount(np.minimum(np.maximum(lengths, 1), len(CHAINS)) - 1, minlength=len(CHAINS))

    def remove(self, persons: NDArray[np.intp], flow: str) -> NDArray[np.int32]:
        """Take persons (rows) out of their homes and count them in ``flow`` by area; return the household each has left."""
        self.count_flow(flow, self.area_of(persons))
        self.fates[self.persons.january[persons]] = FLOWS.index(flow)
        if flow == "moved_out":
            own = persons[self.persons.from_list[persons] > 0]
            if len(own):
                self.away.persons.add(len(own), **{name: getattr(self.persons, name)[own] for name in self.persons})
        household = self.persons.household
        left = household[persons]
        household[persons] = -1
        return left

    def clear(self) -> None:
        """Drop the rows of those who are gone and of empty households; link the others anew."""
        persons, households = self.persons, self.households
        row = persons.keep(persons.household >= 0)
        self.participations.person = row[self.participations.person]
        self.participations.keep(self.participations.person >= 0)
        lived_in = np.zeros(len(households), bool)
        lived_in[persons.household] = True
        if not lived_in.all():
            moved = households.keep(lived_in)
            persons.household = moved[persons.household]

    def check_links(self) -> None:
        """Raise ``AssertionError`` if a link leads nowhere, a home has two households, or a child lives with no adult."""
        persons, households, dwellings = self.persons, self.households, self.dwellings
        assert len(np.unique(persons.uid)) == len(persons), "a person stands twice"
        assert (persons.household >= 0).all() and (persons.household < len(households)).all(), "a person without household"
        assert (households.dwelling >= 0).all() and (households.dwelling < len(dwellings)).all(), "a household without home"
        assert len(np.unique(households.dwelling)) == len(households), "two households in one home"
        assert (dwellings.status[households.dwelling] < CLOSED).all(), "a household in a closed or demolished home"
        heads = np.bincount(persons.household[persons.role == HEAD], minlength=len(households))
        assert (heads == 1).all(), "a household without one head"
        assert (persons.age[persons.role == HEAD] >= 18).all(), "a child heads a household"

    def restore_heads(self, bereft: NDArray[np.integer]) -> None:
        """Give those of the households ``bereft`` that lost their head another: the partner, else the oldest grown child.

        A home without any adult is dissolved: its children go to relatives outside the model and are counted as moved out.
        """
        p = self.persons
        members = self.members(bereft)
        heads = np.bincount(p.household[members[p.role[members] == HEAD]], minlength=len(self.households))
        orphaned = members[heads[p.household[members]] == 0]
        adult = orphaned[p.age[orphaned] >= 18]
        order = adult[np.lexsort((p.uid[adult], -p.age[adult], p.role[adult], p.household[adult]))]
        first = np.unique(p.household[order], return_index=True)[1]
        p.role[order[first]] = HEAD
        led = np.zeros(len(self.households), bool)
        led[p.household[order[first]]] = True
        self.remove(orphaned[~led[p.household[orphaned]]], "moved_out")


People = State | Away  # what a process needs that asks for persons and what they have attended only
