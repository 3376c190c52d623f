"""The tables of a study: indices by quantity and number, what knowing a number is worth, and the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.decisions.quantities import KEYS, Answers, Quantity, is_shown, keyed
from simulation.decisions.sensitivity.designs import MORRIS, ONE, SOBOL, Design, indices_of
from simulation.decisions.sensitivity.discovery import Found, rules_for
from simulation.decisions.sensitivity.worth import worth_of

Floats = NDArray[np.float64]
SIZE = {MORRIS: "mu_star", SOBOL: "ST", ONE: "swing"}  # the index by which numbers are put in order


def indices_frame(design: Design, answers: Answers, paths: Sequence[str]) -> pd.DataFrame:
    """Return the indices of every quantity: area, list_year, quantity, parameter, index, value, low, high."""
    parts = []
    for number, quantity in enumerate(answers.quantities):
        found = indices_of(design, answers.values[:, number])
        named = [paths[factor] for factor in found["factor"]]
        parts.append(found.assign(area=quantity.area, list_year=quantity.list_year, quantity=quantity.name, parameter=named))
    return pd.concat(parts, ignore_index=True)[[*KEYS, "parameter", "index", "value", "low", "high"]]


def sizes(indices: pd.DataFrame, method: str) -> pd.DataFrame:
    """Return how much each number moves each quantity, by the method's own index: KEYS, parameter, value, low, high, sign."""
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
    counted = {each.name for each in answers.quantities if each.area == first and is_shown(each) and each.valued}
    size = sizes(indices, MORRIS)
    size = size[(size["area"] == first) & size["quantity"].isin(counted)]
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
