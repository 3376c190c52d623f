"""A run so small that it can be broken many times: the made-up place for one year, three sets of values."""

import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.end_to_end.test_run import ROOT, same_bytes

GIVEN = ("docs/examples/eksempelby.yaml", "--set", "last_year=2020", "--draws", "3", "--replicates", "1")
PATIENCE = 300.0  # seconds; a run that takes longer hangs


def command(out, workers=1, *more):
    """Return the command of the run."""
    return [sys.executable, "-m", "simulation", "run", *GIVEN, "--workers", str(workers), "--out", str(out), "--quiet", *more]


def begun(out, workers=1, **settings):
    """Begin the run in a group of its own."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command(out, workers), cwd=ROOT, start_new_session=True, **pipes, **settings)


def done(out, workers=1, **settings):
    """Do the run; return its exit status and what it said."""
    running = begun(out, workers, **settings)
    said = "".join(running.communicate(timeout=PATIENCE))
    assert "Traceback" not in said, said
    return running.returncode, said


def killed_after(seconds, out, workers=1, how=signal.SIGKILL):
    """Begin the run and end it after some seconds; return how long it lasted, and whether it was finished before."""
    began, running = time.monotonic(), begun(out, workers)
    with suppress(subprocess.TimeoutExpired):
        running.wait(seconds)
    finished = running.poll() is not None
    running.send_signal(how)
    running.communicate(timeout=PATIENCE)
    return time.monotonic() - began, finished


def folder(out):
    """Return the only folder of outputs."""
    (found,) = out.glob("eksempelby/*")
    return found


def parts_left(out: Path):
    """Return what was left half-written among the outputs of a run."""
    return [path for path in out.rglob("*.part") if ".members" not in path.parts]


__all__ = ["begun", "command", "done", "folder", "killed_after", "parts_left", "same_bytes"]
