"""A study with its tables at hand: which numbers move an answer beyond chance, how likely it is, what it would take to know better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from simulation.decisions.quantities import KEYS, Quantity, is_shown
from simulation.decisions.sensitivity.naming import Names
from simulation.decisions.sensitivity.study import Study
from simulation.decisions.sensitivity.tables import sizes

MOST_NAMED = 3
DECIDES = "outside_labour_market"  # what the first sentence is about; never the share by origin


@dataclass(frozen=True, eq=False)
class Found:
    """What is told of a study."""

    study: Study
    tables: Mapping[str, pd.DataFrame]
    names: Names
    study_id: str
    overrides: Sequence[str] = ()

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """Return how much each number moves each answer, the most first."""
        found = sizes(self.tables["indices"], self.study.asked.method)
        return found.sort_values("value", ascending=False, kind="stable")

    @property
    def areas(self) -> list[str]:
        """Return the list areas."""
        return list(dict.fromkeys(each.area for each in self.study.quantities if is_shown(each)))

    @property
    def years(self) -> list[int]:
        """Return the lists that were asked about."""
        return sorted({each.list_year for each in self.study.quantities if is_shown(each)})

    def of(self, quantity: Quantity) -> pd.DataFrame:
        """Return the sizes of one answer, the most first."""
        return _some(self.sizes, quantity)

    def chance(self, quantity: Quantity) -> dict[str, Any]:
        """Return the row on chance of one answer."""
        return {str(key): cell for key, cell in _some(self.tables["chance"], quantity).iloc[0].items()}

    def standing_out(self, quantity: Quantity) -> pd.DataFrame:
        """Return the sizes of the numbers whose movement chance alone would not give, the most first.

        None where the repeated points do not vary, so that nothing is known of chance.
        """
        rows, chance = self.of(quantity), self.chance(quantity)
        return rows[(rows["value"] > chance["noise"]) & np.isfinite(chance["chance_part"])]

    def movers(self, quantity: Quantity) -> list[str]:
        """Return the paths of the few numbers that move an answer most, beyond chance."""
        return [str(path) for path in self.standing_out(quantity)["parameter"][:MOST_NAMED]]

    def quantity(self, name: str, area: str, year: int) -> Quantity | None:
        """Return one of the answers, if it was asked."""
        return next((each for each in self.study.quantities if (each.name, each.area, each.list_year) == (name, area, year)), None)

    def basis(self, path: str) -> str:
        """Return what a number rests on."""
        return self._bases.get(path, "choice")

    @cached_property
    def _bases(self) -> dict[str, str]:
        return {row.path: row.basis for row in self.study.scenario.parameters()}


def _some(frame: pd.DataFrame, quantity: Quantity) -> pd.DataFrame:
    told = (quantity.area, quantity.list_year, quantity.name)
    kept = pd.Series(True, index=frame.index)
    for key, value in zip(KEYS, told, strict=True):
        kept &= frame[key] == value
    return frame[kept]
