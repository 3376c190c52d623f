"""Local worker processes that survive the loss of one of them."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

REBUILDS = 3  # times in a row that the pool may break without a job finished in between


class WorkersLostError(RuntimeError):
    """Workers were lost again and again, and no job was finished in between."""


def available_workers() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context(preload: Sequence[str]) -> BaseContext:
    # Never a plain fork: the parent may run threads. A fork server loads what is heavy once for all workers.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(list(preload))
    return context


def warm_up(preload: Sequence[str]) -> None:
    """Begin to load modules for the workers to come, beside the caller's own work."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        _context(preload)
        forkserver.ensure_running()


def _leave_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


_work: Callable[[Any], Any] | None = None  # of this worker process, given once and not with every job


def _start_worker(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work
    # An interrupt is the parent's to handle; and a worker whose parent was killed must not wait for ever.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _do(job: Any) -> Any:
    assert _work is not None, "the worker was not started by a crew"
    return _work(job)


class Crew:
    """Do jobs in local processes; a pool that breaks is built anew for the jobs that are left.

    `work(job)` runs in a worker and is pickled once for each; `done(job, result)` is called here, in the order of finishing; `lost`
    is told how many jobs are left when a worker dies.
    """

    def __init__(
        self, work: Callable[[Any], Any], done: Callable[[Any, Any], None], lost: Callable[[int], None], preload: Sequence[str] = ()
    ) -> None:
        self._work, self._done, self._lost = work, done, lost
        self._context = _context(preload)
        self._left: list[Any] = []

    def run(self, jobs: Sequence[Any], workers: int) -> None:
        """Do every job. Raises WorkersLostError, and whatever a job itself raises."""
        self._left = list(jobs)
        broken = 0
        while self._left:
            before = len(self._left)
            try:
                self._one_pool(min(workers, before))
            except BrokenProcessPool as cause:
                broken = broken + 1 if len(self._left) == before else 1
                self._lost(len(self._left))
                if broken > REBUILDS:
                    raise WorkersLostError(f"{len(self._left)} jobs left") from cause

    def _one_pool(self, workers: int) -> None:
        with ProcessPoolExecutor(workers, mp_context=self._context, initializer=_start_worker, initargs=(self._work,)) as pool:
            jobs = {pool.submit(_do, job): job for job in self._left}
            pending = set(jobs)
            try:
                while pending:
                    finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                    # What was finished counts before the failure is heard of.
                    for future in sorted(finished, key=lambda one: one.exception() is not None):
                        result = future.result()
                        self._left.remove(jobs[future])
                        self._done(jobs[future], result)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
