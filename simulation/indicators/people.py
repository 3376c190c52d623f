"""The tables on what became of people: where each change comes from, the goals, the distance to the rest of the city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from simulation.indicators.decomposition import decompose, decomposition_frame
from simulation.indicators.families import families_frame
from simulation.indicators.gap import gap_frame, gap_of
from simulation.indicators.goals import milestones_frame
from simulation.indicators.interventions import interventions_frame
from simulation.indicators.lag import lag_frame
from simulation.indicators.measures import Measures
from simulation.indicators.milestones import milestones
from simulation.indicators.setting import Setting
from simulation.records import Ensemble

if TYPE_CHECKING:
    from simulation.scenario import Scenario


def people_frames(measures: Measures, ensemble: Ensemble, setting: Setting, scenario: Scenario) -> dict[str, pd.DataFrame]:
    """Return these tables by name; ``measures``: the indicators of every area."""
    name, values = setting.scenario, scenario.values(0, None)
    gap = gap_of(ensemble, values)
    goals = milestones_frame(measures, ensemble, setting)
    return {
        "milestones": milestones(goals, gap, decompose(ensemble, setting), ensemble, values),
        "decomposition": decomposition_frame(ensemble, setting),
        "gap": gap_frame(gap, name),
        "families": families_frame(ensemble, values, name),
        "measures": interventions_frame(ensemble, scenario, values),
        "lag": lag_frame(ensemble, name, setting.after_last_list),
    }
