"""A sensitivity study: what was asked of the model, what it answered, and the tables made of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.decisions.designs import MORRIS, ONE, SOBOL, Design, base_rows, indices_of
from simulation.decisions.discovery import Found, rules_for
from simulation.decisions.factors import Factor, numbers_at
from simulation.decisions.luck import Luck, account, chance_part, luck_of, whole_variance
from simulation.decisions.quantities import Answers, Quantity, is_shown
from simulation.decisions.worth import worth_of

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]
SCREENING = 8  # trajectories of Morris; before Sobol too, unless told otherwise
KEYS = ["area", "list_year", "quantity"]
SIZE = {MORRIS: "mu_star", SOBOL: "ST", ONE: "swing"}  # the index by which factors are put in order


@dataclass(frozen=True, kw_only=True, eq=False)
class Asked:
    """What a study is asked for."""

    method: str
    size: int  # trajectories of Morris, base sample of Sobol
    top: int  # factors of Sobol
    replicates: int  # at each point
    repeated: tuple[int, int]  # points lived again and again to see chance, and how often
    futures: int  # drawn to find rules and worth; none where 0
    seed: int


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
        # What an index of a factor that does nothing can come to, where chance differs between two points.
        frame["blur"] = np.sqrt(self.luck.apart / replicates)
        if self.design.method == SOBOL:
            told = indices.assign(quantity=indices.groupby(KEYS, sort=False).ngroup())
            frame = frame.join(account(told, self.luck, between, replicates).set_index("quantity"))
        return frame


def keyed(quantities: Sequence[Quantity]) -> pd.DataFrame:
    """Return a row for each quantity: area, list_year, quantity."""
    return pd.DataFrame([(each.area, each.list_year, each.name) for each in quantities], columns=KEYS)


def indices_frame(design: Design, answers: Answers, paths: Sequence[str]) -> pd.DataFrame:
    """Return the indices of every quantity: area, list_year, quantity, parameter, index, value, low, high."""
    parts = []
    for number, quantity in enumerate(answers.quantities):
        found = indices_of(design, answers.values[:, number])
        told = {"area": quantity.area, "list_year": quantity.list_year, "quantity": quantity.name}
        parts.append(found.assign(**told, parameter=[paths[factor] for factor in found["factor"]]))
    return pd.concat(parts, ignore_index=True)[[*KEYS, "parameter", "index", "value", "low", "high"]]


def sizes(indices: pd.DataFrame, method: str) -> pd.DataFrame:
    """Return how much each factor moves each quantity: KEYS, parameter, value, low, high, sign; the index that orders the method's factors."""
    if method != ONE:
        found = indices[indices["index"] == SIZE[method]].drop(columns="index")
        return found.merge(_signs(indices), on=[*KEYS, "parameter"], how="left")
    wide = indices.pivot_table(index=[*KEYS, "parameter"], columns="index", values="value", sort=False).reset_index()
    ends = wide[["low_end", "high_end"]]
    wide["value"] = ends.max(axis=1).clip(lower=0) - ends.min(axis=1).clip(upper=0)
    return wide.assign(low=wide["low_end"], high=wide["high_end"], sign=np.sign(wide["high_end"] - wide["low_end"]))


def _signs(indices: pd.DataFrame) -> pd.DataFrame:
    signed = indices[indices["index"] == "mu"]
    return signed.assign(sign=np.sign(signed["value"]))[[*KEYS, "parameter", "sign"]]


def most_important(indices: pd.DataFrame, answers: Answers, top: int) -> list[str]:
    """Return the paths that move most, by the mean over the first area's criteria and share of their part of all movement.

    The share by origin has no say in it.
    """
    first = answers.quantities[0].area
    counted = {(each.list_year, each.name) for each in answers.quantities if each.area == first and is_shown(each) and each.valued}
    size = sizes(indices, MORRIS)
    size = size[(size["area"] == first) & [pair in counted for pair in zip(size["list_year"], size["quantity"], strict=True)]]
    total = size.groupby(KEYS)["value"].transform("sum")
    parts = size.assign(part=np.where(total > 0, size["value"] / total, 0.0)).groupby("parameter", sort=False)["part"].mean()
    return [str(path) for path in parts.sort_values(ascending=False, kind="stable").index[:top]]


def worth_frame(paths: Sequence[str], numbers: Floats, answers: Floats, quantities: Sequence[Quantity], seed: int) -> pd.DataFrame:
    """Return what each number is worth: KEYS, parameter, variance_saved, wrong_now, wrong_saved, p_value, beyond_chance."""
    asked = [number for number, each in enumerate(quantities) if each.valued]
    chosen = [quantities[number] for number in asked]
    worth = worth_of(numbers, answers[:, asked], np.array([each.yes_no for each in chosen]), seed)
    parts = []
    for number, frame in enumerate(keyed([each]) for each in chosen):
        cells: Mapping[str, Any] = {
            "variance_saved": worth.variance[:, number],
            "wrong_now": worth.wrong_now[number],
            "wrong_saved": worth.wrong[:, number],
            "p_value": worth.p_value[:, number],
            "beyond_chance": worth.beyond[:, number],
        }
        parts.append(frame.loc[[0] * len(paths)].reset_index(drop=True).assign(parameter=list(paths), **cells))
    return pd.concat(parts, ignore_index=True)


def rules_frame(paths: Sequence[str], numbers: Floats, answers: Floats, quantities: Sequence[Quantity], seed: int) -> pd.DataFrame:
    """Return the rules for every yes or no that is missed: KEYS, outcome, share (of the futures that miss it), futures, rule, ...

    One row for each condition of a rule; one alone where there is no rule.
    """
    rows = []
    last = max(each.list_year for each in quantities)
    for number, each in enumerate(quantities):
        if each.yes_no and (each.list_year == last or each.name.startswith("goal_")):
            rows += _rule_rows(each, rules_for(numbers, answers[:, number] == 0, seed), paths)
    columns = [*KEYS, "outcome", "share", "futures", "rule", "parameter", "above", "border", "coverage", "density", "told", "p_value"]
    return pd.DataFrame(rows, columns=columns)


def _rule_rows(quantity: Quantity, found: Found, paths: Sequence[str]) -> list[dict[str, Any]]:
    told = {"area": quantity.area, "list_year": quantity.list_year, "quantity": quantity.name}
    told |= {"outcome": found.outcome, "share": found.share, "futures": found.futures}
    rows = []
    for number, rule in enumerate(found.rules, start=1):
        cells = {"rule": number, "coverage": rule.coverage, "density": rule.density, "told": rule.futures, "p_value": rule.p_value}
        for one in rule.conditions:
            rows.append(told | cells | {"parameter": paths[one.factor], "above": one.above, "border": one.border})
    return rows or [told]
