"""What the panels of a report share: the line under each, the band with its middle, the number at its end, the two files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from simulation.report.style import COLOURS, Picture, png_of, svg_of
from simulation.words import number, say

Line = tuple[NDArray[np.float64], NDArray[np.float64]]  # years and heights


@dataclass(frozen=True)
class Sheet:
    """What all panels of a report share."""

    lang: str
    run_id: str
    areas: Mapping[str, str]  # slug -> name

    def foot(self, key: str = "figure.foot_band") -> str:
        """Return the line under each panel."""
        return say(key, self.lang, run_id=self.run_id)


def draw_band(axes: Axes, rows: pd.DataFrame, year: str, middle: str = "p50") -> list[Line]:
    """Draw the band and the middle, and return their three lines."""
    years = rows[year].to_numpy(float)
    axes.fill_between(years, rows["p10"], rows["p90"], color=COLOURS["band"], lw=0)
    axes.plot(years, rows[middle], color=COLOURS["line"], lw=2)
    return [(years, rows[name].to_numpy(float)) for name in ("p10", middle, "p90")]


def label_end(axes: Axes, last: pd.Series, year: str, lang: str, decimals: int, middle: str = "p50") -> None:
    """Write the middle and the interval of the last year beside the end of the band."""
    text = number(last[middle], lang, decimals)
    interval = f"{number(last['p10'], lang, decimals)}–{number(last['p90'], lang, decimals)}"
    x, y = axes.transLimits.transform((last[year], last[middle]))
    free: dict[str, Any] = {"transform": axes.transAxes, "va": "center", "color": COLOURS["line"]}
    axes.text(x + 0.027, y + 0.016, text, fontweight="bold", fontsize=9.5, **free)
    axes.text(x + 0.027, y - 0.068, interval, fontsize=7, **free)


def picture_of(figure: Figure, name: str, group: str, area: str, alt: str) -> Picture:
    """Return the finished figure."""
    return Picture(name, group, area, alt, svg_of(figure, name, alt), png_of(figure))
