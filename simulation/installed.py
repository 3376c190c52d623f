"""Which model is installed: what its numbers rest on beside what a scenario says."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from simulation.files import sha256_of, sha256_of_file

PACKAGES = ("simulation", "calibration")  # code and law; what a scenario reads it names itself
LAW_DATA = "simulation/law/data/"  # the law's own numbers, which change on another day than the code
NUMERIC = ("numpy", "scipy")


def _installed(package: str) -> Iterable[tuple[str, str]]:
    root = Path(str(files(package)))
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{package}/{path.relative_to(root).as_posix()}", sha256_of_file(path)


@cache
def installed_model() -> dict[str, str]:
    """Identify the installed model: a hash of its code, one of the law's own numbers, and the versions its numbers rest on."""
    listed = [(name, digest) for package in PACKAGES for name, digest in _installed(package)]
    parts = {
        "code": [each for each in listed if not each[0].startswith(LAW_DATA)],
        "law": [each for each in listed if each[0].startswith(LAW_DATA)],
    }
    return {**{part: _hash(found) for part, found in parts.items()}, **{name: version(name) for name in NUMERIC}}


def _hash(listed: Iterable[tuple[str, str]]) -> str:
    return sha256_of("\n".join(f"{name} {digest}" for name, digest in listed).encode())
