"""The scales of a panel: how far they reach, their grid and numbers, and where a line's name finds room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from simulation.report.board import Board, Floats, Line
from simulation.report.style import COLOURS
from simulation.words import number

MARGIN = 0.05  # of the height, above and below
TICKS = 5
NAME_HEIGHT = 0.075  # of the plot: a line of text
SIGN_WIDTH = 0.0225  # of the plot's width


@dataclass(frozen=True)
class Scales:
    """The ranges of a panel."""

    years: tuple[float, float]
    low: float
    high: float

    def height(self, value: float) -> float:
        """Return how high a value stands, as a part of the plot."""
        return (value - self.low) / (self.high - self.low)


def scales_of(years: tuple[float, float], values: Floats, least_span: float) -> Scales:
    """Return scales that hold all values, no lower than 0 and at least ``least_span`` high."""
    known = values[np.isfinite(values)]
    low, high = float(known.min()), float(known.max())
    spare = max(MARGIN * (high - low), (least_span - (high - low)) / 2)
    return Scales((years[0] - 0.3, years[1] + 0.2), max(0.0, low - spare), high + spare)


def draw_scales(board: Board, scales: Scales, lang: str, decimals: int) -> None:
    """Draw the grid, the numbers at its left, and the years below; the last year always."""
    board.scale(scales.years, (scales.low, scales.high))
    locator = MaxNLocator(nbins=TICKS, integer=decimals == 0, steps=[1, 2, 2.5, 5, 10])
    heights = np.asarray(locator.tick_values(scales.low, scales.high))
    heights = heights[(heights >= scales.low - 1e-9) & (heights <= scales.high + 1e-9)]
    board.strokes([((0.0, 1.0), [scales.height(height)] * 2) for height in heights], COLOURS["rule"], 0.5)
    for height in heights:
        board.text(-0.015, scales.height(height), number(height, lang, decimals), 8.5, ha="right", va="center")
    draw_years(board, round(scales.years[0] + 0.3), round(scales.years[1] - 0.2))


def draw_years(board: Board, first: int, last: int) -> None:
    """Draw the base line, and name every other year or so, the last one always."""
    years = range(last, first - 1, -max(1, round((last - first) / 6)))
    across = {year: float(board.place(year, 0.0)[0]) for year in years}
    board.strokes([((0.0, 1.0), (0.0, 0.0)), *(((x, x), (0.0, -0.018)) for x in across.values())], COLOURS["plan"], 0.8)
    for year, x in across.items():
        board.text(x, -0.04, str(year), 8.5, ha="center", va="top")


def room_for_name(name: str, line: Line, others: list[Line], scales: Scales) -> dict[str, Any]:
    """Return where beside a line its name stands farthest from other lines: x, y, ha, va.

    ``line`` and ``others``: years and heights in data units; NaN heights are no line.
    """
    years, heights = line
    width = SIGN_WIDTH * len(name) * (scales.years[1] - scales.years[0])
    best: tuple[float, dict[str, Any]] = (-np.inf, {})
    for start in np.linspace(years[0], max(years[0], years[-1] - width), 9):
        for above in (True, False):
            span = np.linspace(start, start + width, 12)
            base = np.interp(span, years, heights)
            edge = base.max() if above else base.min()
            place = scales.height(edge) + (NAME_HEIGHT if above else -NAME_HEIGHT) / 2
            free = min([_distance(place, span, other, scales) for other in others], default=1.0)
            room = min(free, 0.12, 1 - place, place) + 0.002 * above  # farther than this is far enough; then the first
            if room > best[0] + 1e-9:
                best = room, {"x": start, "y": edge, "ha": "left", "va": "bottom" if above else "top"}
    return best[1]


def _distance(place: float, span: Floats, other: Line, scales: Scales) -> float:
    inside = (span >= other[0][0]) & (span <= other[0][-1])
    if not inside.any():
        return 1.0
    heights = np.array([scales.height(value) for value in np.interp(span[inside], *other)])
    return float(np.nanmin(np.abs(heights - place)))
