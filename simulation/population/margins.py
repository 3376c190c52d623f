"""Margins of a population: what is counted in each candidate household, and what it must come to per home."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.population.candidates import Candidates
from simulation.population.profiles import is_non_western
from simulation.records import LABOUR

AGE_BANDS = {
    "0_6": (0, 6),
    "7_17": (7, 17),
    "18_24": (18, 24),
    "25_29": (25, 29),
    "30_39": (30, 39),
    "40_49": (40, 49),
    "50_59": (50, 59),
    "60_64": (60, 64),
    "65_up": (65, 200),
}
# Employment is what remains of the working ages, so it is no margin of its own.
STATES = tuple(state for state in LABOUR if state not in ("child", "employed", "pensioner"))
NAMES = (
    "homes",
    "with_children",
    *(f"age_{band}" for band in AGE_BANDS),
    "non_western",
    "non_western_0_14",
    "non_western_15_24",
    "western",
    "basic_18_29",
    "basic_30_59",
    *(f"labour_{state}" for state in STATES),
)


def count(candidates: Candidates) -> NDArray[np.float64]:
    """Count every margin in each candidate household: households, ``NAMES``."""
    c = candidates
    non_western, western = is_non_western(c.origin), (c.origin > 0) & ~is_non_western(c.origin)
    working, basic = _between(c.age, 18, 64), c.schooling == 0
    columns = [np.ones(len(c.size)), (c.sum(c.age < 18) > 0).astype(float)]
    columns += [c.sum(_between(c.age, *band)) for band in AGE_BANDS.values()]
    columns += [c.sum(non_western), c.sum(non_western & (c.age <= 14)), c.sum(non_western & _between(c.age, 15, 24)), c.sum(western)]
    columns += [c.sum(basic & _between(c.age, 18, 29)), c.sum(basic & _between(c.age, 30, 59))]
    columns += [c.sum(working & (c.labour == LABOUR.index(state))) for state in STATES]
    return np.stack(columns, axis=1)


def _between(age: NDArray[np.int16], low: int, high: int) -> NDArray[np.bool_]:
    return (age >= low) & (age <= high)


def targets(population: Any, residents_per_home: float, counted: NDArray[np.bool_], stock_per_year: float = 1.0) -> NDArray[np.float64]:
    """Return what each margin comes to per home, in the order of ``NAMES``.

    ``stock_per_year``: the share outside on 1 January over the mean of the two years before, which the criterion counts;
    those who turned 18 lately have had no whole year.

    ``counted`` says which labour states the criterion counts; those that are counted share the population's published
    ``outside`` in the proportions of ``outside_split``, the others of the split keep the size the split gives them.
    """
    ages = {band: population["ages"][band] for band in AGE_BANDS}
    whole = sum(ages.values())
    ages = {band: share / whole for band, share in ages.items()}
    # The published shares at 0-14 and 15-24 fall between the bands: 8 of the 11 years of 7-17 are below 15.
    share_0_14 = ages["0_6"] + ages["7_17"] * 8 / 11
    share_15_24 = ages["7_17"] * 3 / 11 + ages["18_24"]
    working = ages["18_24"] + ages["25_29"] + ages["30_39"] + ages["40_49"] + ages["50_59"] + ages["60_64"]
    per_resident = [
        *ages.values(),
        population["non_western"],
        population["non_western"] * population["non_western_ratio_0_14"] * share_0_14,
        population["non_western"] * population["non_western_ratio_15_24"] * share_15_24,
        population["western"],
        population["basic_18_29"] * (ages["18_24"] + ages["25_29"]),
        population["basic_30_59"] * (ages["30_39"] + ages["40_49"] + ages["50_59"]),
        *(share * working for share in labour_shares(population, counted, stock_per_year).values()),
    ]
    return np.array([1.0, population["with_children"], *(residents_per_home * share for share in per_resident)])


def labour_shares(population: Any, counted: NDArray[np.bool_], stock_per_year: float) -> dict[str, float]:
    """Return the share of 18-64-year-olds in each of ``STATES`` such that the counted ones give ``outside`` over the years."""
    split = {state: population["outside_split"][state] for state in STATES if state in population["outside_split"]}
    whole = sum(split.values())
    shares = {state: population["outside"] * part / whole for state, part in split.items()}
    shares |= {state: population[state] for state in ("student", "early_retirement", "home_without_benefit")}
    counts = {state: bool(counted[LABOUR.index(state)]) for state in STATES}
    fixed = sum(shares[state] for state in STATES if counts[state] and state not in split)
    free = sum(shares[state] for state in split if counts[state])
    scale = (population["outside"] * stock_per_year - fixed) / free
    return {state: shares[state] * scale if counts[state] and state in split else shares[state] for state in STATES}
