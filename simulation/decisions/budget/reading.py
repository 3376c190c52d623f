"""The workbook of the negotiation read back: what it changes in the scenario, and what it asks of a package. Every error at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulation.decisions.budget.cells import Line, Page, read_pages
from simulation.decisions.budget.sheets import OWN, label, wishes_of
from simulation.decisions.budget.table import COMMON, GOALS, ORIGIN, Aim, Frame, Table, Wish, budget_years
from simulation.files import InputErrors, Problem
from simulation.scenario import Scenario, load
from simulation.scenario.items import Measure
from simulation.scenario.merging import nearest
from simulation.words import catalogue, languages

LEAST, MOST = -1.0, 2.0  # of a relative change: nobody left, three times as many


def plain_table(scenario: Scenario, first_budget_year: int | None = None) -> Table:
    """Return what is asked where no workbook is: fewer outside the labour market on the last list."""
    years = budget_years(scenario.last_year, first_budget_year)
    levels = {measure.cost.price_level for measure in scenario.sections.measures if measure.cost}
    level = levels.pop() if len(levels) == 1 else years[0]
    return Table(years, level, (Aim(GOALS[0], scenario.last_year),), wishes_of(scenario))


def read_table(path: Path, name: str, overrides: Sequence[str]) -> tuple[Scenario, Table]:
    """Return a scenario as the workbook changes it, and the rest of what the workbook says. Raise InputErrors."""
    scenario, problems = load(name, overrides), list[Problem]()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputErrors([Problem(str(path), 0, 0, "--table", "not_readable", {"told": error.strerror})]) from None
    pages = read_pages(content, path.name, problems)
    table = _table(pages, scenario, problems) if {"measures", "frames"} <= pages.keys() else plain_table(scenario)
    changed = _changed(name, overrides, table, problems)
    if problems or changed is None:
        raise InputErrors(problems)
    return changed, table


def _changed(name: str, overrides: Sequence[str], table: Table, problems: list[Problem]) -> Scenario | None:
    """Load the scenario with the workbook's changes; what the schema says against one is told of its cell."""
    places = {f"--set {number}": place for number, (place, _) in enumerate(table.said, start=len(overrides) + 1)}
    try:
        return load(name, [*overrides, *(text for _, text in table.said)])
    except InputErrors as errors:
        problems += [replace(problem, file=places.get(problem.file, problem.file)) for problem in errors.problems]
    return None


def _table(pages: dict[str, Page], scenario: Scenario, problems: list[Problem]) -> Table:
    measures, lines = {measure.id: measure for measure in scenario.sections.measures}, dict[str, Line]()
    years, level = _years(pages, scenario, problems)
    for line in pages["measures"].lines:
        _known(line, measures, lines)
    frames = tuple(_frames(pages["frames"].lines, years))
    payers = [frame.committee for frame in frames if frame.committee]
    wishes, said = wishes_of(scenario), list[tuple[str, str]]()
    for name, line in lines.items():
        wishes[name] = _wish(line, measures)
        _check_standing(line, measures[name], years[0])
        said += _said(line, measures[name], years, level, payers)
    effects = {name: list(_effects(line, measures[name])) for name, line in _effect_lines(pages, measures)}
    said += [each for found in effects.values() for each in found]
    aims = tuple(_aims(pages, scenario))
    given = frames if any(amount for frame in frames for amount in frame.thousand_dkk) else ()
    own = frozenset(name for name, found in effects.items() if found)
    return Table(years, level, aims or plain_table(scenario).aims, wishes, given, said=tuple(said), own_effects=own)


def _known(line: Line, measures: dict[str, Measure], lines: dict[str, Line]) -> None:
    name = line.text("id")
    if name in lines:
        line.wrong("id", "duplicate_id", first_line=lines[name].place.rpartition("!A")[2])
    elif name in measures:
        lines[name] = line
    else:
        line.wrong("id", "unknown_measure", given=name, nearest=nearest(name, measures))


def _years(pages: dict[str, Page], scenario: Scenario, problems: list[Problem]) -> tuple[tuple[int, ...], int]:
    page, plain = pages["measures"], plain_table(scenario)
    if not page.years:
        problems.append(Problem(f"{page.place}!A1", 0, 0, "", "budget_no_years"))
        return plain.years, plain.price_level
    if set(pages["frames"].years) != set(page.years):
        told = {"given": _listed(pages["frames"].years), "allowed": _listed(page.years)}
        problems.append(Problem(f"{pages['frames'].place}!A1", 0, 0, "", "budget_years_differ", told))
    levels = {level for one in (page, pages["frames"]) for level in one.years.values() if level is not None}
    if len(levels) > 1:
        problems.append(Problem(f"{page.place}!A1", 0, 0, "", "budget_price_levels", {"given": _listed(levels)}))
    return tuple(sorted(page.years)), max(levels, default=min(page.years))


def _listed(years: Iterable[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))


def _wish(line: Line, measures: dict[str, Measure]) -> Wish:
    wish = Wish(
        must=line.yes("must"),
        excluded=line.yes("excluded"),
        needs=line.names("needs", measures),
        not_with=line.names("not_with", measures),
        kind=line.word("kind", "kind"),
        saved=line.number("saved"),
    )
    if wish.must and wish.excluded:
        line.wrong("excluded", "budget_must_and_not")
    return wish


def _check_standing(line: Line, measure: Measure, first: int) -> None:
    """Tell what a decided measure cannot be, and that an undecided one cannot have begun before anybody pays for it."""
    decided = line.yes("decided") if line.told("decided") else measure.decided
    if decided and line.yes("excluded"):
        line.wrong("excluded", "budget_decided_excluded")
    begins = line.whole("from") if line.told("from") else measure.from_
    if not decided and begins is not None and begins < first:
        line.wrong("from", "budget_begins_before", given=begins, first=first)


def _said(line: Line, measure: Measure, years: tuple[int, ...], level: int, payers: list[str]) -> list[tuple[str, str]]:
    """Return how the line changes the scenario, each change with its place."""
    said, basis = [], {"basis": "assumed", "source": line.text("source") or OWN}
    if line.told("decided") and line.yes("decided") != measure.decided:
        said.append(_set(line, "decided", measure, "decided", line.yes("decided")))
    first, places = line.whole("from"), line.whole("places", 0)
    if first is not None and first != measure.from_:
        said.append(_set(line, "from", measure, "from", first))
    if places is not None and places != measure.capacity.value:
        said.append(_set(line, "places", measure, "capacity", {"value": places, **basis}))
    payer = line.text("payer")
    if payer and payer.lower() in _common():
        payer = COMMON
    elif payer and payer not in payers:
        line.wrong("payer", "budget_payer", given=payer, allowed=payers, nearest=nearest(payer, payers))
    costs = {str(year): amount for year in years if (amount := line.number(str(year), 0)) is not None}
    if costs:
        unit = {"unit": f"1,000 kr. in {level} prices", **basis}
        told = {"payer": payer, "price_level": level, "thousand_dkk": {year: {"value": cost, **unit} for year, cost in costs.items()}}
        said.append(_set(line, next(iter(costs)), measure, "cost", told))
    return said


def _set(line: Line, column: str, measure: Measure, key: str, value: Any) -> tuple[str, str]:
    return line.cells[column].place, f"measures.{measure.id}.{key}={json.dumps(value, ensure_ascii=False)}"


def _common() -> list[str]:
    return [label("sheet", "common", lang).lower() for lang in languages()]


def _frames(lines: Iterable[Line], years: tuple[int, ...]) -> Iterable[Frame]:
    seen: dict[str, Line] = {}
    for line in lines:
        name = line.text("payer")
        amounts = tuple(line.number(str(year), 0) or 0.0 for year in years)
        if name.lower() in seen:
            line.wrong("payer", "duplicate_id", first_line=seen[name.lower()].place.rpartition("!A")[2])
        seen[name.lower()] = line
        yield Frame(COMMON if name.lower() in _common() else name, amounts, line.yes("movable"))


def _effect_lines(pages: dict[str, Page], measures: dict[str, Measure]) -> Iterable[tuple[str, Line]]:
    lines: dict[str, Line] = {}
    for line in pages["effects"].lines if "effects" in pages else ():
        _known(line, measures, lines)
    return lines.items()


def _effects(line: Line, measure: Measure) -> Iterable[tuple[str, str]]:
    """Return the effect that the users state themselves, where it is another than the catalogue's."""
    said = {column: line.number(column, LEAST, MOST) for column in ("effect", "low", "high")}
    grade, effect = line.word("grade", "grade") or measure.grade, measure.effect
    told = (said["effect"], said["low"], said["high"], grade)
    if said["effect"] is None or told == (effect.value, effect.low, effect.high, measure.grade):
        return
    if measure.acts_on == "none":
        line.wrong("effect", "budget_acts_on_nothing")
    elif said["low"] is None or said["high"] is None:
        line.wrong("low", "budget_effect_range")
    elif not line.told("source") or line.text("source") == effect.source:
        line.wrong("source", "budget_effect_source")
    else:
        number = {"value": said["effect"], "low": said["low"], "high": said["high"], "basis": "assumed", "source": line.text("source")}
        # The grade first: an effect without evidence is refused.
        both = {"grade": grade, "effect": number}
        yield line.cells["effect"].place, f"measures.{measure.id}={json.dumps(both, ensure_ascii=False)}"


def _aims(pages: dict[str, Page], scenario: Scenario) -> Iterable[Aim]:
    for line in pages["goals"].lines if "goals" in pages else ():
        if _is_origin(line.text("goal")):
            line.wrong("goal", "budget_origin")
            continue
        name, year = line.word("goal", "goal"), line.whole("list_year", scenario.first_year, scenario.last_year)
        weight = line.number("weight", 0)
        if name and year is not None:
            yield Aim(name, year, 1.0 if weight is None else weight)
        elif not name and not line.told("goal"):
            line.wrong("goal", "missing")


def _is_origin(text: str) -> bool:
    return text.lower() in [ORIGIN, *(catalogue("indicator", lang)[ORIGIN].lower() for lang in languages())]
