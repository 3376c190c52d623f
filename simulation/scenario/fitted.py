"""Joint draws of fitted parameters, where a calibration has left them for a place."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.files import Problem


@dataclass(frozen=True)
class Fitted:
    """Draws of some parameters together: paths, and one row of values for each draw of the fit."""

    paths: tuple[str, ...]
    rows: NDArray[np.float64]

    def row(self, draw: int | None) -> list[float]:
        """Return the values of one draw, by number modulo the rows; the medians for None."""
        found = np.median(self.rows, axis=0) if draw is None else self.rows[int(draw) % len(self.rows)]
        return [float(value) for value in found]

    def only(self, paths: set[str]) -> Fitted:
        """Return the draws of some of the paths."""
        kept = [number for number, path in enumerate(self.paths) if path in paths]
        return Fitted(tuple(self.paths[number] for number in kept), self.rows[:, kept])


NO_FIT = Fitted((), np.zeros((1, 0)))


def read_fitted(content: bytes, file: str, known: set[str], problems: list[Problem]) -> Fitted:
    """Return the draws of a fitted file: a column `draw`, then one column for each path."""
    try:
        rows = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True) if row]
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(Problem(file, 0, 0, "draw", "not_valid", {"given": "", "told": str(error)}))
        return NO_FIT
    if len(rows) < 2 or rows[0][:1] != ["draw"] or len(set(rows[0])) < len(rows[0]) or any(len(row) != len(rows[0]) for row in rows):
        problems.append(Problem(file, 1, 1, "draw", "fitted_form"))
        return NO_FIT
    for column, path in enumerate(rows[0][1:], start=2):
        if path not in known:
            problems.append(Problem(file, 1, column, path, "unknown_key"))
    try:
        table = np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])
    except ValueError as error:
        problems.append(Problem(file, 0, 0, "draw", "not_valid", {"given": "", "told": str(error)}))
        return NO_FIT
    if not np.isfinite(table).all():
        problems.append(Problem(file, 0, 0, "draw", "not_finite", {"given": "nan"}))
    return Fitted(tuple(rows[0][1:]), table)
