"""Every table of a run, by the name of its file without ending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.arithmetic import arithmetic_frame
from simulation.indicators.assumed_part import assumed_part_frame
from simulation.indicators.drivers import drivers_frames, numbers_of
from simulation.indicators.dwellings import building_frame, homes_frame, known_changes, programme_frame
from simulation.indicators.elsewhere import category_of, city_frame
from simulation.indicators.first_met import first_met_frame
from simulation.indicators.headline import headline
from simulation.indicators.measures import Measures, measure
from simulation.indicators.member_records import records_frame
from simulation.indicators.parts import parts_frame
from simulation.indicators.people import people_frames
from simulation.indicators.promises import promises_frame
from simulation.indicators.rehousing import housing_frames
from simulation.indicators.residents import composition_frame, flows_frame, movements_frame, populations_frame
from simulation.indicators.results import indicators_frame, spread_frame, status_frame, summary_frame
from simulation.indicators.setting import Setting, setting_of
from simulation.indicators.small import without_small
from simulation.records import Ensemble

if TYPE_CHECKING:
    from simulation.scenario import Scenario


OF_MEMBERS = ("indicators", "flows", "homes", "records")  # tables with rows for every member
BLOCK = 100  # members told of at a time

# Tables cut to the lists that the scenario wants written out.
BY_LIST = (
    "indicators",
    "summary",
    "status",
    "status_without_origin",
    "city",
    "populations",
    "spread",
    "rehoused",
    "family_share",
    "promises",
)


@dataclass(frozen=True)
class Results:
    """What a run has to tell: its tables by name, and the data of the first screen."""

    frames: dict[str, pd.DataFrame]
    headline: dict[str, object]


def results_of(ensemble: Ensemble, scenario: Scenario, seed: int | None = None, whole: bool = True) -> Results:
    """Return every table of a run and the data of its first screen.

    ``indicators``, ``summary``, ``status`` and ``spread`` tell of the place's list areas, ``city`` of the receiving areas,
    all others of every area. ``records`` becomes a Parquet file, all others CSV. ``seed``: of the ensemble's draws; without
    it, what goes with the numbers drawn is not asked. ``whole``: the tables with rows for every member are there too; else
    only what a report tells of them (``tables_of_members`` gives them in parts).
    """
    setting = setting_of(scenario)
    everywhere = measure(ensemble, setting)
    here = everywhere.of(ensemble.layout.list_areas)
    name, areas, years = setting.scenario, here.areas, here.list_years
    numbers = None if seed is None else numbers_of(scenario, seed, np.unique(ensemble.draws).tolist())
    assumed_part = {"assumed_part": assumed_part_frame(here, ensemble.draws, numbers, name)}
    drivers = drivers_frames(here, ensemble.draws, numbers, name) | assumed_part
    frames = {
        **(_of_members(everywhere, ensemble, setting, known_changes(ensemble)) if whole else _for_a_report(ensemble, name)),
        "summary": summary_frame(here, name),
        "status": status_frame(category_of(ensemble, areas), areas, years, name),
        "status_without_origin": status_frame(category_of(ensemble, areas, "category_without_origin"), areas, years, name),
        "composition": composition_frame(ensemble, name),
        "movements": movements_frame(ensemble, name),
        "family_share": parts_frame(ensemble, setting, name),
        "programme": programme_frame(ensemble, name),
        "building": building_frame(ensemble, setting),
        **people_frames(everywhere, ensemble, setting, scenario),
        "city": city_frame(everywhere, ensemble, setting),
        "populations": populations_frame(ensemble, name),
        "spread": spread_frame(here, ensemble.draws, name),
        "arithmetic": arithmetic_frame(here, ensemble, setting),
        **drivers,
        **housing_frames(ensemble, name),
        "first_met": first_met_frame(here, name),
        "promises": promises_frame(here, name),
    }
    return Results(_written(frames, setting), headline(here, ensemble, setting, scenario.provenance(), drivers))


def tables_of_members(ensemble: Ensemble, scenario: Scenario) -> Iterator[dict[str, pd.DataFrame]]:
    """Yield the tables with rows for every member (``OF_MEMBERS``), some members at a time: so memory does not grow with them."""
    setting, known = setting_of(scenario), known_changes(ensemble)
    for first in range(0, len(ensemble.draws), BLOCK):
        part = ensemble.part(slice(first, first + BLOCK))
        yield _written(_of_members(measure(part, setting), part, setting, known), setting)


def _of_members(everywhere: Measures, ensemble: Ensemble, setting: Setting, known: NDArray[np.bool_]) -> dict[str, pd.DataFrame]:
    name = setting.scenario
    return {
        "indicators": indicators_frame(everywhere.of(ensemble.layout.list_areas), ensemble, name),
        "flows": flows_frame(ensemble, name),
        "homes": homes_frame(ensemble, name, known),
        "records": records_frame(everywhere, ensemble, name),
    }


def _for_a_report(ensemble: Ensemble, scenario: str) -> dict[str, pd.DataFrame]:
    """Return of the tables with rows for every member what a report cannot read from the others."""
    homes = homes_frame(ensemble, scenario, known_changes(ensemble), ("planned", "demolished"))
    return {"homes": homes}


def _written(frames: dict[str, pd.DataFrame], setting: Setting) -> dict[str, pd.DataFrame]:
    told = {name: without_small(name, frame) for name, frame in frames.items()}
    return {name: _of_lists(frame, setting) if name in BY_LIST else frame for name, frame in told.items()}


def _of_lists(frame: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    return frame if setting.lists is None else frame[frame["list_year"].isin(setting.lists)].reset_index(drop=True)
