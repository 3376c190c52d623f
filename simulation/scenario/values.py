"""One set of parameter values: a tree with plain numbers where the scenario has ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.scenario.ranged import Ranged
from simulation.scenario.trees import part_name

BLOCK = 64  # draws made at a time: one call for each parameter serves them all


class Values:
    """A frozen mapping whose keys are attributes too: ``values.city.benefit_lag``, ``values["city"]["benefit_lag"]``."""

    def __init__(self, entries: dict[str, Any]) -> None:
        self.__dict__.update(entries)

    def __getitem__(self, name: str | int) -> Any:
        try:
            return self.__dict__[name]  # type: ignore[index]
        except KeyError:  # keys of a table may be numbers
            return self.__dict__[str(name)]

    def __contains__(self, name: object) -> bool:
        return str(name) in self.__dict__

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dict__)

    def __len__(self) -> int:
        return len(self.__dict__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("parameter values cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("parameter values cannot be changed")

    def __repr__(self) -> str:
        return f"Values({', '.join(self.__dict__)})"

    def get(self, name: str, default: Any) -> Any:
        """Return a value, or ``default`` where there is none of that name."""
        return self.__dict__.get(name, default)

    def keys(self) -> list[str]:
        """Return the names."""
        return list(self.__dict__)

    def items(self) -> list[tuple[str, Any]]:
        """Return names and values."""
        return list(self.__dict__.items())


@dataclass(frozen=True)
class Slot:
    """The place of a drawn number in a skeleton."""

    number: int
    whole: bool


@dataclass(frozen=True)
class Drawn:
    """What it takes to draw one parameter; hashable, so that blocks of draws are made once."""

    path: str
    low: float
    mode: float
    high: float
    uniform: bool


def skeleton(tree: Any, slots: dict[str, int], path: str = "") -> Any:
    """Return the tree with plain numbers in it, but a slot at each path in `slots`."""
    if isinstance(tree, Ranged):
        return Slot(slots[path], tree.whole) if path in slots else (int(tree.value) if tree.whole else float(tree.value))
    if isinstance(tree, dict):
        return {str(name): skeleton(inner, slots, f"{path}.{name}" if path else str(name)) for name, inner in tree.items()}
    if isinstance(tree, tuple):
        return tuple(skeleton(inner, slots, f"{path}.{part_name(inner, number)}") for number, inner in enumerate(tree))
    return tree


def fill(tree: Any, row: list[float]) -> Any:
    """Return a skeleton with the numbers of one draw in its slots."""
    if isinstance(tree, dict):
        return Values({name: fill(inner, row) for name, inner in tree.items()})
    if isinstance(tree, Slot):
        return round(row[tree.number]) if tree.whole else row[tree.number]
    return tuple(fill(inner, row) for inner in tree) if isinstance(tree, tuple) else tree


def quantile(low: float, mode: float, high: float, u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the quantiles of a triangular distribution; u strictly between 0 and 1."""
    width, left = high - low, mode - low
    rising = low + np.sqrt(u * width * left)
    falling = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(u * width < left, rising, falling)


def draw_row(recipe: tuple[Drawn, ...], seed: int, draw: int) -> list[float]:
    """Return the numbers of one draw, in the order of the recipe."""
    block, number = divmod(int(draw), BLOCK)
    return _block(recipe, int(seed), block)[number].tolist()


@lru_cache(maxsize=64)
def _block(recipe: tuple[Drawn, ...], seed: int, block: int) -> NDArray[np.float64]:
    draws = np.arange(block * BLOCK, (block + 1) * BLOCK, dtype=np.uint64)
    table = np.empty((BLOCK, len(recipe)))
    for column, number in enumerate(recipe):
        u = chance.draws(chance.key(seed, "parameter", number.path), draws)
        uniform = number.low + u * (number.high - number.low)
        table[:, column] = uniform if number.uniform else quantile(number.low, number.mode, number.high, u)
    return table
