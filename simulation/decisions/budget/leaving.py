"""The probability of leaving a list as part of a mixed-integer programme: draw by draw, as many criteria kept as it takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
HUNDRED = 100.0  # a probability as points


@dataclass(frozen=True, eq=False)
class Leaving:
    """A goal that is a probability: off the list in as many draws as possible.

    ``margins``: points to the limit without any candidate, kept where not negative: draws, criteria. ``change``: what each candidate
    adds: draws, candidates, criteria. A draw is off where ``keep`` criteria are kept, or ``already``, whatever is chosen.
    """

    weight: float  # of one point of the probability
    margins: Floats
    change: Floats
    keep: int
    already: NDArray[np.bool_]

    @property
    def draws(self) -> int:
        """Return the number of draws."""
        return len(self.margins)

    @property
    def size(self) -> int:
        """Return the number of variables: for each draw whether it is off, and whether each criterion is kept."""
        return self.draws * (1 + self.margins.shape[1])

    @property
    def gain(self) -> float:
        """Return what one draw more is worth."""
        return self.weight * HUNDRED / self.draws

    def of(self, draw: int) -> Leaving:
        """Return the goal in one draw."""
        at = slice(draw, draw + 1)
        return Leaving(self.weight, self.margins[at], self.change[at], self.keep, self.already[at])

    def worth(self, taken: Floats) -> Floats:
        """Return what a choice (0 or 1 by candidate) is worth in each draw."""
        kept = self.margins + np.einsum("n,dnc->dc", taken, self.change) >= 0
        off = self.already | (kept.sum(axis=1) >= self.keep)
        return self.weight * HUNDRED * off.astype(np.float64)

    def conditions(self, at: int, size: int) -> tuple[Floats, Floats]:
        """Return rows and their upper bounds; this goal's variables begin at ``at`` of ``size``."""
        criteria, rows, most = self.margins.shape[1], list[Floats](), list[float]()
        for draw in np.flatnonzero(~self.already):
            first = at + self.draws + draw * criteria
            enough = np.zeros(size)
            enough[at + draw], enough[first : first + criteria] = self.keep, -1.0
            rows.append(enough)
            most.append(0.0)
            for criterion in range(criteria):
                change, margin = self.change[draw, :, criterion], self.margins[draw, criterion]
                slack = abs(margin) + np.abs(change).sum()  # more than any choice can be short
                kept = np.zeros(size)
                kept[: len(change)], kept[first + criterion] = -change, slack
                rows.append(kept)
                most.append(margin + slack)
        return np.array(rows).reshape(-1, size), np.array(most)
