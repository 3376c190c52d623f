"""Values that hold from one list year to another, both included, and not a year longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Entry = Mapping[str, Any]


def holds(entry: Entry, year: int) -> bool:
    """Return whether an entry is in force in a year."""
    return bool(entry["valid_from_list"] <= year <= entry["valid_to_list"])


def in_force(entries: Iterable[Entry], year: int, **match: object) -> Entry | None:
    """Return the entry that holds in a year and has the given values; None where there is none.

    Two that hold at once are a fault of the data: ValueError.
    """
    found = [entry for entry in entries if holds(entry, year) and all(entry.get(key) == value for key, value in match.items())]
    if len(found) > 1:
        raise ValueError(f"two entries hold in {year}: {found}")
    return found[0] if found else None


def first_and_last(entries: Iterable[Entry]) -> tuple[int, int]:
    """Return the first and the last year for which any entry holds."""
    entries = list(entries)
    return min(entry["valid_from_list"] for entry in entries), max(entry["valid_to_list"] for entry in entries)
