"""What a fit leaves for projections: joint draws of the numbers that the data inform, and the account of how they came about."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from calibration.fit import ROWS, Effort, Fit
from calibration.posterior import rounding
from calibration.priors.prior import at_quantiles, scaled
from calibration.recovery import INFORMED
from calibration.targets import Targets
from calibration.targets.reading import LEFT_OUT
from simulation.scenario import unfitted

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]
DIGITS = 6  # significant digits of a number in the file of draws
CHECKED = (5, 95)


def informed(found: Fit) -> NDArray[np.intp]:
    """Return the columns of the fit that projections take over: those handed on of which the data took something away."""
    handed = np.array([prior.handed_on for prior in found.model.priors])
    return np.flatnonzero(handed & (found.contraction >= INFORMED))


def fitted_rows(found: Fit, seed: int, rows: int = ROWS) -> tuple[list[str], Floats]:
    """Return paths and joint draws for projections, in an order of chance; the best informed number first."""
    columns = informed(found)
    columns = columns[np.argsort(-found.contraction[columns])]
    chosen = np.random.default_rng(seed).choice(len(found.quantiles), rows, replace=False)
    return [found.model.priors[column].path for column in columns], found.numbers[chosen][:, columns]


def in_step(paths: Sequence[str], rows: Floats, scenario: Scenario, seed: int) -> Floats:
    """Return the draws in the order in which the scenario draws the first number from its own range.

    So draw for draw a fit gives that number nearly what no fit or another one gives it, and two projections differ by what the
    fits say, and hardly by which draw came first.
    """
    known, drawn = unfitted(scenario).drawn(seed, range(len(rows)))
    if not paths or paths[0] not in known:
        return rows
    rank = drawn[:, known.index(paths[0])].argsort().argsort()
    found: Floats = rows[rows[:, 0].argsort(kind="stable")][rank]
    return found


def as_csv(paths: Sequence[str], rows: Floats) -> str:
    """Return the file of draws: a column `draw`, then one for each path."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["draw", *paths])
    writer.writerows([number, *(f"{cell:.{DIGITS}g}" for cell in row)] for number, row in enumerate(rows))
    return stream.getvalue()


def account(found: Fit, targets: Targets, effort: Effort, seed: int, alone: Floats) -> dict[str, Any]:
    """Return what was fitted, to what, how well, and which numbers the data say nothing about.

    ``alone``: the standard deviation that chance alone makes: targets.
    """
    return {
        "last_fitted": targets.last_fitted,
        "seed": seed,
        "runs": effort.first + effort.second,
        "plausible": round(found.model.kept, 4),
        "sampling": {"r_hat": round(found.r_hat, 4), "effective_draws": round(found.effective), "accepted": round(found.accepted, 3)},
        "versions": {name: version(name) for name in ("numpy", "scipy")},
        "residuals": _residuals(found, alone),
        "left_out": [_left_out(target) for target in targets.values if target.use == LEFT_OUT],
        "checks": _checks(found, targets),
        "parameters": _parameters(found),
        "unfelt": [prior.path for prior in found.model.study.priors if prior not in found.model.priors],
    }


def _left_out(target: Any) -> dict[str, Any]:
    kept = ("area", "list_year", "indicator", "value", "why")
    return {name: value for name, value in asdict(target).items() if name in kept}


def _residuals(found: Fit, alone: Floats) -> list[dict[str, Any]]:
    rows = found.model.rows_of(found.targets)
    emulator = found.model.emulator.of(rows)
    said = emulator(scaled(found.model.priors, found.numbers))
    left = np.sqrt(np.diag(emulator.residual))
    columns = zip(found.targets, said.T, left.tolist(), alone.tolist(), emulator.explained.tolist(), strict=True)
    return [_residual(target, column, *parts) for target, column, *parts in columns]


def _residual(target: Any, said: Floats, left: float, chance: float, explained: float) -> dict[str, Any]:
    spread = float(np.sqrt(left**2 + rounding(target) ** 2 + target.discrepancy**2 + said.var()))
    apart = target.value - float(said.mean())
    return {
        "area": target.area,
        "list_year": target.list_year,
        "indicator": target.indicator,
        "areas": list(target.areas),
        "published": target.value,
        "fitted": round(float(said.mean()), 3),
        "residual": round(apart, 3),
        "chance": round(chance, 3),
        "chance_and_unfelt": round(left, 3),
        "rounding": round(rounding(target), 3),
        "discrepancy": target.discrepancy,
        "spread": round(spread, 3),
        "within": bool(abs(apart) <= 2 * spread),
        "explained": round(explained, 3),
    }


def _checks(found: Fit, targets: Targets) -> list[dict[str, Any]]:
    said = found.model.study.checked
    ends = np.percentile(said, CHECKED, axis=0) if len(targets.checks) else np.zeros((2, 0))
    return [
        {
            **asdict(check),
            "areas": list(check.areas),
            "model": float(said[:, at].mean()),
            "low": float(ends[0, at]),
            "high": float(ends[1, at]),
        }
        for at, check in enumerate(targets.checks)
    ]


def _parameters(found: Fit) -> list[dict[str, Any]]:
    taken = set(informed(found).tolist())
    even = np.linspace(0, 1, 1001)[1:-1]
    rows = []
    for at, (prior, column) in enumerate(zip(found.model.priors, found.numbers.T, strict=True)):
        before = at_quantiles((prior,), even[:, None])
        rows.append(
            {
                "path": prior.path,
                "basis": prior.basis,
                "handed_on": prior.handed_on,
                "fitted": at in taken,
                "prior_mean": float(before.mean()),
                "prior_sd": float(before.std()),
                "mean": float(column.mean()),
                "sd": float(column.std()),
                "contraction": round(float(found.contraction[at]), 3),
            }
        )
    return rows
