"""The sections of a scenario file: every key there is. The defaults stand in scenarios/reference.yaml, not here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulation.scenario.items import (
    Demolition,
    FloorSpace,
    Goal,
    Measure,
    NewHomes,
    Observed,
    Pace,
    Relabel,
    Renovation,
    Slug,
    Synergy,
    Text,
    Year,
)
from simulation.scenario.ranged import Frozen, Positive, Ranged, Share

LATEST_LIST = 2035
EARLIEST_LIST = 2011  # letting in the first year reads the list before it, and the first list was that of 2010


class Law(Frozen):
    """Choices that the text of the law leaves open, and what holds after the last known list."""

    after_last_list: Literal["hold", "stop"]
    population: Literal["residents", "cross_sections"]
    origin_criterion: bool
    count_demolished: bool
    count_municipal_floor: bool
    count_new_private_residents: bool
    count_insured_unemployed: bool
    count_home_without_benefit: bool


class City(Frozen):
    """The city and the country around the area."""

    labour_market: Literal["series", "hold"]
    labour_market_path: Ranged
    labour_market_pass_through: Positive
    national_convicted: Literal["series", "hold"]
    national_convicted_path: Ranged
    benefit_lag: Ranged


class Rehousing(Frozen):
    """How those whose home is pulled down find another."""

    active: bool
    lead_years: Annotated[int, Field(ge=0, le=5)]
    reserved_share: Share
    leave_share: Share
    pace: tuple[Pace, ...]


class Letting(Frozen):
    """Which letting rules are used."""

    compulsory_refusal: bool
    optional_refusal: bool
    flexible_share: Share
    clean_record: bool
    municipal_limit: bool
    municipal_share: Share
    applicants_per_home: Positive


class Standing(Frozen):
    """How the area looks to those who could move there or build there."""

    active: bool
    physical_weight: Ranged
    label_weight: Ranged
    take_up_effect: Ranged
    attraction_effect: Ranged


class Output(Frozen):
    """Which list years are written out."""

    lists: Literal["all"] | tuple[Year, ...]


class Sections(Frozen):
    """A whole scenario, as its files say it after `extends` is carried out."""

    title: Text
    description: Text
    place: Slug
    first_year: Year
    last_year: Year
    law: Law
    city: City
    demolition: tuple[Demolition, ...]
    renovation: tuple[Renovation, ...]
    new_homes: tuple[NewHomes, ...]
    relabel: tuple[Relabel, ...]
    floor_space: tuple[FloorSpace, ...]
    rehousing: Rehousing
    letting: Letting
    measures: tuple[Measure, ...]
    synergies: tuple[Synergy, ...]
    standing: Standing
    development_plan: bool
    programme: None
    observed: Observed | None
    budget: None
    goals: tuple[Goal, ...]
    output: Output
    rates: dict[str, Any]
    place_values: dict[str, Any]

    @model_validator(mode="after")
    def _years(self) -> Sections:
        if not EARLIEST_LIST <= self.first_year <= self.last_year <= LATEST_LIST:
            limits = {"earliest": EARLIEST_LIST, "latest": LATEST_LIST, "first": self.first_year, "last": self.last_year}
            raise PydanticCustomError("horizon", "first_year <= last_year, both in range", limits)
        return self
