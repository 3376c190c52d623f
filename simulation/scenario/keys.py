"""The keys of a scenario as a workbook labels them: in the words of both languages, and what kind of value stands under each."""

from __future__ import annotations

from functools import cache
from typing import Any, get_origin

from pydantic import BaseModel

from simulation.scenario.checking import model_in
from simulation.scenario.ranged import Ranged
from simulation.scenario.sections import Sections
from simulation.words import catalogue, languages

BETWEEN = ": "  # parts of a key in a label, where the key itself has a dot
ITEMS = ("demolition", "renovation", "new_homes", "relabel", "floor_space", "rehousing.pace", "measures", "synergies", "goals")


@cache
def labels() -> dict[str, str]:
    """Return the key that each label stands for, in lower case: of every language, and the key itself."""
    known: dict[str, str] = {}
    for lang in languages():
        for name, text in catalogue("key", lang).items():
            if name.startswith("key_of."):
                known |= {text.lower(): name.removeprefix("key_of."), name.removeprefix("key_of."): name.removeprefix("key_of.")}
    return known


def key_of(written: str) -> str:
    """Return the key with dots that a label stands for; what is no label stands for itself."""
    return ".".join(labels().get(part.strip().lower(), part.strip()) for part in written.split(BETWEEN))


def label_of(key: str, lang: str) -> str:
    """Return the label of a key with dots."""
    named = catalogue("key", lang)
    return BETWEEN.join(named.get(f"key_of.{part}", part) for part in key.split("."))


def kind_of(key: str) -> str:
    """Return what kind of value stands under a key with dots: list, text, or value (a number, truth or word); free where no schema says."""
    annotation, rest = _annotation(Sections, key.split("."))
    if rest or annotation is Any or annotation is None:
        return "text" if rest and rest[-1] in ("unit", "source", "note", "basis") else "free"
    return "list" if _is_list(annotation) else "text" if _is_text(annotation) else "value"


def _annotation(model: type[BaseModel], parts: list[str]) -> tuple[Any, list[str]]:
    annotation: Any = model
    for number, part in enumerate(parts):
        inner = model_in(annotation)
        found = {field.alias or name: field.annotation for name, field in inner.model_fields.items()} if inner else {}
        if part not in found:
            return (Any, []) if inner is not None and issubclass(inner, Ranged) else (annotation, parts[number:])
        annotation = found[part]
    return annotation, []


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple


def _is_text(annotation: Any) -> bool:
    inner = model_in(annotation)
    return annotation is str or (inner is not None and {"en", "da"} == set(inner.model_fields))
