"""The outcomes of a scenario that was simulated here: all that its members' records tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.decisions.outcomes import SENSES, SHARE, TOGETHER, Gathering, Outcomes, add_date_of_share, add_indicators, add_status
from simulation.indicators.elsewhere import category_of, may_become_vulnerable, new_vulnerable, receiving
from simulation.indicators.gap import Gap, gap_of
from simulation.indicators.grid import Axis
from simulation.indicators.measures import INDICATORS, Measures, measure
from simulation.indicators.setting import Setting, setting_of
from simulation.records import CHANGES, FLOWS, HOUSING, LABOUR, VACANCY, WHEREABOUTS, Ensemble

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]
HOMES = ("demolished", "renovated", "built")
PERSONS = ("moved_in", "moved_out", "rehoused_out")


def outcomes_of(ensemble: Ensemble, scenario: Scenario) -> Outcomes:
    """Return everything of a scenario's ensemble that is compared."""
    setting, layout = setting_of(scenario), ensemble.layout
    everywhere = measure(ensemble, setting)
    to = Gathering(ensemble.draws, ensemble.replicates)
    add_indicators(to, everywhere.values, everywhere.denominators, layout.areas, layout.list_years)
    here = layout.list_areas
    add_status(to, category_of(ensemble, here), category_of(ensemble, here, "category_without_origin"), here, layout.list_years)
    _share(to, everywhere.of(here))
    _goals(to, everywhere, gap_of(ensemble, scenario.values(0, None)), setting, scenario)
    _persons_and_homes(to, ensemble)
    if may_become_vulnerable(ensemble, setting):
        _whole(to, "new_vulnerable_area", new_vulnerable(ensemble)[:, -1], layout.last_year, "probability", 1)
    return to.done()


def _share(to: Gathering, here: Measures) -> None:
    breached = here.breached[..., INDICATORS.index(SHARE)]
    bound = np.atleast_1d(np.isfinite(breached[:, -1]).all(axis=0))
    areas = [area for area, binds in zip(here.areas, bound, strict=True) if binds]
    if areas:
        add_date_of_share(to, breached[:, :, bound] == 0, areas, here.list_years)


def _whole(to: Gathering, name: str, values: NDArray[Any], year: int, unit: str, sense: int = 0) -> None:
    to.add(values, [{"list_year": [year]}, {"area": [TOGETHER]}, {"measure": [name]}], unit, sense)


def _goals(to: Gathering, measures: Measures, gap: Gap, setting: Setting, scenario: Scenario) -> None:
    """Add, as 0 or 1, whether each goal of the scenario is met; a goal on the share by origin is shown, not valued."""
    for target in setting.targets:
        if target.area in measures.areas and target.list_year in measures.list_years:
            value = measures.series(target.indicator, target.area)[0][:, measures.list_years.index(target.list_year)]
            met = value < target.limit if target.strict else value <= target.limit
            valued = -1 if SENSES[target.indicator] else 0
            axes: list[Axis] = [{"list_year": [target.list_year]}, {"area": [target.area]}, {"measure": [f"goal_{target.goal}"]}]
            to.add(met, axes, "probability", valued)
    for name, year, met in _beside_the_city(gap, scenario):
        _whole(to, f"goal_{name}", met, year, "probability", -1)


def _beside_the_city(gap: Gap, scenario: Scenario) -> Iterator[tuple[str, int, NDArray[np.bool_]]]:
    for goal in scenario.values(0, None)["goals"]:
        if goal.list_year not in gap.list_years or goal.indicator in INDICATORS:
            continue
        at = gap.list_years.index(goal.list_year)
        limit = next(float(goal[key]) for key in ("at_most", "below", "fewer") if goal[key] is not None)
        if goal.indicator == "public_support_excess":
            yield goal.id, int(goal.list_year), gap.excess[:, gap.base] - gap.excess[:, at] >= limit
        elif goal.indicator in ("public_support_gap", "unemployment_gap"):
            points = gap.points if goal.indicator == "public_support_gap" else gap.unemployment_points
            yield goal.id, int(goal.list_year), points[:, at] <= limit


def _persons_and_homes(to: Gathering, ensemble: Ensemble) -> None:
    """Add who stays and who moves in and out of the list areas, homes changed there, and the rent lost on empty homes anywhere."""
    layout, arrays, last = ensemble.layout, ensemble.arrays, ensemble.layout.last_year
    here = [layout.areas.index(area) for area in layout.list_areas]
    _whole(to, "stayers", arrays["followed"][:, -1, :, WHEREABOUTS.index("list_areas"), : len(LABOUR)].sum(axis=(1, 2)), last, "persons")
    for name in PERSONS:
        _whole(to, name, arrays["flows"][:, :, here, FLOWS.index(name)].sum(axis=(1, 2)), last, "persons")
    mine = np.array([area in layout.list_areas for area in layout.department_area])
    for name in HOMES:
        _whole(to, name, arrays["changes"][:, :, mine, CHANGES.index(name)].sum(axis=(1, 2)), last, "homes")
    if receiving(ensemble) and ensemble.holds("housing"):
        lost = arrays["housing"][..., [HOUSING.index(f"cost_{cause}") for cause in VACANCY]]
        _whole(to, "rent_lost", lost.sum(axis=(1, 2, 3)), last, "thousand_dkk")
