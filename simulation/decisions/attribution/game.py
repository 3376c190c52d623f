"""What each player of a scenario did to each criterion, list and goal: Shapley values, draw by draw, and their spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from simulation.decisions.attribution.players import SECTIONS, Player
from simulation.decisions.attribution.shapley import MOST_EXACT, Coalition, coalitions, exact, met_in, orders, sampled
from simulation.decisions.quantities import KEYS, Quantity, keyed
from simulation.indicators.spread import quantiles

Floats = NDArray[np.float64]
WHOLE = "whole"  # in place of a player: all of them together
LEVEL = 0.9  # of the interval of a mean


@dataclass(frozen=True, kw_only=True)
class Game:
    """Who plays, over which draws, and how the orders are taken: all where ``pairs`` is 0, else so many random ones with their reverse."""

    players: Sequence[Player]
    draws: int
    pairs: int
    seed: int

    def orders(self, draw: int) -> list[tuple[int, ...]]:
        """Return the random orders of a draw."""
        return orders(len(self.players), self.pairs, self.seed, draw)

    def asked(self) -> list[tuple[int, Coalition]]:
        """Return every draw and coalition whose worth is needed, draw by draw."""
        everyone = coalitions(len(self.players)) if not self.pairs else []
        found = []
        for draw in range(self.draws):
            met = everyone or [coalition for order in self.orders(draw) for coalition in met_in(order)]
            found += [(draw, coalition) for coalition in dict.fromkeys(met)]
        return found

    def values(self, worth: Mapping[tuple[int, Coalition], Floats]) -> Floats:
        """Return the Shapley values: draws, players, then the shape of a worth."""
        count = len(self.players)
        return np.stack([self._of_draw(count, draw, worth) for draw in range(self.draws)])

    def _of_draw(self, count: int, draw: int, worth: Mapping[tuple[int, Coalition], Floats]) -> Floats:
        def of(coalition: Coalition) -> Floats:
            return worth[draw, coalition]

        return sampled(count, of, self.orders(draw)) if self.pairs else exact(count, of)


def game_of(players: Sequence[Player], *, draws: int, pairs: int, seed: int) -> Game:
    """Return the game of those players that can be calculated: exact for few, in sampled orders for many."""
    kept = [player for player in players if player.calculable]
    return Game(players=kept, draws=draws, pairs=0 if len(kept) <= MOST_EXACT else pairs, seed=seed)


def background_of(players: Sequence[Player], acting: Coalition) -> frozenset[str]:
    """Return which of the players that are sections act in a coalition."""
    return frozenset(players[number].name for number in acting if players[number].name in SECTIONS)


def attribution_frame(game: Game, worth: Mapping[tuple[int, Coalition], Floats], quantities: Sequence[Quantity]) -> pd.DataFrame:
    """Return a row for each quantity and player, and for the whole: KEYS, player, value, p10, p90, low, high.

    ``value``: the mean over the draws, in points or as a probability; ``p10`` and ``p90`` over the draws; ``low`` and ``high`` hold the
    mean in 9 of 10 such studies. The values of the players sum to the whole, whose ``without`` and ``with`` are the answers themselves.
    """
    found = game.values(worth)
    nobody, everybody = frozenset[int](), frozenset(range(len(game.players)))
    without, with_all = (np.stack([worth[draw, some] for draw in range(game.draws)]) for some in (nobody, everybody))
    parts = [_rows(keyed(quantities), player.name, found[:, number]) for number, player in enumerate(game.players)]
    whole = _rows(keyed(quantities), WHOLE, with_all - without)
    whole["without"], whole["with"] = without.mean(axis=0), with_all.mean(axis=0)
    return pd.concat([*parts, whole], ignore_index=True)[[*KEYS, "player", "value", "p10", "p90", "low", "high", "without", "with"]]


def _rows(frame: pd.DataFrame, player: str, values: Floats) -> pd.DataFrame:
    low, _, high = quantiles(values)
    middle = values.mean(axis=0)
    half = _half(values) if len(values) > 1 else np.full_like(middle, np.nan)
    cells = {"value": middle, "p10": low, "p90": high, "low": middle - half, "high": middle + half}
    return frame.assign(player=player, **cells, **{"without": np.nan, "with": np.nan})


def _half(values: Floats) -> Floats:
    """Return how far the mean over the draws can lie to each side in 9 of 10 studies (Student's t: draws can be few)."""
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    return np.asarray(stats.t.ppf((1 + LEVEL) / 2, len(values) - 1) * error)
