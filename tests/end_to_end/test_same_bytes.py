"""One worker, two workers, a Dask cluster of two, and a run killed and resumed: every file but the times is the same."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulation import installed, route
from simulation.runs import Settings, cluster_of
from tests.end_to_end.test_run import ROOT, same_bytes

SHORT = ("last_year=2021",)
DRAWS, REPLICATES = 2, 1
SEEDS = (1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (0, 2, 3)))


class Heard:
    """A watch that remembers what it is told."""

    def __init__(self):
        self.steps = []

    def progress(self, done, total):
        self.steps.append((done, total))

    def notice(self, code, values):
        pass


def ran(out, seed, **settings):
    """Run the plan for two years; return its folder and what was heard of it."""
    heard = Heard()
    done = route.run("plan", SHORT, Settings(draws=DRAWS, replicates=REPLICATES, seed=seed, out=out, **settings), heard)
    return done.folder, heard


@pytest.fixture(scope="module")
def scheduler():
    """Give the address of a Dask scheduler with two workers on loopback."""
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'blandetby[cluster]'")
    from simulation.workers.cluster import checked, connected

    with connected(checked("local"), 2, installed.installed_model) as made:
        yield made._client.scheduler.address


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """Give the folder of a run by one worker, made once for each seed."""
    folders = {}

    def of(seed):
        if seed not in folders:
            folders[seed] = ran(tmp_path_factory.mktemp("alone"), seed)[0]
        return folders[seed]

    return of


@pytest.mark.parametrize("seed", SEEDS)
def test_two_workers(alone, tmp_path, seed):
    same_bytes(alone(seed), ran(tmp_path, seed, workers=2)[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_dask_cluster_of_two_workers(alone, scheduler, tmp_path, seed):
    same_bytes(alone(seed), ran(tmp_path, seed, cluster=cluster_of(scheduler))[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_run_killed_and_resumed(alone, tmp_path, seed):
    members = ("--draws", str(DRAWS), "--replicates", str(REPLICATES), "--seed", str(seed), "--workers", "1")
    given = [sys.executable, "-m", "simulation", "run", "plan", "--set", *SHORT, *members, "--out", str(tmp_path)]
    running = subprocess.Popen(given, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob(".members/*/*.npz")) and time.monotonic() < deadline and running.poll() is None:
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    folder, heard = ran(tmp_path, seed)
    assert heard.steps[0][0] >= 1, "what was stored is not simulated again"
    same_bytes(alone(seed), folder)


def test_other_seeds_differ(alone, tmp_path):
    """The comparison has power: chance alone changes the bytes."""
    with pytest.raises(AssertionError):
        same_bytes(alone(1), ran(tmp_path, 5)[0])


def test_a_folder_left_behind_holds_nothing_but_chunks(alone):
    members = next(alone(1).parents[1].glob(".members/*/"))
    assert {path.suffix for path in Path(members).iterdir()} == {".npz"}
