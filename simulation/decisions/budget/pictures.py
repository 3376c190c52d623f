"""The frontier as figures: what more money buys, in the unit of the goals and in the probability of leaving the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl

from simulation.decisions.budget.packages import BEST, CHEAPER, FRONTIER, NOTHING, Package
from simulation.decisions.budget.teller import THOUSAND, Teller
from simulation.report.board import Board
from simulation.report.panels import Sheet, picture_of
from simulation.report.style import COLOURS, Picture, style
from simulation.words import number

TICKS = 5
LEAST_TOP = 1.0  # of an axis of effects: tenths of a person must not look like a mountain
MARGIN = 0.06
CURVES = ("line", "plan")  # colours: off the conversion list, on no list
TENTHS = 10.0
PLOT = (0.1, 0.2, 0.85, 0.5)


@dataclass(frozen=True)
class Point:
    """One package on a frontier: millions of kr., the height, and the interval where there is one."""

    cost: float
    height: float
    low: float
    high: float
    chosen: bool


def draw_frontier(teller: Teller, sheet: Sheet) -> list[Picture]:
    """Return the two figures; none where there are no packages."""
    rows = [row for row in teller.packages if row.kind in (NOTHING, BEST, CHEAPER, FRONTIER) and row.simulated is not None]
    if len(rows) <= 1:
        return []
    rows = sorted(rows, key=lambda row: row.cost)
    effects = [_point(row, row.simulated.mean, row.simulated.p10, row.simulated.p90) for row in rows if row.simulated]
    chances, nowhere = ([_point(row, *(TENTHS * (found or 0.0),) * 3) for row, found in each] for each in _both(rows))
    with mpl.rc_context(style()):
        low, high = min(0.0, *(point.low for point in effects)), max(LEAST_TOP, *(point.high for point in effects))
        return [
            _picture(teller, sheet, "frontier_effect", [effects], (low, high)),
            _picture(teller, sheet, "frontier_probability", [chances, nowhere], (0.0, TENTHS)),
        ]


def _both(rows: Sequence[Package]) -> list[list[tuple[Package, float | None]]]:
    return [[(row, row.off) for row in rows], [(row, row.nowhere) for row in rows]]


def _point(row: Package, height: float, low: float, high: float) -> Point:
    return Point(row.cost / THOUSAND, height, low, high, row.kind == BEST)


def _picture(teller: Teller, sheet: Sheet, name: str, curves: Sequence[Sequence[Point]], span: tuple[float, float]) -> Picture:
    subtitle = teller.say(f"figure.{name}_unit", unit=teller.unit, year=teller.year)
    board = Board(teller.say(f"figure.{name}"), subtitle, sheet.foot("budget.figure.foot"), PLOT)
    points = curves[0]
    most = max(point.cost for point in points) or 1.0
    board.scale((-MARGIN * most, (1 + MARGIN) * most), (span[0] - MARGIN * (span[1] - span[0]), span[1]))
    _axes(board, most, span, teller.lang)
    for at, curve in enumerate(curves):
        _curve(board, curve, COLOURS[CURVES[at]])
    _key(board, teller, len(curves))
    alt = teller.say("figure.alt", title=subtitle, parts="; ".join(_told(teller, point) for point in points))
    return picture_of(board, name, "frontier", "", alt)


def _curve(board: Board, points: Sequence[Point], colour: str) -> None:
    board.line(board.place([point.cost for point in points], [point.height for point in points]), colour, 1.6)
    for point in points:
        if point.high > point.low:
            board.line(board.place([point.cost] * 2, [point.low, point.high]), COLOURS["band"], 3)
        board.marks(board.place([point.cost], [point.height]), COLOURS["limit"] if point.chosen else colour)


def _told(teller: Teller, point: Point) -> str:
    return teller.say("figure.part", cost=number(point.cost, teller.lang, 1), height=number(point.height, teller.lang, 1))


def _axes(board: Board, most: float, span: tuple[float, float], lang: str) -> None:
    across = mpl.ticker.MaxNLocator(nbins=TICKS).tick_values(0.0, most)
    up = mpl.ticker.MaxNLocator(nbins=TICKS).tick_values(*span)
    for step in (step for step in across if 0 <= step <= most):
        x, _ = board.place(step, span[0])
        board.text(float(x), -0.05, number(step, lang, 0 if most > TICKS else 1), 8.5, ha="center", va="top")
    decimals = 0 if all(float(step).is_integer() for step in up) else 1
    for step in (step for step in up if span[0] <= step <= span[1]):
        _, y = board.place(0.0, step)
        board.line(((0.0, 1.0), [float(y)] * 2), COLOURS["rule"], 0.5)
        board.text(-0.015, float(y), number(step, lang, decimals), 8.5, ha="right", va="center")


def _key(board: Board, teller: Teller, curves: int) -> None:
    board.marks(([0.01], [1.09]), COLOURS["limit"])
    board.text(0.03, 1.09, teller.say("figure.chosen"), 7.5, va="center")
    for at, name in enumerate(("off", "nowhere") if curves > 1 else ()):
        board.line(((0.53, 0.57), (1.14 - 0.09 * at,) * 2), COLOURS[CURVES[at]], 2)
        board.text(0.59, 1.14 - 0.09 * at, teller.say(f"figure.{name}"), 7.5, va="center")
    board.text(1.0, -0.17, teller.say("figure.across"), 8, ha="right", va="top", color=COLOURS["muted"])
