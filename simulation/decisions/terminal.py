"""A comparison on the terminal: the answer first, then each list area, what differs, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulation.decisions.cells import HEADS, cells, measure_name
from simulation.decisions.comparison import Comparison, Side
from simulation.decisions.differences import agreed
from simulation.decisions.lines import differing_lines
from simulation.decisions.outcomes import OFF, SHARE
from simulation.decisions.sentence import first_line, headline
from simulation.decisions.steps import steps_tables
from simulation.report.chances import short
from simulation.report.figures import CURVES
from simulation.report.listing import table
from simulation.words import UNKNOWN, percent, say

SHOWN = (*CURVES, *OFF, f"{SHARE}_since")
COLUMNS = ("base", "scenario", "difference", "persons", "agree", "verdict")
MOST_LINES = 12


def comparison_text(comparison: Comparison, lang: str) -> str:
    """Return a comparison as text."""
    parts = ["\n".join(first_line(comparison, side, lang) for side in comparison.others)]
    for side in comparison.others:
        parts += [_area(comparison, side, area, lang) for area in comparison.list_areas]
        parts += ["\n".join(_lines(comparison, side, lang)), _parts(comparison, side, lang)]
    return "\n\n".join([parts[0], *_steps(comparison, lang), *comparison.notes, *parts[1:], say("compare.terminal.foot", lang)])


def _steps(comparison: Comparison, lang: str) -> Iterator[str]:
    for item in steps_tables(comparison, lang):
        yield f"{item.caption}\n{table(item.heads, item.rows, right=(1, 2), tight=True)}"


def _parts(comparison: Comparison, side: Side, lang: str) -> str:
    share = percent(100 * headline(comparison, side)["draws_share"], lang, 0)
    return say("compare.terminal.unparted", lang) if share == UNKNOWN else say("compare.terminal.chance", lang, share=share)


def _area(comparison: Comparison, side: Side, area: str, lang: str) -> str:
    rows = comparison.rows(side, area, comparison.last_year)
    names = comparison.names(lang)
    goals = [name for name in rows if name.startswith("goal_")]
    differing = [name for name in (*SHOWN, *goals) if name in rows and rows[name]["agree"] > 0]
    body = [[measure_name(name, names, lang), *_narrow(rows[name], lang)] for name in differing]
    shown = {"area": comparison.areas[area], "other": side.title, "base": comparison.base.title}
    caption = say("compare.terminal.caption", lang, year=comparison.last_year, **shown)
    heads = [say(f"compare.short.{key}", lang) for key in ("measure", *COLUMNS)]
    told = table(heads, body, right=(1, 2, 3, 4, 5), tight=True) if body else say("compare.terminal.alike", lang)
    return f"{caption}\n{told}"


def _narrow(row: dict[str, Any], lang: str) -> list[str]:
    """Return the cells of a row, as narrow as they go."""
    told = dict(zip(HEADS[1:], cells(row, lang), strict=True))
    if row["unit"] == "probability":
        told |= {key: short(row[value], None, lang) for key, value in (("base", "base_value"), ("scenario", "scenario_value"))}
    told["agree"] = short(agreed(row["agree"]), None, lang)
    told["persons"] = told["persons"].split(" (")[0]
    return [told[key] for key in COLUMNS]


def _lines(comparison: Comparison, side: Side, lang: str) -> Iterator[str]:
    found = differing_lines(comparison.base.scenario, side.scenario, lang)
    if not found:
        yield say("compare.page.same", lang)
        return
    yield say("compare.terminal.lines", lang)
    for line in found[:MOST_LINES]:
        yield f"  {line.what or line.section}: {line.base} → {line.other}"
    if len(found) > MOST_LINES:
        yield "  " + say("compare.terminal.more", lang, count=len(found) - MOST_LINES)
