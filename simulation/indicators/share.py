"""The share of social family dwellings of each area and year, by the law's formula."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.indicators.setting import Setting
from simulation.law import CONVERSION, family_share
from simulation.law.book import book
from simulation.records import Ensemble

Floats = NDArray[np.float64]
OTHER = ("other_equivalents", "homes_social_youth", "homes_social_elderly", "homes_private_let", "homes_owned")


@dataclass(frozen=True, eq=False)
class Share:
    """Homes behind the family share: arrays of members, lists, areas."""

    family: Floats  # dwellings
    equivalents: Floats  # the whole denominator, dwellings and dwelling equivalents; NaN where there is no family dwelling
    percent: Floats

    def lacking_equivalents(self, limit: float) -> Floats:
        """Return the equivalents that would have to be added to come down to a limit in per cent; negative = to spare."""
        return 100.0 * self.family / limit - self.equivalents


def share_of(ensemble: Ensemble, setting: Setting) -> Share:
    """Return the family share of every area, with the scenario's answers to the law's two open questions."""
    family = ensemble.stock("homes_social_family")
    fraction = family_share(
        family,
        sum((ensemble.stock(name) for name in OTHER), np.zeros_like(family)),
        ensemble.stock("demolished_total"),
        ensemble.stock("floor_business_m2"),
        count_demolished=setting.count_demolished,
        municipal_m2=ensemble.stock("floor_municipal_m2"),
        count_municipal_floor=setting.count_municipal_floor,
    )
    equivalents = np.divide(family, fraction, out=np.full_like(family, np.nan), where=fraction > 0)
    return Share(family, equivalents, 100.0 * fraction)


def planned_share(ensemble: Ensemble, setting: Setting, area: str) -> Share | None:
    """Return the family share of an area, were the whole programme carried out: single values; None where none is planned."""
    if (plan := setting.planned.get(area)) is None:
        return None
    place = ensemble.layout.areas.index(area)

    def start(name: str) -> Floats:
        return np.asarray(ensemble.stock(name)[:, 0, place].mean())

    family = start("homes_social_family") + plan.family
    fraction = family_share(
        family,
        sum((start(name) for name in OTHER), np.zeros(())) + plan.other,
        start("demolished_total") + plan.demolished,
        start("floor_business_m2") + plan.business_m2,
        count_demolished=setting.count_demolished,
        municipal_m2=start("floor_municipal_m2") + plan.municipal_m2,
        count_municipal_floor=setting.count_municipal_floor,
    )
    return Share(family, family / fraction, 100.0 * fraction) if fraction > 0 else None


def bound(ensemble: Ensemble, setting: Setting) -> NDArray[np.bool_]:
    """Return where the limit binds: members, lists, areas.

    It binds an area that has a development plan, and any that has been a conversion area (hard ghetto) on this list or
    an earlier one: the duty stays when the area leaves the list.
    """
    has_plan = np.array([area in setting.bound_areas for area in ensemble.layout.areas])
    listed = ensemble.arrays["category"] == CONVERSION
    return has_plan | np.logical_or.accumulate(listed, axis=1)


def deadline_year() -> int:
    """Return the record that the law's date asks for: the share must be down before this 1 January."""
    return int(book("family_share")["before"]["value"].year)
