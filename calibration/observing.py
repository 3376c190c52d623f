"""What a simulated member says of each target: areas counted together, as the list of the day counted them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from calibration.targets import Check, Target
from calibration.targets.reading import RESIDENTS
from simulation.records import CRITERIA, FLOWS, QUANTITIES, STOCK, Ensemble

Floats = NDArray[np.float64]
PER_CENT = 100.0
YOUNG = ("age_0_6", "age_7_17", "age_18_24")


def seen(ensemble: Ensemble, targets: Sequence[Target]) -> Floats:
    """Return the simulated value of each target: members, targets; in the targets' units."""
    return np.stack([_value(ensemble, target) for target in targets], axis=1) if targets else np.zeros((len(ensemble.draws), 0))


def checked(ensemble: Ensemble, checks: Sequence[Check]) -> Floats:
    """Return the simulated value of each check: members, checks."""
    return np.stack([_checked(ensemble, check) for check in checks], axis=1) if checks else np.zeros((len(ensemble.draws), 0))


def _value(ensemble: Ensemble, target: Target) -> Floats:
    if target.indicator == RESIDENTS:
        return _stock(ensemble, RESIDENTS, target.areas, target.list_year)
    at = CRITERIA.index(target.indicator)
    above, below = (_stock(ensemble, QUANTITIES[row], target.areas, target.list_year) for row in (at, at + len(CRITERIA)))
    return PER_CENT * above / below


def _stock(ensemble: Ensemble, name: str, areas: Sequence[str], list_year: int) -> Floats:
    layout = ensemble.layout
    rows = [layout.areas.index(area) for area in areas]
    total: Floats = ensemble.arrays["stock"][:, layout.list_years.index(list_year), rows, STOCK.index(name)].sum(axis=1)
    return total


def _flow(ensemble: Ensemble, name: str, areas: Sequence[str], year: int) -> Floats:
    layout = ensemble.layout
    rows = [layout.areas.index(area) for area in areas]
    total: Floats = ensemble.arrays["flows"][:, layout.step_years.index(year), rows, FLOWS.index(name)].sum(axis=1)
    return total


def _checked(ensemble: Ensemble, check: Check) -> Floats:
    residents = _stock(ensemble, RESIDENTS, check.areas, check.year)
    if check.id == "births":
        return _flow(ensemble, "born", check.areas, check.year)
    if check.id == "turnover":
        return PER_CENT * _flow(ensemble, "moved_out", check.areas, check.year) / residents
    ages = YOUNG if check.id == "aged_under_25" else (check.id.replace("aged", "age"),)
    return PER_CENT * sum(_stock(ensemble, age, check.areas, check.year) for age in ages) / residents
