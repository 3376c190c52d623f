"""Many members of one scenario: parameter draws times replicates, by workers near or far, stored by chunk and resumed.

Neither the members nor their records are ever all in memory: what a worker returns goes to disk, and the arrays of the ensemble
are maps of files.
"""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.chunks import Chunk, Made, chunks_of, find_chunks, pack_chunk, read_chunk, store_chunk
from simulation.luggage import packed, unpacked
from simulation.records import Ensemble, Layout, Member
from simulation.workers import Feed, Workers
from simulation.workers.local import Alone

ENGINE = ("simulation.engine", "scipy.optimize")  # what workers load before their first member

Progress = Callable[[int, int], None]
Notice = Callable[[str, dict[str, object]], None]


class MemberTask(Protocol):
    """What a worker is given: it can be pickled, and makes one member."""

    def __call__(self, draw: int, replicate: int) -> Made:
        """Simulate one member."""

    def layout(self) -> Layout:
        """Return what the axes of every member stand for."""


@dataclass(frozen=True)
class SimulateTask:
    """Simulate members of a scenario with a seed, on this machine or on another."""

    scenario: Any
    seed: int

    def __call__(self, draw: int, replicate: int) -> Member:
        """Simulate one member."""
        from simulation.engine import simulate

        return simulate(self.scenario, self.seed, draw, replicate)

    def layout(self) -> Layout:
        """Return what the axes of every member stand for."""
        from simulation.start import layout

        return layout(self.scenario)

    def __reduce__(self) -> tuple[Any, ...]:
        return _task, (self.scenario, self.seed, packed(self.scenario))


def _task(scenario: Any, seed: int, tables: dict[str, bytes]) -> SimulateTask:
    return SimulateTask(unpacked(scenario, tables), seed)


def members_of(draws: int, replicates: int) -> list[tuple[int, int]]:
    """List every pair of draw and replicate, counted from 0."""
    return [(draw, replicate) for draw in range(draws) for replicate in range(replicates)]


def _work(task: MemberTask, chunk: Chunk) -> bytes:
    return pack_chunk(chunk, [task(*member) for member in chunk.members])


def run_ensemble(
    task: MemberTask,
    members: Sequence[tuple[int, int]],
    store: Path,
    workers: Workers | None = None,
    progress: Progress = lambda done, total: None,
    notice: Notice = lambda code, values: None,
) -> Ensemble:
    """Simulate the members that `store` does not hold, and return all of them in the order of draw and replicate.

    `workers`: this process alone, unless given. `progress` is told members done and members in all, first of all those that were
    there before; `notice` what went wrong and is mended: `chunk_redone` (a half-written or damaged file of a draw), `worker_lost`.
    Raises WorkersLostError, and whatever a member itself raises.
    """
    chunks, stored = chunks_of(members), dict[Chunk, Path]()
    for chunk, path, removed in find_chunks(store, chunks):
        if removed:
            notice("chunk_redone", {"draw": chunk.members[0][0]})
        if path is not None:
            stored[chunk] = path
    done = sum(len(chunk.members) for chunk in stored)
    progress(done, len(members))

    def keep(chunk: Chunk, data: bytes) -> None:
        nonlocal done
        stored[chunk] = store_chunk(store, chunk, data)
        done += len(chunk.members)
        progress(done, len(members))

    todo = Feed(chunk for chunk in chunks if chunk not in stored)
    (workers or Alone()).run(partial(_work, task), todo, keep, lambda jobs: notice("worker_lost", {"jobs": jobs}))
    return _gathered(task.layout(), chunks, stored, store)


def _gathered(layout: Layout, chunks: list[Chunk], stored: dict[Chunk, Path], folder: Path) -> Ensemble:
    pairs = np.array([member for chunk in chunks for member in chunk.members], dtype=np.int64)
    first = read_chunk(stored[chunks[0]], chunks[0])
    with ExitStack() as open_files:
        streams = {name: open_files.enter_context(tempfile.TemporaryFile(dir=folder)) for name in first}
        for chunk in chunks:
            for name, array in read_chunk(stored[chunk], chunk).items():
                streams[name].write(np.ascontiguousarray(array).data)
        arrays = {name: _mapped(stream, first[name], len(pairs)) for name, stream in streams.items()}
    return Ensemble(layout=layout, draws=pairs[:, 0], replicates=pairs[:, 1], arrays=arrays)


def _mapped(stream: Any, like: NDArray, members: int) -> NDArray:
    """Return the array of all members as a map of its file, which nobody else sees and which goes with the map."""
    shape = (members, *like.shape[1:])
    stream.flush()
    return np.asarray(np.memmap(stream, like.dtype, "r", shape=shape)) if like.size else np.empty(shape, like.dtype)
