"""The search: at which value of a lever a goal is kept in enough futures; by trying a few values and halving between two of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

TRIED = 5  # values from end to end, the ends among them, before any halving
HALVINGS = 5
FOUND, ALWAYS, NEVER = "found", "always", "never"
Kept = Callable[[Sequence[float]], Sequence[float]]  # values of the lever -> the part of the futures in which the goal is kept


@dataclass(frozen=True)
class Answer:
    """What one demand comes to. ``sure``: the part of the futures asked for.

    ``value``: where the goal is kept in that part, the nearest to where the scenario stands (FOUND), or where it is kept most often
    (NEVER). ``missed``: the nearest value tried beside it at which it is not. ``turns``: how often it goes from kept to missed or
    back over the range: more than once is no plain lever.
    """

    sure: float
    kind: str
    value: float
    kept: float
    missed: float | None = None
    turns: int = 0
    now: bool = False  # kept where the scenario stands

    @property
    def upwards(self) -> bool:
        """Return whether more of the lever keeps the goal."""
        return self.missed is not None and self.value > self.missed


def tried_values(low: float, high: float, now: float, whole: bool) -> list[float]:
    """Return the values tried first: even steps from end to end, and where the scenario stands."""
    steps = np.linspace(low, high, TRIED)
    return sorted({float(value) for value in (np.round(steps) if whole else steps)} | {now})


def sought(kept: Kept, values: Sequence[float], now: float, sure: float, whole: bool = False) -> Answer:
    """Return the answer to one demand. ``kept`` remembers what it was asked; ``values`` are in order, ``now`` among them."""
    parts = dict(zip(values, kept(values), strict=True))
    pairs = [pair for pair in pairwise(values) if (parts[pair[0]] >= sure) != (parts[pair[1]] >= sure)]
    stands = parts[now] >= sure
    if not pairs:
        best = now if stands else max(values, key=lambda value: (parts[value], -abs(value - now)))
        return Answer(sure, ALWAYS if stands else NEVER, best, parts[best], now=stands)
    pair = min(pairs, key=lambda ends: min(abs(end - now) for end in ends))
    good, bad = sorted(pair, key=lambda value: parts[value] < sure)
    for _ in range(HALVINGS):
        middle = float(np.round((good + bad) / 2)) if whole else (good + bad) / 2
        if middle in (good, bad):
            break
        parts[middle] = kept([middle])[0]
        good, bad = (middle, bad) if parts[middle] >= sure else (good, middle)
    return Answer(sure, FOUND, good, parts[good], bad, len(pairs), stands)


def moves(at_low: NDArray[np.float64], at_high: NDArray[np.float64], agree: float) -> str:
    """Return what a lever does to an answer from end to end: nothing at all, nothing that can be told from chance, or up or down.

    Both: by future, on the same chance; ``agree``: the part of the futures that must point the same way.
    """
    change = at_high - at_low
    if not change.any():
        return "nothing"
    up, down = float((change > 0).mean()), float((change < 0).mean())
    return "up" if up >= agree else "down" if down >= agree else "chance"
