"""What the indicators need to know of a scenario, taken out of it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulation.schedule import by_end_of

if TYPE_CHECKING:
    from simulation.scenario import Scenario

FAMILY = "social_family"
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
class Building:
    """The new homes of an area by the scenario's own dates, before any delay.

    ``kind``: private, social, or homes where it means to build both. ``items``: first year, last year, dwellings.
    """

    area: str
    kind: str
    items: tuple[tuple[int, int, int], ...]

    def so_far(self, year: int) -> int:
        """Return how many stand by the end of a year."""
        return sum(by_end_of({"from": first, "to": last, "delay_years": 0}, year, count) for first, last, count in self.items)

    @property
    def total(self) -> int:
        """Return how many it means to build in all."""
        return sum(count for _, _, count in self.items)


@dataclass(frozen=True)
class Planned:
    """What the whole programme, carried out, does to the homes and floor space of an area."""

    family: float  # social family dwellings more than at the start
    other: float  # other dwellings more
    demolished: float
    business_m2: float
    municipal_m2: float


@dataclass(frozen=True)
class Setting:
    """The choices of one scenario that the indicators depend on."""

    scenario: str
    after_last_list: str = "hold"
    count_demolished: bool = True
    count_municipal_floor: bool = False
    cross_sections: bool = False  # the two-year criteria are means of two yearly cross-sections
    bound_areas: frozenset[str] = frozenset()  # areas with a development plan: the limit on the family share binds
    groups: frozenset[str] = frozenset()  # areas that are no contiguous area, and so can be on no list
    targets: tuple[Target, ...] = ()
    new_homes: Mapping[str, float] = field(default_factory=dict)  # by area: private dwellings the scenario means to build
    new_residents: Mapping[str, float] = field(default_factory=dict)  # by area: persons, were all of them taken
    lists: tuple[int, ...] | None = None  # list years to write out; None = all
    demolitions: Mapping[str, float] = field(default_factory=dict)  # by department: dwellings it means to pull down
    building: tuple[Building, ...] = ()
    planned: Mapping[str, Planned] = field(default_factory=dict)  # by area, where it means to change anything


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
        cross_sections=values.law.population == "cross_sections",
        bound_areas=frozenset(area.id for area in areas if values.development_plan and area.development_plan),
        groups=frozenset(area.id for area in areas if not area.one_area),
        targets=tuple(target for goal in values.goals for target in _targets(goal)),
        lists=None if values.output.lists == "all" else tuple(int(year) for year in values.output.lists),
        new_homes=_totals((item.area, item["count"]) for item in private),
        new_residents=_totals((item.area, item["count"] * a_home[item.tenure]) for item in private),
        demolitions=_totals((item.department, item.dwellings) for item in values.demolition),
        building=tuple(_building(values, area.id, set(a_home)) for area in areas if _items(values, area.id)),
        planned={area.id: _planned(values, area.id) for area in areas if _touched(values, area.id)},
    )


def _departments(values: Any, area: str) -> set[str]:
    return {department.id for department in values.place.departments if department.area == area}


def _touched(values: Any, area: str) -> bool:
    inside = _departments(values, area)
    by_department = [item for item in (*values.demolition, *values.relabel) if item.department in inside]
    return bool(by_department or _items(values, area) or [item for item in values.floor_space if item.area == area])


def _planned(values: Any, area: str) -> Planned:
    inside = _departments(values, area)
    gone = sum(item.dwellings for item in values.demolition if item.department in inside)
    relabelled = sum(item.dwellings for item in values.relabel if item.department in inside and item.tenure != FAMILY)
    new = [sum(item["count"] for item in _items(values, area) if (item.tenure == FAMILY) is family) for family in (True, False)]
    floor = {use: sum(item.m2 for item in values.floor_space if item.area == area and item.use == use) for use in ("business", "municipal")}
    return Planned(new[0] - gone - relabelled, new[1] + relabelled, gone, floor["business"], floor["municipal"])


def _items(values: Any, area: str) -> list[Any]:
    return [item for item in values.new_homes if item.area == area]


def _building(values: Any, area: str, private: set[str]) -> Building:
    items = _items(values, area)
    kinds = {"private" if item.tenure in private else "social" for item in items}
    dated = tuple((int(item["from"]), int(item["to"]), round(item["count"])) for item in items)
    return Building(area, kinds.pop() if len(kinds) == 1 else "homes", dated)


def _totals(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    totals: Counter[str] = Counter()
    for name, count in pairs:
        totals[name] += count  # type: ignore[assignment]
    return {name: float(total) for name, total in totals.items()}


def _targets(goal: Any) -> list[Target]:
    known = [(key, goal[key]) for key in ("at_most", "below") if key in goal and goal[key] is not None]
    return [Target(goal.id, goal.area, goal.indicator, int(goal.list_year), float(limit), key == "below") for key, limit in known]
