"""An area's years in a row on the ghetto or parallel-society list, as far as its published rows tell."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.law.published import Row


@dataclass(frozen=True)
class Listed:
    """Years in a row on the list, this one counted: at least `low`, at most `high`, after a given list."""

    list_year: int
    low: int
    high: int
    last_off: int  # the last list that it was not on; 0 where none is known

    @property
    def proves_size(self) -> bool:
        """Return whether the area must have had its residents: it was on the list."""
        return self.low > 0


UNLISTED = Listed(0, 0, 0, 0)


def before(row: Row, previous: Listed) -> Listed:
    """Return the years in a row before a row's list.

    The row's own `listed_since` goes before what earlier rows say, but for a list it was not on since. Years without a row
    between two rows are taken as years on the list.
    """
    if row.listed_since is not None:
        years = row.list_year - max(row.listed_since, previous.last_off + 1)
        return Listed(row.list_year - 1, years, years, previous.last_off)
    gap = row.list_year - 1 - previous.list_year
    low, high = (years + gap if years else 0 for years in (previous.low, previous.high))
    return Listed(row.list_year - 1, low, high, previous.last_off)


def after(row: Row, earlier: Listed, may_be_on: bool, may_be_off: bool) -> Listed:
    """Return the years in a row up to a row's list, given whether it may be on that list, and whether not."""
    if not may_be_on:
        return Listed(row.list_year, 0, 0, row.list_year)
    sure = row.listed_since is not None or not may_be_off
    return Listed(row.list_year, earlier.low + 1 if sure else 0, earlier.high + 1, earlier.last_off)
