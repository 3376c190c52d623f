"""A sensitivity study: what was asked of the model, what it answered, and the tables made of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.decisions.quantities import KEYS, Answers, Quantity, keyed
from simulation.decisions.sensitivity.asked import Asked
from simulation.decisions.sensitivity.designs import SOBOL, Design, base_rows, largest_of_nothing
from simulation.decisions.sensitivity.factors import Factor, numbers_at
from simulation.decisions.sensitivity.luck import Luck, account, chance_part, luck_of, whole_variance
from simulation.decisions.sensitivity.tables import indices_frame, rules_frame, worth_frame

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Study:
    """Everything a study found. Answers have the points, the repeated points, or the futures first."""

    scenario: Scenario
    asked: Asked
    factors: Sequence[Factor]
    design: Design
    answers: Answers
    repeated: Floats  # points, replicates, quantities
    drawn: tuple[tuple[str, ...], Floats] | None = None  # paths, and the numbers of each future
    future_answers: Floats | None = None
    screened: pd.DataFrame | None = None  # the indices of the screening before Sobol
    luck: Luck = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "luck", luck_of(self.repeated))

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return what was asked of every future."""
        return self.answers.quantities

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return every table: ``indices``, ``chance``, and where futures were drawn, or Sobol's points serve, ``worth`` and ``rules``."""
        indices = indices_frame(self.design, self.answers, [factor.path for factor in self.factors])
        found = {"indices": indices, "chance": self._chance(indices)}
        sample = self._sample()
        if sample is not None:
            found["worth"] = worth_frame(*sample, self.quantities, self.asked.seed)
        if self.drawn is not None and self.future_answers is not None:
            found["rules"] = rules_frame(self.drawn[0], self.drawn[1], self.future_answers, self.quantities, self.asked.seed)
        return found

    def _sample(self) -> tuple[Sequence[str], Floats, Floats] | None:
        """Return futures whose numbers are independent of each other: paths, numbers, answers."""
        if self.drawn is not None and self.future_answers is not None:
            return self.drawn[0], self.drawn[1], self.future_answers
        rows = base_rows(self.design)
        if not len(rows):
            return None
        return [factor.path for factor in self.factors], numbers_at(self.factors, self.design.points[rows]), self.answers.values[rows]

    def between(self) -> Floats:
        """Return the variance of each quantity over points that share their chance: of Sobol's base, else of the futures drawn."""
        rows = base_rows(self.design)
        if len(rows):
            return self.answers.values[rows].var(axis=0, ddof=1)
        if self.future_answers is not None:
            return self.future_answers.var(axis=0, ddof=1)
        centred = self.repeated.mean(axis=1).var(axis=0, ddof=1) - self.luck.apart / self.repeated.shape[1]
        return np.maximum(centred, 0.0)

    def _replicates(self) -> int:
        return self.asked.replicates if len(base_rows(self.design)) else 1

    def _chance(self, indices: pd.DataFrame) -> pd.DataFrame:
        between, replicates = self.between(), self._replicates()
        frame = keyed(self.quantities)
        frame["mean"] = self.answers.values.mean(axis=0) if self.future_answers is None else self.future_answers.mean(axis=0)
        frame["sd_one_future"] = np.sqrt(whole_variance(self.luck, between, replicates))
        frame["sd_chance"] = np.sqrt(self.luck.whole)
        frame["chance_part"] = chance_part(self.luck, between, replicates)
        frame["noise"] = largest_of_nothing(self.design, np.sqrt(self.luck.apart / self.asked.replicates), between)
        if self.design.method == SOBOL:
            told = indices.assign(quantity=indices.groupby(KEYS, sort=False).ngroup())
            frame = frame.join(account(told, self.luck, between, replicates).set_index("quantity"))
        return frame
