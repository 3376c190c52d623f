"""The items of a scenario's lists: what is pulled down, renovated, built, rehoused, tried, and aimed at."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulation.scenario.ranged import Basis, Count, Frozen, Positive, Ranged, Share, Whole

Slug = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,100}$")]
Year = Annotated[int, Field(ge=1990, le=2060)]
Age = Annotated[int, Field(ge=0, le=120)]
Tenure = Literal["social_family", "social_youth", "social_elderly", "private_let", "owned"]
LabourState = Literal[
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
]
Indicator = Literal[
    "outside_labour_market",
    "convicted",
    "basic_schooling_only",
    "mean_income",
    "non_western",
    "social_family_share",
    "residents",
    "public_support_excess",
    "public_support_gap",
    "unemployment_gap",
]
Grade = Literal["none", "weak", "moderate", "strong", "tried"]
TOGETHER = ("public_support_excess", "public_support_gap", "unemployment_gap")  # of the list areas, beside the rest of the city
NOTHING, ONE = Ranged(value=0), Ranged(value=1)
NONE = Whole(value=0)


class Text(Frozen):
    """A text in the two languages of the product; a single text stands for both."""

    en: str
    da: str

    @model_validator(mode="before")
    @classmethod
    def _one_text(cls, data: Any) -> Any:
        return {"en": data, "da": data} if isinstance(data, str) else data


class Item(Frozen):
    """What every item has: an id, and what its plain numbers rest on (a ranged number says so itself)."""

    id: Slug
    title: Text | None = None
    basis: Basis | None = None
    source: str = ""
    note: str = ""


class Dated(Item):
    """An item with a first and a last year, both included."""

    from_: Year = Field(alias="from")
    to: Year

    @model_validator(mode="after")
    def _in_order(self) -> Dated:
        if self.from_ > self.to:
            raise PydanticCustomError("years_order", "from <= to", {"first": self.from_, "last": self.to})
        return self


class Work(Dated):
    """Building work, which can come later than it was planned: whole years, drawn and rounded.

    What is left of work of which a part is known to be done (`observed`) is not done before `not_before`, and takes at
    least `years_left`.
    """

    delay_years: Count = NONE
    not_before: Year | None = None
    years_left: Annotated[int, Field(ge=1)] | None = None


class Demolition(Work):
    """Dwellings of a department pulled down between two years."""

    department: Slug
    dwellings: Count


class Renovation(Work):
    """Dwellings of a department renovated; without a number, all that are not pulled down."""

    department: Slug
    dwellings: Count | None = None
    rent_rise_m2_dkk: Positive = NOTHING  # a year


class NewHomes(Work):
    """Dwellings built in an area; `replacement` marks social homes that stand in for demolished ones."""

    area: Slug
    tenure: Tenure
    count: Count
    landlord: Slug | None = None
    replacement: bool = False


class Relabel(Work):
    """Dwellings of a department that change tenure without being rebuilt."""

    department: Slug
    dwellings: Count
    tenure: Tenure


class FloorSpace(Work):
    """Floor space that is no dwelling, in m2."""

    area: Slug
    m2: Positive
    use: Literal["business", "municipal"]


class Pace(Dated):
    """Households that a landlord means to rehouse a year."""

    landlord: Slug
    households_per_year: Positive


class Published(Item):
    """What a published list said of an area, in per cent."""

    area: Slug
    list_year: Year
    outside_labour_market: Positive | None = None
    convicted: Positive | None = None
    basic_schooling_only: Positive | None = None
    mean_income: Positive | None = None
    non_western: Positive | None = None


class Observed(Frozen):
    """What really happened: the year from which the scenario is projected, and the published lists up to it.

    Homes pulled down, built and renovated, and households rehoused, stand among the items of their sections.
    """

    start_from: Year
    published: tuple[Published, ...] = ()


class Target(Frozen):
    """Who may take part in a measure. No list of labour states means every state.

    `basic_schooling`: only those with no more than it. `share`: part of the group, where the measure is for some of it only
    and the model cannot see for whom.
    """

    labour: tuple[LabourState, ...] = ()
    age_from: Age = 0
    age_to: Age = 120
    basic_schooling: bool = False
    share: Share = ONE


class Cost(Frozen):
    """What a measure costs: thousands of kr. by year, in the prices of one year, and who pays."""

    payer: str
    price_level: Year
    thousand_dkk: dict[str, Positive]


class Measure(Dated):
    """Something done for residents: for whom, how many, what it acts on, and how well that is known.

    `effect` and `lock_in` are relative changes of the yearly chance that the measure acts on (0.3 = 30 per cent more).
    Grade `none` means that no evidence gives an effect for this group: the effect is zero with a range, and is
    printed as "cannot be calculated"; `tried`: a number without evidence. It begins the year after attendance, or `lag_years`
    later, and fades over `fade_years`. `also_under`: subprogrammes that list it too; `part_of`: the measure it belongs to.
    """

    subprogramme: Slug
    also_under: tuple[Slug, ...] = ()
    part_of: Slug | None = None
    committee: str = ""
    decided: bool
    funded: bool
    areas: tuple[Slug, ...] = ()
    target: Target = Target()
    capacity: Count = NONE
    intensity: Positive = ONE
    acts_on: Literal["none", "job_entry", "education_entry", "schooling", "conviction"]
    effect: Ranged = NOTHING
    lock_in: Share = NOTHING
    lag_years: Positive = NOTHING
    fade_years: Positive = NOTHING
    follows_person: bool = True
    grade: Grade = "none"
    cost: Cost | None = None

    @model_validator(mode="after")
    def _no_invented_effect(self) -> Measure:
        if self.grade == "none" and self.effect.value != 0:
            told = {"given": self.effect.value, "grades": ", ".join(get_args(Grade)[1:])}
            raise PydanticCustomError("effect_without_evidence", "grade none has effect 0", told)
        return self


class Synergy(Item):
    """Two measures that strengthen each other: in years in which both run, the effect of each is multiplied by `factor`."""

    measures: tuple[Slug, Slug]
    factor: Positive = ONE


class Goal(Item):
    """A goal with its date: an indicator at most or below a number on the 1 January of a year, or so many fewer than at first.

    `area` is left out for what is asked of the place's list areas together, beside the rest of the city.
    """

    area: Slug | None = None
    indicator: Indicator
    at_most: Positive | None = None
    below: Positive | None = None
    fewer: Positive | None = None
    list_year: Year

    @model_validator(mode="after")
    def _one_limit(self) -> Goal:
        together = self.indicator in TOGETHER
        if sum(limit is not None for limit in (self.at_most, self.below, self.fewer)) != 1:
            raise PydanticCustomError("goal_limit", "one of at_most and below")
        if together == (self.area is not None) or (self.fewer is not None and self.indicator != "public_support_excess"):
            raise PydanticCustomError("goal_area", "a goal of one area names it", {"given": self.indicator})
        return self
