"""The figure of a goal-seek: the criterion, or the futures off the lists, over the values of the lever."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import MaxNLocator

from simulation.decisions.goal.found import Sought, ends_of
from simulation.decisions.goal.lines import amount, goal_name, lever_name
from simulation.decisions.goal.search import FOUND
from simulation.report.board import Board
from simulation.report.panels import picture_of
from simulation.report.style import COLOURS, Picture, style
from simulation.words import number, say

PLOT = (0.1, 0.16, 0.84, 0.53)
TICKS = 5
TEN = 10.0
SPARE = 0.08
LINE_SIGNS = 130  # of the words above the plot


def draw_goal(found: Sought) -> list[Picture]:
    """Return the figure."""
    with mpl.rc_context(style()):
        return [_draw(found)]


def _draw(found: Sought) -> Picture:
    lang, goal = found.names.lang, found.goal
    told = {"area": found.names.area(goal.area), "year": goal.list_year, "lever": lever_name(found, lang)}
    words = say(f"goal.figure.measure{'' if goal.measured else '_lists'}", lang, **told)
    foot = say("goal.figure.foot", lang, run_id=found.study_id)
    title = found.names.quantity(goal.quantity) if goal.measured else say("goal.lists", lang, area=told["area"], year=goal.list_year)
    board = Board(textwrap.shorten(title, 60, placeholder=" …"), textwrap.shorten(words, LINE_SIGNS, placeholder=" …"), foot, PLOT)
    curves = _curves(found)
    across = [point.value for point in found.points]
    span = _span(curves)
    board.scale((min(across), max(across)), span)
    _axes(board, found, span)
    _lines(board, found, across, curves)
    middle = [f"{number(value, lang, 1)}" for value in curves[1]]
    parts = [say("goal.figure.part", lang, value=amount(found, at, lang), middle=value) for at, value in zip(across, middle, strict=True)]
    alt = say("goal.figure.alt", lang, goal=goal_name(found, lang), parts="; ".join(parts))
    return picture_of(board, f"goal_{goal.criterion}_{goal.area}_{goal.list_year}", "goal", goal.area, alt)


def _curves(found: Sought) -> list[list[float]]:
    """Return p10, the middle, p90 and the limit at each value; of the lists, how many of ten futures are off them."""
    if not found.goal.measured:
        kept = [TEN * float(point.kept.mean()) for point in found.points]
        return [kept, kept, kept, [TEN * found.answers[-1].sure] * len(kept)]
    ends = np.array([ends_of(point.level) for point in found.points]).T
    return [*ends.tolist(), [ends_of(point.limit)[1] for point in found.points]]


def _span(curves: Sequence[Sequence[float]]) -> tuple[float, float]:
    low, high = min(map(min, curves)), max(map(max, curves))
    spare = SPARE * max(high - low, 1.0)
    return low - spare, high + spare


def _axes(board: Board, found: Sought, span: tuple[float, float]) -> None:
    lang = found.names.lang
    up = [tick for tick in MaxNLocator(nbins=TICKS).tick_values(*span) if span[0] <= tick <= span[1]]
    decimals = 0 if all(float(tick).is_integer() for tick in up) else 1
    for tick in up:
        _, y = board.place(0.0, tick)
        board.line(((0.0, 1.0), [float(y)] * 2), COLOURS["rule"], 0.5)
        board.text(-0.015, float(y), number(tick, lang, decimals), 8, ha="right", va="center")
    for tick in MaxNLocator(nbins=TICKS).tick_values(*board.years):
        if board.years[0] <= tick <= board.years[1]:
            x, _ = board.place(tick, 0.0)
            board.text(float(x), -0.04, amount(found, float(tick), lang), 8, ha="center", va="top")


def _lines(board: Board, found: Sought, across: Sequence[float], curves: Sequence[Sequence[float]]) -> None:
    low, middle, high, limit = curves
    board.area(board.place([*across, *reversed(across)], [*low, *reversed(high)]), COLOURS["band"])
    board.line(board.place(across, limit), COLOURS["limit"], 1.4, (4, 3))
    board.line(board.place(across, middle), COLOURS["line"], 1.8)
    x, y = board.place(across[-1], limit[-1])
    words = say("goal.figure.limit", found.names.lang)
    board.text(float(x), float(y) + 0.02, words, 8, ha="right", va="bottom", color=COLOURS["limit"])
    now = across.index(found.lever.now)
    board.marks(board.place([found.lever.now], [middle[now]]), "white")
    at = [across.index(answer.value) for answer in found.answers if answer.kind == FOUND]
    if at:
        board.marks(board.place([across[each] for each in at], [middle[each] for each in at]), COLOURS["limit"])
