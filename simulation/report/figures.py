"""Draw the figures of a run: the criteria, the family share, the categories, the homes that go and come, one small panel each.

Every panel stands alone (a reader may cut it out): it names what it shows, its limit, its interval and its run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import matplotlib as mpl
import numpy as np
import pandas as pd

from simulation.records import CRITERIA
from simulation.report.board import Board, Floats, Line
from simulation.report.paces import building_pace, demolition_pace, draw_pace
from simulation.report.panels import Sheet, draw_band, label_end, picture_of
from simulation.report.residents import stacks_of
from simulation.report.scales import Scales, draw_scales, draw_years, room_for_name, scales_of
from simulation.report.stacks import draw_stack
from simulation.report.style import COLOURS, Picture, style
from simulation.words import number, say

SHARE, PARTS_OF_SHARE = "social_family_share", "share_parts"
CURVES = (*CRITERIA, SHARE, "residents")
DECIMALS = {"convicted": 2, "residents": 0}
# The least height of an axis: a panel must not blow up tenths of a point into a mountain.
LEAST_SPAN = {"convicted": 1.5, "residents": 2000.0}
PERCENT_SPAN = 12.0
PAST_YEARS = 9
WIDE_PLOT = (0.075, 0.15, 0.9, 0.51)
BAR = 0.86  # years that a bar is wide
# From the lightest to the heaviest; older names of the law stand for the same category.
RANK = {"none": "none", "prevention": "prevention", "vulnerable": "vulnerable"}
RANK |= {"ghetto": "parallel", "parallel_society": "parallel", "hard_ghetto": "conversion", "conversion": "conversion"}
STACK = ("none", "prevention", "vulnerable", "parallel", "conversion")


def draw_all(frames: Mapping[str, pd.DataFrame], published: pd.DataFrame, sheet: Sheet) -> list[Picture]:
    """Return every figure of the report, in the order of the page; what is given is told at :func:`drawings`."""
    with mpl.rc_context(style()):
        return [draw() for draw in drawings(frames, published, sheet)]


def drawings(frames: Mapping[str, pd.DataFrame], published: pd.DataFrame, sheet: Sheet) -> Iterator[Callable[[], Picture]]:
    """Give what draws each figure of the report, in the order of the page; each can be sent to another process.

    ``frames`` holds summary, status, homes, building, composition, movements and family_share; ``published`` has area (slug),
    list_year, indicator, value, comparable.
    """
    for area in sheet.areas:
        for indicator in CURVES:
            rows = curve_rows(frames["summary"], area, indicator)
            if not rows.empty:
                points = _recent(published, area, indicator, rows["list_year"].iloc[0])
                yield partial(draw_curve, rows, points, sheet, area=area, indicator=indicator)
        shares = stack_of(frames["status"], area)
        if not shares.empty:
            yield partial(draw_categories, shares, sheet, area=area)
        for stack in stacks_of(frames, area, sheet.lang):
            if stack.name != PARTS_OF_SHARE or not curve_rows(frames["summary"], area, SHARE).empty:
                yield partial(draw_stack, stack.parts, sheet, area=area, name=stack.name, labels=stack.labels)
    for area in sheet.areas:
        for name, pace in (("demolition", demolition_pace(frames["homes"], area)), ("building", building_pace(frames["building"], area))):
            if not pace.empty:
                yield partial(draw_pace, pace, sheet, area=area, name=name)


def _recent(published: pd.DataFrame, area: str, indicator: str, first_year: int) -> pd.DataFrame:
    """Return the published values of one curve; the oldest are left out, which would press the projection together."""
    one = (published["area"] == area) & (published["indicator"] == indicator)
    return published[one & (published["list_year"] >= first_year - PAST_YEARS)]


def curve_rows(summary: pd.DataFrame, area: str, indicator: str) -> pd.DataFrame:
    """Return the rows of one curve in the order of the lists; empty where nothing is known, and for a share that no limit binds."""
    rows = summary[(summary["area"] == area) & (summary["indicator"] == indicator)]
    if indicator == SHARE and rows["threshold"].isna().all():
        return rows.iloc[:0]
    return rows.dropna(subset=["p50"]).sort_values("list_year")


def draw_curve(rows: pd.DataFrame, points: pd.DataFrame, sheet: Sheet, *, area: str, indicator: str) -> Picture:
    """Draw one indicator over the lists: band, median, limit, and the values that were published."""
    lang, decimals = sheet.lang, DECIMALS.get(indicator, 1)
    board = Board(say(f"indicator.{indicator}", lang), say(f"measure.{indicator}", lang, area=sheet.areas[area]), sheet.foot())
    first = min([rows["list_year"].iloc[0], *points["list_year"]])
    values = np.concatenate([rows[["p10", "p50", "p90", "threshold"]].to_numpy(float).ravel(), points["value"].to_numpy(float)])
    scales = scales_of((first, rows["list_year"].iloc[-1]), values, LEAST_SPAN.get(indicator, PERCENT_SPAN))
    draw_scales(board, scales, lang, decimals if indicator == "convicted" else 0)
    band = draw_band(board, rows, "list_year")
    _published(board, points, lang)
    _limit(board, rows, [*band, *_marks(points)], scales, (lang, decimals))
    label_end(board, rows.iloc[-1], "list_year", lang, decimals)
    return picture_of(board, f"{indicator}_{area}", "curve", area, curve_alt(rows, sheet, area=area, indicator=indicator))


def curve_alt(rows: pd.DataFrame, sheet: Sheet, *, area: str, indicator: str) -> str:
    """Return one curve as a sentence."""
    decimals = DECIMALS.get(indicator, 1)
    first, last = rows.iloc[0], rows.iloc[-1]
    texts = {key: number(last[key], sheet.lang, decimals) for key in ("p10", "p50", "p90", "threshold")}
    years = {"first_year": int(first["list_year"]), "last_year": int(last["list_year"])}
    name, start = say(f"indicator.{indicator}", sheet.lang), number(first["p50"], sheet.lang, decimals)
    return say("figure.curve_alt", sheet.lang, name=name, area=sheet.areas[area], start=start, **years, **texts)


def _marks(points: pd.DataFrame) -> list[Line]:
    """Return published points as short lines, so that no name is written over them."""
    return [
        (np.array([year - 0.5, year + 0.5]), np.array([value, value])) for year, value in points[["list_year", "value"]].to_numpy(float)
    ]


def _limit(board: Board, rows: pd.DataFrame, others: list[Line], scales: Scales, form: tuple[str, int]) -> None:
    """Draw the limit, and name it where there is room."""
    known = rows.dropna(subset=["threshold"])
    if known.empty:
        return
    lang, decimals = form
    years, limits = known["list_year"].to_numpy(float), known["threshold"].to_numpy(float)
    board.line(board.place(*_steps(years, limits)), COLOURS["limit"], 1.2, (5, 2))
    ends = dict.fromkeys(number(limits[at], lang, decimals if (limits % 1).any() else 0) for at in (0, -1))
    name = say("figure.limit", lang, value=" → ".join(ends))
    place = room_for_name(name, _steps(years, limits), others, scales)
    x, y = (float(part) for part in board.place(place["x"], place["y"]))
    y += 0.016 if place["va"] == "bottom" else -0.016
    board.text(x, y, name, 8, color=COLOURS["limit"], ha=place["ha"], va=place["va"])


def _steps(years: Floats, limits: Floats) -> Line:
    """Return a line that changes midway between two lists."""
    middles = np.repeat((years[1:] + years[:-1]) / 2, 2)
    return np.concatenate([years[:1], middles, years[-1:]]), np.repeat(limits, 2)


def _published(board: Board, points: pd.DataFrame, lang: str) -> None:
    """Mark published values and say so above the panel; hollow where boundary or definition differ from the model's."""
    key = []
    for comparable, face, mark in ((True, COLOURS["ink"], "published"), (False, "none", "published_other")):
        some = points[points["comparable"] == comparable]
        if not some.empty:
            board.marks(board.place(some["list_year"], some["value"]), face)
            key.append(say(f"figure.{mark}", lang))
    board.text(1.0, 1.02, "   ".join(key), 7.5, ha="right", va="bottom")


def stack_of(status: pd.DataFrame, area: str) -> pd.DataFrame:
    """Return the probability of each category, by list year; the law's older names stand for the same category."""
    rows = status[status["area"] == area]
    table = rows.assign(rank=rows["category"].map(RANK)).pivot_table(index="list_year", columns="rank", values="probability", aggfunc="sum")
    seen = [name for name in STACK if name in table.columns and (table[name] > 0).any()]
    return table[seen].fillna(0.0)


def draw_categories(shares: pd.DataFrame, sheet: Sheet, *, area: str) -> Picture:
    """Draw how many of ten members stand in which category on each list."""
    lang = sheet.lang
    measure = say("figure.categories_measure", lang, area=sheet.areas[area])
    board = Board(say("figure.categories", lang), measure, sheet.foot("figure.foot_tenths"), WIDE_PLOT)
    years = [int(year) for year in shares.index]
    board.scale((years[0] - 0.6, years[-1] + 0.6), (0.0, 10.0))
    base = np.zeros(len(shares))
    for place, name in enumerate(shares.columns):
        top = base + 10 * shares[name].to_numpy()
        for year, low, high in zip(years, base, top, strict=True):
            if high > low:
                across, up = board.place((year - BAR / 2, year + BAR / 2), (low, high))
                board.box((across[0], across[1]), up[0], up[1], COLOURS[name])
        _key(board, place, say(f"figure.rank.{name}", lang), COLOURS[name])
        base = top
    for tick in (0, 5, 10):
        board.text(-0.012, tick / 10, str(tick), 8.5, ha="right", va="center")
    draw_years(board, years[0], years[-1])
    return picture_of(board, f"categories_{area}", "categories", area, categories_alt(shares, sheet, area=area))


def _key(board: Board, place: int, text: str, colour: str) -> None:
    """Name a category above the plot: two lines, three to a line."""
    x, y = 0.36 * (place // 2), 1.14 - 0.09 * (place % 2)
    board.box((x, x + 0.024), y, y + 0.042, colour)
    board.text(x + 0.034, y + 0.017, text, 7.5, va="center")


def categories_alt(shares: pd.DataFrame, sheet: Sheet, *, area: str) -> str:
    """Return the categories of the last list as a sentence."""
    last = shares.iloc[-1]
    parts = [f"{say(f'rank.{name}', sheet.lang)} {number(10 * last[name], sheet.lang, 1)}" for name in shares.columns if last[name] > 0]
    return say("figure.categories_alt", sheet.lang, area=sheet.areas[area], year=int(shares.index[-1]), parts=", ".join(parts))
