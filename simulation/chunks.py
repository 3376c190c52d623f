"""The store of an ensemble's members: one file a chunk, whole or not there, its own hash in its name."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulation.files import sha256_of, write_atomic
from simulation.records import Member

_DIGITS = 16  # hexadecimal digits of the hash in a name: 64 bits, against damage, not against malice

Arrays = dict[str, NDArray]


class ChunkDamagedError(OSError):
    """A stored chunk is not what its name says, or holds other members."""


@dataclass(frozen=True)
class Chunk:
    """Members that are simulated and stored together: every replicate of one draw."""

    number: int
    members: tuple[tuple[int, int], ...]  # draw, replicate


def chunks_of(members: Iterable[tuple[int, int]]) -> list[Chunk]:
    """Divide members, sorted, into chunks of one draw each; the same for any number of workers."""
    by_draw = groupby(sorted(members), key=lambda member: member[0])
    return [Chunk(number, tuple(group)) for number, (_, group) in enumerate(by_draw)]


def _remove_parts(store: Path, chunk: Chunk) -> bool:
    parts = list(store.glob(f".{chunk.number:05d}.*.part"))
    for part in parts:
        part.unlink(missing_ok=True)
    return bool(parts)


def write_chunk(store: Path, chunk: Chunk, members: Sequence[Member]) -> Path:
    """Store the stacked arrays of a chunk's members, atomically; return the file."""
    _remove_parts(store, chunk)
    stacked = {name: np.stack([member.arrays()[name] for member in members]) for name in members[0].arrays()}
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, members=np.array(chunk.members, dtype=np.int64), **stacked)
    path = store / f"{chunk.number:05d}.{sha256_of(stream.getvalue())[:_DIGITS]}.npz"
    write_atomic(path, stream.getvalue())
    return path


def read_chunk(path: Path, chunk: Chunk) -> Arrays:
    """Return the arrays of a stored chunk, without `members`. Raises ChunkDamagedError."""
    data = path.read_bytes()
    if sha256_of(data)[:_DIGITS] != path.name.split(".")[1]:
        raise ChunkDamagedError(path.name)
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        arrays = dict(stored)
    if arrays.pop("members").tolist() != [list(member) for member in chunk.members]:
        raise ChunkDamagedError(path.name)
    return arrays


def stored_chunk(store: Path, chunk: Chunk) -> tuple[Arrays | None, bool]:
    """Look for a chunk in the store, and remove what was left half-written or damaged.

    Returns the arrays, None where they are not there, and whether anything was removed.
    """
    removed = _remove_parts(store, chunk)
    for path in sorted(store.glob(f"{chunk.number:05d}.*.npz")):
        try:
            return read_chunk(path, chunk), removed
        except ChunkDamagedError:
            path.unlink()
            removed = True
    return None, removed
