"""At which points a study asks the model, and what the answers say of each factor; the methods are SALib's.

``points``: places from 0 to 1 of each factor; NaN where a factor stays at its central value.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.decisions.sensitivity.factors import ENDS

Floats = NDArray[np.float64]
MORRIS, SOBOL, ONE = "morris", "sobol", "one-at-a-time"
METHODS = (MORRIS, SOBOL, ONE)
LEVELS = 4  # of the grid of Morris
STEP = LEVELS / (2 * (LEVELS - 1))  # of a trajectory, as a part of the range
CONFIDENCE = 0.9  # of every interval
RESAMPLES = 200
MISLED = 0.05  # of the answers, at most this part is said to be moved by a number that does nothing
COLUMNS = ["factor", "index", "value", "low", "high"]


@dataclass(frozen=True, eq=False)
class Design:
    """The points of a method. ``size``: trajectories of Morris, base sample of Sobol."""

    method: str
    factors: int
    size: int
    seed: int
    points: Floats  # points, factors


def design_of(method: str, factors: int, size: int, seed: int) -> Design:
    """Return the points of a method for so many factors. ``size`` of Sobol is a power of two."""
    make = {MORRIS: _morris_points, SOBOL: _sobol_points, ONE: _single_points}[method]
    return Design(method, factors, size, seed, make(factors, size, seed))


def count_of(method: str, factors: int, size: int) -> int:
    """Return how many points a method takes for so many factors."""
    return {MORRIS: size * (factors + 1), SOBOL: size * (factors + 2), ONE: 1 + 2 * factors}[method]


def indices_of(design: Design, answers: Floats) -> pd.DataFrame:
    """Return what the answers, one for each point, say: a row for each factor (by number) and index, with its interval.

    Morris: ``mu_star`` and ``mu`` (the mean change from one end to the other, without and with its sign), ``sigma``. Sobol: ``S1``
    and ``ST``, parts of the variance. One at a time: ``low_end`` and ``high_end``, the change from the central answer.
    """
    find = {MORRIS: _morris_indices, SOBOL: _sobol_indices, ONE: _single_indices}[design.method]
    return pd.DataFrame(find(design, np.asarray(answers, float)), columns=COLUMNS)


def base_rows(design: Design) -> NDArray[np.intp]:
    """Return the points of Sobol's design that are independent of each other, its two base samples; none of other methods."""
    if design.method != SOBOL:
        return np.zeros(0, np.intp)
    first = np.arange(design.size) * (design.factors + 2)
    return np.concatenate([first, first + design.factors + 1])


def largest_of_nothing(design: Design, sd: Floats, between: Floats) -> Floats:
    """Return how large an index the largest of as many numbers that do nothing comes to, but in ``MISLED`` of the answers.

    ``sd``: of the chance of one answer that differs from point to point; ``between``: the variance over independent points.
    """
    from scipy.stats import chi2, norm, studentized_range  # costs start-up time that other commands should not pay

    level = 1 - MISLED / design.factors
    if design.method == SOBOL:  # the mean of squared differences, as a part of the variance
        squares = sd**2 * chi2.ppf(level, design.size) / design.size
        return np.divide(squares, between, out=np.full_like(squares, np.inf), where=between > 0)
    if design.method == ONE:  # the range of three answers: in the middle and at both ends
        return np.asarray(sd * studentized_range.ppf(level, 3, np.inf))
    return np.asarray(np.sqrt(2) * sd / STEP * _mean_change(design.size, float(norm.ppf(level))))


def _mean_change(size: int, z: float) -> float:
    """Return the quantile of the mean of so many half-normal numbers, by the expansion of Cornish and Fisher (1938).

    ``z``: the normal quantile of the same level.
    """
    from scipy.stats import halfnorm

    mean, variance, skewness, excess = (float(moment) for moment in halfnorm.stats(0, 1, "mvsk"))
    skewness, excess = skewness / np.sqrt(size), excess / size
    shifted = z + (z**2 - 1) * skewness / 6 + (z**3 - 3 * z) * excess / 24 - (2 * z**3 - 5 * z) * skewness**2 / 36
    return mean + shifted * float(np.sqrt(variance / size))


def _problem(factors: int) -> dict[str, Any]:
    return {"num_vars": factors, "names": [str(number) for number in range(factors)], "bounds": [[0.0, 1.0]] * factors}


def _morris_points(factors: int, size: int, seed: int) -> Floats:
    from SALib.sample import morris

    unit: Floats = morris.sample(_problem(factors), size, num_levels=LEVELS, seed=seed)
    return ENDS[0] + unit * (ENDS[1] - ENDS[0])


def _sobol_points(factors: int, size: int, seed: int) -> Floats:
    from SALib.sample import sobol

    found: Floats = sobol.sample(_problem(factors), size, calc_second_order=False, seed=seed)
    return found


def _single_points(factors: int, size: int, seed: int) -> Floats:
    points = np.full((1 + 2 * factors, factors), np.nan)
    for number in range(factors):
        points[1 + 2 * number : 3 + 2 * number, number] = ENDS
    return points


def _morris_indices(design: Design, answers: Floats) -> list[tuple[int, str, float, float, float]]:
    from SALib.analyze import morris

    unit = (design.points - ENDS[0]) / (ENDS[1] - ENDS[0])
    problem = _problem(design.factors)
    settings: dict[str, Any] = {"conf_level": CONFIDENCE, "num_resamples": RESAMPLES, "seed": design.seed}
    found = morris.analyze(problem, unit, answers, num_levels=LEVELS, **settings)
    rows = []
    for number in range(design.factors):
        size, half = float(found["mu_star"][number]), float(found["mu_star_conf"][number])
        rows.append((number, "mu_star", size, max(0.0, size - half), size + half))
        rows += [(number, name, float(found[name][number]), np.nan, np.nan) for name in ("mu", "sigma")]
    return rows


def _sobol_indices(design: Design, answers: Floats) -> list[tuple[int, str, float, float, float]]:
    from SALib.analyze import sobol

    settings: dict[str, Any] = {"calc_second_order": False, "conf_level": CONFIDENCE, "num_resamples": RESAMPLES, "seed": design.seed}
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # an answer that does not vary has no indices, which NaN says
        found = sobol.analyze(_problem(design.factors), answers, **settings)
    rows = []
    for number in range(design.factors):
        for name in ("S1", "ST"):
            value, half = float(found[name][number]), float(found[f"{name}_conf"][number])
            rows.append((number, name, value, value - half, value + half))
    return rows


def _single_indices(design: Design, answers: Floats) -> list[tuple[int, str, float, float, float]]:
    rows = []
    for number in range(design.factors):
        low, high = answers[1 + 2 * number : 3 + 2 * number] - answers[0]
        rows += [(number, "low_end", float(low), np.nan, np.nan), (number, "high_end", float(high), np.nan, np.nan)]
    return rows
