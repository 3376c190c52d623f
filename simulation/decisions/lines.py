"""The lines of a scenario that differ from its base: what it does otherwise, in words, and the numbers that no such line tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simulation.report.assumptions import plain as plain_number
from simulation.report.labels import labels_of
from simulation.scenario import Happening, Scenario, describe, section_name
from simulation.scenario.resolved import plain
from simulation.words import UNKNOWN, say

UNTOLD = ("title", "description", "output")
RESTS = ("source", "basis", "note", "unit")  # what a number rests on: another source alone changes nothing
# What the line of an item says in words; all else of it is told as a number of its own.
DATES = ("from", "to", "not_before", "years_left", "delay_years")
SAID = (*DATES, "dwellings", "count", "m2", "tenure", "use", "households_per_year", "capacity", "effect", "funded")
YEARS = ("from", "to", "list_year", "first_year", "last_year", "not_before", "until")
PACE = ("rehousing.pace.", "rehousing.")  # in words an item of the pace is one of the rehousing
PLACE = ("place_values.", "place.")  # where a scenario keeps what it says instead of the place, and how its parameters are named


@dataclass(frozen=True)
class Line:
    """What differs: where, what it concerns, and what each side has; a dash where it has nothing."""

    section: str
    what: str
    base: str
    other: str


def differing_lines(base: Scenario, other: Scenario, lang: str) -> list[Line]:
    """Return every line in which two scenarios differ, in the order of the sections."""
    ours, theirs = ({(h.section, h.item): h for h in describe(scenario, lang)} for scenario in (base, other))
    told = [key for key in dict.fromkeys([*ours, *theirs]) if _text(ours.get(key)) != _text(theirs.get(key))]
    lines = [Line(section_name(key[0], lang), "", _text(ours.get(key)), _text(theirs.get(key))) for key in told]
    return [*lines, *_numbers(base, other, told, lang)]


def _text(found: Happening | None) -> str:
    if found is None:
        return UNKNOWN
    years = str(found.first) if found.first == found.last else f"{found.first}\N{EN DASH}{found.last}"
    return f"{years}: {found.text}"


def _numbers(base: Scenario, other: Scenario, told: Sequence[tuple[str, str]], lang: str) -> Iterator[Line]:
    """Yield what differs and belongs to no line: rates, places, paths of the city, and what of an item its line does not say."""
    ours, theirs = (dict(_leaves(plain(scenario.sections))) for scenario in (base, other))
    paths = [path for path in dict.fromkeys([*ours, *theirs]) if ours.get(path) != theirs.get(path)]
    items = [key for key in told if not all(any(path.replace(*PACE).startswith(".".join(key)) for path in side) for side in (ours, theirs))]
    kept = [path for path in paths if path.split(".")[0] not in UNTOLD and not _is_said(path, told, items)]
    named = {path: path.replace(*PLACE) if path.startswith(PLACE[0]) else path for path in kept}
    labels = labels_of(named.values(), other.values(0, None), lang)
    for path in kept:
        sides = (_shown(side.get(path), path, lang) for side in (ours, theirs))
        yield Line("", labels[named[path]], *sides)


def _is_said(path: str, told: Sequence[tuple[str, str]], items: Sequence[tuple[str, str]]) -> bool:
    """Return whether a line in words says this already: of an item that one side lacks (``items``) it says all."""
    section, item, *rest = [*path.replace(*PACE).split("."), ""][:3]
    return (section, item) in items or ((section, item) in told and (not any(rest) or rest[0] in SAID))


def _leaves(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the leaves of a scenario by path; a number with its range is one, without what it rests on."""
    if isinstance(tree, dict) and "value" in tree:
        yield path, {name: inner for name, inner in tree.items() if name not in RESTS}
    elif isinstance(tree, dict):
        for name, inner in tree.items():
            if name not in RESTS:
                yield from _leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(tree, list) and tree and all(isinstance(inner, dict) and "id" in inner for inner in tree):
        for inner in tree:
            yield from _leaves({key: value for key, value in inner.items() if key != "id"}, f"{path}.{inner['id']}")
    elif isinstance(tree, (int, float)) and not isinstance(tree, bool):
        yield path, {"value": tree}
    elif tree not in ([], None):
        yield path, tree


def _shown(value: Any, path: str, lang: str) -> str:
    if value is None:
        return UNKNOWN
    if not isinstance(value, dict) or "value" not in value:
        return str(value)
    if path.split(".")[-1] in YEARS:
        return str(round(value["value"]))
    text = plain_number(value["value"], lang)
    ends = [plain_number(value[end], lang) for end in ("low", "high") if end in value]
    return say("scenario.range", lang, value=text, low=ends[0], high=ends[1]) if len(ends) > 1 else text
