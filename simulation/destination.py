"""Where outputs are to go: whether they can be written there, and may."""

import tempfile
from pathlib import Path

from simulation.files import InputErrors, Problem


def writable(folder: Path, key: str = "--out") -> None:
    """Raise InputErrors, at an option, where nothing can be written into a folder, or nothing should; it is made where it is missing."""
    if _holds_places(folder):
        raise InputErrors([Problem(file=str(folder), key=key, code="among_places")])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError, RecursionError) as error:  # a name that no folder has, or folders without end
        told = getattr(error, "strerror", None) or str(error)
        raise InputErrors([Problem(file=str(folder), key=key, code="cannot_write", values={"told": told})]) from None


def _holds_places(folder: Path) -> bool:
    """Return whether a folder holds places, or lies within one: outputs there would become a part of a place."""
    from simulation.scenario.places import PLACE

    try:
        within = any((path / PLACE).is_file() for path in (folder, *folder.absolute().parents))
        return within or any(folder.glob(f"*/{PLACE}"))
    except (OSError, ValueError):  # no such folder can be
        return False
