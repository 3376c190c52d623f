"""Jobs handed out in bundles that are worth the trouble of handing them out."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

LEAST_SECONDS = 0.2  # that a bundle takes; handing one out costs 1 to 2 milliseconds

_begun = False  # whether this process has done a job: the first one also makes what all share, and says nothing of the others


def do(work: Callable[[Any], Any], bundle: Sequence[Any]) -> tuple[list[Any], float | None]:
    """Do a bundle of jobs; return the results, and the seconds a job takes, None where this process did its first."""
    global _begun
    start, first = time.perf_counter(), not _begun
    results = [work(job) for job in bundle]
    _begun = True
    return results, None if first else (time.perf_counter() - start) / len(results)


class Feed:
    """Jobs that are left, handed out one at a time until one is timed, then as many together as take `LEAST_SECONDS`."""

    def __init__(self, jobs: Iterable[Any]) -> None:
        self._left = deque(jobs)
        self._seconds: float | None = None

    def __len__(self) -> int:
        return len(self._left)

    def take(self, takers: int = 1) -> tuple[Any, ...]:
        """Hand out the next bundle, empty when nothing is left; near the end no more than a fair part for each of the takers."""
        size = 1 if self._seconds is None else math.ceil(LEAST_SECONDS / max(self._seconds, 1e-6))
        fair = math.ceil(len(self._left) / takers)
        return tuple(self._left.popleft() for _ in range(min(size, fair)))

    def give_back(self, bundle: Iterable[Any]) -> None:
        """Take back a bundle whose worker was lost; its jobs are the next."""
        self._left.extendleft(reversed(tuple(bundle)))

    def drop(self) -> None:
        """Hand out no more."""
        self._left.clear()

    def timed(self, seconds: float | None) -> None:
        """Hear how long a job took; the shortest counts, for what comes on top of it is no part of the job."""
        if seconds is not None:
            self._seconds = seconds if self._seconds is None else min(seconds, self._seconds)
