"""The rules that judge one list, looked up once from the dated data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.dated import in_force
from simulation.law.book import book, law_year
from simulation.law.counts import CRITERIA, Floats

CONVICTED = CRITERIA.index("convicted")
ORIGIN = CRITERIA.index("non_western")


class LimitUnknown(LookupError):
    """Tell that a list's limit on convictions is neither published nor given."""


@dataclass(frozen=True, eq=False)
class Bar:
    """The limits of one kind of list, in the order of CRITERIA; NaN for a criterion that it does not have."""

    limits: Floats  # per cent; NaN also where the limit is a multiple
    multiples: Floats  # of the national share of convicted; NaN for every other limit
    published: float  # the limit on convictions printed with the list, per cent; NaN where none was found
    sign: Floats  # 1 where more is worse, -1 where less is
    strict: NDArray[np.bool_]

    def thresholds(self, national_convicted_pct: float | None) -> Floats:
        """Return the five limits in per cent, given the national share of convicted or, with None, as printed. Raise LimitUnknown."""
        thresholds = self.limits.copy()
        if np.isnan(self.multiples[CONVICTED]):
            return thresholds
        convicted = self.published if national_convicted_pct is None else self.multiples[CONVICTED] * national_convicted_pct
        if np.isnan(convicted):
            raise LimitUnknown("the limit on convictions of this list was not found: give the national share of convicted")
        thresholds[CONVICTED] = convicted
        return thresholds


@dataclass(frozen=True, eq=False)
class Tally:
    """How many of which criteria make a category, and which must be met besides."""

    among: NDArray[np.intp]
    at_least: int
    besides: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Rules:
    """The law of one list. A category that the list did not have is None."""

    list_year: int
    law_year: int  # the list whose law this is; earlier than list_year where the last known law is held
    min_residents: int
    main: Bar
    prevention_bar: Bar | None
    vulnerable: Tally | None
    parallel: Tally
    prevention: Tally | None
    years_in_a_row: int | None
    reference_years: Mapping[str, tuple[int, ...]]  # criterion to years, relative to the list's; those the list has


def rules_for(list_year: int, after_last_list: str = "hold") -> Rules:
    """Return the rules of one list. Raise LawEnds where the data end and the choice is not `hold`."""
    return _rules(list_year, law_year(list_year, after_last_list))


@cache
def _rules(list_year: int, law: int) -> Rules:
    categories = book("categories")
    tallies = {name: _tally(in_force(categories[name], law)) for name in ("vulnerable", "parallel", "prevention")}
    conversion = in_force(categories["conversion"], law)
    size = in_force(categories["min_residents"], law)
    parallel = tallies["parallel"]
    assert size is not None and parallel is not None, "the data have both for every known list"
    return Rules(
        list_year=list_year,
        law_year=law,
        min_residents=size["value"],
        main=_bar("main", list_year, law),
        prevention_bar=_bar("prevention", list_year, law) if tallies["prevention"] else None,
        vulnerable=tallies["vulnerable"],
        parallel=parallel,
        prevention=tallies["prevention"],
        years_in_a_row=conversion["years_in_a_row"] if conversion else None,
        reference_years=_reference_years(law),
    )


def _bar(name: str, list_year: int, law: int) -> Bar:
    entries = [in_force(book("criteria")[criterion]["limits"], law, bar=name) or {} for criterion in CRITERIA]
    multiples = [entry.get("multiple_of_national", np.nan) for entry in entries]
    published = in_force(book("convictions")["limits"], list_year, multiple_of_national=multiples[CONVICTED])
    return Bar(
        limits=np.array([entry.get("value", np.nan) for entry in entries], dtype=np.float64),
        multiples=np.array(multiples, dtype=np.float64),
        published=published["value"] if published else np.nan,
        sign=np.array([-1.0 if entry.get("comparison") == "below" else 1.0 for entry in entries]),
        strict=np.array([entry.get("comparison") != "at_least" for entry in entries]),
    )


def _tally(entry: Mapping[str, Any] | None) -> Tally | None:
    if entry is None:
        return None
    return Tally(_indices(entry["among"]), entry["at_least"], _indices(entry.get("and", ())))


def _indices(names: tuple[str, ...]) -> NDArray[np.intp]:
    return np.array([CRITERIA.index(name) for name in names], dtype=np.intp)


def _reference_years(law: int) -> dict[str, tuple[int, ...]]:
    found = {criterion: in_force(book("criteria")[criterion]["reference_years"], law) for criterion in CRITERIA}
    return {criterion: tuple(entry["value"]) for criterion, entry in found.items() if entry}
