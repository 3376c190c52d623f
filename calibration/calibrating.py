"""The whole of a calibration: runs, fit, trial, hindcasts, and what is handed on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from calibration.fit import QUICK, ROWS, WHOLE, chance_alone, emulated, first_design, fit, modelled
from calibration.handing_on import account, as_csv, fitted_rows, in_step
from calibration.hindcast import NOW, THEN, Past, hindcast
from calibration.keeping import PAST
from calibration.later import MEMBERS, QUICK_MEMBERS, effective, moved, projected, weights
from calibration.priors import past_of
from calibration.scoring import summary
from calibration.targets import read_targets
from calibration.trial import trials
from simulation.files import write_atomic
from simulation.scenario import load

if TYPE_CHECKING:
    from calibration.scoring import Score
    from calibration.study import Bench
    from calibration.targets import Target
    from simulation.law.published import Row

Floats = NDArray[np.float64]
HINDCASTS = 2  # origins: the lists of so many years before the last that is fitted


@dataclass(frozen=True)
class Settings:
    """How a calibration is done: of which place, how thoroughly, and with which values beside those that ship."""

    place: str
    scenario: str  # what is projected, before and after
    quick: bool
    more: tuple[Row, ...] = ()


def calibrated(settings: Settings, bench: Bench, folder: Path) -> tuple[dict[str, Any], Path]:
    """Fit a place and write its draws and their account to ``folder``; return the account and the file of draws."""
    effort = QUICK if settings.quick else WHOLE
    scenario = past_of(settings.place)
    targets = read_targets(scenario, settings.more)
    first = first_design(scenario, targets, effort.first, bench)
    found = fit(modelled(scenario, targets, first, effort.second, bench), first.targets, bench.seed)
    told = account(found, targets, effort, bench.seed, chance_alone(scenario, first, bench))
    if not settings.quick:
        told["trials"] = trials(emulated(first), first.targets, bench.seed)
    scores = scorecard(Past(settings.place, targets, first, bench))
    told |= {"scorecard": [asdict(row) for row in scores], "summary": summary(scores)}
    paths, rows = fitted_rows(found, bench.seed)
    told["later"] = None
    if later := targets.later(targets.last_fitted):
        write(folder / PAST, settings, paths, rows, bench.seed)
        told["later"], paths, rows = _met_later(settings, later, bench, folder / PAST)
    write(folder, settings, paths, rows, bench.seed)
    return told, write_account(folder, settings.place, told)


def write(folder: Path, settings: Settings, paths: list[str], rows: Floats, seed: int) -> None:
    """Write the file of draws."""
    folder.mkdir(parents=True, exist_ok=True)
    ordered = in_step(paths, rows, load(settings.scenario), seed)
    write_atomic(folder / f"{settings.place}.csv", as_csv(paths, ordered))


def write_account(folder: Path, place: str, told: dict[str, Any]) -> Path:
    """Write what stands beside the draws; return the file of draws."""
    write_atomic(folder / f"{place}.json", json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return folder / f"{place}.csv"


def scorecard(past: Past, origins: Sequence[int] = ()) -> list[Score]:
    """Return the hindcasts from the years before the last fitted list, by both vintages of the city's series."""
    years = origins or range(past.targets.last_fitted - HINDCASTS, past.targets.last_fitted)
    return [row for until in years for vintage in (NOW, THEN) for row in hindcast(past, until, vintage)]


def _met_later(settings: Settings, later: tuple[Target, ...], bench: Bench, past: Path) -> tuple[dict[str, Any], list[str], Floats]:
    """Weigh the draws of the past, in a folder, by values after the last fitted list; return what that says, paths, and draws."""
    until = max(target.list_year for target in later)
    scenario = load(settings.scenario, [f"last_year={until}"], past)
    found = projected(scenario, later, QUICK_MEMBERS if settings.quick else MEMBERS, bench)
    weight = weights(found, later)
    means = moved(found, weight)
    paths = [row["path"] for row in sorted(means, key=lambda row: -row["contraction"])]
    chosen = np.random.default_rng(bench.seed).choice(len(weight), ROWS, p=weight)
    told = {
        "values": [{"area": t.area, "list_year": t.list_year, "indicator": t.indicator, "value": t.value} for t in later],
        "effective_draws": round(effective(weight)),
        "felt": [found.paths[column] for column in found.felt],
        "means": means,
    }
    columns = np.array([found.paths.index(path) for path in paths], np.intp)
    return told, paths, found.candidates[chosen][:, columns]
