"""What of a scenario is compared with another: every number of every member, in one wide table with a key for each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.measures import INDICATORS
from simulation.law import CATEGORIES, CONVERSION, NONE, PARALLEL, VULNERABLE

Floats = NDArray[np.float64]
# Whether more is worse (1), better (-1) or neither (0). The share by origin and the number of residents are shown, never valued.
SENSES = {"outside_labour_market": 1, "convicted": 1, "basic_schooling_only": 1, "mean_income": -1, "non_western": 0}
SENSES |= {"social_family_share": 1, "residents": 0}
LISTS = {"conversion": CONVERSION, "parallel": PARALLEL, "vulnerable": VULNERABLE, "any": NONE + 1}  # on it from this category up
WITHOUT_ORIGIN = ("vulnerable", "any")  # without that criterion there is no other list
# Being off each list, and the same without that criterion beside it.
OFF = tuple(name for key in LISTS for name in (f"off_{key}", f"off_{key}_without_origin")[: 1 + (key in WITHOUT_ORIGIN)])
SHARE = "social_family_share"
TOGETHER = "together"  # in place of an area: the list areas, or the receiving ones, together
KEYS = ["area", "list_year", "measure"]


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Numbers of the members of one scenario: ``values`` of members and keys; per cent, persons, homes, 0 or 1, or years.

    ``keys``: area, list_year, measure, unit, sense. ``populations``: what a per cent is of, in persons or homes; NaN elsewhere.
    """

    draws: NDArray[np.int64]
    replicates: NDArray[np.int64]
    keys: pd.DataFrame
    values: Floats
    populations: Floats

    @property
    def members(self) -> list[tuple[int, int]]:
        """Return draw and replicate of each member."""
        return list(zip(self.draws.tolist(), self.replicates.tolist(), strict=True))


@dataclass
class Gathering:
    """Blocks of numbers on their way to one table."""

    draws: NDArray[np.int64]
    replicates: NDArray[np.int64]
    keys: list[pd.DataFrame] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)
    populations: list[Floats] = field(default_factory=list)

    def add(self, values: NDArray, axes: Sequence[Axis], unit: str, sense: int | Sequence[int] = 0, of: Floats | None = None) -> None:
        """Add numbers of members and axes, which are areas, list years and measures; ``sense``: one, or one for each measure."""
        found = long_frame("", axes, {}).drop(columns="scenario").assign(unit=unit)
        found["sense"] = np.resize(np.atleast_1d(sense), len(found)) if len(found) else 0
        self.keys.append(found[[*KEYS, "unit", "sense"]])
        flat = np.asarray(values, np.float64).reshape(len(self.draws), -1)
        self.values.append(flat)
        self.populations.append(np.full_like(flat, np.nan) if of is None else of.reshape(flat.shape))

    def done(self) -> Outcomes:
        """Return the table."""
        keys = pd.concat(self.keys, ignore_index=True)
        return Outcomes(self.draws, self.replicates, keys, np.concatenate(self.values, axis=1), np.concatenate(self.populations, axis=1))


def add_indicators(to: Gathering, values: Floats, populations: Floats, areas: Sequence[str], years: Sequence[int]) -> None:
    """Add criteria, family share and residents: arrays of members, lists, areas, INDICATORS."""
    axes: list[Axis] = [{"list_year": years}, {"area": areas}, {"measure": INDICATORS[:-1]}]
    to.add(values[..., :-1], axes, "percent", [SENSES[name] for name in INDICATORS[:-1]], populations[..., :-1])
    to.add(values[..., -1], [*axes[:2], {"measure": INDICATORS[-1:]}], "persons")


def add_status(to: Gathering, category: NDArray[Any], without: NDArray[Any], areas: Sequence[str], years: Sequence[int]) -> None:
    """Add, as 0 or 1, each category and being off each list; and from which list on an area is off. Members, lists, list areas."""
    axes: list[Axis] = [{"list_year": years}, {"area": areas}]
    codes = np.arange(len(CATEGORIES))
    to.add(category[..., None] == codes, [*axes, {"measure": [f"category_{name}" for name in CATEGORIES]}], "probability")
    off = np.stack([category < code for code in LISTS.values()], axis=-1)
    to.add(off, [*axes, {"measure": [f"off_{name}" for name in LISTS]}], "probability", -1)
    apart = np.stack([without < LISTS[name] for name in WITHOUT_ORIGIN], axis=-1)
    to.add(apart, [*axes, {"measure": [f"off_{name}_without_origin" for name in WITHOUT_ORIGIN]}], "probability", -1)
    since = np.stack([for_good(category < code, years) for code in LISTS.values()], axis=-1)
    to.add(since, [{"list_year": years[-1:]}, *axes[1:], {"measure": [f"off_{name}_since" for name in LISTS]}], "year", 1)


def add_date_of_share(to: Gathering, kept: NDArray[np.bool_], areas: Sequence[str], years: Sequence[int]) -> None:
    """Add from which 1 January on the limit on the family share is kept: members, lists, areas."""
    axes: list[Axis] = [{"list_year": years[-1:]}, {"area": areas}, {"measure": [f"{SHARE}_since"]}]
    to.add(for_good(kept, years), axes, "year", 1)


def for_good(holds: NDArray[np.bool_], years: Sequence[int]) -> Floats:
    """Return the first year from which something holds to the end, by member and area; the year after the last where never.

    ``holds``: members, lists, areas.
    """
    lasting = np.logical_and.accumulate(holds[:, ::-1], axis=1)[:, ::-1]
    dated = np.asarray(years, float)[lasting.argmax(axis=1)]
    return np.where(lasting.any(axis=1), dated, years[-1] + 1.0)
