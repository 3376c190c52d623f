"""What the users say in the workbook of the negotiation, beside what stands in the scenario: frames, goals, and what goes with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulation.records import CRITERIA

PEOPLE = ("outside_labour_market", "convicted", "basic_schooling_only", "mean_income")  # never the share by origin
LEAVING = "off_list"  # of conversion areas
NOWHERE = "off_every_list"  # the prevention list included
PROBABLE = (LEAVING, NOWHERE)  # goals that are a probability
GOALS = (*PEOPLE, *PROBABLE)
ORIGIN = next(name for name in CRITERIA if name not in PEOPLE)
AHEAD = 3  # years that a Danish municipal budget looks beyond its own
KINDS = ("running", "capital")
COMMON = ""  # the payer of what no committee pays: the common room


@dataclass(frozen=True)
class Wish:
    """What is wished of one measure. ``saved``: thousands of kr. a person and year not paid in benefits, net; None = unknown."""

    must: bool = False
    excluded: bool = False
    needs: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    kind: str = ""
    saved: float | None = None


@dataclass(frozen=True)
class Frame:
    """What one committee has, thousands of kr. by budget year; what is left of a movable one may pay for others."""

    committee: str
    thousand_dkk: tuple[float, ...]
    movable: bool = False


@dataclass(frozen=True)
class Aim:
    """What is aimed at on a list, and its weight: a person of a criterion, or a point of the probability of leaving the list."""

    name: str
    list_year: int
    weight: float = 1.0


@dataclass(frozen=True)
class Table:
    """The workbook of the negotiation, read. ``frames`` is empty where no frame is given; ``said`` are the scenario's changes."""

    years: tuple[int, ...]
    price_level: int
    aims: tuple[Aim, ...]
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    frames: tuple[Frame, ...] = ()
    total: float | None = None  # a frame over all years, thousands of kr.
    said: tuple[tuple[str, str], ...] = ()  # place in the workbook, KEY=VALUE
    own_effects: frozenset[str] = frozenset()  # measures whose effect the users state themselves

    def wish(self, measure: str) -> Wish:
        """Return what is wished of a measure."""
        return self.wishes.get(measure, Wish())

    @property
    def has_frame(self) -> bool:
        """Return whether any frame is given."""
        return bool(self.frames) or self.total is not None


def budget_years(last_list: int, first: int | None = None) -> tuple[int, ...]:
    """Return the budget years: a first one and those that a Danish budget looks ahead; up to the last list unless said otherwise."""
    first = last_list - AHEAD if first is None else first
    return tuple(range(first, first + AHEAD + 1))
