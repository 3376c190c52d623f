"""The limits of the prevention list, which is stricter than the others: for a report that shows them beside the main limits."""

from __future__ import annotations

import math

from simulation.law.rules import CONVICTED, rules_for
from simulation.records import CRITERIA
from simulation.words import number, say

DECIMALS = {"convicted": 2}


def prevention_limits(list_year: int, convicted: float | None) -> dict[str, float]:
    """Return the limits of the prevention list by criterion, per cent; nothing for a year that has no such list.

    ``convicted``: the main limit on convictions, as it was in the run; both are multiples of the same national share.
    """
    rules = rules_for(list_year, "hold")
    if rules.prevention_bar is None:
        return {}
    national = float("nan") if convicted is None else convicted / float(rules.main.multiples[CONVICTED])
    limits = rules.prevention_bar.thresholds(national)
    return {name: float(limit) for name, limit in zip(CRITERIA, limits, strict=True) if math.isfinite(limit)}


def prevention_line(list_year: int, convicted: float | None, lang: str) -> str:
    """Return a sentence with these limits and how many must be broken; empty for a year that has no such list."""
    limits, tally = prevention_limits(list_year, convicted), rules_for(list_year, "hold").prevention
    if tally is None or not limits:
        return ""
    among, besides = (", ".join(_limit(CRITERIA[at], limits, lang) for at in group) for group in (tally.among, tally.besides))
    return say("tables.prevention", lang, year=list_year, count=tally.at_least, among=among, besides=besides)


def _limit(name: str, limits: dict[str, float], lang: str) -> str:
    limit = limits.get(name, float("nan"))
    decimals = DECIMALS.get(name, 0 if limit % 1 == 0 else 1)
    return say("tables.prevention_limit", lang, criterion=say(f"law.criterion.{name}", lang), limit=number(limit, lang, decimals))
