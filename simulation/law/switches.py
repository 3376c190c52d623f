"""The questions the law's sources leave open, and what holds where a scenario does not decide them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from simulation.law.book import book


class Choices(Protocol):
    """Anything that gives a choice by its name: a mapping, or the section `law` of a scenario."""

    def __getitem__(self, name: str, /) -> Any: ...


def switches() -> Mapping[str, Mapping[str, Any]]:
    """Return each switch with its default, what is allowed, what it is about, source and certainty."""
    return dict(book("switches"))


def choice(name: str, choices: Choices | None = None) -> Any:
    """Return what the choices say of a switch; without choices, its default. Raise KeyError for an unknown switch."""
    switch = book("switches")[name]
    return switch["default"] if choices is None else choices[name]
