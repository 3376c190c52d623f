"""Where each measure stands in the negotiation: firm, to be chosen, or impossible to rank; and the choice that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from simulation.decisions.budget.packing import Choice, Rule, needs, not_with
from simulation.decisions.budget.table import COMMON, Table
from simulation.files import InputErrors, Problem
from simulation.scenario import Scenario
from simulation.scenario.items import Measure

UNKNOWN_EFFECT = ("none", "tried")  # grades of effects that no evidence gives


@dataclass(frozen=True)
class Standing:
    """One measure: ``costs`` by budget year, None where a cost that it must have is not known."""

    measure: Measure
    granted: bool  # decided and funded: it lies firm and takes nothing of the frames
    ranked: bool  # evidence, or the users, give it an effect
    acts: bool  # something in the model answers to it
    priced: bool  # the catalogue or the users name a price, perhaps not of every year
    costs: tuple[float, ...] | None
    unknown: tuple[int, ...]  # budget years in which it runs and nobody knows the cost
    payer: str

    @property
    def cost(self) -> float | None:
        """Return the cost over the budget years, thousands of kr.; None where it is not known."""
        return None if self.costs is None else sum(self.costs)


def standings(scenario: Scenario, table: Table) -> dict[str, Standing]:
    """Return where each measure stands."""
    return {measure.id: _standing(measure, table) for measure in scenario.sections.measures}


def _standing(measure: Measure, table: Table) -> Standing:
    said = {int(year): amount.value for year, amount in measure.cost.thousand_dkk.items()} if measure.cost else {}
    unknown = tuple(year for year in table.years if measure.from_ <= year <= measure.to and year not in said)
    acts, payers = measure.acts_on != "none", {frame.committee for frame in table.frames}
    payer = measure.cost.payer if measure.cost else ""
    return Standing(
        measure=measure,
        granted=measure.decided and measure.funded,
        ranked=acts and measure.grade not in UNKNOWN_EFFECT,
        acts=acts,
        priced=any(year in said for year in table.years),
        costs=None if unknown else tuple(said.get(year, 0.0) for year in table.years),
        unknown=unknown,
        payer=payer if payer in payers else COMMON,
    )


def granted(found: Mapping[str, Standing]) -> frozenset[str]:
    """Return the measures that lie firm."""
    return frozenset(name for name, standing in found.items() if standing.granted)


def tested(found: Mapping[str, Standing], table: Table) -> list[str]:
    """Return the measures whose effect is simulated: with evidence, or with a price; those left out are not."""
    return [
        name
        for name, standing in found.items()
        if standing.acts and (standing.ranked or standing.priced) and not (table.wish(name).excluded and not standing.granted)
    ]


def choice_of(found: Mapping[str, Standing], table: Table, file: str, synergies: Iterable[tuple[str, str]] = ()) -> Choice:
    """Return what can be chosen. Raise InputErrors where what must be in has no known cost."""
    open_ = {name: each for name, each in found.items() if not each.granted and not table.wish(name).excluded}
    forced = frozenset(name for name in open_ if table.wish(name).must)
    if unpriced := [name for name in forced if open_[name].costs is None]:
        raise InputErrors([_unpriced(open_[name], file) for name in unpriced])
    names = _candidates({name: each for name, each in open_.items() if each.costs is not None}, forced, table)
    return Choice(
        names=names,
        costs=np.array([open_[name].costs for name in names], dtype=np.float64).reshape(len(names), len(table.years)),
        payers=tuple(open_[name].payer for name in names),
        frames=table.frames,
        total=table.total,
        forced=forced,
        rules=tuple(_rules(names, found, table)),
        pairs=tuple(pair for pair in synergies if set(pair) <= set(names)),
    )


def _unpriced(standing: Standing, file: str) -> Problem:
    years = ", ".join(str(year) for year in standing.unknown)
    return Problem(file, 0, 0, standing.measure.id, "budget_forced_unpriced", {"given": standing.measure.id, "years": years})


def _candidates(open_: Mapping[str, Standing], forced: frozenset[str], table: Table) -> tuple[str, ...]:
    """Return those with evidence, those that are forced, and what one of them needs."""
    wanted = {name for name, standing in open_.items() if standing.ranked} | forced
    while more := {needed for name in wanted for needed in table.wish(name).needs if needed in open_} - wanted:
        wanted |= more
    return tuple(name for name in open_ if name in wanted)


def _rules(names: tuple[str, ...], found: Mapping[str, Standing], table: Table) -> Iterable[Rule]:
    for name in names:
        for needed in table.wish(name).needs:
            if needed in names:
                yield needs(name, needed)
            elif not found[needed].granted:
                yield Rule({name: 1.0}, 0.0)
        for other in table.wish(name).not_with:
            if other in names:
                yield not_with(name, other)
            elif found[other].granted:
                yield Rule({name: 1.0}, 0.0)
