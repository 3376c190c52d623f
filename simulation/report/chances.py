"""How numbers are spoken of: a chance as "3 of 10", or as it was counted where futures are few; a distance with its sign."""

from __future__ import annotations

import math

from simulation.words import MINUS, UNKNOWN, number, say, tenths

FEW = 20  # fewer futures than this are counted, not spoken of as tenths


def futures(probability: float | None, members: int | None, lang: str) -> str:
    """Return a probability as "3 of 10"; where there are few members, as "3 of 4"; a dash where there is none."""
    if probability is None or not math.isfinite(probability):
        return UNKNOWN
    if members is None or members >= FEW:
        return tenths(probability, lang)
    return say("chance.counted", lang, count=round(probability * members), all=members)


def short(probability: float | None, members: int | None, lang: str) -> str:
    """Return how many futures of ten a probability is, or of all where there are few: a number for a narrow column."""
    if probability is None or not math.isfinite(probability):
        return UNKNOWN
    if members is not None and members < FEW:
        return number(probability * members, lang)
    if 0.1 <= probability <= 0.9:
        return number(10 * probability, lang)
    return say(f"chance.short_{'under' if probability < 0.1 else 'over'}", lang)


def signed(value: float, lang: str, decimals: int = 0) -> str:
    """Return a number with its sign, nothing before a zero; a dash where there is none."""
    text = number(abs(value), lang, decimals)
    if not math.isfinite(value) or round(value, decimals) == 0:
        return text
    return f"+{text}" if value > 0 else f"{MINUS}{text}"
