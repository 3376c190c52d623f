"""What a year leaves behind: the names and the order of every number a member of the ensemble returns.

One member is one run with one set of parameter values (``draw``) and one stream of chance (``replicate``). It returns
:class:`Member` arrays; nothing in them tells of a single person. ``lists`` counts the records of 1 January, from
``first_year`` to ``last_year``; ``steps`` counts the years lived between them, one fewer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

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
STOCK = COUNTS + HOMES + COMPOSITION
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
CRITERIA = ("outside_labour_market", "convicted", "basic_schooling_only", "mean_income", "non_western")


@dataclass(frozen=True)
class Layout:
    """What the axes of the arrays stand for; the same for every member of a run."""

    areas: tuple[str, ...]
    list_areas: tuple[str, ...]  # those of `areas` that are judged as list areas of the place; the others receive
    departments: tuple[str, ...]
    department_area: tuple[str, ...]
    first_year: int
    last_year: int

    @property
    def list_years(self) -> tuple[int, ...]:
        """Years of the records, first to last."""
        return tuple(range(self.first_year, self.last_year + 1))

    @property
    def step_years(self) -> tuple[int, ...]:
        """Years lived between the records."""
        return self.list_years[:-1]


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

    def stock(self, name: str) -> NDArray[np.float64]:
        """Return one stock: members, lists, areas."""
        return self.arrays["stock"][..., STOCK.index(name)]
