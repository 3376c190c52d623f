"""One scenario with other measures funded, and what each variant leads to, on the same draws and the same chance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.cases import Case, case_values
from simulation.decisions.budget.table import LEAVING, NOWHERE, PEOPLE
from simulation.indicators.elsewhere import category_of
from simulation.indicators.measures import INDICATORS, measure
from simulation.indicators.setting import setting_of
from simulation.law import CONVERSION, NONE, rules_for
from simulation.law.rules import Rules
from simulation.records import Ensemble
from simulation.scenario import Scenario
from simulation.scenario.items import Measure
from simulation.scenario.trees import structure

Floats = NDArray[np.float64]
Simulate = Callable[[Sequence[Scenario], Sequence[Case]], Ensemble]
POINTS = tuple(f"points_{name}" for name in PEOPLE)
LOWER = tuple(f"prevention_{name}" for name in PEOPLE)  # points to the limits of the prevention list, or of the list where it has none
VALUES = tuple(f"value_{name}" for name in PEOPLE)
LIMITS = tuple(f"limit_{name}" for name in PEOPLE)
SUPPORT = "public_support"
QUANTITIES = (*PEOPLE, *POINTS, LEAVING, NOWHERE, SUPPORT, *VALUES, *LIMITS, *LOWER)
HUNDRED = 100.0  # a probability as points


def funded(scenario: Scenario, names: Iterable[str]) -> Scenario:
    """Return the scenario with just these measures funded."""
    wanted = frozenset(names)
    if wanted == {measure.id for measure in scenario.sections.measures if measure.funded}:
        return scenario
    return with_measures(scenario, tuple(each.model_copy(update={"funded": each.id in wanted}) for each in scenario.sections.measures))


def with_measures(scenario: Scenario, measures: tuple[Measure, ...]) -> Scenario:
    """Return the scenario with other measures."""
    sections = scenario.sections.model_copy(update={"measures": measures})
    tree: dict[str, Any] = scenario.tree | {"measures": structure(measures)}
    files = {"hashes": scenario.hashes, "located": scenario.located, "fitted": scenario.fitted, "narrowed": scenario.narrowed}
    return Scenario(name=scenario.name, sections=sections, tree=tree, **files)


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What variants lead to: variants, draws, lists, QUANTITIES; replicates are averaged.

    Persons of the list areas together and points of the first, both signed so that more is better; the probability (points) that
    the first is off the conversion list, and off every list; persons of the list areas on public support; the criteria of the
    first and their limits; points of the first to the limits of the prevention list.
    """

    list_years: tuple[int, ...]
    values: Floats

    def of(self, quantity: str, list_year: int) -> Floats:
        """Return one quantity on one list: variants, draws."""
        return self.values[:, :, self.list_years.index(list_year), QUANTITIES.index(quantity)]


def outcomes(scenario: Scenario, packages: Sequence[frozenset[str]], draws: Sequence[int], simulate: Simulate) -> Outcomes:
    """Simulate the scenario with each package of funded measures, on the same draws."""
    variants = [funded(scenario, package) for package in packages]
    # Variants of one draw follow one another, for they share its start.
    ensemble = simulate(variants, [Case(number, draw) for draw in draws for number in range(len(variants))])
    found = case_values(ensemble, _quantities(ensemble, scenario))
    by_draw = found.reshape(len(draws), len(variants), *found.shape[1:])
    return Outcomes(ensemble.layout.list_years, by_draw.swapaxes(0, 1))


def values_of_first(ensemble: Ensemble, scenario: Scenario) -> Floats:
    """Return the criteria of the first list area of every member, per cent: members, lists, PEOPLE."""
    return _quantities(ensemble, scenario)[..., [QUANTITIES.index(name) for name in VALUES]]


def _quantities(ensemble: Ensemble, scenario: Scenario) -> Floats:
    """Return QUANTITIES of every member: members, lists, QUANTITIES."""
    setting, layout = setting_of(scenario), ensemble.layout
    measures = measure(ensemble, setting)
    listed = [layout.areas.index(name) for name in layout.list_areas]
    rows, first = [INDICATORS.index(name) for name in PEOPLE], listed[0]
    persons = -measures.short[:, :, listed][..., rows].sum(axis=2)
    values, limits = measures.values[:, :, first, rows], measures.thresholds[:, :, first, rows]
    rules = [rules_for(year, setting.after_last_list) for year in layout.list_years]
    sign = np.array([each.main.sign[rows] for each in rules])
    points, lower = sign * (limits - values), sign * (_lower(rules, limits, rows) - values)
    category = category_of(ensemble, layout.list_areas[:1])
    off = HUNDRED * np.concatenate([category < CONVERSION, category == NONE], axis=-1)
    central: Any = scenario.values(0, None)
    states = central.rates.city.public_support.states
    support = sum(ensemble.stock(f"labour_{state}")[..., listed].sum(axis=-1) for state in states)
    return np.concatenate([persons, points, off, support[..., None], values, limits, lower], axis=-1)


def _lower(rules: Sequence[Rules], limits: Floats, rows: Sequence[int]) -> Floats:
    """Return the limits of the prevention list, where there is one, else those given: members, lists, PEOPLE.

    A limit that is a multiple of the national share stands to the main one as the two multiples do.
    """
    found = limits.copy()
    for at, each in enumerate(rules):
        if each.prevention_bar is not None:
            multiple = each.prevention_bar.multiples[rows] / each.main.multiples[rows]
            found[:, at] = np.where(np.isfinite(multiple), limits[:, at] * multiple, each.prevention_bar.limits[rows])
    return found
