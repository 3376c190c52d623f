"""The packages of a study as rows: cost, effect, probability, and how often each is the best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from simulation.decisions.budget.bought import BUYS, Amount, Bought, amount, amounts_of, bought, saved_by
from simulation.decisions.budget.effects import worth_whole
from simulation.decisions.budget.foretelling import foretold
from simulation.decisions.budget.packing import best_package
from simulation.decisions.budget.study import Study
from simulation.decisions.budget.table import LEAVING, NOWHERE
from simulation.decisions.budget.variants import HUNDRED

NOTHING, BEST, CHEAPER, FRONTIER, RIVAL = "nothing", "best", "cheaper", "frontier", "rival"


@dataclass(frozen=True)
class Package:
    """One package beside what lies firm. ``off``: probability of being off the conversion list, where it was simulated as a whole."""

    kind: str
    measures: tuple[str, ...]
    cost: float
    net: float | None
    foretold: float  # weighted unit of the goals, mean over the draws
    simulated: Amount | None
    off: float | None
    nowhere: float | None  # on no list at all
    amounts: dict[str, Amount]  # on the main list, simulated as a whole
    within: bool
    best_in: int  # draws in which it is the best


def main_list(study: Study) -> int:
    """Return the list that is told first: that of the first goal."""
    return study.table.aims[0].list_year


def packages(study: Study) -> list[Package]:
    """Return the packages, the chosen one first, then by cost; those that are best in some draw only come last."""
    if study.found is None:
        return []
    measures = bought(study, main_list(study))
    simulated = {package: _package(study, package, measures) for package in study.packages}
    rivals = [package for package, _ in study.found.robustness.rivals.most_common() if package not in simulated]
    rest = sorted((row for package, row in simulated.items() if package != study.package), key=lambda row: row.cost)
    return [simulated[study.package], *rest, *(_package(study, package, measures) for package in rivals)]


def _package(study: Study, package: frozenset[str], measures: dict[str, Bought]) -> Package:
    assert study.found is not None
    choice, saved = study.choice, saved_by(study, package, measures)
    cost, whole = choice.cost_of(package), package in study.packages
    change = study.change(package) if whole else None
    seen = {} if change is None else amounts_of(change, 0, main_list(study), cost)
    return Package(
        kind=_kind(study, package),
        measures=tuple(name for name in choice.names if name in package),
        cost=cost,
        net=None if saved is None else cost - saved,
        foretold=float(foretold(study.effects, package, study.table.aims).mean()),
        simulated=None if change is None else amount(worth_whole(change, study.table.aims)[:, 0], cost),
        off=off(study, package) if whole else None,
        nowhere=off(study, package, NOWHERE) if whole else None,
        amounts=seen,
        within=keeps_frames(study, package),
        best_in=study.found.robustness.rivals[package],
    )


def _kind(study: Study, package: frozenset[str]) -> str:
    assert study.found is not None
    if package == study.found.package:
        return BEST
    if package == study.found.cheaper:
        return CHEAPER
    if not package:
        return NOTHING
    return FRONTIER if package in study.found.frontier else RIVAL


def off(study: Study, package: frozenset[str], which: str = LEAVING) -> float:
    """Return the probability of being off the conversion list, or another, with a package that was simulated as a whole."""
    return float(study.together.of(which, main_list(study))[study.packages.index(package)].mean() / HUNDRED)


def keeps_frames(study: Study, package: frozenset[str]) -> bool:
    """Return whether a package keeps the frames: with all of it forced and nothing else there is a way to pay."""
    if not package >= study.choice.forced:
        return False
    asked = replace(study.choice, forced=package, leaving=())
    return best_package(asked, -np.ones(len(asked.names) + len(asked.pairs))) is not None


def packages_frame(rows: Iterable[Package], study: Study) -> pd.DataFrame:
    """Return the table ``packages.csv``: thousands of kr., the weighted unit of the goals, fractions."""
    rows, seen = list(rows), study.confirmed
    found = {
        "package": [row.kind for row in rows],
        "measures": ["; ".join(row.measures) for row in rows],
        "cost_thousand_dkk": [row.cost for row in rows],
        "net_thousand_dkk": [_or_nan(row.net) for row in rows],
        "within_frames": [row.within for row in rows],
        "effect_foretold": [row.foretold for row in rows],
        **{f"effect_{name}": [_part(row.simulated, name) for row in rows] for name in ("mean", "p10", "p90")},
        "probability_off_list": [_or_nan(row.off) for row in rows],
        "probability_off_every_list": [_or_nan(row.nowhere) for row in rows],
        **{f"fewer_{name}": [_part(row.amounts.get(name), "mean") for row in rows] for name in BUYS if name not in (LEAVING, NOWHERE)},
        "best_in_share_of_draws": [row.best_in / study.draws for row in rows],
    }
    told = {"foretold_low": seen.low, "foretold_high": seen.high, "confirmed_mean": float(seen.seen.mean())} if seen else {}
    for name in ("foretold_low", "foretold_high", "confirmed_mean"):
        found[name] = [told.get(name, np.nan) if row.kind == BEST else np.nan for row in rows]
    return pd.DataFrame(found)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _part(found: Amount | None, name: str) -> float:
    return float("nan") if found is None else float(getattr(found, name))


def measures_frame(study: Study) -> pd.DataFrame:
    """Return the table ``measures.csv``: each measure and quantity on each list of a goal, with what one unit costs."""
    rows = []
    for year in dict.fromkeys(aim.list_year for aim in study.table.aims):
        for name, each in bought(study, year).items():
            told = {"measure": name, "list_year": year, "standing": each.status, "cost_thousand_dkk": _or_nan(each.standing.cost)}
            told |= {"saved_thousand_dkk": _or_nan(each.saved), "own_effect": name in study.table.own_effects}
            told["chosen_in_draws"] = _or_nan(each.chosen_in)
            for key in BUYS if each.amounts else ("",):
                found = each.amounts.get(key)
                parts = {part: _part(found, part) for part in ("mean", "p10", "p90")}
                cost = {"unit_cost_thousand_dkk": _or_nan(found.unit_cost if found else None), "verdict": found.verdict if found else ""}
                rows.append(told | {"quantity": key or "cannot_be_calculated"} | parts | cost)
    return pd.DataFrame(rows)
