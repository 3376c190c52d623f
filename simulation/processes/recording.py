"""The state of 1 January counted: what the law needs, the homes, the composition."""

import numpy as np
from numpy.typing import NDArray

from simulation.columns import Table, rows_where
from simulation.population.now import Now
from simulation.population.profiles import NON_WESTERN
from simulation.population.rents import monthly_rent
from simulation.population.rules import is_private
from simulation.records import AGE_GROUPS, COUNTS, LABOUR, ORIGIN, REHOUSED, SCHOOLING, STOCK, TENURE
from simulation.state import DEMOLISHED, LETTABLE, PARTNER, State

STUDENT, EMPLOYED = LABOUR.index("student"), LABOUR.index("employed")
BANDS = tuple(AGE_GROUPS.values())
BAND_OF = np.searchsorted([high for _, high in BANDS], np.arange(BANDS[-1][1] + 1))  # by age
OLDEST = BANDS[-1][1]
KINDS = (len(BANDS), len(LABOUR), len(SCHOOLING), len(ORIGIN))  # people are counted by age group, labour state, schooling and origin
Counts = dict[str, NDArray[np.float64]]


def _whole() -> dict[str, NDArray[np.bool_]]:
    """Return which kinds of people each count adds up: KINDS. Bounds of ages are bounds of age groups."""
    band, state, level, origin = np.indices(KINDS)

    def aged(first: int, last: int) -> NDArray[np.bool_]:
        return (band >= BAND_OF[first]) & (band <= BAND_OF[last])

    axes = (("age", tuple(AGE_GROUPS), band), ("labour", LABOUR, state), ("origin", ORIGIN, origin))
    return {
        "residents": aged(0, OLDEST),
        "adults_18_64": aged(18, 64),
        "adults_18": aged(18, OLDEST),
        "aged_30_59": aged(30, 59),
        "basic_schooling_only": aged(30, 59) & (level == 0),
        "taxpayers_15_64": aged(18, 64) & (state != STUDENT),
        "non_western": origin >= NON_WESTERN,
        **{f"{what}_{name}": axis == code for what, names, axis in axes for code, name in enumerate(names)},
        **{f"schooling_{name}": aged(18, OLDEST) & (level == code) for code, name in enumerate(SCHOOLING)},
    }


WHOLE = tuple(_whole())
_ADDED_UP = np.array(list(_whole().values()), np.int64).reshape(len(WHOLE), -1)


def stock_of(state: State, now: Now) -> NDArray[np.float64]:
    """Count the state by area: areas, ``records.STOCK``. The state must be cleared."""
    area = state.person_area().astype(np.intp)  # the type that counting takes
    areas = len(state.layout.areas)
    everybody = _counted_whole(state.persons, area, areas)
    if now.values["law"]["count_new_private_residents"]:
        criteria = everybody | _criteria(state.persons, area, areas)
    else:
        rows = _outside_private_homes(state)
        people, where = state.persons.some(rows), area[rows]
        counted = _counted_whole(people, where, areas)
        criteria = everybody | {name: counted[name] for name in COUNTS if name in counted} | _criteria(people, where, areas)
    counts = criteria | _homes(state, now) | _tenures(state, area) | _families(state, area, now)
    return np.stack([counts[name] for name in STOCK], axis=1)


def _counted_whole(p: Table, area: NDArray[np.intp], areas: int) -> Counts:
    """Count people by kind in one pass, and add the kinds up to ``WHOLE``."""
    code = area * len(BANDS) + BAND_OF.take(p.age)
    for size, of in zip(KINDS[1:], (p.labour, p.schooling, p.origin), strict=True):
        code *= size
        code += of
    kinds = np.bincount(code, minlength=areas * _ADDED_UP.shape[1]).reshape(areas, -1)
    # In whole numbers: a product of broken ones would be given to threads that wait for each other.
    return dict(zip(WHOLE, np.einsum("ak,wk->wa", kinds, _ADDED_UP).astype(np.float64), strict=True))


def _outside_private_homes(state: State) -> NDArray[np.intp]:
    private = is_private(state.dwellings.tenure)
    return rows_where(~private[state.households.dwelling].take(state.persons.household))


def _criteria(p: Table, area: NDArray[np.intp], areas: int) -> Counts:
    """Count what the law needs beside the people counted whole."""
    working = (p.age >= 18) & (p.age <= 64)

    def count(mask: NDArray[np.bool_], weights: NDArray[np.floating] | None = None) -> NDArray[np.float64]:
        rows = rows_where(mask)
        return np.bincount(area.take(rows), None if weights is None else weights.take(rows), areas).astype(np.float64)

    last, before = (count(working & (year > 0), year) for year in (p.outside, p.outside_before))
    convicted, earlier = (count((p.age >= 18) & year) for year in (p.convicted, p.convicted_before))
    return {
        "outside_two_years": (last + before) / 2,
        "outside_last_year": last,
        "outside_year_before": before,
        "convicted_two_years": (convicted + earlier) / 2,
        "convicted_last_year": convicted,
        "income_ratio_sum": count(working & (p.labour != STUDENT), p.income),
    }


def of_cross_sections(stock: NDArray[np.float64], before: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a record whose two-year counts are those of the mean of two yearly cross-sections (``law.population``).

    Each year then counts those who lived in the area at its end, not the residents of 1 January with their own two years.
    ``stock``, ``before``: this record and the last (areas, ``records.STOCK``).
    """
    found = stock.copy()
    for kind, people in (("outside", "adults_18_64"), ("convicted", "adults_18")):
        last, adults = STOCK.index(f"{kind}_last_year"), STOCK.index(people)
        shares = [record[:, last] / np.maximum(record[:, adults], 1) for record in (stock, before)]
        found[:, STOCK.index(f"{kind}_two_years")] = stock[:, adults] * (shares[0] + shares[1]) / 2
    return found


def rehoused_of(state: State) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count those who were rehoused, by the area where they live: areas, ``records.COUNTS``; areas, ``records.REHOUSED``.

    ``moved_again`` stands with the area that they were rehoused to. The state must be cleared.
    """
    areas, h = len(state.layout.areas), state.households
    if not h.rehoused_year.any():
        return np.zeros((areas, len(COUNTS))), np.zeros((areas, len(REHOUSED)))
    p = state.persons.some(rows_where((h.rehoused_year > 0).take(state.persons.household)))
    area = state.home_area()[h.dwelling[p.household]].astype(np.intp)
    counts = _counted_whole(p, area, areas) | _criteria(p, area, areas)
    rows = rows_where(h.rehoused_year)
    at = state.home_area()[h.dwelling[rows]]
    adult = (p.age >= 18) & (p.age <= 64)
    groups = {"children_0_17": p.age < 18, "in_work": adult & (p.labour == EMPLOYED), "students": adult & (p.labour == STUDENT)}
    told = counts | {name: np.bincount(area, mask, areas).astype(np.float64) for name, mask in groups.items()}
    told |= {
        "households": np.bincount(at, minlength=areas).astype(np.float64),
        "persons": counts["residents"],
        "rent_before_sum": np.bincount(at, h.rent_before[rows], areas).astype(np.float64),
        "rent_sum": np.bincount(at, monthly_rent(state, h.dwelling[rows]), areas).astype(np.float64),
        "moved_again": state.moved_again.copy(),
    }
    return tuple(np.stack([told[name] for name in names], axis=1) for names in (COUNTS, REHOUSED))  # type: ignore[return-value]


def _homes(state: State, now: Now) -> Counts:
    d, areas = state.dwellings, len(state.layout.areas)
    area, gone = state.home_area(), rows_where(d.status == DEMOLISHED)
    kind = area.astype(np.intp) * len(TENURE) + d.tenure
    built, pulled_down = (np.bincount(rows, minlength=areas * len(TENURE)).reshape(areas, -1) for rows in (kind, kind[gone]))
    by_tenure = (built - pulled_down).astype(np.float64)
    empty = rows_where((d.status == LETTABLE) & state.vacant())
    counts = {f"homes_{tenure}": by_tenure[:, code] for code, tenure in enumerate(TENURE)}
    return counts | {
        "households": np.bincount(area.take(state.households.dwelling), minlength=areas).astype(np.float64),
        "vacant": np.bincount(area[empty], minlength=areas).astype(np.float64),
        "other_equivalents": np.array([float(a["other_equivalents"]) for a in now.values["place"]["areas"]]),
        "demolished_total": pulled_down.sum(axis=1).astype(np.float64),
        "floor_business_m2": state.floor_m2[:, 0].copy(),
        "floor_municipal_m2": state.floor_m2[:, 1].copy(),
    }


def _tenures(state: State, area: NDArray[np.intp]) -> Counts:
    areas = len(state.layout.areas)
    tenure = state.dwellings.tenure.take(state.households.dwelling).take(state.persons.household)
    people = np.bincount(area * len(TENURE) + tenure, minlength=areas * len(TENURE)).reshape(areas, -1).astype(np.float64)
    return {f"tenure_{name}": people[:, code] for code, name in enumerate(TENURE)}


def _families(state: State, area: NDArray[np.intp], now: Now) -> Counts:
    """Count what the committees plan by: children of each age of daycare and school, and parents outside."""
    p, areas, ages = state.persons, len(state.layout.areas), now.values["rates"]["schooling"]["children"]
    minor, with_child = rows_where(p.age < 18), np.zeros(len(state.households), bool)
    with_child[p.household.take(minor)] = True
    parent = rows_where((p.role <= PARTNER) & (p.age >= 18) & (p.age <= 64))
    parent = parent[with_child[p.household.take(parent)]]
    convicted = rows_where(p.convicted & (p.age >= 18))

    pupil = rows_where(p.age <= ages["school_to"])
    age, home = p.age.take(pupil), area.take(pupil)

    def aged(first: float, last: float) -> NDArray[np.float64]:
        return np.bincount(home[(age >= first) & (age <= last)], minlength=areas).astype(np.float64)

    return {
        "daycare_age": aged(ages["intake_age"], ages["school_from"] - 1),
        "intake_age": aged(ages["intake_age"], ages["intake_age"]),
        "school_age": aged(ages["school_from"], ages["school_to"]),
        "parents_18_64": np.bincount(area[parent], minlength=areas).astype(np.float64),
        "parents_outside": np.bincount(area[parent], p.outside[parent], minlength=areas).astype(np.float64),
        "convicted_last_year": np.bincount(area[convicted], minlength=areas).astype(np.float64),
    }
