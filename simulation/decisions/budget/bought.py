"""What each measure and each package buys: persons, points and probability, what one of them costs, and what is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.decisions.budget.effects import Effects, verdict, verdict_of_chance
from simulation.decisions.budget.standing import Standing
from simulation.decisions.budget.study import Study
from simulation.decisions.budget.table import LEAVING, NOWHERE, PEOPLE, Table
from simulation.decisions.budget.variants import POINTS, SUPPORT, Floats
from simulation.indicators.spread import quantiles

BUYS = (*PEOPLE, *POINTS, LEAVING, NOWHERE)
FIRM, CHOSEN, FORCED, LEFT, EXCLUDED = "firm", "chosen", "forced", "left", "excluded"
SILENT, UNRANKED, UNPRICED = "silent", "unranked", "unpriced"
CANNOT = (SILENT, UNRANKED)  # cannot be calculated


@dataclass(frozen=True)
class Amount:
    """An effect over the draws, and what one unit of it costs (thousands of kr.; None where no one can say)."""

    mean: float
    p10: float
    p90: float
    verdict: str
    unit_cost: float | None


@dataclass(frozen=True)
class Bought:
    """One measure: where it stands, what it buys on the list of the goals, what it saves (thousands of kr.), how often it is chosen."""

    standing: Standing
    status: str
    amounts: Mapping[str, Amount]  # of BUYS; empty where it was not tested
    saved: float | None
    chosen_in: int | None  # draws in which it is in the best package

    @property
    def net(self) -> float | None:
        """Return the cost less what is saved; None where either is not known."""
        cost = self.standing.cost
        return None if cost is None or self.saved is None else cost - self.saved


def bought(study: Study, list_year: int) -> dict[str, Bought]:
    """Return what each measure buys on one list."""
    return {name: _bought(study, name, list_year) for name in study.standings}


def _bought(study: Study, name: str, list_year: int) -> Bought:
    standing, effects = study.standings[name], study.effects
    at = effects.names.index(name) if name in effects.names else None
    amounts = {} if at is None else amounts_of(effects, at, list_year, standing.cost)
    rate = study.table.wish(name).saved
    saved = None if at is None or rate is None else rate * sum(years_spared(effects, at, study.table))
    open_ = study.found is not None and name in study.choice.names and standing.ranked
    chosen = study.found.robustness.chosen[name] if study.found is not None and open_ else None
    return Bought(standing, _status(study, name), amounts, saved, chosen)


def _status(study: Study, name: str) -> str:
    standing, wish = study.standings[name], study.table.wish(name)
    if standing.granted:
        return FIRM
    if name in study.package:
        return FORCED if wish.must else CHOSEN
    if wish.excluded:
        return EXCLUDED
    if not standing.ranked:
        return UNRANKED if standing.acts else SILENT
    return UNPRICED if standing.costs is None else LEFT


def amount(values: Floats, cost: float | None, chance: bool = False) -> Amount:
    """Return an effect by draw as an amount, ``chance``: on a probability; its price only where it can be told from nothing."""
    low, _, high = quantiles(values)
    mean, told = float(values.mean()), (verdict_of_chance if chance else verdict)(values)
    priced = cost is not None and told == "better" and mean > 0
    return Amount(mean, float(low), float(high), told, cost / mean if priced and cost is not None else None)


def amounts_of(effects: Effects, at: int, list_year: int, cost: float | None) -> dict[str, Amount]:
    """Return what one measure or package buys, of everything that can be bought."""
    return {key: amount(effects.of(key, list_year)[:, at], cost, key in (LEAVING, NOWHERE)) for key in BUYS}


def years_spared(effects: Effects, at: int, table: Table) -> tuple[float, ...]:
    """Return the years on public support that a measure spares in each budget year, at the mean over the draws.

    A budget year is the mean of the 1 January at its two ends; the one before the last list has the first end alone.
    """
    fewer = -effects.series(SUPPORT)[:, at].mean(axis=0)
    by_list = dict(zip(effects.list_years, fewer, strict=True))
    ends = [[by_list[end] for end in (year, year + 1) if end in by_list] for year in table.years]
    return tuple(float(np.mean(found)) if found else 0.0 for found in ends)


def saved_by(study: Study, package: frozenset[str], measures: Mapping[str, Bought]) -> float | None:
    """Return what a package saves in benefits, thousands of kr.; None where that is not known of a measure that is counted on."""
    counted = [measures[name] for name in package if study.standings[name].ranked]
    return sum(each.saved for each in counted if each.saved is not None) if all(each.saved is not None for each in counted) else None
