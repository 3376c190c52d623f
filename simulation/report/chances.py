"""How many futures: as "3 of 10" where there are enough, else as they were counted."""

from __future__ import annotations

import math

from simulation.words import UNKNOWN, say, tenths

FEW = 20  # fewer futures than this are counted, not spoken of as tenths


def futures(probability: float | None, members: int | None, lang: str) -> str:
    """Return a probability as "3 of 10"; where there are few members, as "3 of 4"; a dash where there is none."""
    if probability is None or not math.isfinite(probability):
        return UNKNOWN
    if members is None or members >= FEW:
        return tenths(probability, lang)
    return say("chance.counted", lang, count=round(probability * members), all=members)
