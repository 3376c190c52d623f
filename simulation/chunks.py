"""The store of an ensemble's members: one file a chunk, whole or not there, its own hash in its name."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.files import sha256_of, write_atomic

_FILE = re.compile(r"\.?(\d{5,})\.")  # of a chunk, whole or half-written (.part)
_DIGITS = 16  # hexadecimal digits of the hash in a name: 64 bits, against damage, not against malice

Arrays = dict[str, NDArray]


class Made(Protocol):
    """What a task makes of a member, and a chunk keeps of it."""

    def arrays(self) -> Arrays:
        """Return the arrays by name."""


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


def pack_chunk(chunk: Chunk, members: Sequence[Made]) -> bytes:
    """Return the stacked arrays of a chunk's members as the bytes of its file: the same members, the same bytes."""
    stacked = {name: np.stack([member.arrays()[name] for member in members]) for name in members[0].arrays()}
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, members=np.array(chunk.members, dtype=np.int64), **stacked)
    return stream.getvalue()


def store_chunk(store: Path, chunk: Chunk, data: bytes) -> Path:
    """Store a packed chunk, atomically; return the file."""
    path = store / f"{chunk.number:05d}.{sha256_of(data)[:_DIGITS]}.npz"
    write_atomic(path, data)
    return path


def read_chunk(path: Path, chunk: Chunk) -> Arrays:
    """Return the arrays of a stored chunk, without `members`. Raises ChunkDamagedError."""
    if not path.is_file():  # a device or a pipe, which would never end
        raise ChunkDamagedError(path.name)
    data = path.read_bytes()
    if sha256_of(data)[:_DIGITS] != path.name.split(".")[1]:
        raise ChunkDamagedError(path.name)
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            if stored["members"].tolist() == [list(member) for member in chunk.members]:
                return {name: stored[name] for name in stored.files if name != "members"}
    except (ValueError, LookupError, EOFError, zipfile.BadZipFile) as error:  # its name fits, and it is no chunk all the same
        raise ChunkDamagedError(path.name) from error
    raise ChunkDamagedError(path.name)


def find_chunks(store: Path, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Path | None, bool]]:
    """Look for chunks in the store, and remove what was left half-written or damaged.

    Yields each chunk with its file, None where it is not there, and whether anything was removed.
    """
    files = defaultdict[int, list[Path]](list)
    for path in sorted(store.iterdir() if store.is_dir() else ()):
        if (match := _FILE.match(path.name)) and not path.is_dir():
            files[int(match[1])].append(path)
    for chunk in chunks:
        sound = [path for path in files[chunk.number] if _is_sound(path, chunk)]
        for path in files[chunk.number]:
            if path not in sound:
                path.unlink(missing_ok=True)
        yield chunk, next(iter(sound), None), len(sound) < len(files[chunk.number])


def _is_sound(path: Path, chunk: Chunk) -> bool:
    if path.suffix != ".npz":
        return False
    try:
        read_chunk(path, chunk)
    except ChunkDamagedError:
        return False
    return True
