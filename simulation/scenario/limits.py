"""What a number of rates or of a place can be at all, by its unit; and that a list put in place of another has its form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from simulation.files import Problem
from simulation.scenario.nodes import Node, parse
from simulation.scenario.ranged import Ranged


@cache
def _limits() -> dict[str, tuple[float, float]]:
    """Return the lowest and the highest number by the first word of a unit; the reasons stand in the file."""
    root = parse(files(__package__).joinpath("limits.yaml").read_text(encoding="utf-8"), "limits.yaml", [])
    found: dict[str, tuple[float, float]] = root.plain() if root else {}
    return found


def out_of_limits(number: Ranged, node: Node, path: str) -> Iterator[Problem]:
    """Yield a problem where a number or an end of its range is not what its unit can be."""
    words = number.unit.split()
    limits = _limits().get(words[0].rstrip(";:,")) if words else None
    ends = [end for end in (number.low, number.value, number.high) if end is not None]
    if limits is not None and not limits[0] <= min(ends) <= max(ends) <= limits[1]:
        wrong = min(ends) if min(ends) < limits[0] else max(ends)
        yield node.problem(path, "out_of_range", given=wrong, allowed=f"{limits[0]:g} <= x <= {limits[1]:g}")


def other_unit(base: Node, over: Node, path: str) -> Iterator[Problem]:
    """Yield a problem where a number is put in place of one of another unit: nothing converts it."""
    known, said = base.child("unit"), over.child("unit")
    if known is not None and said is not None and said.value != known.value:
        yield said.problem(f"{path}.unit", "unit_differs", given=said.value, nearest=known.value)


def other_form(base: Node, over: Node, path: str) -> Iterator[Problem]:
    """Yield a problem where a list has another form than the one it stands for: as many entries, numbers no less than nothing."""
    if base.kind != "list" or over.kind != "list":
        return
    if _shape(base.plain()) != _shape(over.plain()):
        yield over.problem(path, "list_differs", given=over.plain(), count=len(base.value))
    elif min(_numbers(base.plain()), default=0) >= 0 > min(_numbers(over.plain()), default=0):
        yield over.problem(path, "out_of_range", given=min(_numbers(over.plain())), allowed="0 <= x")


def _shape(value: Any) -> Any:
    """Return how a list is built: its length and the kind of each entry."""
    if isinstance(value, tuple):
        return tuple(_shape(inner) for inner in value)
    return "number" if _is_number(value) else type(value).__name__


def _numbers(value: Any) -> list[float]:
    if isinstance(value, tuple):
        return [number for inner in value for number in _numbers(inner)]
    return [value] if _is_number(value) else []


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
