"""What stands behind the family share: the homes and equivalents of each part of the law's formula, by area and list."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.results import turned
from simulation.indicators.setting import Setting
from simulation.indicators.share import share_of
from simulation.indicators.spread import mean, quantiles
from simulation.law.family import m2_per_dwelling
from simulation.records import Ensemble

PARTS = ("social_family", "social_youth_elderly", "private", "other", "demolished", "floor_space")
WHOLE = ("denominator", "share_pct")


def parts_frame(ensemble: Ensemble, setting: Setting, scenario: str) -> pd.DataFrame:
    """Return the parts of the family share of every list area, on every list: dwellings and equivalents, then the share in per cent.

    The parts sum to ``denominator``; demolished homes and municipal floor space are left out where the scenario does not count
    them. ``other``: homes and equivalents that stood before the first year and are not modelled one by one.
    """
    layout = ensemble.layout
    here = [layout.areas.index(area) for area in layout.list_areas]
    share = share_of(ensemble, setting)
    cells = np.stack([*_parts(ensemble, setting), share.equivalents, share.percent], axis=-1)[:, :, here]
    low, middle, high = quantiles(cells)
    axes: list[Axis] = [{"area": layout.list_areas}, {"list_year": layout.list_years}, {"part": (*PARTS, *WHOLE)}]
    told = {"mean": mean(cells), "p10": low, "p50": middle, "p90": high}
    return long_frame(scenario, axes, {name: turned(cell) for name, cell in told.items()})


def _parts(ensemble: Ensemble, setting: Setting) -> list[np.ndarray]:
    stock = ensemble.stock
    municipal = stock("floor_municipal_m2") if setting.count_municipal_floor else np.zeros_like(stock("floor_municipal_m2"))
    return [
        stock("homes_social_family"),
        stock("homes_social_youth") + stock("homes_social_elderly"),
        stock("homes_private_let") + stock("homes_owned"),
        stock("other_equivalents"),
        stock("demolished_total") * float(setting.count_demolished),
        (stock("floor_business_m2") + municipal) / m2_per_dwelling(),
    ]
