"""From weights to whole households: as many as there are homes, as near to the margins as whole households can be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.population import margins

# What one person too many costs in each margin, when households are exchanged: residents must come out exactly, the
# margins that a published criterion rests on nearly so, the others roughly. Whole numbers: their sums are exact in any order.
EXACT, NEAR, ROUGH = 1000.0, 30.0, 3.0
EXCHANGES = 800  # at most
PATIENCE = 60  # exchanges in a row that bring nothing, after which no more are tried
TAKEN, OFFERED = 24, 128  # households compared in one exchange
ROUNDS = 50  # of exchanges whose chance is drawn at once; EXCHANGES are a multiple of it


class ResidentsLeft(ValueError):
    """Whole households do not add up to the residents; the number says how many are missing."""


def systematic(weights: NDArray[np.float64], count: int, start: float, order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Pick ``count`` candidates in proportion to ``weights``: equal steps through the candidates in ``order``."""
    cumulative = weights[order].cumsum()
    points = (np.arange(count) + start) * cumulative[-1] / count
    return order[np.searchsorted(cumulative, points).clip(max=len(order) - 1)]


def in_layers(counts: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the order of candidates in which equal steps miss the margins least: by size, then origin, then schooling."""
    size = counts[:, _ages()].sum(axis=1)
    return np.lexsort((counts[:, margins.NAMES.index("basic_30_59")], counts[:, margins.NAMES.index("non_western")], size))


def sample(
    weights: NDArray[np.float64], counts: NDArray[np.float64], wanted: NDArray[np.float64], key: int, residents: int
) -> NDArray[np.intp]:
    """Pick whole households by ``weights``, then exchange some until the margins are met.

    ``counts``: candidates, margins; ``wanted``: margins, whole numbers to reach; ``residents``: persons to reach exactly.
    Returns one candidate row for each home. Raises ``ResidentsLeft`` if the residents cannot be met exactly.
    """
    size = counts[:, _ages()].sum(axis=1)
    homes = int(wanted[0])
    chosen = systematic(weights, homes, float(chance.draws(key, 0)), in_layers(counts))
    cost = _costs()
    seen = np.concatenate([counts[:, 1:], size[:, None]], axis=1).astype(np.float32) * cost
    short = (np.append(wanted[1:], residents) * cost - seen[chosen].sum(axis=0, dtype=np.float64)).astype(np.float32)
    cumulative, idle = weights.cumsum(), 0
    for leaving, into in _rounds(key, cumulative):
        if _met(short, cost) or (idle >= PATIENCE and short[-1] == 0):
            break
        out = (leaving * homes).astype(np.intp)
        # Only pairs after which the residents are nearest to right are compared: nothing else is worth a resident.
        without, offered = short + seen.take(chosen[out], axis=0), seen.take(into, axis=0)
        left = np.abs(without[:, -1:] - offered[:, -1])
        pairs = np.nonzero(left == left.min())
        after = without.take(pairs[0], axis=0)
        after -= offered.take(pairs[1], axis=0)
        price = np.einsum("pm->p", np.abs(after, out=after))
        best = int(price.argmin())
        idle += 1
        if price[best] < np.abs(short).sum():
            leaves, comes = out[pairs[0][best]], into[pairs[1][best]]
            short, idle = short + seen[chosen[leaves]] - seen[comes], 0
            chosen[leaves] = comes
    if short[-1] != 0:
        raise ResidentsLeft(round(short[-1] / EXACT))
    return chosen


def _rounds(key: int, cumulative: NDArray[np.float64]) -> Iterator[tuple[NDArray[np.float64], NDArray[np.intp]]]:
    """Yield for each exchange the draws of who may leave and the candidates who may come, some rounds at a time: most need a few."""
    each = TAKEN + OFFERED
    for first in range(1, 1 + EXCHANGES * each, ROUNDS * each):
        draws = chance.draws(key, np.arange(first, first + ROUNDS * each)).reshape(ROUNDS, each)
        into = np.searchsorted(cumulative, draws[:, TAKEN:] * cumulative[-1]).clip(max=len(cumulative) - 1)
        yield from zip(draws[:, :TAKEN], into, strict=True)


def _ages() -> list[int]:
    return [place for place, name in enumerate(margins.NAMES) if name.startswith("age_")]


def _costs() -> NDArray[np.float32]:
    near = {"with_children", "non_western", "basic_30_59"} | {name for name in margins.NAMES if name.startswith(("labour_", "age_"))}
    return np.array([NEAR if name in near else ROUGH for name in margins.NAMES[1:]] + [EXACT], np.float32)


def _met(short: NDArray[np.float32], cost: NDArray[np.float32]) -> bool:
    return bool((np.abs(short) <= np.where(cost == ROUGH, 8.0, 1.0) * cost)[:-1].all() and short[-1] == 0)
