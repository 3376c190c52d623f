"""What the indicators need to know of a scenario, taken out of it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.scenario import Scenario

NOWHERE = "none"  # the area of a population that only new homes bring; its residents are persons a home


@dataclass(frozen=True)
class Target:
    """One goal of the scenario: an indicator of an area at most, or below, a number on a list."""

    goal: str
    area: str
    indicator: str
    list_year: int
    limit: float
    strict: bool  # True: below; False: at most


@dataclass(frozen=True)
class Setting:
    """The choices of one scenario that the indicators depend on."""

    scenario: str
    after_last_list: str = "hold"
    count_demolished: bool = True
    count_municipal_floor: bool = False
    bound_areas: frozenset[str] = frozenset()  # areas with a development plan: the limit on the family share binds
    groups: frozenset[str] = frozenset()  # areas that are no contiguous area, and so can be on no list
    targets: tuple[Target, ...] = ()
    new_homes: Mapping[str, float] = field(default_factory=dict)  # by area: private dwellings the scenario means to build
    new_residents: Mapping[str, float] = field(default_factory=dict)  # by area: persons, were all of them taken
    lists: tuple[int, ...] | None = None  # list years to write out; None = all
    demolitions: Mapping[str, float] = field(default_factory=dict)  # by department: dwellings it means to pull down


def setting_of(scenario: Scenario) -> Setting:
    """Return the setting of a scenario: its switches, its goals, its place, and what it means to build and pull down."""
    values: Any = scenario.values(0, None)
    areas = values.place.areas
    a_home = {group.tenure: group.residents for group in values.place.populations if group.area == NOWHERE}
    private = [item for item in values.new_homes if item.tenure in a_home]
    return Setting(
        scenario=scenario.name,
        after_last_list=values.law.after_last_list,
        count_demolished=values.law.count_demolished,
        count_municipal_floor=values.law.count_municipal_floor,
        bound_areas=frozenset(area.id for area in areas if values.development_plan and area.development_plan),
        groups=frozenset(area.id for area in areas if not area.one_area),
        targets=tuple(target for goal in values.goals for target in _targets(goal)),
        lists=None if values.output.lists == "all" else tuple(int(year) for year in values.output.lists),
        new_homes=_totals((item.area, item["count"]) for item in private),
        new_residents=_totals((item.area, item["count"] * a_home[item.tenure]) for item in private),
        demolitions=_totals((item.department, item.dwellings) for item in values.demolition),
    )


def _totals(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    totals: Counter[str] = Counter()
    for name, count in pairs:
        totals[name] += count  # type: ignore[assignment]
    return {name: float(total) for name, total in totals.items()}


def _targets(goal: Any) -> list[Target]:
    known = [(key, goal[key]) for key in ("at_most", "below") if key in goal and goal[key] is not None]
    return [Target(goal.id, goal.area, goal.indicator, int(goal.list_year), float(limit), key == "below") for key, limit in known]
