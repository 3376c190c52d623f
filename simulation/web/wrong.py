"""What is wrong with a changed scenario, in the words of its fields: what was typed, and in the unit in which it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from simulation.files import Problem
from simulation.web.changing import Changes, typed
from simulation.web.levers import Lever

_BOUNDS = re.compile(r"(?P<least>\S+) <= x(?: <= (?P<most>\S+))?")
SHOWN = 20  # signs of what was typed


def at_fields(problems: Iterable[Problem], changes: Changes, levers: Mapping[str, Lever]) -> list[Problem]:
    """Return the problems, those of a field that was changed in its own words and once for each such field."""
    found: list[Problem] = []
    for problem in problems:
        path = next((path for path in changes if problem.key == path or problem.key.startswith(f"{path}.")), None)
        told = problem if path is None else _told(problem, path, changes[path], levers[path].kind)
        if told not in found:
            found.append(told)
    return found


def _told(problem: Problem, path: str, text: str | bool, kind: str) -> Problem:
    value, given = typed(text, kind), str(text).strip()[:SHOWN]
    if isinstance(value, str) and kind != "switch":
        return Problem(key=path, code=f"web_no_{kind}" if value else "web_empty", values={"given": given})
    bounds = _BOUNDS.fullmatch(str(problem.values.get("allowed", "")))
    if problem.code != "out_of_range" or bounds is None:
        return replace(problem, key=path)
    if kind == "percent":
        return Problem(key=path, code="web_percent", values={"given": given})
    code = "web_least" if bounds["most"] is None else "web_between"
    return Problem(key=path, code=code, values={"given": given, **{name: end for name, end in bounds.groupdict().items() if end}})
