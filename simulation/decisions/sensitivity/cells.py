"""The tables of a study's page: what moves a criterion, the lists and goals, what is worth knowing, the rules, and chance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from simulation.decisions.quantities import KEYS, Quantity
from simulation.decisions.sensitivity.designs import MORRIS, ONE, SOBOL
from simulation.decisions.sensitivity.discovery import ALWAYS, FOUND, NEVER, NO_RULE
from simulation.decisions.sensitivity.found import Found
from simulation.decisions.sensitivity.text import HEADS, cells
from simulation.report.assumptions import plain
from simulation.report.cells import Table
from simulation.report.chances import futures, signed
from simulation.words import UNKNOWN, number, percent, say

ROWS = 12
MOST_WORTH = 10


def movers_table(found: Found, quantity: Quantity) -> Table:
    """Return the numbers that move one answer most, with their range and what they rest on."""
    lang, method = found.names.lang, found.study.asked.method
    first = {SOBOL: ["first"], ONE: ["low_end", "high_end"], MORRIS: []}[method]
    keys = ["parameter", "basis", "range", *first, f"size_{method}", *(["direction"] if method != SOBOL else [])]
    frame = found.tables["indices"]
    same = (frame["area"] == quantity.area) & (frame["list_year"] == quantity.list_year) & (frame["quantity"] == quantity.name)
    detail = frame[same].to_dict("records")
    body = [_mover(found, row, detail) for row in found.of(quantity).head(ROWS).to_dict("records")]
    told = {"criterion": found.names.quantity(quantity.name), "area": found.names.area(quantity.area), "year": quantity.list_year}
    unit = say("sensitivity.unit", lang) if method != SOBOL else "%"
    caption = say("sensitivity.page.caption", lang, unit=unit, **told)
    return Table([say(f"sensitivity.head.{key}", lang) for key in keys], body, caption, texts=(0, 1, 2))


def _mover(found: Found, row: dict[Any, Any], detail: list[dict[Any, Any]]) -> list[str]:
    lang, method, path = found.names.lang, found.study.asked.method, str(row["parameter"])
    factor = next(each for each in found.study.factors if each.path == path)
    between = f"{plain(factor.low, lang)} – {plain(factor.high, lang)}"
    told = [found.names.number(path), say(f"report.basis.{found.basis(path)}", lang), between]
    if method == SOBOL:
        own = next(one for one in detail if (one["parameter"], one["index"]) == (path, "S1"))
        return [*told, *(_interval(100 * one["value"], 100 * one["low"], 100 * one["high"], lang, 0) for one in (own, row))]
    rising = say(f"sensitivity.direction.{'up' if row['sign'] > 0 else 'down' if row['sign'] < 0 else 'none'}", lang)
    if method == ONE:
        ends = [signed(float(row[end]), lang, 2) for end in ("low", "high")]
        return [*told, *ends, number(row["value"], lang, 2), rising]
    return [*told, _interval(row["value"], row["low"], row["high"], lang, 2), rising]


def _interval(value: float, low: float, high: float, lang: str, decimals: int) -> str:
    ends = "" if not np.isfinite(low) else f" ({number(low, lang, decimals)}–{number(high, lang, decimals)})"
    return number(value, lang, decimals) + ends


def lists_table(found: Found) -> Table:
    """Return the lists and goals: how likely, how much chance, what moves them."""
    lang = found.names.lang
    body = [cells(found, each, lang) for each in found.study.quantities if each.yes_no]
    heads = [say(f"sensitivity.head.{key}", lang) for key in ("what", "probability", *HEADS[2:])]
    return Table(heads, body, say("sensitivity.page.lists_caption", lang), texts=(0, 3))


def worth_tables(found: Found) -> Iterator[Table]:
    """Yield what better data would be worth: for the criteria, then for the yes-or-no answers; only what stands out from chance."""
    lang, frame = found.names.lang, found.tables["worth"]
    kept = frame[frame["beyond_chance"]]
    rows = kept[kept["wrong_now"].isna()].sort_values("variance_saved", ascending=False).head(MOST_WORTH)
    body = [[*_named(found, row), percent(100 * row["variance_saved"], lang, 0)] for row in rows.to_dict("records")]
    if body:
        yield Table(_heads(("parameter", "basis", "what", "variance"), lang), body, say("sensitivity.page.worth_caption", lang), (0, 1, 2))
    rows = kept[kept["wrong_saved"] > 0].sort_values("wrong_saved", ascending=False).head(MOST_WORTH)
    body = [
        [*_named(found, row), number(100 * row["wrong_now"], lang), number(100 * row["wrong_saved"], lang, 1)]
        for row in rows.to_dict("records")
    ]
    if body:
        yield Table(_heads(("parameter", "basis", "what", "now", "saved"), lang), body, say("sensitivity.page.worth_yes", lang), (0, 1, 2))


def _named(found: Found, row: dict[Any, Any]) -> list[str]:
    path = str(row["parameter"])
    what = found.names.where(found.names.quantity(row["quantity"]), row["area"], row["list_year"])
    return [found.names.number(path), say(f"report.basis.{found.basis(path)}", found.names.lang), what]


def _heads(keys: tuple[str, ...], lang: str) -> list[str]:
    return [say(f"sensitivity.head.{key}", lang) for key in keys]


def rules_table(found: Found) -> Table | None:
    """Return the rules that hold in futures they were not found in; None where there is none."""
    lang, frame = found.names.lang, found.tables["rules"]
    body = []
    for _, rows in frame[frame["outcome"] == FOUND].groupby([*KEYS, "rule"], sort=False):
        told = rows.to_dict("records")
        row = told[0]
        shares = [futures(row["share"], None, lang), percent(100 * row["coverage"], lang, 0), percent(100 * row["density"], lang, 0)]
        body.append([_event(found, row), say("sensitivity.and", lang).join(_condition(found, one) for one in told), *shares])
    heads = _heads(("event", "rule", "share", "coverage", "density"), lang)
    return Table(heads, body, texts=(0, 1)) if body else None


def _event(found: Found, row: dict[Any, Any]) -> str:
    return found.names.where(found.names.missed(row["quantity"]), row["area"], row["list_year"])


def _condition(found: Found, row: dict[Any, Any]) -> str:
    key = "above" if row["above"] else "below"
    border = number(row["border"], found.names.lang, 0 if abs(row["border"]) >= 100 else 1 if abs(row["border"]) >= 10 else 2)
    return say(f"sensitivity.{key}", found.names.lang, name=found.names.number(row["parameter"]), border=border)


def rules_lines(found: Found) -> Iterator[str]:
    """Yield which events have no rule, and which happen always or never."""
    frame, lang = found.tables["rules"], found.names.lang
    for outcome, key in ((NO_RULE, "rules_none"), (ALWAYS, "rules_always"), (NEVER, "rules_never")):
        rows = frame[frame["outcome"] == outcome].to_dict("records")
        if rows:
            yield say(f"sensitivity.page.{key}", lang, events="; ".join(_event(found, row) for row in rows))


def chance_table(found: Found) -> Table:
    """Return how much of each answer's spread is chance, and whether Sobol's indices and chance add up."""
    lang, adds = found.names.lang, "adds_up" in found.tables["chance"].columns
    keys = ("what", "mean", "sd", "chance", *(("sum_first", "sum_total", "adds_up") if adds else ()))
    body = []
    for row in found.tables["chance"].to_dict("records"):
        what = found.names.where(found.names.quantity(row["quantity"]), row["area"], row["list_year"])
        told = [number(row["mean"], lang, 2), number(row["sd_one_future"], lang, 2), percent(100 * row["chance_part"], lang, 0)]
        body.append([what, *told, *(_sums(row, lang) if adds else [])])
    return Table(_heads(keys, lang), body, say("sensitivity.page.chance_caption", lang))


def _sums(row: dict[Any, Any], lang: str) -> list[str]:
    if not np.isfinite(row["ST_sum"]):
        return [UNKNOWN] * 3
    sums = [f"{number(row[f'{name}_sum'] + row['chance'], lang, 2)} ± {number(row[f'{name}_half'], lang, 2)}" for name in ("S1", "ST")]
    return [*sums, say(f"cli.share.{'yes' if row['adds_up'] else 'no'}", lang)]
