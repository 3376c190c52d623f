"""The whole of a calibration: runs, fit, trial, hindcasts, and what is handed on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calibration.fit import QUICK, WHOLE, Fit, chance_alone, emulated, first_design, fit, modelled
from calibration.handing_on import account, as_csv, fitted_rows, informed
from calibration.hindcast import NOW, THEN, Past, hindcast
from calibration.later import MEMBERS, QUICK_MEMBERS, effective, projected, weights
from calibration.priors import past_of
from calibration.scoring import summary
from calibration.targets import read_targets
from calibration.trial import trials
from simulation.files import write_atomic
from simulation.scenario import load

if TYPE_CHECKING:
    from calibration.scoring import Score
    from calibration.study import Bench
    from simulation.law.published import Row

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
    told["later"] = None
    write(folder, settings.place, found, bench.seed)
    if later := targets.later(targets.last_fitted):
        told["later"] = _met_later(settings, found, later, bench, folder)
    return told, write_account(folder, settings.place, told)


def write(folder: Path, place: str, found: Fit, seed: int, weight: Any = None) -> None:
    """Write the file of draws."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomic(folder / f"{place}.csv", as_csv(*fitted_rows(found, seed, weight)))


def write_account(folder: Path, place: str, told: dict[str, Any]) -> Path:
    """Write what stands beside the draws; return the file of draws."""
    write_atomic(folder / f"{place}.json", json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return folder / f"{place}.csv"


def scorecard(past: Past, origins: Sequence[int] = ()) -> list[Score]:
    """Return the hindcasts from the years before the last fitted list, by both vintages of the city's series."""
    years = origins or range(past.targets.last_fitted - HINDCASTS, past.targets.last_fitted)
    return [row for until in years for vintage in (NOW, THEN) for row in hindcast(past, until, vintage)]


def _met_later(settings: Settings, found: Fit, later: Any, bench: Bench, folder: Path) -> dict[str, Any]:
    """Weigh the draws by values after the last fitted list, and write them anew."""
    until = max(target.list_year for target in later)
    scenario = load(settings.scenario, [f"last_year={until}"], folder)
    members = projected(scenario, later, QUICK_MEMBERS if settings.quick else MEMBERS, bench)
    columns = informed(found)
    weight = weights(members, later, found.numbers[:, columns])
    write(folder, settings.place, found, bench.seed, weight)
    before, after = found.numbers[:, columns].mean(axis=0), weight @ found.numbers[:, columns]
    paths = [found.model.priors[column].path for column in columns]
    return {
        "values": [{"area": t.area, "list_year": t.list_year, "indicator": t.indicator, "value": t.value} for t in later],
        "effective_draws": round(effective(weight)),
        "means": [{"path": p, "before": float(b), "after": float(a)} for p, b, a in zip(paths, before, after, strict=True)],
    }
