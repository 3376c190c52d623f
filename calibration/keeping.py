"""The draws that runs use by default: taken over from a calibration, with those of before kept, and those that no later list has moved."""

from __future__ import annotations

import shutil
from pathlib import Path

from simulation.files import sha256_of_file
from simulation.scenario.sources import fitted_folder

PAST = "of_the_past"  # folder of the draws that no later list has moved, where one has moved those beside it
DIGITS = 12  # of the hash that names the draws of before


def keep(made: Path, place: str, before: Path) -> Path | None:
    """Let runs use the draws of a folder by default; return where those of before lie now, below ``before``; None if there were none."""
    own, names = fitted_folder(), (f"{place}.csv", f"{place}.json", f"{PAST}/{place}.csv")
    old = own / names[0]
    earlier = before / sha256_of_file(old)[:DIGITS] if old.is_file() else None
    for name in names:
        if earlier is not None and (own / name).is_file():
            _copy(own / name, earlier / name)
        if (made / name).is_file():
            _copy(made / name, own / name)
        else:
            (own / name).unlink(missing_ok=True)
    return earlier


def of_the_past(place: str) -> Path | None:
    """Return the folder of the default draws as they were before any later list moved them; None where none did."""
    folder = fitted_folder() / PAST
    return folder if (folder / f"{place}.csv").is_file() else None


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)
