"""The figures of a study: for each criterion the numbers that move it most, as bars with their intervals."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import MaxNLocator

from simulation.decisions.quantities import Quantity, is_shown
from simulation.decisions.sensitivity.designs import ONE, SOBOL
from simulation.decisions.sensitivity.found import Found
from simulation.report.board import Board
from simulation.report.panels import picture_of
from simulation.report.style import COLOURS, Picture, style
from simulation.words import number, say

PLOT = (0.44, 0.15, 0.53, 0.62)
BARS = 8
LINE_SIGNS, LINES = 34, 2  # of a name beside its bar
TICKS = 4
LEAST_SPAN = 0.1


def draw_study(found: Found) -> list[Picture]:
    """Return a figure for each criterion and the share, by area and list."""
    with mpl.rc_context(style()):
        return list(_pictures(found))


def _pictures(found: Found) -> Iterator[Picture]:
    for area in found.areas:
        for quantity in (each for each in found.study.quantities if is_shown(each) and each.area == area):
            rows = found.of(quantity)
            if rows["value"].max() > 0:
                yield _draw(found, quantity, rows.head(BARS).to_dict("records"))


def _draw(found: Found, quantity: Quantity, rows: list[dict[Any, Any]]) -> Picture:
    lang, method = found.names.lang, found.study.asked.method
    told = {"area": found.names.area(quantity.area), "year": quantity.list_year}
    foot = say("sensitivity.figure.foot", lang, run_id=found.study_id)
    board = Board(found.names.quantity(quantity.name), say(f"sensitivity.figure.measure_{method}", lang, **told), foot, PLOT)
    own = _first_order(found, quantity) if method == SOBOL else {}
    low, high = _reach(rows, method)
    board.scale((low, high), (0.0, float(len(rows))))
    draw_grid(board, (low, high), lang)
    for place, row in enumerate(rows):
        _bar(board, len(rows) - 1 - place, row, (method, own.get(str(row["parameter"]))))
        name = found.names.number(str(row["parameter"]))
        board.lines(-0.02, (len(rows) - 0.5 - place) / len(rows), named(name), 6.5)
    names = found.names.listed([str(row["parameter"]) for row in rows[:3]])
    alt = say("sensitivity.figure.alt", lang, criterion=found.names.quantity(quantity.name), names=names, **told)
    return picture_of(board, f"{quantity.name}_{quantity.area}_{quantity.list_year}", "bars", quantity.area, alt)


def named(name: str) -> list[str]:
    """Return the name of a bar as the two lines there is room for beside it."""
    return textwrap.wrap(name, LINE_SIGNS, max_lines=LINES, placeholder=" …")


def _reach(rows: list[dict[Any, Any]], method: str) -> tuple[float, float]:
    values = np.array([[row["value"] * (method != ONE), row["low"], row["high"]] for row in rows], dtype=float)
    low, high = (float(np.nan_to_num(end)) for end in (np.nanmin(values), np.nanmax(values)))
    spare = 0.04 * max(high - low, LEAST_SPAN)
    return (low - spare, high + spare) if method == ONE else (min(0.0, low), max(high, LEAST_SPAN) + spare)


def draw_grid(board: Board, ends: tuple[float, float], lang: str) -> None:
    """Draw the grid of a panel of bars, and the numbers below it."""
    ticks = [tick for tick in MaxNLocator(nbins=TICKS, steps=[1, 2, 2.5, 5, 10]).tick_values(*ends) if ends[0] <= tick <= ends[1]]
    decimals = 0 if all(float(tick).is_integer() for tick in ticks) else 2 if max(map(abs, ends)) < 1 else 1
    across = [float(board.place(tick, 0.0)[0]) for tick in ticks]
    board.strokes([((x, x), (0.0, 1.0)) for x in across], COLOURS["rule"], 0.5)
    for tick, x in zip(ticks, across, strict=True):
        board.text(x, -0.03, number(tick, lang, decimals), 7.5, ha="center", va="top")


def _bar(board: Board, place: int, row: dict[Any, Any], told: tuple[str, float | None]) -> None:
    method, own = told
    ends = (row["low"], row["high"]) if method == ONE else (0.0, max(row["value"], 0.0))
    draw_box(board, place, ends, COLOURS["band" if method == SOBOL else "line"])
    if own is not None:
        draw_box(board, place, (0.0, max(own, 0.0)), COLOURS["line"])
    if method != ONE and np.isfinite(row["low"]):
        across, up = board.place((row["low"], row["high"]), (place + 0.5, place + 0.5))
        board.line((across, up), COLOURS["ink"], 0.9)


def draw_box(board: Board, place: int, ends: tuple[float, float], colour: str) -> None:
    """Draw one bar, at its place counted from below."""
    across, up = board.place(sorted(ends), (place + 0.2, place + 0.8))
    board.box((across[0], across[1]), up[0], up[1], colour)


def _first_order(found: Found, quantity: Quantity) -> dict[str, float]:
    frame = found.tables["indices"]
    same = (frame["area"] == quantity.area) & (frame["list_year"] == quantity.list_year) & (frame["quantity"] == quantity.name)
    rows = frame[same & (frame["index"] == "S1")]
    return {str(path): float(value) for path, value in zip(rows["parameter"], rows["value"], strict=True)}
