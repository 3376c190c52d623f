"""What a run was made of, its id, and the proof that a finished folder is still what it was."""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from simulation import __version__
from simulation.files import Problem, read_within, sha256_of_file, write_atomic
from simulation.installed import versions

FILE = "provenance.json"
RESOLVED = "scenario.resolved.yaml"
MOST_BYTES = 50_000_000  # a hundred times what a run of the plan tells of itself
DIGITS = 12


def installed_versions() -> dict[str, str]:
    """Return the versions of the model, of Python and of the libraries that its outputs rest on."""
    return {"blandetby": __version__, **versions()}


@dataclass(frozen=True)
class Inputs:
    """Everything that decides the bytes of a run, and nothing else."""

    scenario: str
    resolved_sha256: str
    files: Mapping[str, str]  # name -> SHA-256
    seed: int
    draws: int
    replicates: int
    lang: str
    model: Mapping[str, str]

    def _digest(self, without: str = "") -> str:
        parts = {name: value for name, value in asdict(self).items() if name != without}
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:DIGITS]

    @property
    def run_id(self) -> str:
        """Twelve hexadecimal digits: the same id means the same bytes."""
        return self._digest()

    @property
    def members_id(self) -> str:
        """The id of the members, which are the same in every language."""
        return self._digest(without="lang")


def assumed_part(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a run's table of what rests on assumed numbers; none where there is no such table."""
    path = folder / "assumed_part.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_provenance(folder: Path, inputs: Inputs, outputs: Iterable[Path], parameters: Mapping[str, Any]) -> None:
    """Write, as the last file of a run, what it was made of and the hash of each output: the run is finished."""
    hashes = {path.relative_to(folder).as_posix(): sha256_of_file(path) for path in outputs}
    told = {
        "run_id": inputs.run_id,
        "finished": True,
        "synthetic": "every resident and every number after the published lists is simulated",
        **asdict(inputs),
        "versions": installed_versions(),
        "parameters": parameters,
        "outputs": dict(sorted(hashes.items())),
    }
    write_atomic(folder / FILE, json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def read_provenance(folder: Path) -> dict[str, Any] | None:
    """Return what a finished run says of itself; None where there is no finished run."""
    if not (folder / FILE).is_file():  # nor a pipe, which would never end
        return None
    try:
        told = json.loads(read_within(folder / FILE, MOST_BYTES).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and told.get("finished") is True and _has_form(told) else None


def _has_form(told: Mapping[str, Any]) -> bool:
    """Return whether every part of the account is of its kind, and every output lies within the folder."""
    texts = all(isinstance(told.get(name), str) for name in ("run_id", "scenario", "resolved_sha256", "lang"))
    counts = all(type(told.get(name)) is int for name in ("seed", "draws", "replicates"))
    return texts and counts and _are_named(told, "files") and has_outputs(told) and _is_name(told["scenario"])


def has_outputs(told: Mapping[str, Any]) -> bool:
    """Return whether an account tells its model, versions and outputs, each of its kind, and every output lies within the folder."""
    return _are_named(told, "model", "versions", "outputs") and not any(_leads_out(name) for name in told["outputs"])


def _are_named(told: Mapping[str, Any], *names: str) -> bool:
    tables = (told.get(name) for name in names)
    return all(isinstance(table, dict) and all(isinstance(value, str) for value in table.values()) for table in tables)


def _is_name(text: str) -> bool:
    return PurePosixPath(text).name == text and not text.startswith(".")


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\0" in name


def _recorded_inputs(told: Mapping[str, Any]) -> Inputs | None:
    try:
        return Inputs(**{name: told[name] for name in Inputs.__dataclass_fields__})
    except KeyError:
        return None


def changed(folder: Path, outputs: Mapping[str, str]) -> Iterable[Problem]:
    """Yield a problem for each output that is missing or no longer what its hash says."""
    for name, digest in outputs.items():
        path = folder / name
        if not path.is_file():
            yield Problem(file=str(path), code="output_missing")
        elif sha256_of_file(path) != digest:
            yield Problem(file=str(path), code="output_changed")


def verify_folder(folder: Path) -> list[Problem]:
    """Derive the hashes of a run anew; return what does not agree, nothing for a sound folder."""
    told = read_provenance(folder)
    if told is None:
        return [Problem(file=str(folder), code="not_finished", values={"name": FILE})]
    problems = list(changed(folder, told.get("outputs", {})))
    inputs = _recorded_inputs(told)
    if inputs is None or inputs.run_id != told.get("run_id"):
        problems.append(Problem(file=str(folder / FILE), key="run_id", code="run_id_differs"))
    elif told.get("outputs", {}).get(RESOLVED) != inputs.resolved_sha256:
        problems.append(Problem(file=str(folder / FILE), key=RESOLVED, code="output_changed"))
    return problems
