"""Draw how fast homes go and come: what is planned, and what is feasible."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.report.board import Board
from simulation.report.panels import Sheet, draw_band, label_end, picture_of
from simulation.report.scales import draw_scales, scales_of
from simulation.report.style import COLOURS, Picture
from simulation.words import number, say

HOMES_SPAN = 100.0  # the least height of the axis


def demolition_pace(homes: pd.DataFrame, area: str) -> pd.DataFrame:
    """Return homes planned and homes demolished so far at the end of each year: year, planned, mean, p10, p90 over members."""
    rows = homes[(homes["area"] == area) & homes["change"].isin(["planned", "demolished"])]
    if rows.empty or not (rows.loc[rows["change"] == "planned", "dwellings"] > 0).any():
        return pd.DataFrame()
    member = rows.pivot_table(index=["draw", "replicate", "year"], columns="change", values="dwellings", aggfunc="sum", fill_value=0)
    so_far = member.reindex(columns=["planned", "demolished"], fill_value=0).groupby(level=[0, 1]).cumsum()
    done = so_far["demolished"].groupby(level="year")
    found = {"mean": done.mean(), "p10": done.quantile(0.1), "p90": done.quantile(0.9)}
    return pd.DataFrame(found).assign(planned=so_far["planned"].groupby(level="year").median()).reset_index()


def building_pace(building: pd.DataFrame, area: str) -> pd.DataFrame:
    """Return homes planned and homes built so far at the end of each year: year, planned, mean, p10, p90 over members."""
    return building[building["area"] == area].reset_index(drop=True)


def draw_pace(pace: pd.DataFrame, sheet: Sheet, *, area: str, name: str) -> Picture:
    """Draw the homes that are gone, or that stand, so far, beside the scenario's own dates.

    The line is the mean, as in the tables: homes come and go in lots, between which a median jumps.
    """
    lang = sheet.lang
    board = Board(say(f"figure.{name}", lang), say(f"figure.{name}_measure", lang, area=sheet.areas[area]), sheet.foot())
    years = pace["year"].to_numpy(float)
    values = pace[["mean", "p10", "p90", "planned"]].to_numpy(float).ravel()
    scales = scales_of((years[0], years[-1]), values, HOMES_SPAN)
    draw_scales(board, scales, lang, 0)
    draw_band(board, pace, "year", "mean")
    planned = pace["planned"].to_numpy(float)
    board.line(board.place(years, planned), COLOURS["ink"], 1.2, (1, 1.5))
    middle = int(np.searchsorted(planned, 0.62 * planned[-1]))
    x, y = (float(part) for part in board.place(years[middle], planned[middle]))
    board.text(x - 0.018, y + 0.016, say("figure.planned", lang), 8, ha="right")
    label_end(board, pace.iloc[-1], "year", lang, 0, "mean")
    texts = {key: number(pace[key].iloc[-1], lang) for key in ("planned", "mean", "p10", "p90")}
    alt = say(f"figure.{name}_alt", lang, area=sheet.areas[area], year=int(years[-1]), **texts)
    return picture_of(board, f"{name}_{area}", name, area, alt)
