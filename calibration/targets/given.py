"""Values that a user gives beside those that ship: rows of the place's own areas."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.files import InputErrors, Problem
from simulation.law.published import Row, read_published

if TYPE_CHECKING:
    from simulation.scenario import Scenario

AREA = "area"
ALIKE = 0.75  # how alike a name must be to one of the place to be taken for a slip of it, and not for an area elsewhere


def rows_given(path: Path, scenario: Scenario) -> tuple[Row, ...]:
    """Read the rows of a file that are of the scenario's place, its areas named as it names them; other areas are left aside.

    Raise InputErrors with all that is wrong: a name that is nearly one of the place's, or no row of the place at all.
    """
    names = {area["name"]: area["id"] for area in scenario.tree["place"]["areas"] if area["list_area"]}
    known = {form.casefold(): name for name, slug in names.items() for form in (name, slug)}
    rows = read_published(path, beyond=True)
    own = tuple(replace(row, area=known[row.area.casefold()]) for row in rows if row.area.casefold() in known)
    near = [(row, get_close_matches(row.area.casefold(), known, 1, ALIKE)) for row in rows if row.area.casefold() not in known]
    problems = [_unknown(path, row, tuple(names), known[found[0]]) for row, found in near if found]
    if not own and not problems:
        problems = [Problem(str(path), 0, 0, AREA, "no_row_of_place", {"allowed": list(names)})]
    if problems:
        raise InputErrors(problems)
    return own


def _unknown(path: Path, row: Row, names: tuple[str, ...], nearest: str) -> Problem:
    return Problem(str(path), row.line, 0, AREA, "no_such_area", {"given": row.area, "allowed": list(names), "nearest": nearest})
