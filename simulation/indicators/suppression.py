"""Hide small counts, and with each a second cell, so that nobody can compute it from the total."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FEWEST_SHOWN = 5.0


def hidden(counts: Floats, groups: Sequence[Sequence[int]], besides: Bools | bool = False) -> Bools:
    """Return which cells to hide.

    `counts` has any axes, the last one cells; `groups` are the index lists of cells whose sum a reader can know. More than
    nobody and fewer than five are hidden; a zero counts nobody and stays. Then, while what is hidden of a group is one
    cell or sums to fewer than five, its smallest other cell is hidden too. ``besides``: what is hidden whatever it counts.
    """
    hide = (counts > 0) & (counts < FEWEST_SHOWN) | besides
    before = -1
    while before != (before := int(hide.sum())):  # a cell hidden for one group may leave another group with one
        for group in groups:
            index = list(group)
            hide[..., index] = _guarded(counts[..., index], hide[..., index])
    return hide


def gives_away(counts: Floats, hide: Bools) -> Bools:
    """Return where the sum of places would give a hidden one away: years, places, measures become years, measures."""
    number, together = hide.sum(axis=1), np.where(hide, counts, 0.0).sum(axis=1)
    open_: Bools = (number == 1) | ((number > 0) & (together < FEWEST_SHOWN))
    return open_


def _guarded(counts: Floats, hide: Bools) -> Bools:
    hide = hide.copy()
    for _ in range(counts.shape[-1]):
        hidden_sum = np.where(hide, counts, 0.0).sum(axis=-1)
        number = hide.sum(axis=-1)
        open_ = (number > 0) & (number < counts.shape[-1]) & ((number == 1) | (hidden_sum < FEWEST_SHOWN))
        if not open_.any():
            break
        # A zero is the last choice: hiding it tells the reader little less, but then the pair cannot be told apart.
        size = np.where(hide, np.inf, np.where(counts > 0, counts, np.finfo(np.float64).max))
        smallest = np.arange(counts.shape[-1]) == size.argmin(axis=-1)[..., None]
        hide |= smallest & open_[..., None]
    return hide
