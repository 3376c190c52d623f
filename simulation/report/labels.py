"""Name the numbers of a scenario in words, from their paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulation.words import catalogue, say

PREFIX, NAMES = "path.", "name."
ANY = "*"


def labels_of(paths: Iterable[str], values: Any, lang: str) -> dict[str, str]:
    """Return a name for each path; a path that the catalogue does not know names itself.

    ``values``: those of the scenario, whose items bear names.
    """
    words = catalogue("parameter", lang)
    names = {key.removeprefix(NAMES): text for key, text in words.items() if key.startswith(NAMES)} | item_names(values, lang)
    patterns = {tuple(key.removeprefix(PREFIX).split(".")): text for key, text in words.items() if key.startswith(PREFIX)}
    return {path: _label(path, patterns, names) for path in paths}


def item_names(values: Any, lang: str) -> dict[str, str]:
    """Return the name of every item of a scenario that has one, by its id."""
    place = values["place"]
    names = {item["id"]: item["name"] for item in (*place["departments"], *place["areas"])} | landlords_of(place)
    names |= {item["id"]: _home(item, names, lang) for item in values["new_homes"]}
    return names | {item["id"]: title_of(item, lang) for item in values["measures"]}


def title_of(item: Any, lang: str) -> str:
    """Return the title of an item of a scenario; its id where its author gave it none."""
    return str(item["title"][lang]) if item["title"] else str(item["id"])


def landlords_of(place: Any) -> dict[str, str]:
    """Return the names of the landlords that have one beside their waiting list."""
    return {item["id"]: item["name"] for item in place.get("waiting_lists", ()) if item.get("name", "")}


def _home(item: Any, areas: Mapping[str, str], lang: str) -> str:
    told = {"tenure": say(f"scenario.tenure.{item['tenure']}", lang), "first": item["from"], "last": item["to"]}
    if item["replacement"]:
        return say("parameter.item_replacement", lang, area=areas.get(item["area"], item["area"]), **told)
    return say("parameter.item_home", lang, **told)


def _label(path: str, patterns: Mapping[tuple[str, ...], str], names: Mapping[str, str]) -> str:
    parts = path.split(".")
    for pattern, text in patterns.items():
        if len(pattern) == len(parts) and all(known in (ANY, part) for known, part in zip(pattern, parts, strict=True)):
            free = [names.get(part, part) for known, part in zip(pattern, parts, strict=True) if known == ANY]
            return text.format_map(dict(zip(("item", "part"), free, strict=False)))
    return path
