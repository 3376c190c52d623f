"""Tables as files: the same numbers, the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.files import write_atomic

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
        path = folder / (f"{name}.parquet" if name in PARQUET else f"{name}.csv")
        write_atomic(path, parquet_bytes(frame) if name in PARQUET else csv_bytes(frame))
        written.append(path)
    return written


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV: UTF-8, comma, decimal point, four decimals at most, empty where nothing is known."""
    import pyarrow as pa

    table = pa.Table.from_pydict({name: _printed(column) for name, column in frame.items()})
    try:
        body = _lines(table, "none")
    except pa.ArrowInvalid:  # a text holds a comma or a quotation mark
        body = _lines(table, "needed")
    return (",".join(frame.columns) + "\n").encode() + body


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
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(SYNTHETIC)
    parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue().to_pybytes()
