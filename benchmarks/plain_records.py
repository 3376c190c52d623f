"""What plain Mesa counts on 1 January: the stock of every area, where its change comes from, and those of the start."""

from __future__ import annotations

from typing import Any

from benchmarks.plain_people import NON_WESTERN, STUDENT, Resident
from benchmarks.plain_tables import AGE_0, AGE_END, OLDEST
from simulation.population.sources import AGE, IN, OUT, STATE, WINDOWS
from simulation.records import AGE_GROUPS, CRITERIA, LABOUR, QUANTITIES, SOURCES, STOCK, WHEREABOUTS
from simulation.state import PARTNER

_AT = {name: STOCK.index(name) for name in STOCK}
_GROUPS = list(AGE_GROUPS.items())
_AGE_AT = [_AT[f"age_{next(name for name, (_, last) in _GROUPS if age <= last)}"] for age in range(OLDEST)]
_LABOUR, _SCHOOLING, _ORIGIN = _AT["labour_child"], _AT["schooling_basic"], _AT["origin_danish"]
_FAMILY, _HOUSEHOLDS, _VACANT = _AT["tenure_social_family"], _AT["households"], _AT["vacant"]
_HOMES = _AT["homes_social_family"]
_DAYCARE, _INTAKE, _SCHOOL, _PARENTS, _PARENTS_OUTSIDE = (
    _AT[name] for name in ("daycare_age", "intake_age", "school_age", "parents_18_64", "parents_outside")
)
_PAIRS = len(CRITERIA)
RESIDENTS, ADULTS, WORKING_AGE, MIDDLE, TAXPAYERS = (
    _AT[name] for name in ("residents", "adults_18", "adults_18_64", "aged_30_59", "taxpayers_15_64")
)
OUTSIDE_TWO, OUTSIDE, OUTSIDE_BEFORE = (_AT[f"outside_{name}"] for name in ("two_years", "last_year", "year_before"))
CONVICTED_TWO, CONVICTED, INCOME = _AT["convicted_two_years"], _AT["convicted_last_year"], _AT["income_ratio_sum"]
BASIC, NON_WESTERN_RESIDENTS = _AT["basic_schooling_only"], _AT["non_western"]


def stock_of(model: Any) -> list[list[float]]:
    """Count the residents and homes of 1 January: areas, ``STOCK``."""
    rows = [[0.0] * len(STOCK) for _ in model.layout.areas]
    for one in model.agents:
        row = rows[one.household.home.area]
        _law(row, one)
        row[_AGE_AT[one.age]] += 1
        row[_LABOUR + one.labour] += 1
        row[_ORIGIN + one.origin] += 1
        row[_FAMILY] += 1
        if one.age >= AGE_0:
            row[_SCHOOLING + one.schooling] += 1
    ages = model.now.values["rates"]["schooling"]["children"]
    for household in model.households:
        _family(rows[household.home.area], household, ages)
    for home in model.homes:
        rows[home.area][_HOMES] += 1
        rows[home.area][_VACANT] += home.household is None
    return rows


def _law(row: list[float], one: Resident) -> None:
    """Add a resident to what the law counts."""
    age = one.age
    row[RESIDENTS] += 1
    row[NON_WESTERN_RESIDENTS] += one.origin >= NON_WESTERN
    if age < AGE_0:
        return
    row[ADULTS] += 1
    row[CONVICTED] += one.convicted
    row[CONVICTED_TWO] += (one.convicted + one.convicted_before) / 2
    if age < AGE_END:
        row[WORKING_AGE] += 1
        row[OUTSIDE_TWO] += (one.outside + one.outside_before) / 2
        row[OUTSIDE] += one.outside
        row[OUTSIDE_BEFORE] += one.outside_before
        if one.labour != STUDENT:
            row[TAXPAYERS] += 1
            row[INCOME] += one.income
        if 30 <= age <= 59:
            row[MIDDLE] += 1
            row[BASIC] += one.schooling == 0


def _family(row: list[float], household: Any, ages: Any) -> None:
    """Add a household, the children of each age of daycare and school, and parents outside."""
    row[_HOUSEHOLDS] += 1
    young = [one.age for one in household.members if one.age < AGE_0]
    for age in young:
        row[_DAYCARE] += ages["intake_age"] <= age < ages["school_from"]
        row[_INTAKE] += age == ages["intake_age"]
        row[_SCHOOL] += ages["school_from"] <= age <= ages["school_to"]
    if young:
        for one in household.members:
            if one.role <= PARTNER and AGE_0 <= one.age < AGE_END:
                row[_PARENTS] += 1
                row[_PARENTS_OUTSIDE] += one.outside


def amounts(one: Resident) -> list[float]:
    """Return what a resident adds to each of ``QUANTITIES``."""
    age, working = one.age, AGE_0 <= one.age < AGE_END
    adult, middle, taxed = age >= AGE_0, 30 <= age <= 59, working and one.labour != STUDENT
    return [
        (one.outside + one.outside_before) / 2 if working else 0.0,
        (one.convicted + one.convicted_before) / 2 if adult else 0.0,
        float(middle and one.schooling == 0),
        one.income if taxed else 0.0,
        float(one.origin >= NON_WESTERN),
        float(working),
        float(adult),
        float(middle),
        float(taxed),
        1.0,
    ]


class Whence:
    """Where the change of each quantity comes from: areas, ``SOURCES``, ``QUANTITIES``."""

    def __init__(self, areas: int) -> None:
        self.added = [[[0.0] * len(QUANTITIES) for _ in SOURCES] for _ in range(areas)]

    def lost(self, one: Resident, flow: str) -> None:
        """Hear of one who leaves; who came this year was never counted."""
        if one.january is not None:
            _add(self.added[one.household.home.area][AGE if flow == "died" else OUT], one.january, -1.0)

    def count(self, model: Any) -> None:
        """Compare everybody with what they were a year ago, and keep what they are now."""
        for one in model.agents:
            now, before = amounts(one), one.january
            area = self.added[one.household.home.area]
            if before is None:
                _add(area[AGE if one.age == 0 and one.born_here else IN], now, 1.0)
            elif now != before:
                _changed(area, one.age, before, now)
            one.january = now


def _add(row: list[float], parts: list[float], sign: float) -> None:
    for place, part in enumerate(parts):
        if part:
            row[place] += sign * part


def _changed(area: list[list[float]], age: int, before: list[float], now: list[float]) -> None:
    for criterion, (first, last) in enumerate(WINDOWS):
        row = area[AGE if age in (first, last + 1) else STATE]
        for place in (criterion, criterion + _PAIRS):
            row[place] += now[place] - before[place]


def followed(model: Any) -> list[list[list[int]]]:
    """Count those of the start aged 18-64: list areas they come from, ``WHEREABOUTS``, ``LABOUR``."""
    counts = [[[0] * len(LABOUR) for _ in WHEREABOUTS] for _ in model.layout.list_areas]
    for where, people in ((0, model.agents), (2, model.away)):
        for one in people:
            if one.from_list and AGE_0 <= one.age < AGE_END:
                counts[one.from_list - 1][where][one.labour] += 1
    return counts
