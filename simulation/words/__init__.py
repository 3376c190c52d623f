"""Say every sentence a user reads, in the user's language, from catalogues ``words/<language>/<topic>.yaml``.

A key is ``topic.name`` (``topic.group.name`` where the catalogue nests); the topic is the file, read when first asked for.
Errors carry a code and values, and become sentences only here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from simulation.shipped import parsed

LANGUAGES = ("en", "da")
UNKNOWN = "–"
MINUS = "\u2212"


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have catalogues, the default first."""
    return LANGUAGES


def say(key: str, lang: str = "en", **values: object) -> str:
    """Return the sentence of a key with its values filled in.

    Values are put in as they are: numbers go through :func:`number` first, but for years.
    Raise KeyError for a key, a language or a value that is missing.
    """
    return sentence(key, lang).format_map(values)


def sentence(key: str, lang: str = "en") -> str:
    """Return the sentence of a key with its placeholders still open. Raise KeyError."""
    topic, _, name = key.partition(".")
    try:
        return catalogue(topic, lang)[name]
    except KeyError:
        raise KeyError(f"no words for {key!r} in {lang!r}") from None


@cache
def catalogue(topic: str, lang: str) -> dict[str, str]:
    """Return all sentences of one topic by dotted name. Raise KeyError for an unknown topic or language."""
    file = files(__package__).joinpath(lang, f"{topic}.yaml")
    if lang not in LANGUAGES or not file.is_file():
        raise KeyError(f"no words on {topic!r} in {lang!r}")
    return dict(_leaves(parsed(file.read_text(encoding="utf-8")) or {}))


def topics(lang: str = "en") -> tuple[str, ...]:
    """Return the topics of a language, in the order of the alphabet."""
    folder = files(__package__).joinpath(lang)
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml")))


def number(value: float, lang: str = "en", decimals: int = 0) -> str:
    """Return a number as the language writes it, with a fixed count of decimals and a minus as wide as a plus; a dash for none."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    from babel.numbers import format_decimal  # costs start-up time that --help should not pay

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = round(float(value), decimals) + 0.0  # so that -0.04 does not print as "-0"
    return format_decimal(rounded, format=pattern, locale=lang).replace("-", MINUS)


def percent(value: float, lang: str = "en", decimals: int = 1) -> str:
    """Return a value that is already in per cent, with the sign as both languages of the product write it."""
    text = number(value, lang, decimals)
    return text if text == UNKNOWN else f"{text} %"


def _leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value).rstrip("\n")


def tenths(probability: float, lang: str = "en") -> str:
    """Return a probability in words: "3 of 10", at the ends "under 1 of 10" and "over 9 of 10"; a dash where there is none."""
    if not math.isfinite(probability):
        return UNKNOWN
    key = "under" if probability < 0.1 else "over" if probability > 0.9 else "about"
    return say(f"chance.{key}", lang, tenths=round(10 * probability))
