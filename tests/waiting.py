"""What other work takes from a process: how long its main thread was ready to run while a processor did something else.

Linux counts that itself. Time asleep, time at work and time waiting for a disk are not in it: they are the process's own.
"""

import time
from contextlib import contextmanager
from pathlib import Path

NANOSECONDS = 1e9
PROC = Path("/proc")


def waited(pid):
    """Return for how many seconds the main thread of a process has waited for a processor so far; 0 where nobody says or it is gone."""
    try:
        return int((PROC / str(pid) / "task" / str(pid) / "schedstat").read_text(encoding="ascii").split()[1]) / NANOSECONDS
    except (OSError, IndexError):
        return 0.0


def descendants(pid):
    """Return the processes that a process began, and those that they did."""
    parents = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                told = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            parents[int(folder.name)] = int(told.rpartition(")")[2].split()[1])
    found = {pid}
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return found - {pid}


class Clock:
    """Seconds of what is done, less the longest that any one of the processes taking part had to wait for a processor."""

    def __init__(self):
        self.wall, self.taken = {}, {}

    @contextmanager
    def of(self, name, taking_part):
        """Time what is done within; ``taking_part`` gives the processes, which may begin meanwhile."""
        before = {pid: waited(pid) for pid in taking_part()}
        begun = time.monotonic()
        yield
        self.wall[name] = time.monotonic() - begun
        self.taken[name] = max((waited(pid) - before.get(pid, 0.0) for pid in taking_part()), default=0.0)

    @property
    def seconds(self):
        """Return the seconds of each, by name."""
        return {name: self.wall[name] - self.taken[name] for name in self.wall}
