"""Every number of a scenario as a row: what it is, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from simulation.scenario.ranged import Ranged
from simulation.scenario.trees import part_name


@dataclass(frozen=True)
class Parameter:
    """A number with its range, unit and provenance. `basis`: sourced, derived, assumed, or choice (a scenario's own).

    A list of numbers that rests on one source is one parameter; its value is then their text.
    """

    path: str
    value: float | str
    low: float | None
    high: float | None
    unit: str
    basis: str
    source: str
    note: str
    drawn: bool
    fitted: bool

    def row(self) -> dict[str, object]:
        """Return the parameter as a row of a table."""
        return asdict(self)


@dataclass(frozen=True)
class _Said:
    """What the nearest mapping above says about the plain numbers below it."""

    basis: str = "choice"
    source: str = ""
    unit: str = ""

    def below(self, mapping: dict[str, Any]) -> _Said:
        if not mapping.get("basis"):
            return self
        return _Said(str(mapping["basis"]), str(mapping.get("source") or ""), str(mapping.get("unit") or ""))


def parameters(tree: dict[str, Any], fitted: set[str]) -> list[Parameter]:
    """Return the parameters of a tree in the order of the files; plain numbers take the basis of the mapping around them."""
    return list(_walk(tree, "", _Said(), fitted))


def _walk(tree: Any, path: str, said: _Said, fitted: set[str]) -> Iterator[Parameter]:
    if isinstance(tree, Ranged):
        yield _ranged(tree, path, said, path in fitted)
    elif isinstance(tree, dict):
        inside = said.below(tree)
        for name, inner in tree.items():
            yield from _walk(inner, f"{path}.{name}" if path else str(name), inside, fitted)
    elif isinstance(tree, tuple) and not all(_is_number(inner) for inner in tree):
        for number, inner in enumerate(tree):
            yield from _walk(inner, f"{path}.{part_name(inner, number)}", said, fitted)
    elif said.basis != "choice" and (_is_number(tree) or (isinstance(tree, tuple) and tree)):
        value = ", ".join(str(number) for number in tree) if isinstance(tree, tuple) else tree
        yield Parameter(path, value, None, None, said.unit, said.basis, said.source, "", False, False)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _ranged(number: Ranged, path: str, said: _Said, is_fitted: bool) -> Parameter:
    own = number.basis is not None
    return Parameter(
        path=path,
        value=number.value,
        low=number.low,
        high=number.high,
        unit=number.unit,
        basis=str(number.basis) if own else said.basis,
        source=number.source if own else said.source,
        note=number.note,
        drawn=number.drawn or is_fitted,
        fitted=is_fitted,
    )
