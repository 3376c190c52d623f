"""Draw the figures of a run: the criteria, the family share, the categories, the homes that go, one small panel each.

Every panel stands alone (a reader may cut it out): it names what it shows, its limit, its interval and its run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulation.report.style import COLOURS, Picture, panel, png_of, style, svg_of
from simulation.words import number, say

CRITERIA = ("outside_labour_market", "convicted", "basic_schooling_only", "mean_income", "non_western")
CURVES = (*CRITERIA, "social_family_share", "residents")
DECIMALS = {"convicted": 2, "residents": 0}
# The least height of an axis: a panel must not blow up tenths of a point into a mountain.
LEAST_SPAN = {"convicted": 1.5, "residents": 2000.0}
PERCENT_SPAN = 12.0
PAST_YEARS = 4
# From the lightest to the heaviest; older names of the law stand for the same category.
RANK = {"none": "none", "prevention": "prevention", "vulnerable": "vulnerable"}
RANK |= {"ghetto": "parallel", "parallel_society": "parallel", "hard_ghetto": "conversion", "conversion": "conversion"}
STACK = ("none", "prevention", "vulnerable", "parallel", "conversion")


@dataclass(frozen=True)
class Sheet:
    """What all panels of a report share."""

    lang: str
    run_id: str
    areas: Mapping[str, str]  # slug -> name

    def foot(self, key: str = "figure.foot_band") -> str:
        """Return the line under each panel."""
        return say(key, self.lang, run_id=self.run_id)


def draw_all(frames: Mapping[str, pd.DataFrame], published: pd.DataFrame, sheet: Sheet) -> list[Picture]:
    """Return every figure of the report, in the order of the page.

    ``frames`` holds summary, status and homes; ``published`` has area (slug), list_year, indicator, value, comparable.
    """
    with mpl.rc_context(style()):
        return list(_pictures(frames, published, sheet))


def _pictures(frames: Mapping[str, pd.DataFrame], published: pd.DataFrame, sheet: Sheet) -> Iterator[Picture]:
    for area in sheet.areas:
        for indicator in CURVES:
            rows = curve_rows(frames["summary"], area, indicator)
            if not rows.empty:
                points = _recent(published, area, indicator, rows["list_year"].iloc[0])
                yield draw_curve(rows, points, sheet, area=area, indicator=indicator)
        shares = stack_of(frames["status"], area)
        if not shares.empty:
            yield draw_categories(shares, sheet, area=area)
    homes = frames.get("homes")
    for area in sheet.areas:
        pace = demolition_pace(homes, area) if homes is not None else pd.DataFrame()
        if not pace.empty:
            yield draw_demolition(pace, sheet, area=area)


def _recent(published: pd.DataFrame, area: str, indicator: str, first_year: int) -> pd.DataFrame:
    """Return the published values of one curve; the oldest are left out, which would press the projection together."""
    one = (published["area"] == area) & (published["indicator"] == indicator)
    return published[one & (published["list_year"] >= first_year - PAST_YEARS)]


def curve_rows(summary: pd.DataFrame, area: str, indicator: str) -> pd.DataFrame:
    """Return the rows of one curve in the order of the lists; empty where nothing is known."""
    rows = summary[(summary["area"] == area) & (summary["indicator"] == indicator)]
    return rows.dropna(subset=["p50"]).sort_values("list_year")


def draw_curve(rows: pd.DataFrame, points: pd.DataFrame, sheet: Sheet, *, area: str, indicator: str) -> Picture:
    """Draw one indicator over the lists: band, median, limit, and the values that were published."""
    lang, decimals = sheet.lang, DECIMALS.get(indicator, 1)
    figure, axes = panel(say(f"indicator.{indicator}", lang), say(f"measure.{indicator}", lang, area=sheet.areas[area]), sheet.foot())
    years = rows["list_year"].to_numpy(float)
    axes.fill_between(years, rows["p10"], rows["p90"], color=COLOURS["band"], lw=0)
    axes.plot(years, rows["p50"], color=COLOURS["line"], lw=2)
    _limit(axes, rows, lang, decimals)
    _published(axes, points, lang)
    first = min([years[0], *points["list_year"].to_numpy(float)])
    _frame(axes, (first, years[-1]), LEAST_SPAN.get(indicator, PERCENT_SPAN), lang, decimals if indicator == "convicted" else 0)
    _end_label(axes, rows.iloc[-1], lang, decimals)
    return _picture(figure, f"{indicator}_{area}", "curve", area, curve_alt(rows, sheet, area=area, indicator=indicator))


def curve_alt(rows: pd.DataFrame, sheet: Sheet, *, area: str, indicator: str) -> str:
    """Return one curve as a sentence."""
    decimals = DECIMALS.get(indicator, 1)
    first, last = rows.iloc[0], rows.iloc[-1]
    texts = {key: number(last[key], sheet.lang, decimals) for key in ("p10", "p50", "p90", "threshold")}
    years = {"first_year": int(first["list_year"]), "last_year": int(last["list_year"])}
    name, start = say(f"indicator.{indicator}", sheet.lang), number(first["p50"], sheet.lang, decimals)
    return say("figure.curve_alt", sheet.lang, name=name, area=sheet.areas[area], start=start, **years, **texts)


def _limit(axes: Axes, rows: pd.DataFrame, lang: str, decimals: int) -> None:
    """Draw and name the limit; the name stands above the end from which the line falls away, or above the start."""
    known = rows.dropna(subset=["threshold"])
    if known.empty:
        return
    years, limits = known["list_year"].to_numpy(), known["threshold"].to_numpy()
    axes.step(years, limits, where="mid", color=COLOURS["limit"], lw=1.2, ls=(0, (5, 2)))
    shown = decimals if (limits % 1).any() else 0
    ends = dict.fromkeys(number(limits[at], lang, shown) for at in (0, -1))
    at, side = (-1, "right") if limits[-1] > limits[0] else (0, "left")
    place: dict[str, Any] = {"xytext": (0, 3), "textcoords": "offset points", "ha": side, "color": COLOURS["limit"], "fontsize": 7.5}
    axes.annotate(say("figure.limit", lang, value=" → ".join(ends)), (years[at], limits[at]), **place)


def _published(axes: Axes, points: pd.DataFrame, lang: str) -> None:
    """Mark published values and say so above the panel; hollow where boundary or definition differ from the model's."""
    key = []
    for comparable, face, mark in ((True, COLOURS["ink"], "published"), (False, "none", "published_other")):
        some = points[points["comparable"] == comparable]
        axes.scatter(some["list_year"], some["value"], s=22, facecolor=face, edgecolor=COLOURS["ink"], lw=1, zorder=5)
        key += [say(f"figure.{mark}", lang)] * (not some.empty)
    axes.text(1.0, 1.03, "   ".join(key), transform=axes.transAxes, fontsize=6.5, ha="right", va="bottom")


def _frame(axes: Axes, years: tuple[float, float], least: float, lang: str, decimals: int) -> None:
    low, high = axes.get_ylim()
    spare = max(0.0, least - (high - low)) / 2
    axes.set_ylim(max(0.0, low - spare), high + spare)
    axes.set_xlim(years[0] - 0.3, years[1] + 0.2)
    _years(axes, *years)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=decimals == 0))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, lang, decimals)))
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=COLOURS["rule"], lw=0.5)


def _years(axes: Axes, first: float, last: float) -> None:
    """Name every other year or so, the last one always."""
    gap = max(1, round((last - first) / 6))
    axes.set_xticks(sorted(range(int(last), int(first) - 1, -gap)))


def _end_label(axes: Axes, last: pd.Series, lang: str, decimals: int) -> None:
    text = number(last["p50"], lang, decimals)
    interval = f"{number(last['p10'], lang, decimals)}–{number(last['p90'], lang, decimals)}"
    at = (last["list_year"], last["p50"])
    free: dict[str, Any] = {"annotation_clip": False, "textcoords": "offset points", "color": COLOURS["line"]}
    axes.annotate(text, at, xytext=(6, 0), va="center", fontweight="bold", fontsize=9, **free)
    axes.annotate(interval, at, xytext=(6, -10), va="center", fontsize=6.5, **free)


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
    figure, axes = panel(say("figure.categories", lang), measure, sheet.foot("figure.foot_tenths"))
    base = np.zeros(len(shares))
    for name in shares.columns:
        height = 10 * shares[name].to_numpy()
        axes.bar(shares.index, height, 0.86, bottom=base, color=COLOURS[name], label=say(f"rank.{name}", lang))
        base += height
    axes.set_ylim(0, 10)
    axes.set_xlim(shares.index[0] - 0.6, shares.index[-1] + 0.6)
    _years(axes, shares.index[0], shares.index[-1])
    axes.set_position((0.07, 0.155, 0.9, 0.47))
    legend: dict[str, Any] = {"frameon": False, "fontsize": 7, "handlelength": 0.9, "columnspacing": 1.0, "handletextpad": 0.4}
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, borderpad=0, **legend)
    return _picture(figure, f"categories_{area}", "categories", area, categories_alt(shares, sheet, area=area))


def categories_alt(shares: pd.DataFrame, sheet: Sheet, *, area: str) -> str:
    """Return the categories of the last list as a sentence."""
    last = shares.iloc[-1]
    parts = [f"{say(f'rank.{name}', sheet.lang)} {number(10 * last[name], sheet.lang, 1)}" for name in shares.columns if last[name] > 0]
    return say("figure.categories_alt", sheet.lang, area=sheet.areas[area], year=int(shares.index[-1]), parts=", ".join(parts))


def demolition_pace(homes: pd.DataFrame, area: str) -> pd.DataFrame:
    """Return homes planned and homes demolished so far at the end of each year: planned, p10, p50, p90 over members."""
    rows = homes[(homes["area"] == area) & homes["change"].isin(["planned", "demolished"])]
    if rows.empty or not (rows.loc[rows["change"] == "planned", "dwellings"] > 0).any():
        return pd.DataFrame()
    member = rows.pivot_table(index=["draw", "replicate", "year"], columns="change", values="dwellings", aggfunc="sum", fill_value=0)
    so_far = member.reindex(columns=["planned", "demolished"], fill_value=0).groupby(level=[0, 1]).cumsum()
    done = so_far["demolished"].groupby(level="year")
    ends = {name: done.quantile(part) for name, part in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9))}
    return pd.DataFrame(ends).assign(planned=so_far["planned"].groupby(level="year").median())


def draw_demolition(pace: pd.DataFrame, sheet: Sheet, *, area: str) -> Picture:
    """Draw the homes demolished so far beside the scenario's own dates."""
    lang = sheet.lang
    figure, axes = panel(say("figure.demolition", lang), say("figure.demolition_measure", lang, area=sheet.areas[area]), sheet.foot())
    axes.fill_between(pace.index, pace["p10"], pace["p90"], color=COLOURS["band"], lw=0)
    axes.plot(pace.index, pace["p50"], color=COLOURS["line"], lw=2)
    axes.plot(pace.index, pace["planned"], color=COLOURS["ink"], lw=1.2, ls=(0, (1, 1.5)))
    _frame(axes, (pace.index[0], pace.index[-1]), 100.0, lang, 0)
    last = pace.reset_index().rename(columns={"year": "list_year"}).iloc[-1]
    _end_label(axes, last, lang, 0)
    _plan_label(axes, pace["planned"], say("figure.planned", lang))
    texts = {key: number(last[key], lang) for key in ("planned", "p10", "p50", "p90")}
    alt = say("figure.demolition_alt", lang, area=sheet.areas[area], year=int(pace.index[-1]), **texts)
    return _picture(figure, f"demolition_{area}", "demolition", area, alt)


def _plan_label(axes: Axes, planned: pd.Series, text: str) -> None:
    middle = planned.index[int(np.searchsorted(planned.to_numpy(), planned.iloc[-1] / 2))]
    place: dict[str, Any] = {"xytext": (-5, 3), "textcoords": "offset points", "ha": "right"}
    axes.annotate(text, (middle, planned[middle]), fontsize=7.5, **place)


def _picture(figure: Figure, name: str, group: str, area: str, alt: str) -> Picture:
    return Picture(name, group, area, alt, svg_of(figure, name, alt), png_of(figure))
