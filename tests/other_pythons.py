"""Are the bytes of a run those of other Pythons? `python -m tests.other_pythons PYTHON... [--scenario plan] [--set KEY=VALUE]`.

Each PYTHON has the same versions of the libraries. The series of Python is part of a run's id, and the id is printed in reports and
figures; here it is left out of both, so that nothing may differ but the times. Exit status 1 where something does.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from simulation.files import sha256_of_file

ROOT = Path(__file__).resolve().parents[1]
TIMES = "timing.json"
RUN = """
import sys
from simulation import installed
own = installed.versions
installed.versions = lambda: own() | {"python": "any"}
from simulation.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run_of(python: str, given: list[str], out: Path) -> dict[str, str]:
    """Run a scenario by a Python; return the hash of each file of it."""
    command = [python, "-c", RUN, "run", *given, "--quiet", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True)
    (folder,) = (path for path in out.glob("*/*") if not path.parent.name.startswith("."))
    return {path.relative_to(folder).as_posix(): sha256_of_file(path) for path in folder.rglob("*") if path.is_file()}


def main() -> int:
    """Compare each Python with this one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pythons", nargs="+")
    parser.add_argument("--scenario", default="docs/examples/eksempelby.yaml")
    parser.add_argument("--set", action="append", default=[])
    asked = parser.parse_args()
    given = [asked.scenario, "--draws", "4", "--replicates", "2", "--workers", "1", *(f"--set={each}" for each in asked.set)]
    differs = False
    with tempfile.TemporaryDirectory() as folder:
        own = run_of(sys.executable, given, Path(folder) / "own")
        for number, python in enumerate(asked.pythons):
            other = run_of(python, given, Path(folder) / str(number))
            odd = sorted(name for name in own.keys() | other.keys() if name != TIMES and own.get(name) != other.get(name))
            sys.stdout.write(f"{python}: {len(own) - 1 - len(odd)} of {len(own) - 1} files the same{': ' * bool(odd)}{', '.join(odd)}\n")
            differs |= bool(odd)
    return int(differs)


if __name__ == "__main__":
    sys.exit(main())
