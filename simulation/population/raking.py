"""Generalised raking: weights for candidate households that meet margins of persons and of households at once.

Iterative proportional fitting meets margins of one kind of unit. Here the margins count persons (ages, schooling, work)
and households (homes, families with children) together, so the equivalent calibration problem is solved instead: among
all weights that meet the margins, those nearest to the starting weights in relative entropy, w = w0 exp(X a) (Deville and
Särndal 1992, the raking ratio case). The dual is smooth and convex; SciPy's trust-region Newton solves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

TOLERANCE = 1e-5  # of a margin, relative to the number of households


class MarginsConflict(ValueError):
    """Margins that no weights of the candidates can meet together."""


@dataclass(frozen=True)
class Raked:
    """Weights of the candidates (sum = households) and the multiplier of each margin."""

    weights: NDArray[np.float64]
    multipliers: NDArray[np.float64]


@cache
def _blas() -> ThreadpoolController:
    """Return who limits the threads of the libraries that are loaded by now."""
    return ThreadpoolController()


def rake(
    start: NDArray[np.float64],
    margins: NDArray[np.float64],
    targets: NDArray[np.float64],
    guess: NDArray[np.float64] | None = None,
    slack: float = 0.0,
) -> Raked:
    """Find weights such that ``margins.T @ weights = targets``.

    ``start``: households; ``margins``: households, margins; ``targets``: margins; ``guess``: multipliers to begin from;
    ``slack``: a cost on the multipliers, with which margins that pull against each other are missed a little instead.
    Raises ``MarginsConflict`` when the margins contradict each other.
    """
    from scipy.optimize import minimize  # half as long to load as all the rest, and not needed where nothing is raked

    scale = targets[0]

    def dual(a: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = start * np.exp(np.minimum(margins @ a, 50.0))
        return float((w.sum() - targets @ a) / scale + slack * a @ a / 2), (margins.T @ w - targets) / scale + slack * a

    def curvature(a: NDArray[np.float64]) -> NDArray[np.float64]:
        w = start * np.exp(np.minimum(margins @ a, 50.0))
        return (margins * w[:, None]).T @ margins / scale + slack * np.eye(len(a))

    first = np.zeros(margins.shape[1]) if guess is None else guess
    try:
        with _blas().limit(limits=1, user_api="blas"):  # more threads add in another order, and are slower at this size
            found = minimize(dual, first, jac=True, hess=curvature, method="trust-exact", options={"gtol": TOLERANCE, "maxiter": 200})
    except ValueError as away:  # the multipliers have run out of numbers: what is furthest from the start is told
        apart = np.abs(targets / np.maximum(margins.T @ start * scale / start.sum(), 1e-12) - 1)
        raise MarginsConflict(int(apart.argmax())) from away
    if np.abs(found.jac).max() > 1e2 * TOLERANCE:
        raise MarginsConflict(int(np.abs(found.jac).argmax()))
    return Raked(start * np.exp(np.minimum(margins @ found.x, 50.0)), found.x)
