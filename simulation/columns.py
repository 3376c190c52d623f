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


def rows_where(mask: NDArray[Any]) -> NDArray[np.intp]:
    """Return the rows in which ``mask`` holds: ``np.flatnonzero`` of one column, without what that costs for more than one."""
    return mask.nonzero()[0]


class Table:
    """Columns of one length.

    A column is read and written as an attribute: ``persons.age += 1``. The array behind it may be longer than the
    table; ``add`` grows it by blocks, ``keep`` compacts it.
    """

    _arrays: dict[str, NDArray[Any]]
    _length: int

    def __init__(self, columns: Mapping[str, DTypeLike]) -> None:
        self._hold({name: np.zeros(BLOCK, dtype) for name, dtype in columns.items()}, 0)

    def _hold(self, arrays: dict[str, NDArray[Any]], length: int) -> None:
        """Take the arrays; the columns are views of their first ``length`` rows, at hand as plain attributes."""
        self.__dict__.update({name: array[:length] for name, array in arrays.items()}, _arrays=arrays, _length=length)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __getattr__(self, name: str) -> NDArray[Any]:
        raise AttributeError(name)

    def __setattr__(self, name: str, values: Any) -> None:
        if name not in self._arrays:
            raise AttributeError(name)
        column = self.__dict__[name]
        if values is not column:  # it is, where a column was changed in place
            column[:] = values

    def __getstate__(self) -> tuple[dict[str, NDArray[Any]], int]:
        return {name: self.__dict__[name] for name in self._arrays}, self._length

    def __setstate__(self, state: tuple[dict[str, NDArray[Any]], int]) -> None:
        self._hold(*state)

    def copy(self) -> Table:
        """Return a table of its own with the same rows."""
        other = Table.__new__(Table)
        other._hold({name: self.__dict__[name].copy() for name in self._arrays}, self._length)
        return other

    def some(self, rows: NDArray[np.intp]) -> Table:
        """Return a table of its own with some of the rows."""
        other = Table.__new__(Table)
        other._hold({name: self.__dict__[name].take(rows) for name in self._arrays}, len(rows))
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
        self._hold(self._arrays, end)
        return slice(start, end)

    def keep(self, mask: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Drop the rows outside ``mask``; return for each old row its new row, or -1.

        Only as many rows move as are dropped: the last of those that stay fill the gaps.
        """
        length = int(np.count_nonzero(mask))
        gaps, movers = rows_where(~mask[:length]), length + rows_where(mask[length:])
        moved = np.arange(len(mask), dtype=np.int32)
        moved[gaps], moved[length:] = -1, -1
        moved[movers] = gaps
        if len(gaps):
            for array in self._arrays.values():
                array[gaps] = array[movers]
        self._hold(self._arrays, length)
        return moved
