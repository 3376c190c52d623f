"""Quadratic emulators: what the simulation would say of every target at a point, and how far that is off.

Least squares on all products of two of the numbers that are felt. What the others and chance do is the residual, whose
covariance over the targets is measured on points that the emulator has not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FOLDS = 8
RIDGE = 1e-3  # of the mean square of a term: keeps terms apart that the points cannot


@dataclass(frozen=True, eq=False)
class Emulator:
    """``constant``: targets; ``slope``: targets, numbers; ``bend``: targets, numbers, numbers (symmetric).

    ``residual``: targets, targets; the covariance of what it misses, chance included. ``explained``: targets; the part of
    the variance over the prior that it foretells of unseen points.
    """

    constant: Floats
    slope: Floats
    bend: Floats
    residual: Floats
    explained: Floats

    def __call__(self, x: Floats) -> Floats:
        """Return the targets at scaled points: ..., targets."""
        found: Floats = self.constant + x @ self.slope.T + np.einsum("...i,tij,...j->...t", x, self.bend, x, optimize=True)
        return found

    def pulled(self, x: Floats, weight: Floats) -> Floats:
        """Return the gradient at ``x`` (points, numbers) of the targets' sum with ``weight`` (points, targets): points, numbers."""
        found: Floats = weight @ self.slope + 2 * np.einsum("pt,tij,pj->pi", weight, self.bend, x, optimize=True)
        return found

    def of(self, targets: NDArray[np.intp]) -> Emulator:
        """Return the emulator of some of the targets."""
        own = self.residual[np.ix_(targets, targets)]
        return Emulator(self.constant[targets], self.slope[targets], self.bend[targets], own, self.explained[targets])


def terms(x: Floats) -> Floats:
    """Return the constant, the numbers, and the products of two of them: points, terms."""
    rows, columns = np.triu_indices(x.shape[1])
    return np.concatenate([np.ones((len(x), 1)), x, x[:, rows] * x[:, columns]], axis=1)


def emulate(x: Floats, seen: Floats) -> Emulator:
    """Fit an emulator to scaled points (points, numbers) and what was seen there (points, targets)."""
    table = terms(x)
    missed = unseen_misses(table, seen)
    found = _least_squares(table, seen)
    numbers = x.shape[1]
    rows, columns = np.triu_indices(numbers)
    bend = np.zeros((seen.shape[1], numbers, numbers))
    bend[:, rows, columns] = found[1 + numbers :].T
    bend = (bend + bend.transpose(0, 2, 1)) / 2
    residual = missed.T @ missed / len(missed)
    spread = np.atleast_1d(seen.var(axis=0))
    return Emulator(found[0], found[1 : 1 + numbers].T, bend, residual, 1 - np.diag(residual) / spread)


def unseen_misses(table: Floats, seen: Floats, folds: int = FOLDS) -> Floats:
    """Return what least squares misses at each point, found without that point's part of the design: points, targets."""
    part = np.arange(len(table)) % folds
    missed = np.empty_like(seen)
    for out in range(folds):
        missed[part == out] = seen[part == out] - table[part == out] @ _least_squares(table[part != out], seen[part != out])
    return missed


def _least_squares(table: Floats, seen: Floats) -> Floats:
    square = table.T @ table
    keep = RIDGE * np.diag(square) * (np.arange(len(square)) > 0)
    return np.linalg.solve(square + np.diag(keep), table.T @ seen).astype(np.float64)
