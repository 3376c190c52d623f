"""Which model is installed: what the bytes of a run rest on beside what a scenario says."""

import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from simulation.files import sha256_of, sha256_of_file

PACKAGES = ("simulation", "calibration")  # code and law; what a scenario reads it names itself
LAW_DATA = "simulation/law/data/"  # the law's own numbers, which change on another day than the code
LIBRARIES = ("numpy", "scipy", "pandas", "mesa", "matplotlib", "pyarrow", "pydantic")  # whose version can show in an output


def versions() -> dict[str, str]:
    """Return the versions of the libraries, and the series of Python, such as 3.11: `timing.json` tells its corrections."""
    return {"python": ".".join(str(part) for part in sys.version_info[:2]), **{name: version(name) for name in LIBRARIES}}


def _installed(package: str) -> Iterable[tuple[str, str]]:
    root = Path(str(files(package)))
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{package}/{path.relative_to(root).as_posix()}", sha256_of_file(path)


@cache
def installed_model() -> dict[str, str]:
    """Identify the installed model: a hash of its code, one of the law's own numbers, and the versions its outputs rest on."""
    listed = [(name, digest) for package in PACKAGES for name, digest in _installed(package)]
    parts = {
        "code": [each for each in listed if not each[0].startswith(LAW_DATA)],
        "law": [each for each in listed if each[0].startswith(LAW_DATA)],
    }
    return {**{part: _hash(found) for part, found in parts.items()}, **versions()}


def _hash(listed: Iterable[tuple[str, str]]) -> str:
    return sha256_of("\n".join(f"{name} {digest}" for name, digest in listed).encode())
