"""A finished run done again from what it says of itself, and what came out otherwise."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import provenance, route
from simulation.destination import writable
from simulation.files import InputErrors, Problem, sha256_of_file
from simulation.folders import run_of
from simulation.runs import Run, Settings, Watch

if TYPE_CHECKING:
    from simulation.scenario import Scenario

MODEL = "model"  # how the installed code is called beside the versions of libraries
LAW = "law"  # and the law's own numbers


@dataclass(frozen=True)
class Version:
    """Something that is installed in another version than when the run was made."""

    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Again:
    """A run done again: what is installed or read otherwise now, and which outputs came out otherwise."""

    run: Run
    run_id: str  # of the first
    versions: list[Version]
    files: list[str]
    outputs: list[str]
    compared: int

    @property
    def unexplained(self) -> bool:
        """Return whether something came out otherwise although nothing is otherwise that could explain it."""
        return bool(self.outputs) and not self.versions and not self.files

    def as_json(self) -> dict[str, Any]:
        """Return what `--json` adds."""
        told = {"run_id": self.run_id, "versions": [asdict(version) for version in self.versions], "files": self.files}
        return told | {"outputs_differ": self.outputs, "outputs_compared": self.compared}


def run_again(path: Path, settings: Settings, watch: Watch) -> Again:
    """Do a finished run again, from its folder or its account of itself; out, workers and cluster are those of ``settings``.

    It is simulated, never found: where it lies finished below ``out`` already, it is done again in a folder of its own there.
    Raises InputErrors where there is no finished run, or where its scenario is not what it was.
    """
    folder = path if path.is_dir() else path.parent
    told = run_of(folder, "--from")
    scenario = _scenario(folder, told)
    found = scenario.hashes
    scenario = scenario.model_copy(update={"name": told["scenario"], "hashes": _files(told["files"], found)})
    counts = {name: told[name] for name in ("draws", "replicates", "seed", "lang")}
    done = route.project(scenario, _apart(scenario, replace(settings, **counts)), watch)
    versions = _versions(told)
    files = sorted(name for name, digest in told["files"].items() if found.get(name, digest) != digest)
    outputs = [name for name, digest in told["outputs"].items() if not _is(done.folder / name, digest)]
    return Again(done, told["run_id"], versions, files, outputs, len(told["outputs"]))


def _apart(scenario: Scenario, settings: Settings) -> Settings:
    """Return settings under which nothing of the run is there already: else it would be compared with itself."""
    writable(settings.out)
    inputs = route.inputs_of(scenario, settings)
    if provenance.read_provenance(settings.out / scenario.name / inputs.run_id) is None:
        return settings
    return replace(settings, out=Path(tempfile.mkdtemp(prefix="again_", dir=settings.out)))


def _scenario(folder: Path, told: Mapping[str, Any]) -> Scenario:
    from simulation.scenario import load

    resolved = folder / provenance.RESOLVED
    if not _is(resolved, told["resolved_sha256"]):
        code = "output_changed" if resolved.is_file() else "output_missing"
        raise InputErrors([Problem(file=str(resolved), key="--from", code=code)])
    return load(resolved)


def _files(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Return the inputs by name: what is read anew as it is now, the files that the scenario is resolved from as they were."""
    return {**then, **{name: digest for name, digest in now.items() if name != provenance.RESOLVED}}


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and sha256_of_file(path) == digest


def _versions(told: Mapping[str, Any]) -> list[Version]:
    now = provenance.installed_versions()
    found = [Version(name, then, now.get(name, "")) for name, then in told["versions"].items() if now.get(name) != then]
    then, installed = told[MODEL], route.installed_model()
    hashes = [(name, then[part], installed[part]) for name, part in ((MODEL, "code"), (LAW, "law")) if part in then]
    return found + [Version(name, old[: provenance.DIGITS], new[: provenance.DIGITS]) for name, old, new in hashes if old != new]
