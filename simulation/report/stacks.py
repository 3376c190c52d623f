"""Draw what adds up: parts of a whole by year as bars, each part named beside the last bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from simulation.report.board import Board
from simulation.report.panels import Sheet, picture_of
from simulation.report.scales import TICKS, draw_years
from simulation.report.style import COLOURS, PART_COLOURS, Picture
from simulation.words import number, say

PLOT = (0.1, 0.15, 0.54, 0.61)
BAR = 0.82  # years that a bar is wide
APART = 0.13  # of the plot's height, between two names

Floats = np.ndarray


def draw_stack(parts: pd.DataFrame, sheet: Sheet, *, area: str, name: str, labels: Mapping[str, str]) -> Picture:
    """Draw parts by year, stacked from below; what is negative hangs below the base line.

    ``parts``: one column for each part, in the order in which they are stacked; the index is years; NaN is not drawn.
    """
    lang = sheet.lang
    board = Board(
        say(f"figure.{name}", lang), say(f"figure.{name}_measure", lang, area=sheet.areas[area]), sheet.foot("figure.foot_mean"), PLOT
    )
    values = parts.to_numpy(float)
    years = [int(year) for year in parts.index]
    low, high = np.nansum(np.minimum(values, 0), axis=1).min(), np.nansum(np.maximum(values, 0), axis=1).max()
    board.scale((years[0] - 0.6, years[-1] + 0.6), (1.06 * low, 1.06 * high))
    _grid(board, lang)
    ends = _bars(board, years, values)
    for column, height in zip(range(len(parts.columns)), _spaced(ends), strict=True):
        board.box((1.03, 1.05), height - 0.045, height + 0.045, COLOURS[PART_COLOURS[column]])
        board.text(1.065, height, labels[parts.columns[column]], 7.5, va="bottom")
        board.text(1.065, height - 0.005, number(abs(values[-1, column]), lang), 7.5, va="top", fontweight="bold")
    draw_years(board, years[0], years[-1])
    return picture_of(board, f"{name}_{area}", name, area, stack_alt(parts, sheet, area=area, name=name, labels=labels))


def stack_alt(parts: pd.DataFrame, sheet: Sheet, *, area: str, name: str, labels: Mapping[str, str]) -> str:
    """Return the first and the last bar as a sentence."""
    first, last = parts.iloc[0], parts.iloc[-1]
    told = [f"{labels[part]} {number(first[part], sheet.lang)} → {number(last[part], sheet.lang)}" for part in parts.columns]
    years = {"first_year": int(parts.index[0]), "last_year": int(parts.index[-1])}
    title = say(f"figure.{name}", sheet.lang)
    return say("figure.stack_alt", sheet.lang, name=title, area=sheet.areas[area], parts=", ".join(told), **years)


def _grid(board: Board, lang: str) -> None:
    low, high = board.values
    ticks = [tick for tick in MaxNLocator(nbins=TICKS, integer=True).tick_values(low, high) if low <= tick <= high]
    heights = [float(board.place(0, tick)[1]) for tick in ticks]
    board.strokes([((0.0, 1.0), (height, height)) for height in heights], COLOURS["rule"], 0.5)
    for tick, height in zip(ticks, heights, strict=True):
        board.text(-0.015, height, number(abs(tick), lang), 8.5, ha="right", va="center")


def _bars(board: Board, years: Sequence[int], values: Floats) -> list[float]:
    """Draw the bars and return how high the middle of each part of the last one stands, as a part of the plot."""
    up, down, middles = np.zeros(len(years)), np.zeros(len(years)), []
    for column in range(values.shape[1]):
        part = np.nan_to_num(values[:, column])
        base = np.where(part < 0, down, up)
        for year, start, height in zip(years, base, part, strict=True):
            if height:
                across, at = board.place((year - BAR / 2, year + BAR / 2), (start, start + height))
                board.box((across[0], across[1]), at[0], at[1], COLOURS[PART_COLOURS[column]])
        middles.append(float(board.place(0, base[-1] + part[-1] / 2)[1]))
        up, down = up + np.maximum(part, 0), down + np.minimum(part, 0)
    return middles


def _spaced(heights: Sequence[float]) -> list[float]:
    """Return heights moved apart as little as needed for names to stand above each other, none outside the panel."""
    order = np.argsort(heights, kind="stable")
    placed = np.array(heights, float)[order]
    for at in range(1, len(placed)):
        placed[at] = max(placed[at], placed[at - 1] + APART)
    over = placed[-1] - 1.0
    if over > 0:
        placed[-1] -= over
        for at in range(len(placed) - 2, -1, -1):
            placed[at] = min(placed[at], placed[at + 1] - APART)
    found = np.empty(len(placed))
    found[order] = placed
    return found.tolist()
