"""What the commands ask for, from their options to the answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calibration import before_after, keeping
from calibration.calibrating import Settings, calibrated, write_account
from calibration.study import Bench
from calibration.targets.given import rows_given
from calibration.targets.reading import told
from calibration.validating import validated
from simulation.destination import writable
from simulation.ensemble import ENGINE
from simulation.files import InputErrors, Problem, write_atomic
from simulation.scenario import load
from simulation.scenario.sources import fitted_folder
from simulation.workers.local import Pool, available_workers, warm_up

if TYPE_CHECKING:
    from simulation.runs import Watch

CHANGED = "before_after.json"


def calibrate(
    scenario: str, more: Path | None, *, keep: bool, quick: bool, seed: int, out: Path, workers: int | None, watch: Watch
) -> dict[str, Any]:
    """Fit the place of a scenario, write the draws below ``out``, and tell what they change. Raises InputErrors.

    ``more``: a file of values beside those that ship; ``keep``: let later runs use the new draws by default.
    """
    place = _place_of(scenario)
    writable(out)
    if keep:
        writable(fitted_folder(), "--keep")
    rows = rows_given(more, load(scenario)) if more is not None else ()
    bench, folder = _bench(seed, out, workers, watch), out / "calibration" / place
    found, draws = calibrated(Settings(place, scenario, quick, rows), bench, folder)
    members = before_after.QUICK_MEMBERS if quick else before_after.MEMBERS
    changed = before_after.before_and_after(scenario, None, folder, members, bench)
    write_atomic(folder / CHANGED, json.dumps(changed, indent=1) + "\n")
    if found["later"]:  # reports with draws that a later list has moved show what it did
        write_account(folder, place, found | {"before_after": changed})
    earlier = keeping.keep(folder, place, folder / "before") if keep else None
    told = {"place": place, "draws": str(draws), "kept": keep, "earlier": None if earlier is None else str(earlier)}
    return {**told, **found, "before_after": changed}


def validate(
    scenario: str, until: int, against: Path, *, quick: bool, seed: int, out: Path, workers: int | None, watch: Watch
) -> dict[str, Any]:
    """Score predictions of the file's lists after a year. Raises InputErrors."""
    _place_of(scenario)
    writable(out)
    return validated(scenario, until, against, quick, _bench(seed, out, workers, watch))


def _place_of(scenario: str) -> str:
    """Return the scenario's place, where it can be fitted."""
    place = load(scenario).place
    try:
        told(place)
    except FileNotFoundError:
        problem = Problem(file=f"calibration/targets/{place}.yaml", key="place", code="no_targets", values={"place": place})
        raise InputErrors([problem]) from None
    return place


def _bench(seed: int, out: Path, workers: int | None, watch: Watch) -> Bench:
    count = workers or available_workers()
    if count > 1:
        warm_up(ENGINE)
    return Bench(out / ".studies", seed, Pool(count, ENGINE), watch.progress, watch.notice)
