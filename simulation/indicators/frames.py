"""Every table of a run, by the name of its file without ending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulation.indicators.arithmetic import arithmetic_frame
from simulation.indicators.drivers import drivers_frames, numbers_of
from simulation.indicators.dwellings import building_frame, homes_frame, programme_frame
from simulation.indicators.elsewhere import category_of, city_frame
from simulation.indicators.first_met import first_met_frame
from simulation.indicators.headline import headline
from simulation.indicators.measures import measure
from simulation.indicators.member_records import records_frame
from simulation.indicators.people import people_frames
from simulation.indicators.rehousing import housing_frames
from simulation.indicators.residents import composition_frame, flows_frame, populations_frame
from simulation.indicators.results import indicators_frame, spread_frame, status_frame, summary_frame
from simulation.indicators.setting import Setting, setting_of
from simulation.records import Ensemble

if TYPE_CHECKING:
    from simulation.scenario import Scenario


# Tables cut to the lists that the scenario wants written out.
BY_LIST = ("indicators", "summary", "status", "status_without_origin", "city", "populations", "spread", "rehoused")


@dataclass(frozen=True)
class Results:
    """What a run has to tell: its tables by name, and the data of the first screen."""

    frames: dict[str, pd.DataFrame]
    headline: dict[str, object]


def results_of(ensemble: Ensemble, scenario: Scenario, seed: int | None = None) -> Results:
    """Return every table of a run and the data of its first screen.

    ``indicators``, ``summary``, ``status`` and ``spread`` tell of the place's list areas, ``city`` of the receiving areas,
    all others of every area. ``records`` becomes a Parquet file, all others CSV. ``seed``: of the ensemble's draws; without
    it, what goes with the numbers drawn is not asked.
    """
    setting = setting_of(scenario)
    everywhere = measure(ensemble, setting)
    here = everywhere.of(ensemble.layout.list_areas)
    name, areas, years = setting.scenario, here.areas, here.list_years
    numbers = None if seed is None else numbers_of(scenario, seed, np.unique(ensemble.draws).tolist())
    drivers = drivers_frames(here, ensemble.draws, numbers, name)
    frames = {
        "indicators": indicators_frame(here, ensemble, name),
        "summary": summary_frame(here, name),
        "status": status_frame(category_of(ensemble, areas), areas, years, name),
        "status_without_origin": status_frame(category_of(ensemble, areas, "category_without_origin"), areas, years, name),
        "composition": composition_frame(ensemble, name),
        "flows": flows_frame(ensemble, name),
        "homes": homes_frame(ensemble, name),
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
        "records": records_frame(everywhere, ensemble, name),
    }
    written = {name: _of_lists(frame, setting) if name in BY_LIST else frame for name, frame in frames.items()}
    return Results(written, headline(here, ensemble, setting, scenario.provenance(), drivers))


def _of_lists(frame: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    return frame if setting.lists is None else frame[frame["list_year"].isin(setting.lists)].reset_index(drop=True)
