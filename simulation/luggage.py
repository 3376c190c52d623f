"""The tables of a scenario, carried along to where they may lie elsewhere or not at all."""

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.files import sha256_of, sha256_of_file, write_atomic

if TYPE_CHECKING:
    from simulation.scenario import Scenario

TABLES = ".csv"  # what a simulation reads for itself; all else of a scenario is in its tree


def packed(scenario: "Scenario") -> dict[str, bytes]:
    """Return the content of the scenario's tables by name."""
    return {name: path.read_bytes() for name, path in scenario.located.items() if path.suffix == TABLES}


def unpacked(scenario: "Scenario", tables: Mapping[str, bytes]) -> "Scenario":
    """Return the scenario with each table found where it lies, or where it is put now if the right one does not lie there."""
    missing = {name: content for name, content in tables.items() if not _lies_there(scenario.located[name], content)}
    if not missing:
        return scenario
    return scenario.model_copy(update={"located": scenario.located | {name: _put(name, content) for name, content in missing.items()}})


def kept_place(folder: Path, scenario: "Scenario") -> list[Path]:
    """Keep the files of a place of the user's own beside a run, so that the run can be done again from its folder alone."""
    from simulation.scenario.sources import shipped_folder

    shipped, kept = shipped_folder().resolve(), []
    for name, path in sorted(scenario.located.items()):
        if name.startswith("places/") and not path.is_relative_to(shipped):
            kept.append(folder / name)
            write_atomic(folder / name, path.read_bytes())
    return kept


def _lies_there(path: Path, content: bytes) -> bool:
    return path.is_file() and sha256_of_file(path) == sha256_of(content)


@cache
def _room() -> "tempfile.TemporaryDirectory[str]":
    """Make the folder of this process; it goes when the process does."""
    return tempfile.TemporaryDirectory(prefix="blandetby-")


def _put(name: str, content: bytes) -> Path:
    path = Path(_room().name) / sha256_of(content) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
