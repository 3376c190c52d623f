"""The panel that figures are drawn on: years across, values up, and the words around them.

It puts lines and words on the figure itself. The library's own axes, with ticks and margins of their own, would take
as long to set up as all the rest takes to draw.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike, NDArray

from simulation.report.style import COLOURS, SIZE_INCHES

Floats = NDArray[np.float64]
Line = tuple[Floats, Floats]  # years and values
PLOT = (0.1, 0.15, 0.725, 0.575)  # of the plot in the panel: left, bottom, width, height
LINE, POINTS = 1.15, 72  # of a letter's size, from line to line; points to an inch
SUBTITLE_SIGNS = 66  # to a line


class Board:
    """A panel of the house size. Places are parts of its plot: 0 to 1 from the left, and from below."""

    def __init__(self, title: str, subtitle: str, foot: str, plot: tuple[float, float, float, float] = PLOT) -> None:
        self.figure = Figure(figsize=SIZE_INCHES)
        FigureCanvasAgg(self.figure)
        self.plot = plot
        self.years, self.values = (0.0, 1.0), (0.0, 1.0)
        self.figure.text(0.02, 0.94, title, fontsize=11, fontweight="bold", va="baseline")
        for number, line in enumerate(balanced(subtitle, SUBTITLE_SIGNS)):
            self.figure.text(0.02, 0.9 - 0.05 * number, line, fontsize=8, color=COLOURS["muted"], va="top")
        self.figure.text(0.02, 0.015, foot, fontsize=7, color=COLOURS["muted"], va="bottom")

    def scale(self, years: tuple[float, float], values: tuple[float, float]) -> None:
        """Set what the ends of the plot stand for."""
        self.years, self.values = years, values

    def place(self, years: ArrayLike, values: ArrayLike) -> Line:
        """Return where years and values stand in the plot."""
        across, up = ((np.asarray(at, float) - low) / (high - low) for at, (low, high) in ((years, self.years), (values, self.values)))
        return across, up

    def line(self, places: Sequence[ArrayLike], colour: str, width: float, dashes: tuple[float, ...] = ()) -> None:
        """Draw a line through places."""
        style: Any = (0, dashes) if dashes else "-"
        self._add(Line2D(*self._on_panel(places), color=colour, lw=width, ls=style))

    def area(self, places: Sequence[ArrayLike], colour: str) -> None:
        """Fill what lies between places."""
        self._add(Polygon(np.stack(self._on_panel(places), axis=-1), closed=True, facecolor=colour, lw=0))

    def marks(self, places: Sequence[ArrayLike], face: str) -> None:
        """Draw a dot at each place."""
        look: dict[str, Any] = {"marker": "o", "ms": 4.7, "mew": 1, "markerfacecolor": face, "markeredgecolor": COLOURS["ink"]}
        self._add(Line2D(*self._on_panel(places), ls="", zorder=5, **look))

    def text(self, x: float, y: float, words: str, size: float, **look: Any) -> None:
        """Write words at a place."""
        across, up = self._on_panel((x, y))
        self.figure.text(float(across), float(up), words, fontsize=size, **look)

    def lines(self, x: float, y: float, words: Sequence[str], size: float, **look: Any) -> None:
        """Write lines below each other, around a height and up to a place: each for itself, as a page's own letters are of other widths."""
        step = LINE * size / POINTS / SIZE_INCHES[1] / self.plot[3]
        for place, line in enumerate(words):
            self.text(x, y + step * ((len(words) - 1) / 2 - place), line, size, ha="right", va="center", **look)

    def box(self, ends: tuple[float, float], low: float, high: float, colour: str) -> None:
        """Fill a box between two places across, and two up."""
        left, right = ends
        self.area(([left, right, right, left], [low, low, high, high]), colour)

    def strokes(self, lines: Iterable[Sequence[ArrayLike]], colour: str, width: float) -> None:
        """Draw several lines as one, behind all else."""
        parts = [np.stack([*self._on_panel(places)], axis=-1) for places in lines]
        gap = np.full((1, 2), np.nan)
        joined = np.concatenate([each for part in parts for each in (part, gap)])
        self._add(Line2D(joined[:, 0], joined[:, 1], color=colour, lw=width, zorder=0, solid_capstyle="butt"))

    def _on_panel(self, places: Sequence[ArrayLike]) -> Line:
        left, bottom, width, height = self.plot
        return left + width * np.asarray(places[0], float), bottom + height * np.asarray(places[1], float)

    def _add(self, artist: Any) -> None:
        artist.set_transform(self.figure.transFigure)
        self.figure.add_artist(artist)


def balanced(text: str, signs: int) -> list[str]:
    """Return a text in as few lines as it takes, of about the same length: no line of one word below a full one."""
    lines = textwrap.wrap(text, signs)
    shorter = [textwrap.wrap(text, width) for width in range(-(-len(text) // max(1, len(lines))), signs)]
    return next((found for found in shorter if len(found) == len(lines)), lines)
