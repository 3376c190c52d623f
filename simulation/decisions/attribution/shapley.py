"""Share a change among those who made it: Shapley values of players, exact for few, from sampled orders for many.

A player's value is what it adds when it joins, on average over all orders in which the players can join. The values sum to the
whole, a player that never adds anything gets nothing, and two that do the same get the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Coalition = frozenset[int]  # players, by number
Worth = Callable[[Coalition], Floats]  # of a coalition: any shape, the same for all

MOST_EXACT = 6  # players; their 64 coalitions are still all asked


def coalitions(players: int) -> list[Coalition]:
    """Return every coalition, the empty one first."""
    return [frozenset(some) for size in range(players + 1) for some in combinations(range(players), size)]


def exact(players: int, worth: Worth) -> Floats:
    """Return the Shapley value of every player: players, then the shape of a worth."""
    found = [np.zeros_like(worth(frozenset()), dtype=float) for _ in range(players)]
    for before in coalitions(players):
        weight = factorial(len(before)) * factorial(max(players - len(before) - 1, 0)) / factorial(players)
        for player in set(range(players)) - before:
            found[player] += weight * (worth(before | {player}) - worth(before))
    return np.stack(found)


def orders(players: int, pairs: int, seed: int, unit: int = 0) -> list[tuple[int, ...]]:
    """Return random orders of the players, each followed by its reverse, which halves the chance of the draw. ``unit``: of many."""
    generator = np.random.default_rng([seed, unit])
    found = []
    for _ in range(pairs):
        order = tuple(int(player) for player in generator.permutation(players))
        found += [order, order[::-1]]
    return found


def met_in(order: Sequence[int]) -> list[Coalition]:
    """Return the coalitions that arise as players join in an order, the empty one first."""
    return [frozenset(order[:size]) for size in range(len(order) + 1)]


def sampled(players: int, worth: Worth, some: Iterable[Sequence[int]]) -> Floats:
    """Return what each player adds, on average over some orders: players, then the shape of a worth. They sum to the whole."""
    total, count = [np.zeros_like(worth(frozenset()), dtype=float) for _ in range(players)], 0
    for order in some:
        steps = [worth(coalition) for coalition in met_in(order)]
        for at, player in enumerate(order):
            total[player] += steps[at + 1] - steps[at]
        count += 1
    return np.stack(total) / count
