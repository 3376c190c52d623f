"""What each measure costs, saves and nets in each budget year, and the first list that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.decisions.budget.bought import years_spared
from simulation.decisions.budget.study import Study
from simulation.decisions.budget.teller import Teller
from simulation.decisions.reach import MOVES, Reach, reach_of
from simulation.report.cells import Table
from simulation.words import UNKNOWN, number

COLUMNS = ["measure", "year", "cost_thousand_dkk", "saved_thousand_dkk", "net_thousand_dkk", "first_list", "whole_list"]


@dataclass(frozen=True)
class Yearly:
    """One measure: thousands of kr. in each budget year (saved: None where it is not known), and the lists that show it."""

    name: str
    costs: tuple[float, ...]
    saved: tuple[float, ...] | None
    reach: Reach

    @property
    def net(self) -> tuple[float, ...] | None:
        """Return the cost of each year less what is saved in it; None where that is not known."""
        return None if self.saved is None else tuple(cost - saved for cost, saved in zip(self.costs, self.saved, strict=True))


def yearly(study: Study) -> Iterator[Yearly]:
    """Yield every measure whose price is known and whose effect can be calculated."""
    for name, standing in study.standings.items():
        if standing.costs is None or not standing.ranked or not standing.priced or name not in study.effects.names:
            continue
        rate = study.table.wish(name).saved
        spared = years_spared(study.effects, study.effects.names.index(name), study.table)
        saved = None if rate is None else tuple(rate * years for years in spared)
        shows = {each.criterion: each for each in reach_of(study.scenario, [standing.measure], study.table.years[0], {})}
        yield Yearly(name, standing.costs, saved, shows[MOVES[standing.measure.acts_on][0]])


def years_frame(study: Study) -> pd.DataFrame:
    """Return the table ``measures_by_year.csv``."""
    rows = [
        (
            each.name,
            year,
            each.costs[at],
            each.saved[at] if each.saved else np.nan,
            each.net[at] if each.net else np.nan,
            *_lists(each.reach),
        )
        for each in yearly(study)
        for at, year in enumerate(study.table.years)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"first_list": "Int64", "whole_list": "Int64"})


def _lists(reach: Reach) -> tuple[int | None, int | None]:
    return reach.first, reach.whole


def years_table(teller: Teller) -> Table | None:
    """Return the net of each budget year with the price beside it, a sum for the package, and the first list that shows a measure."""
    study, found = teller.study, list(yearly(teller.study))
    heads = [teller.say("head.measure"), *map(str, study.table.years), teller.say("head.first_list"), teller.say("head.whole_list")]
    rows = [[teller.name(each.name), *_cells(teller, each), *(_list(year) for year in _lists(each.reach))] for each in found]
    chosen = [each for each in found if each.name in study.package]
    if len(chosen) > 1 and len(chosen) == len(study.package):
        rows.append([teller.say("head.whole_package"), *_cells(teller, _sum(chosen)), "", ""])
    return Table(heads, rows, teller.say("caption.years", level=study.table.price_level)) if rows else None


def _sum(parts: list[Yearly]) -> Yearly:
    costs = tuple(sum(costs) for costs in zip(*(each.costs for each in parts), strict=True))
    known = [each.saved for each in parts if each.saved is not None]
    saved = tuple(sum(saved) for saved in zip(*known, strict=True)) if len(known) == len(parts) else None
    return Yearly("", costs, saved, parts[0].reach)


def _cells(teller: Teller, each: Yearly) -> Iterator[str]:
    for cost, net in zip(each.costs, each.net or [None] * len(each.costs), strict=True):
        told = UNKNOWN if net is None else number(net, teller.lang)
        yield teller.say("net_of", net=told, cost=number(cost, teller.lang))


def _list(year: int | None) -> str:
    return UNKNOWN if year is None else str(year)
