"""What a year leaves behind: the names and the order of every number a member of the ensemble returns.

One member is one run with one set of parameter values (``draw``) and one stream of chance (``replicate``). It returns
:class:`Member` arrays; nothing in them tells of a single person. ``lists`` counts the records of 1 January, from
``first_year`` to ``last_year``; ``steps`` counts the years lived between them, one fewer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.law.counts import CRITERIA as CRITERIA  # for all who read records

AGE_GROUPS = {
    "0_6": (0, 6),
    "7_17": (7, 17),
    "18_24": (18, 24),
    "25_29": (25, 29),
    "30_59": (30, 59),
    "60_64": (60, 64),
    "65_up": (65, 150),
}
LABOUR = (
    "child",
    "employed",
    "student",
    "insured_unemployed",
    "cash_benefit_job_ready",
    "cash_benefit_activity_ready",
    "education_benefit",
    "integration_benefit",
    "disability_pension",
    "early_retirement",
    "home_without_benefit",
    "pensioner",
)
SCHOOLING = ("basic", "upper_secondary", "vocational", "short_higher", "medium_higher", "long_higher")
ORIGIN = ("danish", "western_immigrant", "western_descendant", "non_western_immigrant", "non_western_descendant")
TENURE = ("social_family", "social_youth", "social_elderly", "private_let", "owned")

# The counts that the law needs, of the residents of 1 January. Income is a sum of ratios to the region's mean.
COUNTS = (
    "residents",
    "adults_18_64",
    "outside_two_years",  # full-time persons, mean of the two reference years, residents' own years
    "outside_last_year",  # full-time persons, the later reference year alone
    "outside_year_before",  # full-time persons, the earlier reference year alone
    "adults_18",
    "convicted_two_years",  # persons, mean of the two reference years
    "convicted_last_year",  # persons, the later reference year alone
    "aged_30_59",
    "basic_schooling_only",
    "taxpayers_15_64",
    "income_ratio_sum",
    "non_western",
)
HOMES = (
    "households",
    "vacant",
    *(f"homes_{tenure}" for tenure in TENURE),
    "other_equivalents",  # homes and floor space that stood before the first year and are not modelled one by one
    "demolished_total",
    "floor_business_m2",
    "floor_municipal_m2",
)
COMPOSITION = (
    *(f"age_{group}" for group in AGE_GROUPS),
    *(f"labour_{state}" for state in LABOUR),
    *(f"schooling_{level}" for level in SCHOOLING),  # residents aged 18 and over
    *(f"origin_{origin}" for origin in ORIGIN),
    *(f"tenure_{tenure}" for tenure in TENURE),
)
FAMILIES = (
    "daycare_age",
    "intake_age",  # the age at which children begin in daycare
    "school_age",
    "parents_18_64",  # head or partner where a child under 18 lives
    "parents_outside",  # of them, full-time persons outside in the last year
    "convicted_last_year",  # persons of 18 and over
)
STOCK = COUNTS + HOMES + COMPOSITION + FAMILIES
# Persons. Disjoint: after = before + born - died + (moved + rehoused + temporary) in - out, in every area and year.
FLOWS = ("born", "died", "moved_in", "moved_out", "rehoused_out", "rehoused_in", "temporary_out", "temporary_in")
# Dwellings, but for emptied_persons. emptied = emptied_rehoused + emptied_left; planned = the scenario's own dates;
# delayed = homes that by the plan stand demolished at the end of the year and do not.
CHANGES = (
    "planned",
    "emptied",
    "emptied_rehoused",
    "emptied_left",
    "emptied_persons",
    "demolished",
    "renovated",
    "built",
    "relabelled",
    "sold",
    "delayed",
)
# Homes of an area in a year. vacant_* and cost_* are the state at its end: empty homes by cause, and the rent lost on them in
# the year, in thousands of kr. Private homes that nobody has bought yet cost no rent.
VACANCY = ("refusal", "demand", "not_taken_up", "awaiting_demolition")
ROOMS = ("2", "3", "4")
RENT_BANDS = ("lower", "middle", "higher")
HOUSING = (
    "applicants",  # on the landlords' lists in the year
    "let_newcomers",
    "let_sitting",
    "let_rehoused",
    "refused_compulsory",  # applications turned away: the applicant and the partner are both on a refused benefit
    "refused_optional",
    "refused_municipal",  # nominations that the law keeps the municipality from
    "work_first",  # homes let to applicants in work or education because they come first
    "investors_wait",  # private homes that the dates allow and the market does not build yet
    *(f"vacant_{cause}" for cause in VACANCY),
    *(f"cost_{cause}" for cause in VACANCY),
    *(f"rehoused_rooms_{rooms}" for rooms in ROOMS),
    *(f"rehoused_rent_{band}" for band in RENT_BANDS),
)
# Households by the landlord whose homes are pulled down. waiting(end) = waiting(before) + noticed - rehoused - left - dissolved.
REHOUSING = (
    "noticed",
    "capacity",  # households that its pace lets it rehouse in the year; as many as wait where there is no pace
    "offers",
    "refused_offers",
    "no_home_fits",  # households within the pace for whom no free home of the right size and rent was left
    "rehoused_own",
    "rehoused_other",
    "left",
    "dissolved",
    "waiting",
    "waited_years",  # of those rehoused in the year, summed
    "overdue",  # households that still live in a home that was to be pulled down
)
CHAINS = tuple(str(length) for length in range(1, 10)) + ("10_up",)  # homes let in one chain of moves
# Rehoused households on 1 January, by the area where they live; gone_* have moved on, by the area they were rehoused to.
REHOUSED = (
    "households",
    "persons",
    "children_0_17",
    "adults_18_64",
    "in_work",
    "students",
    "outside_last_year",
    "aged_30_59",
    "basic_schooling_only",
    "taxpayers_15_64",
    "income_ratio_sum",
    "rent_before_sum",  # DKK a month
    "rent_sum",
    "moved_again",  # households, all years so far, that moved on from the area
)
# What a criterion is the ratio of: the numerators of CRITERIA in their order, then the denominators.
QUANTITIES = (
    *("outside_two_years", "convicted_two_years", "basic_schooling_only", "income_ratio_sum", "non_western"),
    *("adults_18_64", "adults_18", "aged_30_59", "taxpayers_15_64", "residents"),
)
# Where a year's change of a quantity comes from. Who is there on both days changed state, or grew into or out of the ages that
# count; deaths and births are age_and_birth; definition is a home whose residents begin or cease to count.
SOURCES = ("moved_in", "moved_out", "rehoused", "changed_state", "age_and_birth", "definition")
# What the area is compared with, in points and per cent: the change since the first record of the share of the rest of the city on
# public support, and the city's registered unemployed in the labour force.
CITY = ("public_support_change", "unemployment")
# Where the residents of the first 1 January are later on.
WHEREABOUTS = ("list_areas", "rest_of_model", "moved_away")


@dataclass(frozen=True)
class Layout:
    """What the axes of the arrays stand for; the same for every member of a run."""

    areas: tuple[str, ...]
    list_areas: tuple[str, ...]  # those of `areas` that are judged as list areas of the place; the others receive
    departments: tuple[str, ...]
    department_area: tuple[str, ...]
    first_year: int
    last_year: int
    measures: tuple[str, ...] = ()
    landlords: tuple[str, ...] = ()

    @property
    def list_years(self) -> tuple[int, ...]:
        """Years of the records, first to last."""
        return tuple(range(self.first_year, self.last_year + 1))

    @property
    def step_years(self) -> tuple[int, ...]:
        """Years lived between the records."""
        return self.list_years[:-1]


def _none() -> Any:
    return field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True)
class Member:
    """Arrays of one member. Stacked over members, each gains a first axis."""

    stock: NDArray[np.float64]  # lists, areas, STOCK
    criteria: NDArray[np.float64]  # lists, areas, CRITERIA: per cent
    thresholds: NDArray[np.float64]  # lists, CRITERIA: per cent
    breached: NDArray[np.bool_]  # lists, areas, CRITERIA
    category: NDArray[np.int8]  # lists, areas: index into simulation.law.CATEGORIES
    category_without_origin: NDArray[np.int8]  # the same, had the law no origin criterion
    flows: NDArray[np.float64]  # steps, areas, FLOWS
    changes: NDArray[np.float64]  # steps, departments, CHANGES
    sources: NDArray[np.float64]  # steps, list areas, SOURCES, QUANTITIES: what was added, negative = lost
    followed: NDArray[np.float64]  # lists, list areas of the first 1 January, WHEREABOUTS, LABOUR: persons aged 18-64
    city: NDArray[np.float64]  # lists, CITY
    participants: NDArray[np.float64]  # steps, measures: persons who attend in the year
    category_without_rehoused: NDArray[np.int8] = _none()  # lists, areas: the category, the rehoused set apart
    criteria_without_rehoused: NDArray[np.float64] = _none()  # lists, areas, CRITERIA: per cent, the rehoused set apart
    housing: NDArray[np.float64] = _none()  # steps, areas, HOUSING
    rehousing: NDArray[np.float64] = _none()  # steps, landlords, REHOUSING
    chains: NDArray[np.float64] = _none()  # steps, CHAINS
    rehoused: NDArray[np.float64] = _none()  # lists, areas, REHOUSED

    def arrays(self) -> dict[str, NDArray]:
        """Return the arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Ensemble:
    """All members of one scenario: the stacked arrays, and which draw and replicate each row is."""

    layout: Layout
    draws: NDArray[np.int64]  # members
    replicates: NDArray[np.int64]  # members
    arrays: dict[str, NDArray]

    def part(self, rows: slice) -> Ensemble:
        """Return some of the members."""
        return Ensemble(self.layout, self.draws[rows], self.replicates[rows], {name: array[rows] for name, array in self.arrays.items()})

    def stock(self, name: str) -> NDArray[np.float64]:
        """Return one stock: members, lists, areas."""
        return self.arrays["stock"][..., STOCK.index(name)]

    def holds(self, name: str) -> bool:
        """Return whether the members left the array ``name``; one that was never filled has no axis but the members'."""
        return name in self.arrays and self.arrays[name].ndim > 2
