"""The clock of tests takes off what other work takes away, and nothing else: neither work of one's own nor sleep."""

import multiprocessing
import os
import time

import pytest

from tests.waiting import PROC, Clock, descendants, waited

PLANTED, BESIDE = 0.6, 3
BEGIN = 60  # seconds for everybody to begin, at most
needs_a_kernel_that_tells = pytest.mark.skipif(
    not (PROC / "self" / "schedstat").is_file(), reason="this kernel does not count how long a process waits for a processor"
)


def busy(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def on_one_processor(done):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    done.put("begun")


def measured(kind, done):
    on_one_processor(done)
    clock = Clock()
    with clock.of(kind, lambda: [os.getpid()]):
        busy(PLANTED) if kind == "busy" else time.sleep(PLANTED)
    done.put((clock.wall[kind], clock.seconds[kind]))


def beside(done):
    on_one_processor(done)
    busy(BEGIN)


@needs_a_kernel_that_tells
@pytest.mark.parametrize("kind", ["busy", "asleep"])
def test_what_other_work_takes_is_taken_off_and_nothing_else(kind):
    """Beside three others on one processor, work takes several times as long and is told as what it takes alone; sleep is kept."""
    context = multiprocessing.get_context("spawn")
    done = context.Queue()
    processes = [context.Process(target=beside, args=(done,)) for _ in range(BESIDE)]
    for each in processes:
        each.start()
        assert done.get(timeout=BEGIN) == "begun"
    processes.append(context.Process(target=measured, args=(kind, done)))
    processes[-1].start()
    assert done.get(timeout=BEGIN) == "begun"
    wall, own = done.get(timeout=BEGIN)
    for each in processes:
        each.terminate()
        each.join()
    assert 0.9 * PLANTED < own < 1.5 * PLANTED
    assert kind == "asleep" or wall > 2 * PLANTED


def test_a_process_that_is_gone_has_waited_for_nothing():
    assert waited(2**22 + 1) == 0.0


def test_children_are_found():
    context = multiprocessing.get_context("spawn")
    done = context.Queue()
    child = context.Process(target=beside, args=(done,))
    child.start()
    assert child.pid in descendants(os.getpid())
    child.terminate()
    child.join()
