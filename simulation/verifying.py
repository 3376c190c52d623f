"""The proof that a finished folder is still what it was: of a run or a budget, a comparison, a study."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from simulation import comparing, provenance, studying
from simulation.files import InputErrors, Problem
from simulation.folders import account_of, kind_of, no_run
from simulation.installed import installed_model

NOT_HASHED = ("study_id", "areas", "model", "versions", "outputs")  # of what a study tells; all else makes its id
Account = dict[str, Any]


def verify(folder: Path) -> dict[str, Any]:
    """Return the id of a finished folder whose files are what they were. Raises InputErrors."""
    for name, (key, id_of) in OTHERS.items():
        if (folder / name).is_file() and not (folder / provenance.FILE).is_file():
            told = _read(folder, name, key)
            return _sound(folder, told, told[key], _problems(folder, name, told, (key, id_of)))
    told = provenance.read_provenance(folder) or {}
    if not told:
        raise InputErrors([no_run(folder)])
    return _sound(folder, told, told["run_id"], provenance.verify_folder(folder))


def _sound(folder: Path, told: Account, made: Any, problems: list[Problem]) -> dict[str, Any]:
    if problems:
        raise InputErrors(problems)
    found = {"folder": str(folder), "kind": kind_of(folder), "run_id": made, "files": len(told["outputs"])}
    return found | {"same_model_installed": told["model"] == installed_model()}


def _read(folder: Path, name: str, key: str) -> Account:
    """Return what a comparison or a study says of itself. Raises InputErrors where it is not whole."""
    told = account_of(folder, name)
    if not isinstance(told.get(key), str) or not provenance.has_outputs(told):
        raise InputErrors([Problem(file=str(folder), code="not_finished", values={"name": name})])
    return told


def _problems(folder: Path, name: str, told: Account, made: tuple[str, Callable[[Account], str]]) -> list[Problem]:
    key, id_of = made
    found = list(provenance.changed(folder, told["outputs"]))
    if told[key] != id_of(told):
        found.append(Problem(file=str(folder / name), key=key, code="run_id_differs"))
    return found


def _study_id(told: Account) -> str:
    return studying.study_name({key: value for key, value in told.items() if key not in NOT_HASHED}, told["model"])


def _comparison_id(told: Account) -> str:
    sides = told.get("sides")
    members = [str(side.get("members")) for side in sides if isinstance(side, Mapping)] if isinstance(sides, list) else []
    return comparing.comparison_id(members, str(told.get("lang")), told["model"])


OTHERS: dict[str, tuple[str, Callable[[Account], str]]] = {
    studying.FILE: ("study_id", _study_id),
    comparing.FILE: ("comparison_id", _comparison_id),
}
