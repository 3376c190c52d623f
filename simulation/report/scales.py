"""The scales of a panel: how far they reach, their grid and numbers, and where a line's name finds room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from simulation.report.style import COLOURS
from simulation.words import number

Floats = NDArray[np.float64]
MARGIN = 0.05  # of the height, above and below
TICKS = 5
NAME_HEIGHT = 0.075  # of the axes: a line of text
SIGN_WIDTH = 0.0225  # of the axes' width


@dataclass(frozen=True)
class Scales:
    """The ranges of a panel."""

    years: tuple[float, float]
    low: float
    high: float

    def height(self, value: float) -> float:
        """Return how high a value stands, as a part of the axes."""
        return (value - self.low) / (self.high - self.low)


def scales_of(years: tuple[float, float], values: Floats, least_span: float) -> Scales:
    """Return scales that hold all values, no lower than 0 and at least ``least_span`` high."""
    known = values[np.isfinite(values)]
    low, high = float(known.min()), float(known.max())
    spare = max(MARGIN * (high - low), (least_span - (high - low)) / 2)
    return Scales((years[0] - 0.3, years[1] + 0.2), max(0.0, low - spare), high + spare)


def draw_scales(axes: Axes, scales: Scales, lang: str, decimals: int) -> None:
    """Draw the grid, the numbers at its left, and the years below; the last year always."""
    axes.set_xlim(*scales.years)
    axes.set_ylim(scales.low, scales.high)
    locator = MaxNLocator(nbins=TICKS, integer=decimals == 0, steps=[1, 2, 2.5, 5, 10])
    heights = np.asarray(locator.tick_values(scales.low, scales.high))
    heights = heights[(heights >= scales.low - 1e-9) & (heights <= scales.high + 1e-9)]
    grid = [[(scales.years[0], height), (scales.years[1], height)] for height in heights]
    axes.add_collection(LineCollection(grid, color=COLOURS["rule"], lw=0.5, zorder=0), autolim=False)
    for height in heights:
        axes.text(scales.years[0], height, number(height, lang, decimals) + " ", ha="right", va="center", fontsize=8.5)
    draw_years(axes, round(scales.years[0] + 0.3), round(scales.years[1] - 0.2))


def draw_years(axes: Axes, first: int, last: int) -> None:
    """Draw the base line, and name every other year or so, the last one always."""
    below = axes.get_xaxis_transform()
    years = range(last, first - 1, -max(1, round((last - first) / 6)))
    strokes = [[(year, 0.0), (year, -0.018)] for year in years] + [[(end, 0.0) for end in axes.get_xlim()]]
    axes.add_collection(LineCollection(strokes, transform=below, color=COLOURS["plan"], lw=0.8, clip_on=False), autolim=False)
    for year in years:
        axes.text(year, -0.04, str(year), transform=below, ha="center", va="top", fontsize=8.5)


def room_for_name(name: str, line: tuple[Floats, Floats], others: list[tuple[Floats, Floats]], scales: Scales) -> dict[str, Any]:
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


def _distance(place: float, span: Floats, other: tuple[Floats, Floats], scales: Scales) -> float:
    inside = (span >= other[0][0]) & (span <= other[0][-1])
    if not inside.any():
        return 1.0
    heights = np.array([scales.height(value) for value in np.interp(span[inside], *other)])
    return float(np.nanmin(np.abs(heights - place)))
