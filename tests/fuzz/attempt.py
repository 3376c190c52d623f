"""Try one input in this process and hold the program to its word: done, or a clear error; nothing written but where it may be."""

import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from simulation import cases, ensemble, start
from simulation.__main__ import main
from simulation.endings import RAISE
from tests.fuzz.folders import DRAWS, drawn
from tests.fuzz.inputs import Input
from tests.fuzz.page import PAGE, asked

OWN: dict[str, Callable[[Input], int]] = {PAGE: asked, DRAWS: lambda made: drawn()}  # what no command reads
SECONDS = 10.0  # of processor time for one input


class Accepted(Exception):
    """The input is sound: what follows would be a simulation."""


class Broken(AssertionError):
    """The program did not keep its word."""


def _place(folder: Path, made: Input) -> None:
    for name, content in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name, target in made.links.items():
        with suppress(FileExistsError):
            (folder / name).symlink_to(target)


def _seen(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what lies in a folder, outputs aside."""
    stats = {path.relative_to(folder): path.lstat() for path in folder.rglob("*")}
    return {str(path): (stat.st_size, stat.st_mtime_ns) for path, stat in stats.items() if path.parts[0] != "out"}


def _accept(*given: object, **named: object) -> None:
    raise Accepted


@contextmanager
def _without_simulating() -> Iterator[None]:
    """Let nothing be simulated: whoever asks for members has accepted the input."""
    kept = ensemble.run_ensemble, cases.run_ensemble
    ensemble.run_ensemble = cases.run_ensemble = _accept
    try:
        yield
    finally:
        ensemble.run_ensemble, cases.run_ensemble = kept


def _done(made: Input) -> int:
    if made.given[0] in OWN:
        return OWN[made.given[0]](made)
    if not made.stops:
        return main(list(made.given))
    try:
        with _without_simulating():
            return main(list(made.given))
    except Accepted:
        return 0


def attempt(folder: Path, made: Input) -> int:
    """Run the command of an input in a folder; return its exit status. Raises Broken, or whatever the program lets through."""
    _place(folder, made)
    before = _seen(folder)
    out, err = io.StringIO(), io.StringIO()
    began = time.process_time()
    os.environ[RAISE] = "1"
    try:
        with chdir(folder), redirect_stdout(out), redirect_stderr(err):
            status = _done(made)
    finally:
        del os.environ[RAISE]
        start._GROUNDS.clear()
        start._SETUPS.clear()
    said = out.getvalue() + err.getvalue()
    if status not in (0, 2):
        raise Broken(f"exit {status}: {said[-500:]}")
    if status == 2 and (not said.strip() or "Traceback" in said):
        raise Broken(f"no word of what is wrong: {said[-500:]}")
    if (taken := time.process_time() - began) > SECONDS:
        raise Broken(f"{taken:.1f} s")
    if _seen(folder) != before:
        raise Broken(f"files changed: {sorted(set(_seen(folder)) ^ set(before))}")
    return status
