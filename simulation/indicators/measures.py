"""The indicators of every member: value, limit, breach, and how far from the limit in persons or homes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.indicators.setting import Setting
from simulation.indicators.share import Share, bound, share_of
from simulation.law import limit_pct, rules_for
from simulation.records import CRITERIA, QUANTITIES, Ensemble

Floats = NDArray[np.float64]
INDICATORS = (*CRITERIA, "social_family_share", "residents")
SHARE, RESIDENTS = len(CRITERIA), len(CRITERIA) + 1
POPULATIONS = QUANTITIES[len(CRITERIA) :]  # of CRITERIA, in their order


@dataclass(frozen=True, eq=False)
class Measures:
    """Arrays of members, lists, areas, INDICATORS. Per cent, but for `residents` (persons).

    `breached` is 1, 0, or NaN where no limit binds. For `residents` the limit is the number that puts an area under the
    law, and "breached" means that the area has it. `short` counts full-time persons, persons or homes beyond the
    limit, negative = to spare; for the mean income it counts whole mean incomes of the region that are missing.
    """

    areas: tuple[str, ...]
    list_years: tuple[int, ...]
    values: Floats
    thresholds: Floats
    breached: Floats
    denominators: Floats
    short: Floats

    def of(self, areas: tuple[str, ...]) -> Measures:
        """Return the same for some of the areas."""
        rows = np.array([self.areas.index(area) for area in areas], dtype=np.intp)
        parts = (self.values, self.thresholds, self.breached, self.denominators, self.short)
        return Measures(areas, self.list_years, *(part[:, :, rows] for part in parts))

    def series(self, indicator: str, area: str) -> tuple[Floats, Floats, Floats]:
        """Return values, breaches and shortfalls of one indicator and area: members, lists each."""
        at = (..., self.areas.index(area), INDICATORS.index(indicator))
        return self.values[at], self.breached[at], self.short[at]


def measure(ensemble: Ensemble, setting: Setting) -> Measures:
    """Return the indicators of every member, list and area of an ensemble."""
    share, layout = share_of(ensemble, setting), ensemble.layout
    residents = ensemble.stock("residents")
    values = _joined(ensemble.arrays["criteria"], share.percent, residents)
    thresholds = _thresholds(ensemble, setting, share)
    populations = np.stack([ensemble.stock(name) for name in POPULATIONS], axis=-1)
    denominators = _joined(populations, share.equivalents, np.full_like(residents, np.nan))
    breached = _joined(ensemble.arrays["breached"], _breach(share.percent, thresholds[..., SHARE]), residents >= thresholds[..., RESIDENTS])
    short = _short(values, thresholds, denominators, setting, layout.list_years)
    return Measures(layout.areas, layout.list_years, values, thresholds, breached, denominators, short)


def _joined(criteria: NDArray, share: NDArray, residents: NDArray) -> Floats:
    return np.concatenate([criteria, share[..., None], residents[..., None]], axis=-1).astype(np.float64)


def _thresholds(ensemble: Ensemble, setting: Setting, share: Share) -> Floats:
    shape = share.percent.shape
    criteria = np.broadcast_to(ensemble.arrays["thresholds"][:, :, None, :], (*shape, len(CRITERIA)))
    years = ensemble.layout.list_years
    size = np.array([rules_for(year, setting.after_last_list).min_residents for year in years], dtype=np.float64)
    limit = np.where(bound(ensemble, setting), limit_pct(), np.nan)
    return _joined(criteria, limit, np.broadcast_to(size[:, None], shape))


def _breach(percent: Floats, limit: Floats) -> Floats:
    return np.where(np.isnan(limit) | np.isnan(percent), np.nan, percent > limit)


def _short(values: Floats, thresholds: Floats, denominators: Floats, setting: Setting, years: tuple[int, ...]) -> Floats:
    sign = np.ones((len(years), 1, len(INDICATORS)))
    sign[:, 0, : len(CRITERIA)] = [rules_for(year, setting.after_last_list).main.sign for year in years]
    short = sign * (values - thresholds) / 100.0 * denominators
    short[..., RESIDENTS] = values[..., RESIDENTS] - thresholds[..., RESIDENTS]
    return short
