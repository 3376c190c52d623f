"""Which letting rules apply where, by the category on the last list before the letting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.dated import in_force
from simulation.law.book import book, law_year
from simulation.law.categories import CATEGORIES
from simulation.law.switches import Choices

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class LettingRules:
    """For each area whether a rule applies to its lettings of the year after the list."""

    compulsory_refusal: Bools  # § 51 c: applicants on certain benefits, partner too, are refused
    optional_refusal: Bools  # § 51 b: more benefits are refused, where the landlord and municipality choose it
    flexible_required: Bools  # applicants in work or education come first
    municipal_limited: Bools  # § 59(6)-(7): whom the municipality may allocate to is limited


def letting_rules(
    list_year: int,
    category: NDArray[np.int8],
    outside_pct: NDArray[np.float64],
    development_plan: Bools,
    choices: Choices,
    years_off: NDArray[np.int64] | None = None,
    after_last_list: str = "hold",
) -> LettingRules:
    """Return which rules apply in the year after the list of `list_year`, one value for each area.

    `category` and `outside_pct` are those of that list; `development_plan`: an approved plan binds the area and is not yet
    carried out; `choices` gives `compulsory_refusal` and `optional_refusal`; `years_off` counts the lists in a row, the last
    included, without the area as a conversion area (0 where it is one). Raise LawEnds after the last known list unless it holds.
    """
    law = law_year(list_year, after_last_list)
    nowhere = np.zeros(np.shape(category), dtype=bool)
    compulsory, optional = _entry("compulsory_refusal", law), _entry("optional_refusal", law)
    refusal = may = nowhere
    if compulsory is not None and choices["compulsory_refusal"]:
        refusal = _where(compulsory, category) | _bound(compulsory, list_year, development_plan, years_off)
    if optional is not None and choices["optional_refusal"]:
        may = np.asarray(outside_pct) >= optional["outside_at_least"]
    flexible, municipal = (_where(_entry(name, law), category) for name in ("flexible_required", "municipal_limited"))
    return LettingRules(refusal, may, flexible, municipal)


def refused_states(rule: str, list_year: int, after_last_list: str = "hold") -> tuple[str, ...]:
    """Return the labour states that `compulsory_refusal` refuses, or that `optional_refusal` may add to them."""
    entry = _entry(rule, law_year(list_year, after_last_list)) or {}
    return tuple(entry.get("refused", ())) + tuple(entry.get("may_add", ()))


@cache
def _entry(rule: str, law: int) -> Mapping[str, Any] | None:
    return in_force(book("letting")[rule], law)


def _where(entry: Mapping[str, Any] | None, category: NDArray[np.int8]) -> Bools:
    codes = [CATEGORIES.index(name) for name in entry["categories"]] if entry else []
    return (np.asarray(category)[..., None] == np.array(codes, np.int8)).any(axis=-1)


def _bound(entry: Mapping[str, Any], list_year: int, development_plan: Bools, years_off: NDArray[np.int64] | None) -> Bools:
    """Return where the plan's refusals go on although the area has left the list."""
    if list_year + 1 >= entry["plan_ends_year"]:
        return np.zeros(np.shape(development_plan), dtype=bool)
    off = np.zeros(np.shape(development_plan), dtype=np.int64) if years_off is None else np.asarray(years_off)
    return np.asarray(development_plan, dtype=bool) & (off < entry["years_off_end"])
