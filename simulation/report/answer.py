"""The first screen: one sentence that answers, four numbers that carry it, and what a reader must know beside them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from simulation.report.sections import categories_in_words
from simulation.words import number, percent, say, tenths

# The words for a probability, from the least up: each holds below its bound.
VERDICTS = ((0.1, "almost_never"), (0.4, "probably_not"), (0.6, "open"), (0.9, "probably"), (math.inf, "almost_surely"))
Headline = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """One number of the first screen."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Answer:
    """The first screen."""

    verdict: str
    cards: Sequence[Card]
    lines: Sequence[str]


def answer(headline: Headline, name: str, without_origin: pd.DataFrame, lang: str) -> Answer:
    """Return the first screen from the data of ``simulation.indicators.results_of``.

    ``name`` is the area's name; ``without_origin`` has the columns of status.csv, had the law no criterion on origin.
    """
    cards = [_off(headline, lang), *_share(headline, lang), *_outside(headline, lang), *_elsewhere(headline, lang)]
    return Answer(_verdict(headline, name, lang), cards, _lines(headline, name, without_origin, lang))


def verdict_of(probability: float) -> str:
    """Return the key of the word for a probability."""
    return next(key for bound, key in VERDICTS if probability < bound)


def _verdict(headline: Headline, name: str, lang: str) -> str:
    share = headline["family_share"]
    told = ""
    if share and share["probability_met"] is not None:
        told = say(f"answer.share.{verdict_of(share['probability_met'])}", lang, limit=number(share["limit"], lang))
    key = f"answer.verdict.{verdict_of(headline['off_conversion'])}"
    return say(key, lang, area=name, year=headline["list_year"], share=told).strip()


def _off(headline: Headline, lang: str) -> Card:
    note = say("answer.card.off_note", lang, all=tenths(headline["off_vulnerable"], lang))
    if headline["first_year_off_conversion"]:
        note += " " + say("answer.card.off_since", lang, year=headline["first_year_off_conversion"])
    return Card(say("answer.card.off", lang, year=headline["list_year"]), tenths(headline["off_conversion"], lang), note)


def _share(headline: Headline, lang: str) -> list[Card]:
    share = headline["family_share"]
    if not share or share["probability_met"] is None:
        return []
    label = say("answer.card.share", lang, limit=number(share["limit"], lang), year=headline["share_year"])
    note = say("answer.card.share_note", lang, **_numbers(share, ("p50", "p10", "p90"), lang, 1))
    return [Card(label, tenths(share["probability_met"], lang), note)]


def _outside(headline: Headline, lang: str) -> list[Card]:
    outside = headline["outside"]
    if outside["p50"] is None:  # nobody of that age lives there
        return []
    short = say(f"answer.card.{'short' if outside['short_p50'] > 0 else 'spare'}", lang, count=number(abs(outside["short_p50"]), lang))
    note = say("answer.card.outside_note", lang, short=short, **_numbers(outside, ("p10", "p90", "limit"), lang, 0))
    return [Card(say("answer.card.outside", lang, year=headline["list_year"]), percent(outside["p50"], lang, 0), note)]


def _elsewhere(headline: Headline, lang: str) -> list[Card]:
    if headline["elsewhere"] is None:
        return []
    note = say("answer.card.elsewhere_note", lang, year=headline["list_year"])
    return [Card(say("answer.card.elsewhere", lang), tenths(headline["elsewhere"], lang), note)]


def _lines(headline: Headline, name: str, without_origin: pd.DataFrame, lang: str) -> list[str]:
    matters = say("answer.line.matters", lang)
    if headline["share_unknown"] is not None:
        matters += " " + say("answer.line.spread", lang, share=percent(100 * headline["share_unknown"], lang, 0))
    counts = _numbers(headline, ("drawn_assumed", "drawn_parameters"), lang, 0)
    parts = categories_in_words(without_origin, headline["area"], headline["list_year"], lang)
    without = say("answer.line.without", lang, year=headline["list_year"], area=name, parts=parts)
    return [matters, say("answer.line.confidence", lang, **counts), without, say("answer.line.binds", lang)]


def _numbers(found: Mapping[str, Any], keys: Sequence[str], lang: str, decimals: int) -> dict[str, str]:
    return {key: number(found[key], lang, decimals) for key in keys}
