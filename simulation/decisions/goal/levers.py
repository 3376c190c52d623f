"""What is turned: numbers of a scenario that move together as one lever, found by what they are, not by where they lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.files import InputErrors, Problem
from simulation.scenario.merging import nearest
from simulation.scenario.ranged import Ranged
from simulation.scenario.trees import leaves

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.scenario.model import Given

HOMES, LETTING, PLACES, JOBS = "homes", "letting", "places", "jobs"
FLEXIBLE = "letting.flexible_share"
UNKNOWN = ("none", "tried")  # grades of effects that no evidence gives
TWICE = 2.0  # as far as a number without a range is tried


@dataclass(frozen=True)
class Lever:
    """One lever: the numbers it sets, from where to where, and where the scenario has it.

    ``parts``: what of the lever's value each number takes, where they share it; else each number takes all of it.
    ``since``: the first year in which any of them acts; None where that is the whole run.
    """

    name: str
    paths: tuple[str, ...]
    now: float
    low: float
    high: float
    unit: str
    whole: bool = False
    parts: tuple[float, ...] = ()
    since: int | None = None

    def given(self, value: float) -> Given:
        """Return the numbers by path where the lever stands at a value; parts of whole numbers sum to the whole."""
        if not self.parts:
            return tuple((path, value) for path in self.paths)
        ends = value * np.cumsum(self.parts)
        taken = np.diff(np.round(ends) if self.whole else ends, prepend=0.0)
        return tuple(zip(self.paths, taken.tolist(), strict=True))


def lever_of(scenario: Scenario, name: str, ends: tuple[float, float] | None, area: str) -> Lever:
    """Return a lever by its name, or any number of the scenario by its path; ``ends`` instead of its own range.

    Raises InputErrors where there is none, or where it has no room to be turned.
    """
    numbers = dict(leaves(scenario.tree))
    made = LEVERS[name](scenario, numbers, area) if name in LEVERS else _single(name, numbers)
    if made is None:
        raise InputErrors([Problem(file=scenario.name, key="--lever", code="goal_no_lever", values={"given": name, "area": area})])
    low, high = ends or (made.low, made.high)
    if not low < high:
        told = {"low": f"{low:g}", "high": f"{high:g}"}
        raise InputErrors([Problem(key="--range" if ends else "--lever", code="goal_no_room", values=told)])
    return Lever(**{**vars(made), "low": low, "high": high})


def _single(path: str, numbers: dict[str, Ranged]) -> Lever | None:
    found = numbers.get(path)
    if found is None:
        told = {"given": path, "allowed": ", ".join(LEVERS), "nearest": nearest(path, [*LEVERS, *numbers])}
        raise InputErrors([Problem(key="--lever", code="goal_unknown_lever", values=told)])
    low, high = _ends([found])
    return Lever(path, (path,), found.value, low, high, found.unit, found.whole)


def _ends(found: Sequence[Ranged]) -> tuple[float, float]:
    """Return from where to where numbers are tried together: their ranges, or up to twice what they are where one has none."""
    if all(number.drawn for number in found):
        return sum(number.low or 0.0 for number in found), sum(number.high or 0.0 for number in found)
    now = sum(number.value for number in found)
    return min(0.0, TWICE * now), max(0.0, TWICE * now)


def _shared(name: str, paths: Sequence[str], numbers: dict[str, Ranged], since: int | None) -> Lever | None:
    if not paths:
        return None
    found = [numbers[path] for path in paths]
    now = sum(number.value for number in found)
    parts = tuple(number.value / now for number in found) if now else (1 / len(found),) * len(found)
    low, high = _ends(found)
    return Lever(name, tuple(paths), now, low, high, found[0].unit, all(number.whole for number in found), parts, since)


def _homes(scenario: Scenario, numbers: dict[str, Ranged], area: str) -> Lever | None:
    """Return the new homes of an area that are not social."""
    items = [item for item in scenario.sections.new_homes if item.area == area and not item.tenure.startswith("social")]
    since = min((item.from_ for item in items), default=None)
    return _shared(HOMES, [f"new_homes.{item.id}.count" for item in items], numbers, since)


def _letting(scenario: Scenario, numbers: dict[str, Ranged], area: str) -> Lever | None:
    found = numbers.get(FLEXIBLE)
    return None if found is None else Lever(LETTING, (FLEXIBLE,), found.value, *_ends([found]), found.unit)


def _job_measures(scenario: Scenario, area: str) -> list[Any]:
    return [
        measure
        for measure in scenario.sections.measures
        if measure.acts_on == "job_entry" and measure.funded and (not measure.areas or area in measure.areas)
    ]


def _places(scenario: Scenario, numbers: dict[str, Ranged], area: str) -> Lever | None:
    """Return the places in the funded measures that act on getting a job, each with the effect that the scenario gives it."""
    found = _job_measures(scenario, area)
    since = min((measure.from_ for measure in found), default=None)
    return _shared(PLACES, [f"measures.{measure.id}.capacity" for measure in found], numbers, since)


def _jobs(scenario: Scenario, numbers: dict[str, Ranged], area: str) -> Lever | None:
    """Return the one effect of all funded measures on getting a job whose effect nobody knows; those with evidence keep theirs."""
    found = [measure for measure in _job_measures(scenario, area) if measure.grade in UNKNOWN]
    if not found:
        return None
    paths = tuple(f"measures.{measure.id}.effect" for measure in found)
    own = [numbers[path] for path in paths]
    low, high = min(_ends([each])[0] for each in own), max(_ends([each])[1] for each in own)
    return Lever(JOBS, paths, float(np.mean([each.value for each in own])), low, high, own[0].unit, since=min(m.from_ for m in found))


Maker = Callable[["Scenario", dict[str, Ranged], str], Lever | None]
LEVERS: dict[str, Maker] = {HOMES: _homes, LETTING: _letting, PLACES: _places, JOBS: _jobs}
