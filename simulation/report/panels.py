"""What the panels of a report share: the line under each, the band with its middle, the number at its end, the two files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from simulation.report.board import Board, Line
from simulation.report.style import COLOURS, Picture, png_of, slide_of, svg_of
from simulation.words import number, say


@dataclass(frozen=True)
class Sheet:
    """What all panels of a report share."""

    lang: str
    run_id: str
    areas: Mapping[str, str]  # slug -> name

    def foot(self, key: str = "figure.foot_band") -> str:
        """Return the line under each panel."""
        return say(key, self.lang, run_id=self.run_id)


def draw_band(board: Board, rows: pd.DataFrame, year: str, middle: str = "p50") -> list[Line]:
    """Draw the band and the middle, and return their three lines."""
    years = rows[year].to_numpy(float)
    low, centre, high = lines = [(years, rows[name].to_numpy(float)) for name in ("p10", middle, "p90")]
    around = [np.concatenate([one, other[::-1]]) for one, other in zip(low, high, strict=True)]
    board.area(board.place(*around), COLOURS["band"])
    board.line(board.place(*centre), COLOURS["line"], 2)
    return lines


def label_end(board: Board, last: pd.Series, year: str, lang: str, decimals: int, middle: str = "p50") -> None:
    """Write the middle and the interval of the last year beside the end of the band."""
    text = number(last[middle], lang, decimals)
    interval = f"{number(last['p10'], lang, decimals)}–{number(last['p90'], lang, decimals)}"
    x, y = (float(part) for part in board.place(last[year], last[middle]))
    look: dict[str, Any] = {"va": "center", "color": COLOURS["line"]}
    board.text(x + 0.027, y + 0.02, text, 9.5, fontweight="bold", **look)
    board.text(x + 0.027, y - 0.068, interval, 8, **look)


def picture_of(board: Board, name: str, group: str, area: str, alt: str) -> Picture:
    """Return the finished figure."""
    figure = board.figure
    return Picture(name, group, area, alt, svg_of(figure, name, alt), png_of(figure), partial(slide_of, figure))
