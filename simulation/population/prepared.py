"""A population ready for use: the candidates, and for each background their weights, work profiles, risks and wages.

A *background* is a population of ``place.populations``: the residents of an area at the start, or those whom private homes
would bring. A person keeps it when moving: a move by itself changes nobody's prospects (no general effect of the area was
found; the literature on forced relocation finds no conclusive gain).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.files import InputErrors, Problem
from simulation.population import margins
from simulation.population.candidates import Candidates, make
from simulation.population.profiles import AGES, CELLS, at_ages, cell_of, labour_stock
from simulation.population.prospects import EMPLOYED, benefit_ratios, conviction_risk, moving_ratio, risk_of_kinds
from simulation.population.raking import MarginsConflict, Raked, rake
from simulation.population.spells import Spells, spells
from simulation.records import LABOUR

FITTINGS = 15  # rounds after which the shares stand still to far more digits than are known


@dataclass(frozen=True)
class Pool:
    """The candidates, their counts of every margin, and the multipliers at the central values, from which draws start."""

    candidates: Candidates
    counts: NDArray[np.float64]
    guesses: tuple[NDArray[np.float64], ...]
    stock_per_year: tuple[float, ...]  # backgrounds; see margins.targets


@dataclass(frozen=True, eq=False)
class Population:
    """Backgrounds (first axis) over one pool of candidates."""

    names: tuple[str, ...]
    homes: NDArray[np.int64]  # filled at the start
    residents: NDArray[np.int64]  # at the start
    candidates: Candidates
    counts: NDArray[np.float64]  # candidates, margins.NAMES
    targets: NDArray[np.float64]  # backgrounds, margins.NAMES; per home
    weights: NDArray[np.float64]  # backgrounds, candidates; sum 1
    applicants: NDArray[np.float64]  # the same, of those who would move in
    rooms: NDArray[np.float64]  # backgrounds, household sizes, rooms: in how many rooms newcomers of a size live
    labour: NDArray[np.float64]  # backgrounds, AGES, CELLS, states: share of the stock
    city_response: NDArray[np.float64]  # states: share of those in it who respond to the city's labour market
    spells: Spells
    more: NDArray[np.float64]  # backgrounds, AGES, (other, non-western): share with more than basic schooling
    conviction_risk: NDArray[np.float64]  # kinds of persons: relative to others'; see prospects.risk_of_kinds
    conviction_level: NDArray[np.float64]  # probability a year at relative risk 1, in the base year
    wage: NDArray[np.float64]  # mean wage of a full year, as a ratio to the region's mean income
    moving: NDArray[np.float64]  # mean of the moving ratio over households


def homes_of(population: Any, place: Any) -> int:
    """Return how many homes of the place a population fills at the start."""
    return int(sum(d["homes"] for d in place["departments"] if d["area"] == population["area"]))


def _targets(population: Any, values: Any, counted: NDArray[np.bool_], stock_per_year: float = 1.0) -> NDArray[np.float64]:
    homes = homes_of(population, values["place"])
    return margins.targets(population, population["residents"] / homes if homes else population["residents"], counted, stock_per_year)


def _rake(
    population: Any,
    values: Any,
    start: NDArray[np.float64],
    counts: NDArray[np.float64],
    target: NDArray[np.float64],
    guess: NDArray[np.float64] | None = None,
) -> Raked:
    """Rake for one population; say in the user's words which margin the others leave no room for."""
    try:
        return rake(start, counts, target, guess)
    except MarginsConflict as conflict:
        told = {"margin": margins.NAMES[conflict.args[0]]}
        key = f"place.populations.{population['id']}"
        raise InputErrors([Problem(file=_file(values), key=key, code="margins_conflict", values=told)]) from conflict


def _stock_per_year(values: Any, c: Candidates, raked: list[Raked], counted: NDArray[np.bool_]) -> list[float]:
    """Return, by background, the share outside on 1 January over the mean of the two years before.

    In those years people were younger, as children not counted at all: a year lies between the stocks of two ages.
    """
    weights = np.array([r.weights / r.weights.sum() for r in raked])
    labour, _ = _profiles(values, c, weights, np.array([r.multipliers for r in raked]))
    outside = labour[..., counted].sum(axis=3)
    younger, youngest = (np.concatenate([np.zeros_like(outside[:, :years]), outside[:, :-years]], axis=1) for years in (1, 2))
    people = _people(c, weights)
    stock, years = ((people * share).sum(axis=(1, 2)) for share in (outside, outside / 4 + younger / 2 + youngest / 4))
    return (stock / years).tolist()


def make_pool(central: Any, counted: NDArray[np.bool_]) -> Pool:
    """Make the candidates and solve the weights for the values without any draw."""
    rates = central["rates"]
    candidates = make(int(rates["population"]["candidates"]), rates["population"], rates["labour"])
    counts = margins.count(candidates)
    start = np.full(len(counts), 1 / len(counts))
    populations = central["place"]["populations"]
    first = [_rake(p, central, start, counts, _targets(p, central, counted)) for p in populations]
    ratios = _stock_per_year(central, candidates, first, counted)
    wanted = [_targets(p, central, counted, ratio) for p, ratio in zip(populations, ratios, strict=True)]
    again = zip(populations, wanted, first, strict=True)
    guesses = tuple(_rake(p, central, start, counts, t, raked.multipliers).multipliers for p, t, raked in again)
    return Pool(candidates, counts, guesses, tuple(ratios))


def prepare(values: Any, pool: Pool, counted: NDArray[np.bool_]) -> Population:
    """Prepare every background for one draw of the values.

    ``counted``: which labour states the criterion counts, in the order of ``records.LABOUR``. Raises ``InputErrors`` where a
    population's margins contradict each other.
    """
    candidates, place = pool.candidates, values["place"]
    start = np.full(len(pool.counts), 1 / len(pool.counts))
    wanted = np.array([_targets(p, values, counted, ratio) for p, ratio in zip(place["populations"], pool.stock_per_year, strict=True)])
    entries = zip(place["populations"], wanted, pool.guesses, strict=True)
    raked = [_rake(p, values, start, pool.counts, target, guess) for p, target, guess in entries]
    weights = np.array([r.weights / r.weights.sum() for r in raked])
    ratio = _moving_ratio(candidates, values)
    labour, more = _profiles(values, candidates, weights, np.array([r.multipliers for r in raked]))
    homes = np.array([homes_of(p, place) for p in place["populations"]])
    kinds = risk_of_kinds(values["rates"]["convictions"])
    return Population(
        names=tuple(p["id"] for p in place["populations"]),
        homes=homes,
        residents=np.array([round(p["residents"]) if n else 0 for p, n in zip(place["populations"], homes, strict=True)]),
        candidates=candidates,
        counts=pool.counts,
        targets=wanted,
        weights=weights,
        applicants=_applicants(values, candidates, weights * ratio),
        rooms=np.tile(np.array(values["rates"]["homes"]["rooms_by_size"]), (len(homes), 1, 1)),
        labour=labour,
        city_response=np.array([values["rates"]["labour"]["city_response"].get(state, 0.0) for state in LABOUR]),
        spells=spells(labour, values),
        more=more,
        conviction_risk=kinds,
        conviction_level=_conviction_level(values, kinds, candidates, weights, counted),
        wage=_wage(values, candidates, weights),
        moving=weights @ ratio,
    )


def _applicants(values: Any, c: Candidates, movers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn those who are likely to move into those who move in: younger, by ``rates.population.newcomer_age_tilt``."""
    applicants = movers * np.exp(values["rates"]["population"]["newcomer_age_tilt"] * (c.age[c.start[:-1]] - 40.0))
    return applicants / applicants.sum(axis=1, keepdims=True)


def _moving_ratio(c: Candidates, values: Any) -> NDArray[np.float64]:
    working, children = c.sum(c.labour == EMPLOYED) > 0, c.sum(c.age < 18) > 0
    return moving_ratio(c.age[c.start[:-1]], working, children, values["rates"]["moving"])


def _profiles(
    values: Any, c: Candidates, weights: NDArray[np.float64], multipliers: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the labour stock and the share with more schooling, tilted as the weights tilt the candidates.

    Schooling and work are drawn for each candidate by age, origin and schooling alone, and the weights are exponential
    in sums over persons; so the weighted shares follow from the multipliers without the noise of the pool.
    """
    tilt = np.zeros((len(multipliers), len(LABOUR)))
    for state in margins.STATES:
        tilt[:, LABOUR.index(state)] = multipliers[:, margins.NAMES.index(f"labour_{state}")]
    odds = labour_stock(values["rates"]["labour"])[None] * np.exp(tilt)[:, None, None, :]
    weight = odds.sum(axis=3)  # backgrounds, AGES, CELLS
    basic_tilt = np.zeros((len(multipliers), len(AGES)))
    for name, low, high in (("basic_18_29", 18, 29), ("basic_30_59", 30, 59)):
        basic_tilt[:, (low <= AGES) & (high >= AGES)] = multipliers[:, [margins.NAMES.index(name)]]
    table = values["rates"]["population"]["more_than_basic"]
    share = np.stack([at_ages(table, column, AGES) for column in ("other", "non_western")], axis=1)
    basic = (1 - share) * weight[..., :2] * np.exp(basic_tilt)[..., None]
    more = share * weight[..., 2:]
    return _at_margins(odds, c, weights), more / (basic + more)


def _at_margins(odds: NDArray[np.float64], c: Candidates, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn odds into shares whose sums over a background's people are the weighted sums of the candidates' own states."""
    working = np.flatnonzero((c.age >= AGES[0]) & (c.age < AGES[-1]))
    of_person = weights[:, c.household[working]]
    people = _people(c, weights)
    found = np.array([np.bincount(c.labour[working], w, minlength=len(LABOUR)) for w in of_person])
    for _ in range(FITTINGS):
        shares = odds / odds.sum(axis=3, keepdims=True)
        implied = np.einsum("bac,bacs->bs", people, shares)
        odds = shares * np.divide(found, implied, out=np.ones_like(found), where=implied > 0)[:, None, None, :]
    return odds / odds.sum(axis=3, keepdims=True)


def _people(c: Candidates, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count the people of working age by background, AGES and CELLS."""
    working = np.flatnonzero((c.age >= AGES[0]) & (c.age < AGES[-1]))
    at = (c.age[working] - AGES[0]) * CELLS + cell_of(c.schooling[working], c.origin[working])
    counts = [np.bincount(at, w, minlength=len(AGES) * CELLS) for w in weights[:, c.household[working]]]
    return np.array(counts, np.float64).reshape(len(weights), len(AGES), CELLS)


def _conviction_level(
    values: Any, kinds: NDArray[np.float64], c: Candidates, weights: NDArray[np.float64], counted: NDArray[np.bool_]
) -> NDArray[np.float64]:
    adult = c.age >= 18
    risk = conviction_risk(c.age, c.female, counted[c.labour], c.schooling, kinds)
    expected = weights @ c.sum(np.where(adult, risk, 0.0))
    return np.array([p["convicted"] for p in values["place"]["populations"]]) * (weights @ c.sum(adult)) / expected


def _wage(values: Any, c: Candidates, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solve the mean wage with which the mean income of taxpayers is the population's own."""
    taxpayer = (c.age >= 18) & (c.age <= 64) & (c.labour != LABOUR.index("student"))
    benefits = weights @ c.sum(np.where(taxpayer, benefit_ratios(values)[c.labour], 0.0))
    income = np.array([p["income"] for p in values["place"]["populations"]])
    wages: NDArray[np.float64] = (income * (weights @ c.sum(taxpayer)) - benefits) / (weights @ c.sum(taxpayer & (c.labour == EMPLOYED)))
    problems = [
        Problem(file=_file(values), key=f"place.populations.{p['id']}.income", code="income_below_benefits", values={"given": p["income"]})
        for p, wage in zip(values["place"]["populations"], wages, strict=True)
        if wage <= 0
    ]
    if problems:
        raise InputErrors(problems)
    return wages


def _file(values: Any) -> str:
    return f"places/{values['place']['id']}/place.yaml"
