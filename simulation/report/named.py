"""Name what stands in tables as a code, in the reader's language; and say in which unit a row is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulation.records import CRITERIA
from simulation.words import catalogue, say

UNIT_OF: Mapping[str, str] = {
    **dict.fromkeys(CRITERIA, "percent"),
    **dict.fromkeys(("social_family_share", "share_pct", "support", "rest", "unemployment"), "percent"),
    **dict.fromkeys(("points", "unemployment_points"), "points"),
    **dict.fromkeys(
        ("social_family", "social_youth_elderly", "private", "other", "demolished", "floor_space", "denominator"), "equivalents"
    ),
    **dict.fromkeys(("residents", "daycare_age", "school_age", "parents_18_64", "parents_outside", "intake_from_vulnerable"), "persons"),
    **dict.fromkeys(("excess", "excess_of_start", "own_change", "moved_away", "newcomers", "rest_of_city"), "persons"),
    **dict.fromkeys(("persons", "children_0_17", "applicants"), "persons"),
    **dict.fromkeys(("let_newcomers", "let_sitting", "let_rehoused", "work_first", "investors_wait"), "homes"),
    **dict.fromkeys(("refused_compulsory", "refused_optional", "refused_municipal", "offers", "refused_offers"), "applications"),
    "intake_places_needed": "places",
    "mean_wait_years": "years",
    **dict.fromkeys(("rent_before_dkk", "rent_dkk"), "dkk_month"),
}
POINTS, PERCENT = "distance_", "_pct"
OF_HOUSEHOLDS = ("rehousing", "rehousing_total", "rehoused")
DECIMALS = {"percent": 1, "points": 1, "years": 1}


def unit_of(table: str, code: str) -> str:
    """Return the key of the unit of a row that is named by a code."""
    if table == "decomposition":
        return "points" if code != "residents" else "persons"
    if code in UNIT_OF:
        return UNIT_OF[code]
    if code.startswith(POINTS):
        return "points"
    if code.endswith(PERCENT):
        return "percent"
    return "households" if table in OF_HOUSEHOLDS else "persons"


def written_unit(unit: str, lang: str) -> str:
    """Return a unit that a file gives in its words, in the reader's language; as it is written where it is a user's own."""
    return catalogue("unit", lang).get(unit, unit)


def decimals_of(unit: str, code: str) -> int:
    """Return how many decimals a number of a unit is shown with."""
    return 2 if code == "convicted" else DECIMALS.get(unit, 0)


def namer(places: Mapping[str, Mapping[str, str]], lang: str) -> Callable[[str, Any], Any]:
    """Return a function of column and code that gives the words for it; a code without words stays as it is.

    ``places``: names by column that the place and the scenario bring along.
    """
    words = catalogue("value", lang)
    known: dict[tuple[str, Any], Any] = {}

    def of(column: str, code: Any) -> Any:
        if isinstance(code, bool):
            return say(f"budget.truth.{'yes' if code else 'no'}", lang)
        if (column, code) not in known:
            known[column, code] = places.get(column, {}).get(code) or words.get(f"{column}.{code}") or _elsewhere(column, code, lang)
        return known[column, code]

    return of


def _elsewhere(column: str, code: Any, lang: str) -> Any:
    """Look a code up among the words that other parts of the product use for it."""
    topic, prefix = {
        "indicator": ("indicator", ""),
        "category": ("law", "category."),
        "flow": ("group", "flow."),
        "part": ("group", "part."),
        "acts_on": ("catalogue", "acts_on."),
        "grade": ("catalogue", "grade."),
    }.get(column, ("value", ""))
    key = f"{prefix}{code}"
    return say(f"{topic}.{key}", lang) if key in catalogue(topic, lang) else code
