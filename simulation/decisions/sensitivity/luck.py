"""How much of an answer is pure chance: the same points lived several times, each time with the same streams of chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STILL = 1e-12  # a variance below it is rounding


@dataclass(frozen=True, eq=False)
class Luck:
    """Two parts of the variance by chance, of each quantity.

    ``alike``: what a stream of chance does at every point, which drops out where points share their chance. ``apart``: what it does at
    one point and not at another, which stays and blurs every index.
    """

    alike: Floats
    apart: Floats

    @property
    def whole(self) -> Floats:
        """Return the variance of one future's answer by chance alone."""
        return self.alike + self.apart


def luck_of(answers: Floats) -> Luck:
    """Return the parts by chance from answers of points, replicates, quantities: a two-way analysis of variance."""
    points, replicates = answers.shape[:2]
    by_point, by_replicate = answers.mean(axis=1, keepdims=True), answers.mean(axis=0, keepdims=True)
    left = answers - by_point - by_replicate + answers.mean(axis=(0, 1), keepdims=True)
    apart = (left**2).sum(axis=(0, 1)) / ((points - 1) * (replicates - 1))
    alike = by_replicate[0].var(axis=0, ddof=1) - apart / points
    return Luck(np.maximum(alike, 0.0), apart)


def chance_part(luck: Luck, between: Floats, replicates: int) -> Floats:
    """Return which part of one future's variance is chance; NaN where nothing varies.

    ``between``: the variance over points that share their chance, each the mean of so many replicates.
    """
    total = whole_variance(luck, between, replicates)
    return np.divide(luck.whole, total, out=np.full_like(total, np.nan), where=total > STILL)


def whole_variance(luck: Luck, between: Floats, replicates: int) -> Floats:
    """Return the variance of one future with numbers and chance of its own: never less than that of chance."""
    return np.maximum(between - luck.apart / replicates, 0.0) + luck.whole


def account(indices: pd.DataFrame, luck: Luck, between: Floats, replicates: int) -> pd.DataFrame:
    """Return, for each quantity, what Sobol's indices and chance sum to as parts of the whole variance; both ends of each sum.

    The whole is the variance that the indices part, in which chance that differs from point to point is already, and the chance
    that all points share (``chance``). First-order indices and chance sum to at most 1, total-order indices and chance to at least
    1; ``adds_up`` says whether their intervals do. ``indices``: columns quantity (number), index, value, low, high. NaN where nothing
    varies.
    """
    beside = luck.alike + luck.apart * (1 - 1 / replicates)
    total, rows = np.where(between > STILL, between + beside, 0.0), []
    for number in sorted(indices["quantity"].unique()):
        here, row = indices[indices["quantity"] == number], {"quantity": number}
        for name in ("S1", "ST"):
            one = here[here["index"] == name]
            half = float(np.sqrt(((one["high"] - one["value"]) ** 2).sum()))
            part = between[number] / total[number] if total[number] > 0 else np.nan
            row |= {f"{name}_sum": part * one["value"].sum(), f"{name}_half": part * half}
        chance = beside[number] / total[number] if total[number] > 0 else np.nan
        under = row["S1_sum"] + chance - row["S1_half"] <= 1
        rows.append(row | {"chance": chance, "adds_up": bool(under and row["ST_sum"] + chance + row["ST_half"] >= 1)})
    return pd.DataFrame(rows, columns=["quantity", "S1_sum", "S1_half", "ST_sum", "ST_half", "chance", "adds_up"])
