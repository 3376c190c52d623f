"""Emulators: what the simulation would say of every target at a point, and how far that is off.

Least squares, straight in the numbers that are felt, and with those products of two of them that a target feels beyond chance:
all products together foretold unseen runs worse than straight lines did, and a Gaussian process no better. What the other
numbers and chance do is the residual, whose covariance over the targets is measured on points that the emulator has not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.indicators.association import beyond_chance, p_values

Floats = NDArray[np.float64]
FOLDS = 8
RIDGE = 1e-3  # of the mean square of a term: keeps terms apart that the points cannot
TINY = 1e-12


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


def products(x: Floats) -> Floats:
    """Return the products of two numbers, squares among them, at scaled points: points, pairs."""
    rows, columns = np.triu_indices(x.shape[1])
    return x[:, rows] * x[:, columns]


def emulate(x: Floats, seen: Floats) -> Emulator:
    """Fit an emulator to scaled points (points, numbers) and what was seen there (points, targets)."""
    missed = unseen_misses(x, seen)
    constant, slope, bend = surface(x, seen)
    residual = missed.T @ missed / len(missed)
    spread = np.atleast_1d(seen.var(axis=0))
    return Emulator(constant, slope, bend, residual, 1 - np.diag(residual) / spread)


def surface(x: Floats, seen: Floats) -> tuple[Floats, Floats, Floats]:
    """Return constant, slope and bend by least squares: straight in every number, bent only where that is beyond chance."""
    line = np.column_stack([np.ones(len(x)), x])
    bends = np.flatnonzero(bent(x, seen))
    table = np.concatenate([line, products(x)[:, bends]], axis=1)
    found = _least_squares(table, seen)
    numbers = x.shape[1]
    rows, columns = (each[bends] for each in np.triu_indices(numbers))
    bend = np.zeros((seen.shape[1], numbers, numbers))
    bend[:, rows, columns] = found[1 + numbers :].T
    return found[0], found[1 : 1 + numbers].T, (bend + bend.transpose(0, 2, 1)) / 2


def bent(x: Floats, seen: Floats) -> NDArray[np.bool_]:
    """Return which products of two numbers some target feels beyond chance, over the straight lines: pairs."""
    line = np.column_stack([np.ones(len(x)), x])
    left, curved = (each - line @ _least_squares(line, each) for each in (seen, products(x)))
    length = [np.sqrt((each**2).sum(axis=0)) for each in (curved, left)]
    correlation = curved.T @ left / np.maximum(np.outer(*length), TINY)
    return np.asarray(beyond_chance(p_values(correlation, len(x) - x.shape[1])).any(axis=1))


def unseen_misses(x: Floats, seen: Floats, folds: int = FOLDS) -> Floats:
    """Return what the surface misses at each point, found without that point's part of the design: points, targets."""
    part = np.arange(len(x)) % folds
    missed = np.empty_like(seen)
    for out in range(folds):
        constant, slope, bend = surface(x[part != out], seen[part != out])
        left = x[part == out]
        missed[part == out] = seen[part == out] - constant - left @ slope.T - np.einsum("pi,tij,pj->pt", left, bend, left, optimize=True)
    return missed


def _least_squares(table: Floats, seen: Floats) -> Floats:
    square = table.T @ table
    keep = RIDGE * np.diag(square) * (np.arange(len(square)) > 0)
    return np.linalg.solve(square + np.diag(keep), table.T @ seen).astype(np.float64)
