"""A Dask cluster as workers: one that stands somewhere, or one made here for trying.

The scheduler does again what a lost worker had in hand. Workers need no folder in common with this process: the work goes out
to them and the results come back as bytes. They must have the same model installed; each job says which.
"""

from __future__ import annotations

import logging
import pickle
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.extras import command_for
from simulation.files import InputErrors, Problem
from simulation.workers import Done, Feed, Lost, Work, WorkersLostError
from simulation.workers.feed import do

LOCAL = "local"  # asks for a cluster of this machine
OPTION = "--scheduler"
ANSWER_SECONDS = 20.0  # that a scheduler may take to answer, and then to show its first worker
PATIENCE_SECONDS = 60.0  # that a run waits where every worker has gone
LOOK_SECONDS = 2.0  # between two looks at who is there
AHEAD = 2  # bundles handed out for each thread, so that none waits for the next

Model = Mapping[str, str]
_one_at_a_time = threading.Lock()  # a worker may run several threads; what members share is made for one


@dataclass(frozen=True)
class Address:
    """Where a scheduler answers, and the files of an encrypted connection."""

    url: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


class _OtherModelError(RuntimeError):
    """A worker has another model installed."""


def _on_worker(work: Work, bundle: tuple[Any, ...], expected: Model, installed: Callable[[], Model]) -> Any:
    if dict(installed()) != dict(expected):
        raise _OtherModelError
    with _one_at_a_time:
        return do(work, bundle)


def _refused(code: str, **values: object) -> InputErrors:
    return InputErrors([Problem(key=OPTION, code=code, values=values)])


class Cluster:
    """Do jobs on the workers of a connected Dask client. ``installed`` tells which model is installed, here and on a worker."""

    def __init__(self, client: Any, installed: Callable[[], Model]) -> None:
        self._client, self._installed = client, installed
        self._seen: tuple[float, int] = (-LOOK_SECONDS, 0)  # when we looked last, and the threads of all workers

    def run(self, work: Work, feed: Feed, done: Done, lost: Lost) -> None:
        """Do every job. Raises WorkersLostError, InputErrors where a worker has another model, and whatever a job itself raises."""
        # A task and no scattered value: the scheduler can make it again when those who hold it are lost.
        given = self._client.submit(pickle.loads, pickle.dumps(work), pure=False)
        finished: queue.SimpleQueue[Any] = queue.SimpleQueue()
        flying: dict[Any, tuple[Any, ...]] = {}
        try:
            while self._launch(given, feed, flying, finished):
                future = self._next(finished)
                bundle = flying.pop(future)
                results, seconds = _result(future)
                feed.timed(seconds)
                for job, result in zip(bundle, results, strict=True):
                    done(job, result)
        except BaseException:
            self._client.cancel(list(flying), force=True)
            raise

    def _launch(self, given: Any, feed: Feed, flying: dict[Any, tuple[Any, ...]], finished: queue.SimpleQueue[Any]) -> bool:
        """Hand out bundles as far as there are threads for them; return whether any is out."""
        model, threads = self._installed(), self._threads()
        while len(flying) < AHEAD * max(threads, 1) and (bundle := feed.take(max(threads, 1))):
            future = self._client.submit(_on_worker, given, bundle, model, self._installed, pure=False)
            flying[future] = bundle
            future.add_done_callback(finished.put)
        return bool(flying)

    def _threads(self) -> int:
        if time.monotonic() - self._seen[0] >= LOOK_SECONDS:
            self._seen = time.monotonic(), sum(self._client.nthreads().values())
        return self._seen[1]

    def _next(self, finished: queue.SimpleQueue[Any]) -> Any:
        """Wait for a finished bundle, as long as there is somebody who may finish one. Raises WorkersLostError."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return finished.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                if self._threads():
                    deadline = time.monotonic() + PATIENCE_SECONDS
                elif time.monotonic() > deadline:
                    raise WorkersLostError from None


def _result(future: Any) -> Any:
    from concurrent.futures import CancelledError

    from distributed import KilledWorker

    try:
        return future.result()
    except (_OtherModelError, ImportError) as cause:  # nothing of ours is installed there, or something else
        raise _refused("workers_differ") from cause
    except (KilledWorker, CancelledError, OSError) as cause:
        raise WorkersLostError from cause


def checked(url: str, ca: Path | None = None, cert: Path | None = None, key: Path | None = None) -> Address:
    """Return an address that may be right. Raises InputErrors with everything that cannot."""
    address = Address(url, ca, cert, key)
    problems = list(_problems(address))
    if problems:
        raise InputErrors(problems)
    return address


def _problems(address: Address) -> Iterator[Problem]:
    scheme, _, rest = address.url.partition("://")
    if address.url != LOCAL and not (scheme in ("tcp", "tls") and re.fullmatch(r".+:\d+", rest)):
        allowed = ["tcp://HOST:PORT", "tls://HOST:PORT", LOCAL]
        yield Problem(key=OPTION, code="scheduler_form", values={"told": address.url or "…", "allowed": allowed})
    for option, path in {"--tls-ca": address.ca, "--tls-cert": address.cert, "--tls-key": address.key}.items():
        if path is not None and scheme != "tls":
            yield Problem(key=option, code="tls_without", values={"allowed": "tls://HOST:PORT"})
        elif path is not None and not path.is_file():
            yield Problem(file=str(path), key=option, code="no_such_file")
    if scheme == "tls" and (address.cert is None) != (address.key is None):
        yield Problem(key="--tls-cert", code="tls_pair")


@contextmanager
def connected(address: Address, workers: int, installed: Callable[[], Model]) -> Iterator[Cluster]:
    """Connect to a scheduler, or make a cluster here of as many workers. Raises InputErrors where that cannot be."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told by us, in the user's language
    with _client(address, workers) as client:
        yield Cluster(client, installed)


@contextmanager
def _client(address: Address, workers: int) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError:
        raise _refused("no_cluster_extra", command=command_for("cluster")) from None
    if address.url == LOCAL:
        with _local(workers) as made, Client(made) as client:
            yield client
        return
    try:
        client = Client(address.url, security=_security(address), timeout=ANSWER_SECONDS)
        client.wait_for_workers(1, timeout=ANSWER_SECONDS)
    except (OSError, TimeoutError, ValueError) as cause:
        raise _refused("no_scheduler", address=address.url, told=str(cause).splitlines()[0]) from None
    with client:
        yield client


def _security(address: Address) -> Any:
    from distributed.security import Security

    if not address.url.startswith("tls"):
        return None  # what the cluster's own configuration says
    names = {"tls_ca_file": address.ca, "tls_client_cert": address.cert, "tls_client_key": address.key}
    return Security(require_encryption=True, **{name: str(path) for name, path in names.items() if path is not None})


def _local(workers: int) -> Any:
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # any free port: the usual one may be taken
        silence_logs=logging.CRITICAL,
    )
