"""The categories of an area, from none to the highest, and their names of the day."""

from __future__ import annotations

from simulation.dated import in_force
from simulation.law.book import book, law_year

CATEGORIES = ("none", "prevention", "vulnerable", "parallel", "conversion")
NONE, PREVENTION, VULNERABLE, PARALLEL, CONVERSION = range(len(CATEGORIES))


def category_name(code: int, list_year: int) -> str:
    """Return what a list calls a category: `ghetto` and `hard_ghetto` to 2020, `parallel_society` and `conversion` since.

    Lists after the last known keep its names. Raise LookupError where the list had no such category.
    """
    entry = in_force(book("categories")["names"][CATEGORIES[code]], law_year(list_year))
    if entry is None:
        raise LookupError(f"the list of {list_year} has no category {CATEGORIES[code]!r}")
    return str(entry["value"])
