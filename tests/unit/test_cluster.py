"""A Dask cluster gives the same bytes as one process, survives its workers, and refuses what it cannot trust."""

import os
import threading

import pytest

from simulation import installed
from simulation.__main__ import main
from simulation.ensemble import run_ensemble
from simulation.files import InputErrors
from simulation.workers import Feed, WorkersLostError, cluster
from tests.unit.stub_members import Stub
from tests.unit.test_ensemble import MEMBERS, AlwaysKilled, Failing, Killed, assert_same, stored

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'blandetby[cluster]'")
from distributed.security import Security  # noqa: E402

MODEL = installed.installed_model
NOBODY = "tcp://127.0.0.1:9"


def another_in_every_process():
    return {"code": str(os.getpid())}


def running_at_once(store):
    """Count how many jobs run in this process while this one does."""
    mark = store / str(threading.get_ident())
    mark.touch()
    try:
        threading.Event().wait(0.05)
        return len(list(store.iterdir()))
    finally:
        mark.unlink()


@pytest.fixture(scope="module")
def address():
    """Two workers on loopback, by their scheduler's address."""
    with cluster.connected(cluster.checked("local"), 2, MODEL) as made:
        yield made._client.scheduler.address


@pytest.fixture
def workers(address):
    with cluster.connected(cluster.checked(address), 1, MODEL) as connected:
        yield connected


@pytest.fixture
def stub(tmp_path):
    (tmp_path / "marks").mkdir()
    return Stub(tmp_path / "marks")


def results(workers, work, jobs):
    found = []
    workers.run(work, Feed(jobs), lambda job, result: found.append(result), lambda jobs: None)
    return found


def codes(errors):
    return [problem.code for problem in errors.value.problems]


def test_a_cluster_gives_the_same_bytes(stub, tmp_path, workers):
    alone = run_ensemble(stub, MEMBERS, tmp_path / "one")
    assert_same(alone, run_ensemble(stub, MEMBERS, tmp_path / "dask", workers))
    assert stored(tmp_path / "one") == stored(tmp_path / "dask")


def test_what_is_stored_is_not_simulated_again(stub, tmp_path, workers):
    run_ensemble(stub, MEMBERS[:6], tmp_path / "store")
    run_ensemble(stub, MEMBERS, tmp_path / "store", workers)
    assert set(stub.simulated().values()) == {1}


def test_a_killed_worker_costs_no_result(stub, tmp_path, workers):
    killed = run_ensemble(Killed(stub.marks), MEMBERS, tmp_path / "dask", workers)
    assert_same(killed, run_ensemble(stub, MEMBERS, tmp_path / "one"))


@pytest.mark.slow
def test_workers_that_always_die_are_given_up(stub, tmp_path, workers):
    with pytest.raises(WorkersLostError):
        run_ensemble(AlwaysKilled(stub.marks), MEMBERS[:2], tmp_path / "store", workers)


def test_an_error_of_a_member_is_raised(stub, tmp_path, workers):
    with pytest.raises(ValueError, match="balance"):
        run_ensemble(Failing(stub.marks), MEMBERS, tmp_path / "store", workers)


def test_another_model_on_a_worker_is_refused(address):
    with cluster.connected(cluster.checked(address), 1, another_in_every_process) as workers, pytest.raises(InputErrors) as errors:
        results(workers, str, range(3))
    assert codes(errors) == ["workers_differ"]


def test_a_worker_with_threads_does_one_job_at_a_time(tmp_path):
    with (
        distributed.LocalCluster(1, threads_per_worker=4, processes=False, dashboard_address="127.0.0.1:0") as made,
        distributed.Client(made) as client,
    ):
        assert set(results(cluster.Cluster(client, MODEL), running_at_once, [tmp_path] * 8)) == {1}


def test_an_encrypted_cluster_takes_our_certificate(tmp_path):
    pytest.importorskip("cryptography")
    security = Security.temporary()
    files = {"ca": security.tls_ca_file, "cert": security.tls_client_cert, "key": security.tls_client_key}
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    given = [tmp_path / name for name in files]
    with distributed.LocalCluster(
        1, threads_per_worker=1, processes=False, protocol="tls", security=security, dashboard_address="127.0.0.1:0"
    ) as made:
        assert made.scheduler_address.startswith("tls://")
        with cluster.connected(cluster.checked(made.scheduler_address, *given), 1, MODEL) as workers:
            assert sorted(results(workers, str, range(3))) == ["0", "1", "2"]


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr(cluster, "ANSWER_SECONDS", 0.3)
    with pytest.raises(InputErrors) as errors, cluster.connected(cluster.checked(NOBODY), 1, MODEL):
        pass
    assert codes(errors) == ["no_scheduler"]


class Deserted:
    """A client whose workers have all gone."""

    def submit(self, *given, **named):
        return distributed.Future

    def cancel(self, futures, force):
        self.cancelled = len(futures)

    def nthreads(self):
        return {}


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(cluster, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(distributed.Future, "add_done_callback", lambda put: None)
    client = Deserted()
    with pytest.raises(WorkersLostError):
        results(cluster.Cluster(client, MODEL), str, range(3))
    assert client.cancelled == 1


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (["--scheduler", "cluster:8786"], "--scheduler: cluster:8786 is no address of a scheduler; allowed: tcp://HOST:PORT, tls://"),
        (["--scheduler", "tcp://cluster"], "--scheduler: tcp://cluster is no address of a scheduler"),
        (["--scheduler", "tcp://cluster:8786", "--tls-ca", "ca.pem"], "--tls-ca: this belongs to an encrypted address alone; allowed: tls"),
        (["--tls-ca", "ca.pem"], "--scheduler: … is no address"),
        (["--scheduler", "tls://cluster:8786", "--tls-ca", "none.pem"], "none.pem: --tls-ca: there is no such file"),
        (["--scheduler", "tls://cluster:8786", "--tls-cert", __file__], "--tls-cert: a certificate and its key belong together"),
    ],
)
def test_what_cannot_be_right_is_told_in_one_line(capsys, given, line):
    assert main(["run", "plan", *given]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[0].startswith(line)


def test_a_missing_extra_is_told(capsys, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(InputErrors) as errors, cluster.connected(cluster.checked("local"), 1, MODEL):
        pass
    assert codes(errors) == ["no_cluster_extra"]
