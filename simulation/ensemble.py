"""Many members of one scenario: parameter draws times replicates, in local workers, stored by chunk and resumed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from simulation.chunks import Arrays, Chunk, chunks_of, read_chunk, stored_chunk, write_chunk
from simulation.records import Ensemble, Layout, Member
from simulation.workers import Crew

ENGINE = ("simulation.engine",)  # what workers load before their first member

Progress = Callable[[int, int], None]
Notice = Callable[[str, dict[str, object]], None]


class MemberTask(Protocol):
    """What a worker is given: it can be pickled, and makes one member."""

    def __call__(self, draw: int, replicate: int) -> Member:
        """Simulate one member."""

    def layout(self) -> Layout:
        """Return what the axes of every member stand for."""


@dataclass(frozen=True)
class SimulateTask:
    """Simulate members of a scenario with a seed."""

    scenario: Any
    seed: int

    def __call__(self, draw: int, replicate: int) -> Member:
        """Simulate one member."""
        from simulation.engine import simulate

        return simulate(self.scenario, self.seed, draw, replicate)

    def layout(self) -> Layout:
        """Return what the axes of every member stand for."""
        from simulation.engine import layout

        return layout(self.scenario)


def members_of(draws: int, replicates: int) -> list[tuple[int, int]]:
    """List every pair of draw and replicate, counted from 0."""
    return [(draw, replicate) for draw in range(draws) for replicate in range(replicates)]


def _work(task: MemberTask, store: Path, chunk: Chunk) -> Path:
    return write_chunk(store, chunk, [task(*member) for member in chunk.members])


def _resumed(store: Path, chunk: Chunk, notice: Notice) -> Arrays | None:
    arrays, removed = stored_chunk(store, chunk)
    if removed:
        notice("chunk_redone", {"draw": chunk.members[0][0]})
    return arrays


def run_ensemble(
    task: MemberTask,
    members: Sequence[tuple[int, int]],
    store: Path,
    workers: int = 1,
    progress: Progress = lambda done, total: None,
    notice: Notice = lambda code, values: None,
) -> Ensemble:
    """Simulate the members that `store` does not hold, and return all of them in the order of draw and replicate.

    `progress` is told members done and members in all; `notice` what went wrong and is mended: `chunk_redone` (a
    half-written or damaged file of a draw), `worker_lost`. Raises WorkersLostError, and whatever a member itself raises.
    """
    chunks, arrays = chunks_of(members), dict[Chunk, Arrays]()

    def keep(chunk: Chunk, found: Arrays) -> None:
        arrays[chunk] = found
        progress(sum(len(one.members) for one in arrays), len(members))

    def read(chunk: Chunk, path: Path) -> None:
        keep(chunk, read_chunk(path, chunk))

    for chunk in chunks:
        if (found := _resumed(store, chunk, notice)) is not None:
            keep(chunk, found)
    todo = [chunk for chunk in chunks if chunk not in arrays]
    work = partial(_work, task, store)
    if workers > 1 and len(todo) > 1:
        Crew(work, read, lambda left: notice("worker_lost", {"left": left}), ENGINE).run(todo, workers)
    else:
        for chunk in todo:
            read(chunk, work(chunk))
    return _stacked(task.layout(), chunks, arrays)


def _stacked(layout: Layout, chunks: list[Chunk], arrays: dict[Chunk, Arrays]) -> Ensemble:
    pairs = np.array([member for chunk in chunks for member in chunk.members], dtype=np.int64)
    stacked = {name: np.concatenate([arrays[chunk][name] for chunk in chunks]) for name in arrays[chunks[0]]}
    return Ensemble(layout=layout, draws=pairs[:, 0], replicates=pairs[:, 1], arrays=stacked)
