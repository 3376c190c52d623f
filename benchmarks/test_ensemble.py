"""What it costs to hand members out and to keep them, beside simulating them."""

from functools import partial

import pytest

from benchmarks.conftest import core_seconds, fastest
from simulation.engine import simulate
from simulation.ensemble import ENGINE, SimulateTask, members_of, run_ensemble
from simulation.installed import installed_model
from simulation.scenario import load
from simulation.workers.local import Alone, Pool

DRAWS, REPLICATES, SEED = 4, 2, 1
MOST = 0.1  # of the time of the members themselves
WORKERS = 2


@pytest.fixture(scope="module")
def scenario():
    return load("plan")


def bare(scenario):
    for draw, replicate in members_of(DRAWS, REPLICATES):
        simulate(scenario, SEED, draw, replicate)


def stored(scenario, folder, workers):
    """Run the ensemble into a store of its own."""
    store = folder / str(len(list(folder.iterdir())))
    return run_ensemble(SimulateTask(scenario, SEED), members_of(DRAWS, REPLICATES), store, workers)


@pytest.mark.benchmark(group="ensemble")
def test_handing_out_and_storing(benchmark, scenario, tmp_path, found):
    functions = {"members": partial(bare, scenario), "ensemble": partial(stored, scenario, tmp_path, Alone())}
    bare(scenario)
    best = fastest(3, core_seconds, **functions)
    benchmark.pedantic(functions["ensemble"], rounds=1)
    overhead = best["ensemble"] / best["members"] - 1
    found("ensemble in one process", {"core-seconds beyond the members": f"{overhead:.1%}"})
    found("a member of the plan", {"core-seconds": f"{best['members'] / (DRAWS * REPLICATES):.2f}"})
    assert overhead < MOST


@pytest.mark.benchmark(group="ensemble")
def test_two_workers(benchmark, scenario, tmp_path, found):
    functions = {"members": partial(bare, scenario), "pool": partial(stored, scenario, tmp_path, Pool(WORKERS, ENGINE))}
    best = fastest(2, **functions)
    benchmark.pedantic(functions["pool"], rounds=1)
    found("two processes, their start included", {"speed": f"{best['members'] / best['pool']:.2f} times one process"})


@pytest.mark.benchmark(group="ensemble")
def test_a_dask_cluster_of_two_workers(benchmark, scenario, tmp_path, found):
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'blandetby[cluster]'")
    from simulation.workers.cluster import checked, connected

    with connected(checked("local"), WORKERS, installed_model) as cluster:
        stored(scenario, tmp_path, cluster)  # the workers load the model and make what members share
        best = fastest(2, members=partial(bare, scenario), dask=partial(stored, scenario, tmp_path, cluster))
        benchmark.pedantic(stored, (scenario, tmp_path, cluster), rounds=1)
    found("a Dask cluster of two workers that stands", {"speed": f"{best['members'] / best['dask']:.2f} times one process"})
