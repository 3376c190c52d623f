"""How far the members lie apart, and how much of that is ignorance (draws) and how much is chance (replicates)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PERCENTS = (10.0, 50.0, 90.0)


def quantiles(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Return p10, p50 and p90 over the first axis of what is known; NaN where nothing is."""
    flat = values.reshape(len(values), -1)
    unknown = np.isnan(flat).sum(axis=0)
    whole, part = unknown == 0, (unknown > 0) & (unknown < len(values))
    found = np.full((len(PERCENTS), flat.shape[1]), np.nan)
    found[:, whole] = np.percentile(flat[:, whole], PERCENTS, axis=0)
    found[:, part] = np.nanpercentile(flat[:, part], PERCENTS, axis=0)
    low, middle, high = found.reshape(len(PERCENTS), *values.shape[1:])
    return low, middle, high


def mean(values: Floats) -> Floats:
    """Return the mean over the first axis of what is known; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full(values.shape[1:], np.nan), where=count > 0)


@dataclass(frozen=True, eq=False)
class Split:
    """Two components of a variance, shaped as the values without their first axis."""

    draws: Floats  # between parameter draws: what is not known
    replicates: Floats  # within them: chance; NaN where each draw has one replicate only

    @property
    def draws_share(self) -> Floats:
        """Return the part of the variance that comes from the draws; NaN where nothing varies or the split is not known."""
        total = self.draws + self.replicates
        return np.divide(self.draws, total, out=np.full(np.shape(total), np.nan), where=total > 0)


def split(values: Floats, draws: NDArray[np.int64]) -> Split:
    """Split the variance of members into draws and replicates by a nested analysis of variance.

    `values` has members first, `draws` names the draw of each. A component below zero is zero. Groups may differ in size.
    """
    names, group = np.unique(draws, return_inverse=True)
    member = (group[:, None] == np.arange(len(names))).astype(np.float64)  # members, groups
    size = member.sum(axis=0)
    flat = (values - values[0]).reshape(len(values), -1)  # so that equal values vary by nothing, not by rounding
    means = member.T @ flat / size[:, None]
    within = ((flat - means[group]) ** 2).sum(axis=0)
    between = (size[:, None] * (means - flat.mean(axis=0)) ** 2).sum(axis=0)
    return _components(between, within, size, values.shape[1:])


def _components(between: Floats, within: Floats, size: Floats, shape: tuple[int, ...]) -> Split:
    total, groups = size.sum(), len(size)
    if groups < 2 or total == groups:
        unknown = np.full(shape, np.nan)
        return Split(unknown, unknown)
    chance = within / (total - groups)
    usual = (total - (size**2).sum() / total) / (groups - 1)  # the size of a group, were they all alike
    drawn = np.maximum(0.0, (between / (groups - 1) - chance) / usual)
    return Split(drawn.reshape(shape), chance.reshape(shape))
