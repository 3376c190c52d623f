"""The form of a place: its landlords, departments, areas and residents, all that every run of it reads."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from simulation.scenario.items import LabourState, Slug, Tenure
from simulation.scenario.ranged import Basis, Between, Frozen, Positive, Ranged, Share

BANDS = ("0_6", "7_17", "18_24", "25_29", "30_39", "40_49", "50_59", "60_64", "65_up")
SAID = ("unit", "basis", "source", "note")
# More than the largest city of the country has: beyond it a number is a slip, and a run would take hours and gigabytes.
MOST_HOMES, MOST_PERSONS = 400_000, 1_000_000
MOST_ITEMS = 500
ROUNDING = 0.02  # how far shares that are rounded may be from one whole

Homes = Annotated[int, Field(ge=0, le=MOST_HOMES)]
Persons = Annotated[Ranged, AfterValidator(Between(0, MOST_PERSONS))]
PerCent = Annotated[Ranged, AfterValidator(Between(0, 100))]
List = Annotated[Ranged, AfterValidator(Between(1990, 2060))]


def _ages(told: dict[str, Any]) -> dict[str, Any]:
    """Check that every age band has its share and that no other key stands here."""
    shares = {name: share for name, share in told.items() if name not in SAID}
    if set(shares) != set(BANDS):
        raise PydanticCustomError("ages_form", "age bands", {"bands": ", ".join(BANDS)})
    if any(isinstance(s, bool) or not isinstance(s, (int, float)) or not 0 <= s <= 1 for s in shares.values()) or not sum(shares.values()):
        raise PydanticCustomError("ages_shares", "shares from 0 to 1, not all of them 0")
    if not 1 - ROUNDING <= sum(shares.values()) <= 1 + ROUNDING:
        raise PydanticCustomError("ages_sum", "shares of one whole", {"total": round(sum(shares.values()), 4)})
    return told


class PlaceItem(Frozen):
    """What every item of a place may say: an id, a name, and what its plain numbers rest on."""

    id: Slug
    name: str = ""
    basis: Basis | None = None
    source: str = ""
    note: str = ""


class WaitingList(PlaceItem):
    """Applicants for a home of a landlord, as a ratio to ``letting.applicants_per_home``."""

    applicants: Positive


class Department(PlaceItem):
    """Homes of one landlord in one area; ``landlord: none`` for a place where private homes are built."""

    area: Slug
    landlord: str
    homes: Homes


class Boundary(PlaceItem):
    """How the areas were drawn on the lists until a year: which were part of which."""

    until: Annotated[int, Field(ge=1990, le=2060)]
    merged: dict[Slug, Slug]


class PlaceArea(PlaceItem):
    """An area that the law judges (``list_area``), or one that receives."""

    list_area: bool
    one_area: bool
    listed_since: List | None
    outside_before_pct: PerCent
    on_vulnerable_list: bool
    development_plan: bool
    turnover: str
    rent: str
    other_equivalents: Persons
    other_equivalents_note: str = ""


class PlacePopulation(PlaceItem):
    """Who lives in an area at the start, or would come to private homes (``area: none``, residents a home)."""

    area: str
    tenure: Tenure
    boundary: Slug | None = None
    residents: Persons
    with_children: Share
    ages: Annotated[dict[str, Any], AfterValidator(_ages)]
    non_western: Share
    non_western_ratio_0_14: Positive
    non_western_ratio_15_24: Positive
    western: Share
    basic_18_29: Share
    basic_30_59: Share
    outside: Share
    outside_split: dict[LabourState | Literal["unit", "basis", "source", "note"], Any]
    student: Share
    early_retirement: Share
    home_without_benefit: Share
    convicted: Share
    income: Annotated[Ranged, AfterValidator(Between(0, 10))]
    lists: tuple[dict[str, Any], ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> PlacePopulation:
        origins = self.non_western.value + self.western.value
        work = self.outside.value + self.student.value + self.early_retirement.value + self.home_without_benefit.value
        for code, shares in (("origins_over_all", origins), ("work_over_all", work)):
            if shares > 1:
                raise PydanticCustomError(code, "more than all", {"given": round(shares, 4)})
        return self


class Place(Frozen):
    """A whole place. Other keys are let be: a place may carry more numbers than the model reads."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True, populate_by_name=True)

    name: str
    landlords: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    rehousing_landlords: tuple[Slug, ...]
    waiting_lists: tuple[WaitingList, ...]
    departments: Annotated[tuple[Department, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    boundaries: tuple[Boundary, ...] = ()
    areas: Annotated[tuple[PlaceArea, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    populations: Annotated[tuple[PlacePopulation, ...], Field(min_length=1, max_length=MOST_ITEMS)]
