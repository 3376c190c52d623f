"""The law's data files, and how far they reach."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from simulation.dated import first_and_last
from simulation.shipped import parsed


class LawEnds(LookupError):
    """Tell that no law is known for a list; `list_year`, `first` and `last` known list."""

    def __init__(self, list_year: int, first: int, last: int) -> None:
        self.list_year, self.first, self.last = list_year, first, last
        super().__init__(f"no law known for the list of {list_year}; known are the lists of {first} to {last}")


@cache
def book(name: str) -> dict[str, Any]:
    """Return one data file of the law by its stem, parsed as YAML 1.2. Callers do not change it."""
    text = files(__package__).joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = parsed(text)
    return content


def known_lists() -> tuple[int, int]:
    """Return the first and the last list whose law the data hold."""
    return first_and_last(book("categories")["min_residents"])


def law_year(list_year: int, after_last_list: str = "hold") -> int:
    """Return the list whose law judges a list: its own, or the last known where later lists are to `hold` to that.

    Raise LawEnds for a list before the first, and for one after the last where the choice is not `hold`.
    """
    first, last = known_lists()
    if first <= list_year <= last:
        return list_year
    if list_year > last and after_last_list == "hold":
        return last
    raise LawEnds(list_year, first, last)
