"""A trial beside the law: all open measures begun with the first money, each at the good end of its range, and which lists that moves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.cases import Case, case_values
from simulation.decisions.budget.variants import Floats, Simulate, funded, values_of_first, with_measures
from simulation.decisions.reach import CRITERIA, Reach, reach_of
from simulation.scenario import Scenario
from simulation.scenario.items import Measure

DRAWS = 4  # a list that can be moved at all is moved in the first few


def tried_measures(scenario: Scenario, firm: frozenset[str]) -> list[Measure]:
    """Return the measures that act and do not lie firm; where there are none, all that act."""
    acting = [measure for measure in scenario.sections.measures if measure.acts_on != "none"]
    return [measure for measure in acting if measure.id not in firm] or acting


def reach(scenario: Scenario, firm: frozenset[str], start: int, draws: Sequence[int], simulate: Simulate) -> tuple[Reach, ...]:
    """Return which lists money from ``start`` on can move, by criterion, as the law has it and as a paired simulation shows it."""
    measures = tried_measures(scenario, firm)
    names = frozenset(measure.id for measure in measures)
    without, begun = funded(scenario, firm - names), funded(_begun(scenario, names, start), firm | names)
    given = tuple((f"measures.{measure.id}.effect", _far(measure)) for measure in measures)
    cases = [Case(number, draw, given) for draw in draws[:DRAWS] for number in range(2)]
    ensemble = simulate([without, begun], cases)
    values = case_values(ensemble, values_of_first(ensemble, scenario)).reshape(-1, 2, len(ensemble.layout.list_years), len(CRITERIA))
    change, years = values[:, 1] - values[:, 0], np.array(ensemble.layout.list_years)
    shown = {name: (_first(change[:, :, at], years), float(change[:, -1, at].mean())) for at, name in enumerate(CRITERIA)}
    return reach_of(scenario, measures, start, shown)


def _first(change: Floats, years: NDArray[np.int64]) -> int | None:
    """Return the first list that any future moves: draws, lists."""
    moved = change.any(axis=0)
    return int(years[moved][0]) if moved.any() else None


def _far(measure: Measure) -> float:
    """Return the end of the range that helps: fewer convictions, more of all else; the other end where that one is nought."""
    effect = measure.effect
    ends = [effect.value if end is None else end for end in (effect.low, effect.high)]
    good = min(ends) if measure.acts_on == "conviction" else max(ends)
    return good or max(ends, key=abs)


def _begun(scenario: Scenario, names: frozenset[str], start: int) -> Scenario:
    """Return the scenario with measures that begin in ``start`` at the earliest and last to the end."""
    later = {"to": scenario.last_year}
    measures = tuple(
        each.model_copy(update={**later, "from_": max(each.from_, start)}) if each.id in names else each
        for each in scenario.sections.measures
    )
    return with_measures(scenario, measures)
