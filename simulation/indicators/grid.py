"""From arrays to long tables: one row for each cell, keyed by the axes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Axis = Mapping[str, Sequence[Any] | NDArray]  # columns that one axis of the arrays carries, each as long as the axis


def long_frame(scenario: str, axes: Sequence[Axis], cells: Mapping[str, NDArray]) -> pd.DataFrame:
    """Return one row for each cell: the scenario, the columns of every axis, then the cells. The last axis runs fastest."""
    shape = tuple(len(next(iter(axis.values()))) for axis in axes)
    columns: dict[str, Any] = {"scenario": np.full(int(np.prod(shape)), scenario, dtype=object)}
    for number, axis in enumerate(axes):
        before, after = int(np.prod(shape[:number])), int(np.prod(shape[number + 1 :]))
        for name, labels in axis.items():
            columns[name] = np.tile(np.repeat(_labels(labels), after), before)
    columns |= {name: np.broadcast_to(cell, shape).reshape(-1) for name, cell in cells.items()}
    return pd.DataFrame(columns)


def _labels(labels: Iterable[Any]) -> NDArray:
    found = np.asarray(list(labels))
    return found.astype(object) if found.dtype.kind == "U" else found


def truth(values: NDArray[np.float64]) -> pd.arrays.BooleanArray:
    """Return 1, 0 and NaN as true, false and unknown."""
    flat = values.reshape(-1)
    return pd.arrays.BooleanArray(flat == 1, np.isnan(flat))
