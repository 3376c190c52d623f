"""Which model is installed: what its numbers rest on beside what a scenario says."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from simulation.files import sha256_of, sha256_of_file

PACKAGES = ("simulation", "calibration")  # code, law and fitted draws; what a scenario reads it names itself
NUMERIC = ("numpy", "scipy")


def _installed(package: str) -> Iterable[tuple[str, str]]:
    root = Path(str(files(package)))
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{package}/{path.relative_to(root).as_posix()}", sha256_of_file(path)


@cache
def installed_model() -> dict[str, str]:
    """Identify the installed model: a hash of its code, law and fitted draws, and the versions its numbers rest on."""
    listed = "\n".join(f"{name} {digest}" for package in PACKAGES for name, digest in _installed(package))
    return {"code": sha256_of(listed.encode()), **{name: version(name) for name in NUMERIC}}
