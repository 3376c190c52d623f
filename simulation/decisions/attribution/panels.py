"""The figures of an attribution: for each criterion the parts of its change as bars, and the whole below them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import numpy as np

from simulation.decisions.attribution.game import WHOLE
from simulation.decisions.attribution.told import Shared, part
from simulation.decisions.quantities import Quantity, is_shown
from simulation.decisions.sensitivity.panels import PLOT, draw_box, draw_grid, named
from simulation.report.board import Board
from simulation.report.panels import picture_of
from simulation.report.style import COLOURS, Picture, style
from simulation.words import say

MOST = 9  # bars beside the whole: the longest
LEAST_SPAN = 0.5


def draw_shares(shared: Shared) -> list[Picture]:
    """Return a figure for each criterion and the share, by area and list."""
    with mpl.rc_context(style()):
        return list(_pictures(shared))


def _pictures(shared: Shared) -> Iterator[Picture]:
    for area in shared.areas:
        for quantity in (each for each in shared.quantities if is_shown(each) and each.area == area):
            yield _draw(shared, quantity)


def _draw(shared: Shared, quantity: Quantity) -> Picture:
    lang, names = shared.names.lang, shared.names
    *parts, whole = shared.rows(quantity)
    rows = [*sorted(parts, key=lambda row: -abs(row["value"]))[:MOST], whole]
    told = {"area": names.area(quantity.area), "year": quantity.list_year}
    foot = say("attribution.figure.foot", lang, run_id=shared.study_id)
    board = Board(names.quantity(quantity.name), say("attribution.figure.measure", lang, **told), foot, PLOT)
    reach = _reach(rows)
    board.scale(reach, (0.0, float(len(rows))))
    draw_grid(board, reach, lang)
    for place, row in enumerate(rows):
        _bar(board, len(rows) - 1 - place, row)
        name = named(shared.player(row["player"]))
        weight = "bold" if row["player"] == WHOLE else "normal"
        board.lines(-0.02, (len(rows) - 0.5 - place) / len(rows), name, 7.5, fontweight=weight)
    listed = ", ".join(f"{shared.player(row['player'])} {part(row, lang)}" for row in rows)
    alt = say("attribution.figure.alt", lang, criterion=names.quantity(quantity.name), parts=listed, **told)
    return picture_of(board, f"{quantity.name}_{quantity.area}_{quantity.list_year}", "bars", quantity.area, alt)


def _reach(rows: list[dict[Any, Any]]) -> tuple[float, float]:
    values = np.array([[row["value"], row["p10"], row["p90"], 0.0] for row in rows], dtype=float)
    low, high = float(values.min()), float(values.max())
    spare = max(0.04 * (high - low), (LEAST_SPAN - (high - low)) / 2)
    return low - spare, high + spare


def _bar(board: Board, place: int, row: dict[Any, Any]) -> None:
    draw_box(board, place, (0.0, row["value"]), COLOURS["plan" if row["player"] == WHOLE else "line"])
    across, up = board.place((row["p10"], row["p90"]), (place + 0.5, place + 0.5))
    board.line((across, up), COLOURS["ink"], 0.9)
