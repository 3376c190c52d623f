"""Those who do the work of an ensemble: this process, local processes, or a Dask cluster, all behind one call.

Each has ``run(work, feed, done, lost)``: ``work(job)`` is pickled once for each worker; ``done(job, result)`` is called here, in
the order of finishing; ``lost(jobs)`` is told how many jobs a lost worker takes with it, and they are done again.
"""

from collections.abc import Callable
from typing import Any, Protocol

from simulation.workers.feed import Feed

Work = Callable[[Any], Any]
Done = Callable[[Any, Any], None]
Lost = Callable[[int], None]


class Workers(Protocol):
    """Who does the jobs of a feed."""

    def run(self, work: Work, feed: Feed, done: Done, lost: Lost) -> None:
        """Do every job. Raises WorkersLostError, and whatever a job itself raises."""


class WorkersLostError(RuntimeError):
    """Workers were lost again and again, and no job was finished in between."""


__all__ = ["Done", "Feed", "Lost", "Work", "Workers", "WorkersLostError"]
