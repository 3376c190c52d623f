"""Dated items of a programme: how much of one is done by when."""

from __future__ import annotations

from typing import Any


def whole_years(delay: float) -> int:
    """Return a delay in whole years."""
    return round(delay)


def by_end_of(item: Any, year: int, amount: float | None = None) -> int:
    """Return how much of an item is done by the end of ``year``: an even pace from its first to its last year, delayed.

    What is left of an item that is partly done begins no sooner than ``not_before`` and takes at least ``years_left``.
    """
    total = item["dwellings"] if amount is None else amount
    first, last = (item[end] + whole_years(item["delay_years"]) for end in ("from", "to"))
    if item.get("not_before", None) is not None:
        first = max(first, item["not_before"])
        last = max(last, first + (item.get("years_left", None) or 1) - 1)
    years = min(max(year - first + 1, 0), last - first + 1)
    return round(total * years / (last - first + 1))


def during(item: Any, year: int, amount: float | None = None) -> int:
    """Return how much of an item is done in ``year`` alone."""
    return by_end_of(item, year, amount) - by_end_of(item, year - 1, amount)
