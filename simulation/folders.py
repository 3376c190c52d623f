"""What lies in a folder that a command has written, and what to say where a run is asked for and something else lies there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulation import comparing, provenance, studying
from simulation.files import InputErrors, Problem, read_within

RUN, BUDGET, COMPARISON, CALIBRATION, STUDY = "run", "budget", "comparison", "calibration", "study"
STUDIES = {"asked": "sensitivity", "lever": "goal", "pairs": "attribution"}  # what each alone tells -> its kind
OF_A_BUDGET = "packages.csv"
OF_A_CALIBRATION = "before_after.json"
MOST_NAMED = 5


def account_of(folder: Path, name: str) -> dict[str, Any]:
    """Return what a comparison or a study says of itself; nothing where it cannot be read."""
    try:
        told = json.loads(read_within(folder / name, provenance.MOST_BYTES).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def kind_of(folder: Path) -> str:
    """Return what is finished in a folder: a run, a budget, a comparison, a kind of study, a calibration; empty for nothing."""
    if (told := provenance.read_provenance(folder)) is not None:
        return BUDGET if OF_A_BUDGET in told["outputs"] else RUN
    if (folder / studying.FILE).is_file():
        told = account_of(folder, studying.FILE)
        return next((kind for key, kind in STUDIES.items() if key in told), STUDY)
    if (folder / comparing.FILE).is_file():
        return COMPARISON
    return CALIBRATION if (folder / OF_A_CALIBRATION).is_file() else ""


def run_of(folder: Path, key: str = "") -> dict[str, Any]:
    """Return what a finished run says of itself. Raises InputErrors that say what lies in the folder instead, and what can be done."""
    told = provenance.read_provenance(folder)
    if told is None or kind_of(folder) != RUN:
        raise InputErrors([no_run(folder, key)])
    return told


def no_run(folder: Path, key: str = "") -> Problem:
    """Return what to say of a folder in which no run lies."""
    if kind := kind_of(folder):
        return Problem(file=str(folder), key=key, code=f"is_{kind}", values={"names": _names(folder, kind)})
    if below := _runs_below(folder):
        return Problem(file=str(folder), key=key, code="holds_runs", values={"allowed": below})
    return Problem(file=str(folder), key=key, code="not_finished", values={"name": provenance.FILE})


def _names(folder: Path, kind: str) -> str:
    """Return the scenarios that something was made of."""
    if kind == COMPARISON:
        sides = account_of(folder, comparing.FILE).get("sides")
        return " ".join(_name(side) for side in sides) if isinstance(sides, list) else ""
    return _name(provenance.read_provenance(folder) if kind == BUDGET else account_of(folder, studying.FILE), "scenario")


def _name(told: object, key: str = "name") -> str:
    """Return a name of an account, which anybody may have written."""
    text = told.get(key) if isinstance(told, Mapping) else None
    return text if isinstance(text, str) and text.isprintable() else ""


def _runs_below(folder: Path) -> list[str]:
    """Return some finished runs that lie one or two folders below."""
    found = sorted(path.parent for pattern in ("*", "*/*") for path in folder.glob(f"{pattern}/{provenance.FILE}"))
    named = [str(path) for path in found[: MOST_NAMED + 1] if kind_of(path) == RUN]
    return [*named[:MOST_NAMED], "…"] if len(named) > MOST_NAMED else named
