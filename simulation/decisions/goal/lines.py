"""A goal-seek told: what the lever would have to be, for how sure; what it does at all; and the values tried."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.decisions.goal.found import Sought, ends_of
from simulation.decisions.goal.levers import LEVERS
from simulation.decisions.goal.points import Point
from simulation.decisions.goal.search import ALWAYS, FOUND, NEVER, Answer
from simulation.decisions.reach import CRITERIA, last_start
from simulation.report.cells import Table
from simulation.report.chances import FEW, futures
from simulation.report.listing import table
from simulation.words import UNKNOWN, number, percent, say

HALF, LEAST = 0.5, 0.01  # parts of futures; of what a list counts, any at all
FEW_SIGNS = 3  # of a number that is no count
DECIMALS = {"convicted": 2}


def first_lines(found: Sought, lang: str) -> list[str]:
    """Return the sentences that answer first."""
    few = [say("goal.few", lang, futures=found.futures)] if found.futures < FEW else []
    return [*(_answer(found, answer, lang) for answer in told_answers(found)), *few, *_stands(found, lang), *_notes(found, lang)]


def told_answers(found: Sought) -> list[Answer]:
    """Return the answers that say something of their own: what always holds, holds less surely too; what never does, never surer."""
    kinds = {answer.kind for answer in found.answers}
    return list(found.answers[-1:] if kinds == {ALWAYS} else found.answers[:1] if kinds == {NEVER} else found.answers)


def amount(found: Sought, value: float, lang: str) -> str:
    """Return a value of the lever: homes and places as numbers, shares and effects in per cent."""
    if found.lever.whole:
        return number(value, lang)
    unit = found.lever.unit
    if unit.startswith(("share", "relative")):
        return percent(100 * value, lang, 0 if abs(100 * value) >= 10 or value == 0 else 1)
    decimals = max(0, FEW_SIGNS - 1 - int(np.floor(np.log10(abs(value))))) if value else 0
    return number(value, lang, min(decimals, FEW_SIGNS))


def lever_name(found: Sought, lang: str) -> str:
    """Return what the lever is called."""
    name = found.lever.name
    return say(f"goal.lever.{name}", lang, area=found.names.area(found.goal.area)) if name in LEVERS else found.names.number(name)


def goal_name(found: Sought, lang: str) -> str:
    """Return what is to be kept, with area and list."""
    told = {"area": found.names.area(found.goal.area), "year": found.goal.list_year}
    if not found.goal.measured:
        return say("goal.lists", lang, **told)
    return say("goal.criterion", lang, criterion=found.names.quantity(found.goal.quantity), **told)


def sure_of(answer: Answer, lang: str) -> str:
    """Return how sure: half of the futures, or so many of ten."""
    return (
        say("goal.half", lang) if answer.sure == HALF else say("goal.tenths", lang, tenths=number(10 * answer.sure, lang, _tenth(answer)))
    )


def _tenth(answer: Answer) -> int:
    return 0 if float(10 * answer.sure).is_integer() else 1


def _answer(found: Sought, answer: Answer, lang: str) -> str:
    lever = found.lever
    told = {"goal": goal_name(found, lang), "lever": lever_name(found, lang), "sure": sure_of(answer, lang)}
    told |= {"now": amount(found, lever.now, lang), "value": amount(found, answer.value, lang)}
    told |= {"low": amount(found, lever.low, lang), "high": amount(found, lever.high, lang)}
    told |= {"kept": futures(answer.kept, found.futures, lang)}
    if answer.kind == FOUND:
        told["missed"] = amount(found, answer.missed or 0.0, lang)
        end = say(f"goal.{'least' if answer.upwards else 'most'}", lang, value=told["value"])
        return say(f"goal.answer.{'holds' if answer.now else 'found'}", lang, end=end, **told)
    if answer.kind == ALWAYS:
        return say("goal.answer.always", lang, **told)
    best = next(point for point in found.points if point.value == answer.value)
    if found.moves == "nothing":
        return say("goal.answer.nothing", lang, **told)
    short = say("goal.short", lang, count=_short(found, best, lang)) if found.goal.measured else ""
    return say("goal.answer.never", lang, short=short, **told)


def _short(found: Sought, point: Point, lang: str) -> str:
    unit = say(f"goal.unit.{found.goal.criterion}", lang)
    return say("goal.count", lang, count=number(max(ends_of(point.short)[1], 0.0), lang), unit=unit)


def _stands(found: Sought, lang: str) -> Iterator[str]:
    point, value = found.now, amount(found, found.lever.now, lang)
    kept = futures(float(point.kept.mean()), found.futures, lang)
    if not found.goal.measured:
        yield say("goal.stands_lists", lang, value=value, kept=kept)
        return
    low, middle, high = (number(end, lang, _decimals(found)) for end in ends_of(point.level))
    told = {"low": low, "middle": middle, "high": high, "limit": number(ends_of(point.limit)[1], lang, _decimals(found))}
    yield say("goal.stands", lang, value=value, kept=kept, **told)
    sure = found.answers[-1].sure
    middle_short, sure_short = (float(np.quantile(point.short, level)) for level in (HALF, sure))
    if max(middle_short, sure_short) > 0:
        unit = say(f"goal.unit.{found.goal.criterion}", lang)
        told = {"middle": number(max(middle_short, 0), lang), "sure_short": number(max(sure_short, 0), lang), "unit": unit}
        yield say("goal.beyond", lang, sure=sure_of(found.answers[-1], lang), **told)


def _notes(found: Sought, lang: str) -> Iterator[str]:
    told = {"lever": lever_name(found, lang), "low": amount(found, found.lever.low, lang), "high": amount(found, found.lever.high, lang)}
    if found.moves in ("nothing", "chance"):
        yield say(f"goal.moves.{found.moves}", lang, **told)
    if any(answer.turns > 1 for answer in found.answers):
        yield say("goal.turns", lang, **told)
    if found.lever.since is not None:
        yield say("goal.since", lang, year=found.lever.since, **told)
    yield from _deadline(found, lang)
    if found.lever.name in LEVERS:
        yield say(f"goal.about.{found.lever.name}", lang)


def _deadline(found: Sought, lang: str) -> Iterator[str]:
    """Yield by when a measure must begin to be counted on the list, for the criteria that a measure acts on."""
    goal, after = found.goal, found.scenario.sections.law.after_last_list
    if goal.quantity not in CRITERIA:
        return
    whole, part = (last_start(goal.quantity, goal.list_year, least, after) for least in (1.0, LEAST))
    told = {"year": goal.list_year, "criterion": found.names.quantity(goal.quantity), "whole": whole, "part": part}
    yield say(f"reach.deadline.{'both' if part != whole else 'whole'}", lang, **told)


def _decimals(found: Sought) -> int:
    return DECIMALS.get(found.goal.quantity, 1)


def points_table(found: Sought, lang: str) -> Table:
    """Return the values tried, and what each leads to."""
    heads = ["lever", "level", "limit", "short", "kept"] if found.goal.measured else ["lever", "kept"]
    unit = say(f"goal.unit.{found.goal.criterion}", lang)
    caption = say("goal.caption", lang, goal=goal_name(found, lang), lever=lever_name(found, lang))
    return Table([say(f"goal.head.{key}", lang, unit=unit) for key in heads], [_row(found, point, lang) for point in found.points], caption)


def _row(found: Sought, point: Point, lang: str) -> list[str]:
    mark = say("goal.here", lang) if point.value == found.lever.now else ""
    kept = futures(float(point.kept.mean()), found.futures, lang)
    if not found.goal.measured:
        return [f"{amount(found, point.value, lang)}{mark}", kept]
    low, middle, high = (number(end, lang, _decimals(found)) for end in ends_of(point.level))
    between = say("goal.between", lang, low=low, middle=middle, high=high)
    short = ends_of(point.short)[1]
    limit = number(ends_of(point.limit)[1], lang, _decimals(found))
    return [f"{amount(found, point.value, lang)}{mark}", between, limit, number(short, lang) if np.isfinite(short) else UNKNOWN, kept]


def goal_text(found: Sought, lang: str) -> str:
    """Return a goal-seek for a terminal: the answer first, then the values tried."""
    shown = points_table(found, lang)
    lines = first_lines(found, lang)
    head = [lines[0], *(f"* {line}" for line in lines[1:])]
    return "\n".join([*head, "", shown.caption, table(shown.heads, shown.rows, right=range(len(shown.heads)))])
