"""Tables as files: the same numbers, the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from simulation.files import write_atomic, written_atomic

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

PARQUET = ("records",)  # tables that become Parquet files; all others become CSV
DECIMALS = 4
SYNTHETIC = {"synthetic": "true", "about": "simulated records of list areas; no row and no cell is a person"}


def write_tables(folder: Path, frames: Mapping[str, pd.DataFrame]) -> list[Path]:
    """Write every table into a folder, whole or not at all, and return the paths."""
    written = []
    for name, frame in frames.items():
        path = _path(folder, name)
        write_atomic(path, parquet_bytes(frame) if name in PARQUET else csv_bytes(frame))
        written.append(path)
    return written


def write_in_parts(folder: Path, parts: Iterable[Mapping[str, pd.DataFrame]]) -> list[Path]:
    """Write tables that come in parts, each whole or not at all, and return the paths. Every part has the same tables."""
    with ExitStack() as done:
        writers: dict[str, _Csv | _Parquet] = {}
        for part in parts:
            for name, frame in part.items():
                if name not in writers:
                    stream = done.enter_context(written_atomic(_path(folder, name)))
                    writers[name] = done.enter_context(closing((_Parquet if name in PARQUET else _Csv)(stream, frame)))
                writers[name].write(frame)
    return [_path(folder, name) for name in writers]


def _path(folder: Path, name: str) -> Path:
    return folder / (f"{name}.parquet" if name in PARQUET else f"{name}.csv")


class _Csv:
    """A CSV file that is written part by part."""

    def __init__(self, stream: BinaryIO, first: pd.DataFrame) -> None:
        self._stream = stream
        stream.write(_head(first))

    def write(self, part: pd.DataFrame) -> None:
        self._stream.write(_body(part))

    def close(self) -> None:
        """Leave the stream to who opened it."""


class _Parquet:
    """A Parquet file that is written part by part, a group of rows each."""

    def __init__(self, stream: BinaryIO, first: pd.DataFrame) -> None:
        from pyarrow import parquet

        self._writer = parquet.ParquetWriter(stream, _typed(first).schema, compression="zstd")

    def write(self, part: pd.DataFrame) -> None:
        self._writer.write_table(_typed(part))

    def close(self) -> None:
        self._writer.close()


def _typed(frame: pd.DataFrame) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(SYNTHETIC)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV: UTF-8, comma, decimal point, four decimals at most, empty where nothing is known."""
    return _head(frame) + _body(frame)


def _head(frame: pd.DataFrame) -> bytes:
    return (",".join(frame.columns) + "\n").encode()


def _body(frame: pd.DataFrame) -> bytes:
    import pyarrow as pa

    table = pa.Table.from_pydict({name: _printed(column) for name, column in frame.items()})
    try:
        return _lines(table, "none")
    except pa.ArrowInvalid:  # a text holds a comma or a quotation mark
        return _lines(table, "needed")


def _lines(table: pa.Table, quoting: str) -> bytes:
    from pyarrow import csv

    stream = io.BytesIO()
    csv.write_csv(table, stream, csv.WriteOptions(include_header=False, quoting_style=quoting))
    return stream.getvalue()


def _printed(column: pd.Series) -> pa.Array:
    """Return a column as it is printed: whole numbers, decimals rounded (never "-0"), texts, true or false."""
    import pyarrow as pa

    if column.dtype.kind == "f":
        return pa.array(column.to_numpy().round(DECIMALS) + 0.0, from_pandas=True)
    return pa.array(column, from_pandas=True)


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet, typed, at full precision, marked synthetic."""
    import pyarrow as pa
    from pyarrow import parquet

    stream = pa.BufferOutputStream()
    parquet.write_table(_typed(frame), stream, compression="zstd")
    return stream.getvalue().to_pybytes()
