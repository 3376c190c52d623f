"""Local workers: the process itself, and others beside it; the loss of one costs what it was about to finish, and nothing else."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any

from simulation.workers import Done, Feed, Lost, Work, WorkersLostError
from simulation.workers.feed import do

OBJECTS = 100_000  # between two searches for garbage
REBUILDS = 3  # times in a row that a worker may be lost without a job finished in between


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
        _context(preload)
        _begin_server()


def _begin_server() -> None:
    """Begin the fork server deaf to interrupts, and with it every worker: an interrupt is the parent's to handle."""
    if sys.platform == "win32":  # pragma: no cover
        return  # it has none
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # deaf by itself; it opens the mask again when it begins
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


_work: Callable[[Any], Any] | None = None  # of this worker process, given once and not with every job


def rarely_collect() -> None:
    """Look for garbage rarely, and never again among what is there: a member makes next to none, and the search takes its time."""
    gc.freeze()
    gc.set_threshold(OBJECTS)


def _start_worker(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work
    rarely_collect()
    # An interrupt is the parent's to handle; and a worker whose parent was killed must not wait for ever.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _do(bundle: Sequence[Any]) -> tuple[list[Any], float | None]:
    assert _work is not None, "the worker was not started by a pool"
    return do(_work, bundle)


@contextmanager
def _whole() -> Iterator[None]:
    """Put an interrupt off until what is begun is whole."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    heard: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: heard.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            before(*heard[0])


class Alone:
    """Do jobs in this process, one after the other."""

    def run(self, work: Work, feed: Feed, done: Done, lost: Lost) -> None:
        """Do every job. Raises what a job itself raises."""
        while bundle := feed.take():
            for job in bundle:
                done(job, work(job))


class _Lane:
    """One worker process, and the bundle it has in hand. The executor of a lost worker breaks, so each has its own."""

    def __init__(self, context: BaseContext, work: Work) -> None:
        self._executor = ProcessPoolExecutor(1, mp_context=context, initializer=_start_worker, initargs=(work,))
        self.bundle: Sequence[Any] = ()

    def begin(self, bundle: Sequence[Any]) -> "Future[Any]":
        self.bundle = bundle
        with _whole():  # the first bundle begins the process, and one begun by half would complain
            return self._executor.submit(_do, bundle)

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)


class Pool:
    """Do jobs in local processes. Each holds one bundle at a time, so that one lost takes no other's work with it."""

    def __init__(self, workers: int, preload: Sequence[str] = ()) -> None:
        self._workers, self._context = workers, _context(preload)
        self._lost_in_a_row = 0

    def run(self, work: Work, feed: Feed, done: Done, lost: Lost) -> None:
        """Do every job. Raises WorkersLostError, and whatever a job itself raises."""
        if self._workers == 1 or len(feed) <= 1:
            Alone().run(work, feed, done, lost)
            return
        if self._context.get_start_method() == "forkserver":
            _begin_server()
        lanes = [_Lane(self._context, work) for _ in range(min(self._workers, len(feed)))]
        busy: dict[Future[Any], _Lane] = {}
        try:
            busy |= {lane.begin(feed.take(len(lanes))): lane for lane in lanes}
            while busy:
                finished, _ = wait(busy, return_when=FIRST_COMPLETED)
                for future in finished:
                    lane = busy.pop(future)
                    if self._was_lost(future, lane, feed, done, lost):
                        lanes[lanes.index(lane)] = lane = _Lane(self._context, work)
                    if bundle := feed.take(len(lanes)):
                        busy[lane.begin(bundle)] = lane
        finally:
            for lane in lanes:
                lane.close()
            _keep_finished(busy, done)

    def _was_lost(self, future: "Future[Any]", lane: _Lane, feed: Feed, done: Done, lost: Lost) -> bool:
        """Take in what a lane has done; if its worker was lost, give its bundle back. Raises WorkersLostError."""
        try:
            results, seconds = future.result()
        except BrokenProcessPool as cause:
            lane.close()
            feed.give_back(lane.bundle)
            self._lost_in_a_row += 1
            lost(len(lane.bundle))
            if self._lost_in_a_row > REBUILDS:
                raise WorkersLostError(len(feed)) from cause
            return True
        self._lost_in_a_row = 0
        feed.timed(seconds)
        for job, result in zip(lane.bundle, results, strict=True):
            done(job, result)
        return False


def _keep_finished(busy: "dict[Future[Any], _Lane]", done: Done) -> None:
    """Keep what was in hand when something went wrong elsewhere, and is finished by now."""
    for future, lane in busy.items():
        if future.done() and not future.cancelled() and future.exception() is None:
            for job, result in zip(lane.bundle, future.result()[0], strict=True):
                done(job, result)
