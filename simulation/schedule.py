"""Dated items of a programme: how much of one is done by when."""

from __future__ import annotations

from typing import Any


def whole_years(delay: float) -> int:
    """Return a delay in whole years."""
    return round(delay)


def by_end_of(item: Any, year: int, amount: float | None = None) -> int:
    """Return how much of an item is done by the end of ``year``: an even pace from its first to its last year, delayed."""
    total = item["dwellings"] if amount is None else amount
    first, last = item["from"], item["to"]
    years = min(max(year - first - whole_years(item["delay_years"]) + 1, 0), last - first + 1)
    return round(total * years / (last - first + 1))


def during(item: Any, year: int, amount: float | None = None) -> int:
    """Return how much of an item is done in ``year`` alone."""
    return by_end_of(item, year, amount) - by_end_of(item, year - 1, amount)
