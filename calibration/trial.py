"""Whether a trial of the fit shows that something is wrong, and mistakes planted to see that it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.fit import Model
from calibration.posterior import spread_of
from calibration.priors import Prior
from calibration.recovery import INTERVALS, Recovered, Trial, drawn_trial, recover, simulated_trial
from calibration.targets import Target

Floats = NDArray[np.float64]
BINS = 10
NOTICED = 0.001  # how improbable a trial must be by chance before it says that something is wrong
SETS, OF_SIMULATION = 200, 128
UNDERSTATED, SHIFTED, NARROWED = 4.0, 3.0, 3.0  # variance divided by, standard deviations, range divided by


def suspicions(found: Recovered) -> dict[str, float]:
    """Return for each sign of something wrong how improbable the most striking number is by chance, all numbers counted.

    ``coverage``: the 90 per cent interval holds the drawn number too often or too rarely; ``rank``: the ranks are not even;
    ``error``: errors are larger or smaller than the posterior spread says; ``shift``: errors go one way.
    """
    from scipy.stats import binom, chi2, norm

    sets = len(found.ranks)
    held = np.rint(found.coverage(INTERVALS[-1]) * sets)
    tails = np.minimum(binom.cdf(held, sets, INTERVALS[-1]), binom.sf(held - 1, sets, INTERVALS[-1]))
    bins = histograms(found)
    even = chi2.sf(((bins - sets / BINS) ** 2).sum(axis=1) * BINS / sets, BINS - 1)
    squares = found.apart**2
    error = 2 * norm.sf(np.abs(squares.mean(axis=0) - 1) / (squares.std(axis=0) / np.sqrt(sets)))
    shift = 2 * norm.sf(np.abs(found.apart.mean(axis=0)) / (found.apart.std(axis=0) / np.sqrt(sets)))
    signs = {"coverage": 2 * tails, "rank": even, "error": error, "shift": shift}
    return {name: float(min(1.0, p.min() * len(p))) for name, p in signs.items()}


def histograms(found: Recovered) -> NDArray[np.int64]:
    """Return how many data sets have the drawn number in each tenth of its draws: numbers, tenths; about even where the fit is right."""
    return np.stack([np.histogram(column, BINS, (0, 1))[0] for column in found.ranks.T])


def noticed(found: Recovered) -> bool:
    """Return whether the trial says that something is wrong."""
    signs = suspicions(found)
    return min(signs.values()) * len(signs) < NOTICED


def trials(model: Model, targets: Sequence[Target], seed: int) -> dict[str, Any]:
    """Try the fit by known answers: data from the emulator, data from the simulation, and planted mistakes."""
    rng = np.random.default_rng(seed)
    drawn = drawn_trial(model, targets, SETS, rng)
    plain = recover(model, targets, drawn, rng)
    without, runs = simulated_trial(model, targets, OF_SIMULATION, rng)
    simulated = recover(without, targets, runs, rng)
    found = {"drawn": told(plain, SETS) | each(plain), "simulated": told(simulated, OF_SIMULATION) | each(simulated)}
    planted = {
        "noise_understated": recover(model, targets, drawn, rng, understated=UNDERSTATED),
        "target_shifted": recover(model, targets, _shifted(model, targets, drawn), rng),
        "prior_too_narrow": recover(model, targets, drawn, rng, priors=_narrowed(model.priors, int(plain.left.mean(axis=0).argmin()))),
        "uninformed_prior_too_narrow": recover(
            model, targets, drawn, rng, priors=_narrowed(model.priors, int(plain.left.mean(axis=0).argmax()))
        ),
    }
    return found | {"planted": {name: told(tried, SETS) for name, tried in planted.items()}}


def told(found: Recovered, sets: int) -> dict[str, Any]:
    """Return the figures of a trial: coverage, error in posterior standard deviations, contraction, and whether it says stop."""
    coverage = {f"coverage_{round(100 * level)}": round(float(found.coverage(level).mean()), 3) for level in INTERVALS}
    return {
        "sets": sets,
        **coverage,
        "rmse_by_sd": round(float(np.sqrt((found.apart**2).mean())), 3),
        "contraction": round(float(1 - found.left.mean()), 3),
        "informed": int(found.informed.sum()),
        "ranks": histograms(found).sum(axis=0).tolist(),
        "signs": {name: float(f"{p:.3g}") for name, p in suspicions(found).items()},
        "noticed": noticed(found),
    }


def each(found: Recovered) -> dict[str, Any]:
    """Return the figures of a trial number by number; ``ranks``: data sets by tenth of the draws in which the drawn number lay."""
    held, wrong = found.coverage(INTERVALS[-1]).tolist(), np.sqrt((found.apart**2).mean(axis=0)).tolist()
    rows = zip(found.priors, held, wrong, (1 - found.left.mean(axis=0)).tolist(), histograms(found).tolist(), strict=True)
    return {
        "numbers": [
            {
                "path": prior.path,
                "coverage_90": round(hold, 3),
                "rmse_by_sd": round(error, 3),
                "contraction": round(gone, 3),
                "ranks": ranks,
            }
            for prior, hold, error, gone, ranks in rows
        ]
    }


def _shifted(model: Model, targets: Sequence[Target], trial: Trial) -> Trial:
    """Shift the first target by some standard deviations of what is not explained."""
    residual = model.emulator.of(model.rows_of(targets)).residual
    data = trial.data.copy()
    data[:, 0] += SHIFTED * np.sqrt(spread_of(targets, residual)[0, 0])
    return replace(trial, data=data)


def _narrowed(priors: tuple[Prior, ...], at: int) -> tuple[Prior, ...]:
    """Narrow one range around its mode."""
    p = priors[at]
    narrow = replace(p, low=p.mode - (p.mode - p.low) / NARROWED, high=p.mode + (p.high - p.mode) / NARROWED)
    return (*priors[:at], narrow, *priors[at + 1 :])
