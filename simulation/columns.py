"""Tables of columns: one NumPy array per attribute, rows added in blocks and compacted away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

BLOCK = 4096
Process = TypeVar("Process", bound=Callable[..., Any])


def writes(*names: str) -> Callable[[Process], Process]:
    """Declare what a process may write: ``table.column``, ``+table`` for new rows, ``flows`` and ``changes`` for its accounts."""

    def declare(process: Process) -> Process:
        process.writes = frozenset(names)  # type: ignore[attr-defined]
        return process

    return declare


class Table:
    """Columns of one length.

    A column is read and written as an attribute: ``persons.age += 1``. The array behind it may be longer than the
    table; ``add`` grows it by blocks, ``keep`` compacts it.
    """

    __slots__ = ("_arrays", "_length")
    _arrays: dict[str, NDArray[Any]]
    _length: int

    def __init__(self, columns: Mapping[str, DTypeLike]) -> None:
        object.__setattr__(self, "_arrays", {name: np.zeros(BLOCK, dtype) for name, dtype in columns.items()})
        object.__setattr__(self, "_length", 0)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __getattr__(self, name: str) -> NDArray[Any]:
        try:
            return self._arrays[name][: self._length]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, values: Any) -> None:
        if name not in self._arrays:
            raise AttributeError(name)
        self._arrays[name][: self._length] = values

    def __getstate__(self) -> tuple[dict[str, NDArray[Any]], int]:
        return {name: array[: self._length] for name, array in self._arrays.items()}, self._length

    def __setstate__(self, state: tuple[dict[str, NDArray[Any]], int]) -> None:
        object.__setattr__(self, "_arrays", state[0])
        object.__setattr__(self, "_length", state[1])

    def copy(self) -> Table:
        """Return a table of its own with the same rows."""
        other = Table.__new__(Table)
        other.__setstate__(({name: array[: self._length].copy() for name, array in self._arrays.items()}, self._length))
        return other

    def add(self, count: int, **columns: Any) -> slice:
        """Append ``count`` rows and return where they are; a column that is not named starts as zero."""
        unknown = set(columns) - set(self._arrays)
        if unknown:
            raise AttributeError(f"no such column: {sorted(unknown)}")
        start, end = self._length, self._length + count
        for name, array in self._arrays.items():
            if end > len(array):
                array = self._arrays[name] = np.concatenate([array, np.zeros(max(BLOCK, end - len(array)), array.dtype)])
            array[start:end] = columns.get(name, 0)
        object.__setattr__(self, "_length", end)
        return slice(start, end)

    def keep(self, mask: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Drop the rows outside ``mask``; return for each old row its new row, or -1."""
        kept = np.flatnonzero(mask)
        moved = np.full(len(mask), -1, np.int32)
        moved[kept] = np.arange(len(kept), dtype=np.int32)
        for array in self._arrays.values():
            array[: len(kept)] = array[: self._length][kept]
        object.__setattr__(self, "_length", len(kept))
        return moved
