"""The figures of a comparison: each criterion on every list for all scenarios, and how far each is from the base. One colour a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd

from simulation.decisions.comparison import Comparison, Side
from simulation.report.board import Board
from simulation.report.chances import signed
from simulation.report.figures import CURVES, DECIMALS, PERCENT_SPAN, SHARE
from simulation.report.panels import Sheet, picture_of
from simulation.report.scales import Scales, draw_scales, draw_years, scales_of
from simulation.report.style import COLOURS, Picture, style
from simulation.words import number, say

BASE = "ink"
OTHERS = ("line", "teal", "violet", "ochre", "rose")
MORE = (4.0, 1.6)  # dashes of the scenarios beyond as many as there are colours
LEAST_SPANS = {"convicted": 1.5}
KEY_SIGNS = 34  # of a title in the key of a figure
LEAST_DIFFERENCE = {"convicted": 0.2}
HALF_SPAN = 1.0  # points above and below none, at least
KEY_ROWS = 2
PLOT = (0.1, 0.15, 0.745, 0.53)


def colour_of(comparison: Comparison, side: Side) -> tuple[str, tuple[float, ...]]:
    """Return the name of a scenario's colour, the same in every figure and table, and its dashes."""
    if side is comparison.base:
        return BASE, ()
    place = list(comparison.others).index(side)
    return OTHERS[place % len(OTHERS)], MORE if place >= len(OTHERS) else ()


def draw_comparison(comparison: Comparison, sheet: Sheet) -> list[Picture]:
    """Return the figures, by list area: each criterion in its own unit, then the paired difference in points."""
    with mpl.rc_context(style()):
        return list(_pictures(comparison, sheet))


def _pictures(comparison: Comparison, sheet: Sheet) -> Iterator[Picture]:
    for area in comparison.list_areas:
        for indicator in CURVES[:-1]:
            if indicator != SHARE or _bound(comparison, area):
                yield _levels(comparison, sheet, area, indicator)
                yield _differences(comparison, sheet, area, indicator)


def _bound(comparison: Comparison, area: str) -> bool:
    keys = comparison.base.outcomes.keys
    return bool(((keys["area"] == area) & (keys["measure"] == f"{SHARE}_since")).any())


def _rows(comparison: Comparison, side: Side, area: str, indicator: str) -> pd.DataFrame:
    frame = comparison.frame
    one = (frame["scenario"] == side.name) & (frame["area"] == area) & (frame["measure"] == indicator)
    return frame[one].sort_values("list_year")


def _levels(comparison: Comparison, sheet: Sheet, area: str, indicator: str) -> Picture:
    lang, decimals = sheet.lang, DECIMALS.get(indicator, 1)
    board = Board(
        say(f"indicator.{indicator}", lang), say(f"measure.{indicator}", lang, area=sheet.areas[area]), _foot(sheet, "mean"), PLOT
    )
    drawn = {side.name: _rows(comparison, side, area, indicator) for side in comparison.others}
    first = next(iter(drawn.values()))
    lines = [(comparison.base, first["base_value"]), *((side, drawn[side.name]["scenario_value"]) for side in comparison.others)]
    years = first["list_year"].to_numpy(float)
    values = np.concatenate([line.to_numpy(float) for _, line in lines])
    draw_scales(
        board, scales_of((years[0], years[-1]), values, LEAST_SPANS.get(indicator, PERCENT_SPAN / 2)), lang, 1 if decimals == 2 else 0
    )
    for side, line in lines:
        colour, dashes = colour_of(comparison, side)
        board.line(board.place(years, line), COLOURS[colour], 2, dashes)
    _ends(board, comparison, [(side, float(line.iloc[-1])) for side, line in lines], (float(years[-1]), lang, decimals))
    _key(board, comparison, [side for side, _ in lines])
    ends = "; ".join(f"{side.title} {number(float(line.iloc[-1]), lang, decimals)}" for side, line in lines)
    alt = say("compare.figure.levels_alt", lang, name=say(f"indicator.{indicator}", lang), year=int(years[-1]), parts=ends)
    return picture_of(board, f"{indicator}_{area}", "levels", area, alt)


def _differences(comparison: Comparison, sheet: Sheet, area: str, indicator: str) -> Picture:
    lang, decimals = sheet.lang, DECIMALS.get(indicator, 1)
    told = say("compare.figure.difference_measure", lang, area=sheet.areas[area], base=comparison.base.title)
    title = say("compare.figure.difference", lang, name=say(f"indicator.{indicator}", lang))
    board = Board(title, told, _foot(sheet, "difference"), PLOT)
    drawn = [(side, _rows(comparison, side, area, indicator)) for side in comparison.others]
    years = drawn[0][1]["list_year"].to_numpy(float)
    values = np.concatenate([rows[["p10", "p90", "difference"]].to_numpy(float).ravel() for _, rows in drawn])
    _around_zero(board, years, values, (lang, indicator))
    for place, (side, rows) in enumerate(drawn):
        colour, dashes = colour_of(comparison, side)
        shifted = years + 0.14 * (place - (len(drawn) - 1) / 2)
        for year, low, high in zip(shifted, rows["p10"], rows["p90"], strict=True):
            board.line(board.place([year, year], [low, high]), COLOURS[colour], 1.1)
        board.line(board.place(shifted, rows["difference"]), COLOURS[colour], 2, dashes)
    ends = [(side, float(rows["difference"].iloc[-1])) for side, rows in drawn]
    _ends(board, comparison, ends, (float(years[-1]), lang, decimals), sign=True)
    _key(board, comparison, comparison.others)
    parts = "; ".join(f"{side.title} {signed(end, lang, decimals)}" for side, end in ends)
    return picture_of(
        board,
        f"difference_{indicator}_{area}",
        "differences",
        area,
        say("compare.figure.difference_alt", lang, year=int(years[-1]), parts=parts),
    )


def _around_zero(board: Board, years: np.ndarray, values: np.ndarray, told: tuple[str, str]) -> None:
    """Draw scales that hold none, and a heavier line there; a difference may lie below."""
    lang, indicator = told
    known = values[np.isfinite(values)]
    least = LEAST_DIFFERENCE.get(indicator, HALF_SPAN)
    low, high = min(-least, float(known.min(initial=0.0))), max(least, float(known.max(initial=0.0)))
    scales = Scales((years[0] - 0.3, years[-1] + 0.2), low, high)
    board.scale(scales.years, (low, high))
    steps = mpl.ticker.MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    shown = [step for step in steps if low <= step <= high]
    board.strokes([((0.0, 1.0), [scales.height(step)] * 2) for step in shown], COLOURS["rule"], 0.5)
    decimals = 0 if all(float(step).is_integer() for step in shown) else 2 if max(map(abs, shown)) < 1 else 1
    for step in shown:
        board.text(-0.015, scales.height(step), signed(float(step), lang, decimals), 8.5, ha="right", va="center")
    draw_years(board, round(years[0]), round(years[-1]))
    board.line(((0.0, 1.0), [scales.height(0.0)] * 2), COLOURS["muted"], 1.0)


def _ends(
    board: Board, comparison: Comparison, ends: Sequence[tuple[Side, float]], form: tuple[float, str, int], sign: bool = False
) -> None:
    """Write each line's last value beside its end, one above the other where they would touch."""
    year, lang, decimals = form
    placed = -np.inf
    for side, value in sorted(ends, key=lambda end: end[1]):
        x, y = (float(part) for part in board.place(year, value))
        placed = max(y, placed + 0.085)
        text = signed(value, lang, decimals) if sign else number(value, lang, decimals)
        board.text(x + 0.027, placed, text, 8.5, fontweight="bold", va="center", color=COLOURS[colour_of(comparison, side)[0]])


def _key(board: Board, comparison: Comparison, sides: Sequence[Side]) -> None:
    """Name the scenarios above the plot."""
    for place, side in enumerate(sides):
        colour, dashes = colour_of(comparison, side)
        x, y = 0.6 * (place // KEY_ROWS), 1.16 - 0.09 * (place % KEY_ROWS)
        board.line(((x - 0.02, x + 0.03), (y, y)), COLOURS[colour], 2.2, dashes)
        title = side.title if len(side.title) <= KEY_SIGNS else f"{side.title[: KEY_SIGNS - 1]}…"
        board.text(x + 0.045, y, title, 7.5, va="center")


def _foot(sheet: Sheet, key: str) -> str:
    return say(f"compare.figure.foot_{key}", sheet.lang, run_id=sheet.run_id)
