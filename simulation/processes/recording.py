"""The state of 1 January counted: what the law needs, the homes, the composition."""

import numpy as np
from numpy.typing import NDArray

from simulation.columns import Table
from simulation.population.now import Now
from simulation.population.profiles import is_non_western
from simulation.population.rents import monthly_rent
from simulation.records import AGE_GROUPS, COUNTS, LABOUR, ORIGIN, REHOUSED, SCHOOLING, STOCK, TENURE
from simulation.state import DEMOLISHED, LETTABLE, PARTNER, State

STUDENT, EMPLOYED = LABOUR.index("student"), LABOUR.index("employed")


def stock_of(state: State, now: Now) -> NDArray[np.float64]:
    """Count the state by area: areas, ``records.STOCK``. The state must be cleared."""
    area = state.person_area().astype(np.intp)  # the type that counting takes
    counts = _criteria(state, *_counted(state, area, now)) | _homes(state, now) | _composition(state, area) | _families(state, area, now)
    return np.stack([counts[name] for name in STOCK], axis=1)


def _counted(state: State, area: NDArray[np.intp], now: Now) -> tuple[Table, NDArray[np.intp]]:
    """Return the persons whom the law counts, and their areas: all, or all but those in private homes."""
    if now.values["law"]["count_new_private_residents"]:
        return state.persons, area
    private = np.isin(state.dwellings.tenure, [TENURE.index("private_let"), TENURE.index("owned")])
    counted = ~private[state.households.dwelling[state.persons.household]]
    persons = state.persons.copy()
    persons.keep(counted)
    return persons, area[counted]


def _criteria(state: State, p: Table, area: NDArray[np.intp]) -> dict[str, NDArray[np.float64]]:
    areas = len(state.layout.areas)
    working, adult = (p.age >= 18) & (p.age <= 64), p.age >= 18
    middle = (p.age >= 30) & (p.age <= 59)
    taxpayer = working & (p.labour != STUDENT)

    def count(mask: NDArray[np.bool_], weights: NDArray[np.floating] | None = None) -> NDArray[np.float64]:
        return np.bincount(area, mask if weights is None else mask * weights, minlength=areas).astype(np.float64)

    last, before = count(working, p.outside), count(working, p.outside_before)
    return {
        "residents": np.bincount(area, minlength=areas).astype(np.float64),
        "adults_18_64": count(working),
        "outside_two_years": (last + before) / 2,
        "outside_last_year": last,
        "outside_year_before": before,
        "adults_18": count(adult),
        "convicted_two_years": (count(adult & p.convicted) + count(adult & p.convicted_before)) / 2,
        "convicted_last_year": count(adult & p.convicted),
        "aged_30_59": count(middle),
        "basic_schooling_only": count(middle & (p.schooling == 0)),
        "taxpayers_15_64": count(taxpayer),
        "income_ratio_sum": count(taxpayer, p.income),
        "non_western": count(is_non_western(p.origin)),
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
    p = state.persons.copy()
    p.keep(h.rehoused_year[p.household] > 0)
    area = state.home_area()[h.dwelling[p.household]].astype(np.intp)
    counts = _criteria(state, p, area)
    rows = np.flatnonzero(h.rehoused_year)
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


def _homes(state: State, now: Now) -> dict[str, NDArray[np.float64]]:
    d, areas = state.dwellings, len(state.layout.areas)
    area, stands = state.home_area(), d.status != DEMOLISHED
    by_tenure = np.bincount(area[stands] * len(TENURE) + d.tenure[stands], minlength=areas * len(TENURE)).reshape(areas, -1)
    empty = (d.status == LETTABLE) & (state.occupant() < 0)
    counts = {f"homes_{tenure}": by_tenure[:, code].astype(np.float64) for code, tenure in enumerate(TENURE)}
    return counts | {
        "households": np.bincount(area[state.households.dwelling], minlength=areas).astype(np.float64),
        "vacant": np.bincount(area[empty], minlength=areas).astype(np.float64),
        "other_equivalents": np.array([float(a["other_equivalents"]) for a in now.values["place"]["areas"]]),
        "demolished_total": np.bincount(area[~stands], minlength=areas).astype(np.float64),
        "floor_business_m2": state.floor_m2[:, 0].copy(),
        "floor_municipal_m2": state.floor_m2[:, 1].copy(),
    }


def _composition(state: State, area: NDArray[np.intp]) -> dict[str, NDArray[np.float64]]:
    p, areas = state.persons, len(state.layout.areas)
    tenure = state.dwellings.tenure[state.households.dwelling[p.household]]
    edges = np.array([high for _, high in AGE_GROUPS.values()])
    adult = p.age >= 18

    def table(
        code: NDArray[np.integer], names: tuple[str, ...], prefix: str, mask: NDArray[np.bool_] | None = None
    ) -> dict[str, NDArray[np.float64]]:
        here, of = (area, code) if mask is None else (area[mask], code[mask])
        grid = np.bincount(here * len(names) + of, minlength=areas * len(names)).reshape(areas, -1).astype(np.float64)
        return {f"{prefix}_{name}": grid[:, place] for place, name in enumerate(names)}

    return (
        table(np.searchsorted(edges, p.age), tuple(AGE_GROUPS), "age")
        | table(p.labour, LABOUR, "labour")
        | table(p.schooling, SCHOOLING, "schooling", adult)
        | table(p.origin, ORIGIN, "origin")
        | table(tenure, TENURE, "tenure")
    )


def _families(state: State, area: NDArray[np.signedinteger], now: Now) -> dict[str, NDArray[np.float64]]:
    """Count what the committees plan by: children of each age of daycare and school, and parents outside."""
    p, areas, ages = state.persons, len(state.layout.areas), now.values["rates"]["schooling"]["children"]
    with_child = np.bincount(p.household[p.age < 18], minlength=len(state.households)) > 0
    parent = np.flatnonzero(with_child[p.household] & (p.role <= PARTNER) & (p.age >= 18) & (p.age <= 64))
    convicted = p.convicted & (p.age >= 18)

    def aged(first: float, last: float) -> NDArray[np.float64]:
        return np.bincount(area[(p.age >= first) & (p.age <= last)], minlength=areas).astype(np.float64)

    return {
        "daycare_age": aged(ages["intake_age"], ages["school_from"] - 1),
        "intake_age": aged(ages["intake_age"], ages["intake_age"]),
        "school_age": aged(ages["school_from"], ages["school_to"]),
        "parents_18_64": np.bincount(area[parent], minlength=areas).astype(np.float64),
        "parents_outside": np.bincount(area[parent], p.outside[parent], minlength=areas).astype(np.float64),
        "convicted_last_year": np.bincount(area[convicted], minlength=areas).astype(np.float64),
    }
