"""Jobs are handed out in bundles worth the trouble, and every one of them once."""

import math
import time

import pytest

from simulation.workers import Feed
from simulation.workers.feed import LEAST_SECONDS, do


def taken(feed, takers=1):
    bundles = []
    while bundle := feed.take(takers):
        bundles.append(bundle)
    return bundles


def test_jobs_come_one_by_one_until_one_is_timed():
    assert taken(Feed(range(3))) == [(0,), (1,), (2,)]


@pytest.mark.parametrize("seconds", [0.01, 0.03, 0.19, 0.2, 5.0])
def test_bundles_take_long_enough_and_no_longer(seconds):
    feed = Feed(range(100))
    feed.timed(seconds)
    size = len(feed.take())
    assert size == math.ceil(LEAST_SECONDS / seconds)
    assert size * seconds >= LEAST_SECONDS
    assert size == 1 or (size - 1) * seconds < LEAST_SECONDS


def test_the_shortest_time_counts_and_a_first_job_does_not():
    feed = Feed(range(100))
    for seconds in (None, 0.4, 0.1, 0.3):
        feed.timed(seconds)
    assert len(feed.take()) == 2


def test_the_last_jobs_are_shared_out():
    feed = Feed(range(7))
    feed.timed(0.001)
    assert [len(bundle) for bundle in taken(feed, takers=3)] == [3, 2, 1, 1]


def test_what_is_given_back_comes_next():
    feed = Feed(range(6))
    feed.timed(LEAST_SECONDS / 2)
    lost = feed.take()
    feed.take()
    feed.give_back(lost)
    assert [job for bundle in taken(feed) for job in bundle] == [0, 1, 4, 5]


def test_a_bundle_is_timed_by_the_job_but_for_the_first_of_a_process(monkeypatch):
    monkeypatch.setattr("simulation.workers.feed._begun", False)
    assert do(lambda job: 2 * job, (1, 2)) == ([2, 4], None)
    results, seconds = do(lambda job: time.sleep(0.02), (1, 2, 3))
    assert len(results) == 3
    assert 0.02 <= seconds < 0.05
