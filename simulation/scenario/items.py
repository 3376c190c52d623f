"""The items of a scenario's lists: what is pulled down, renovated, built, rehoused, tried, and aimed at."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulation.scenario.ranged import Basis, Count, Frozen, Positive, Ranged, Share, Whole

Slug = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
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
    "outside_labour_market", "convicted", "basic_schooling_only", "mean_income", "non_western", "social_family_share", "residents"
]
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
    """Building work, which can come later than it was planned: whole years, drawn and rounded."""

    delay_years: Count = NONE


class Demolition(Work):
    """Dwellings of a department pulled down between two years."""

    department: Slug
    dwellings: Count


class Renovation(Work):
    """Dwellings of a department renovated; without a number, all that are not pulled down."""

    department: Slug
    dwellings: Count | None = None


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


class Target(Frozen):
    """Who may take part in a measure. No list of labour states means every state."""

    labour: tuple[LabourState, ...] = ()
    age_from: Age = 0
    age_to: Age = 120


class Cost(Frozen):
    """What a measure costs: thousands of kr. by year, in the prices of one year, and who pays."""

    payer: str
    price_level: Year
    thousand_dkk: dict[str, Positive]


class Measure(Dated):
    """Something done for residents: for whom, how many, what it acts on, and how well that is known.

    `effect` and `lock_in` are relative changes of the yearly chance that the measure acts on (0.3 = 30 per cent more).
    Grade `none` means that no evidence gives an effect for this group: the effect is zero with a range, and is
    printed as "cannot be calculated".
    """

    subprogramme: Slug
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
    fade_years: Positive = NOTHING
    follows_person: bool = True
    grade: Literal["none", "weak", "moderate", "strong"] = "none"
    cost: Cost | None = None

    @model_validator(mode="after")
    def _no_invented_effect(self) -> Measure:
        if self.grade == "none" and self.effect.value != 0:
            raise PydanticCustomError("effect_without_evidence", "grade none has effect 0", {"given": self.effect.value})
        return self


class Goal(Item):
    """A goal with its date: an indicator of an area at most or at least a number on the list of a year."""

    area: Slug
    indicator: Indicator
    at_most: Positive | None = None
    below: Positive | None = None
    list_year: Year

    @model_validator(mode="after")
    def _one_limit(self) -> Goal:
        if (self.at_most is None) == (self.below is None):
            raise PydanticCustomError("goal_limit", "one of at_most and below")
        return self
