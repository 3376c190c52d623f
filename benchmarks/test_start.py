"""How long a person waits: for the help, and for a first look at the plan."""

import subprocess
import sys
from functools import partial

import pytest

from benchmarks.conftest import fastest

HELP_SECONDS, QUICK_SECONDS = 0.4, 5.0


def blandetby(*given):
    subprocess.run([sys.executable, "-m", "simulation", *map(str, given)], check=True, capture_output=True)


@pytest.mark.benchmark(group="start")
def test_help(benchmark, found):
    best = fastest(5, bare=partial(subprocess.run, [sys.executable, "-c", ""], check=True), help=partial(blandetby, "--help"))
    benchmark.pedantic(blandetby, ("--help",), rounds=3)
    found("blandetby --help", {"seconds": f"{best['help']:.2f}", "times an empty program": f"{best['help'] / best['bare']:.0f}"})
    assert best["help"] < HELP_SECONDS


@pytest.mark.benchmark(group="start")
def test_a_first_look(benchmark, tmp_path, found):
    folders = iter(range(100))
    first_look = lambda: blandetby("run", "plan", "--quick", "--out", tmp_path / str(next(folders)), "--quiet")  # noqa: E731
    best = fastest(3, quick=first_look)
    benchmark.pedantic(first_look, rounds=1)
    found("blandetby run plan --quick", {"seconds": f"{best['quick']:.1f}"})
    assert best["quick"] < QUICK_SECONDS
