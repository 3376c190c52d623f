"""The first screen: one sentence that answers, four numbers that carry it, and what a reader must know beside them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from simulation.report.chances import FEW, futures
from simulation.report.sections import categories_in_words
from simulation.words import UNKNOWN, number, percent, say

# The words for a probability, from the least up: each holds below its bound.
VERDICTS = ((0.1, "almost_never"), (0.4, "probably_not"), (0.6, "open"), (0.9, "probably"), (math.inf, "almost_surely"))
SHARE = "social_family_share"
LEAST_TOLD = 0.05  # a smaller part is within what cannot be told
SURE, HALF = 0.8, 0.5
Headline = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """One number of the first screen."""

    label: str
    value: str
    note: str
    interval: str = ""  # stands beside the value


@dataclass(frozen=True)
class Answer:
    """The first screen."""

    verdict: str
    cards: Sequence[Card]
    lines: Sequence[str]


def answer(headline: Headline, name: str, without_origin: pd.DataFrame, labels: Mapping[str, str], lang: str) -> Answer:
    """Return the first screen from the data of ``simulation.indicators.results_of``.

    ``name`` is the area's name; ``without_origin`` has the columns of status.csv, had the law no criterion on origin;
    ``labels`` name the numbers of ``headline["matters"]`` by their paths.
    """
    cards = [_off(headline, lang), *_share(headline, lang), *_outside(headline, lang), *_elsewhere(headline, lang)]
    lines = [_matters(headline, labels, lang), _confidence(headline, lang), _without(headline, name, without_origin, lang)]
    if headline["bound"]:
        lines.append(say("answer.line.binds", lang))
    lines += [_rests(headline, lang), *_population(headline, lang)]
    return Answer(_verdict(headline, name, lang), cards, lines)


def verdict_of(probability: float) -> str:
    """Return the key of the word for a probability."""
    return next(key for bound, key in VERDICTS if probability < bound)


def _verdict(headline: Headline, name: str, lang: str) -> str:
    share, few = headline["family_share"], headline["members"] < FEW
    told = ""
    if share and share["probability_met"] is not None:
        word = "few" if few else verdict_of(share["probability_met"])
        met = futures(share["probability_met"], headline["members"], lang)
        told = say(f"answer.share.{word}", lang, limit=number(share["limit"], lang), met=met)
    off = futures(headline["off_conversion"], headline["members"], lang)
    key = f"answer.verdict.{'few' if few else verdict_of(headline['off_conversion'])}"
    return say(key, lang, area=name, year=headline["list_year"], share=told, off=off).strip()


def _off(headline: Headline, lang: str) -> Card:
    keys = ("off_conversion", "off_vulnerable", "off_every_list")
    off, everything, nowhere = (futures(headline[key], headline["members"], lang) for key in keys)
    note = say("answer.card.off_note", lang, all=everything, nowhere=nowhere)
    if headline["first_year_off_conversion"]:
        note += " " + say("answer.card.off_since", lang, year=headline["first_year_off_conversion"])
    return Card(say("answer.card.off", lang, year=headline["list_year"]), off, note)


def _share(headline: Headline, lang: str) -> list[Card]:
    share = headline["family_share"]
    if not share or share["probability_met"] is None:
        return []
    label = say("answer.card.share", lang, limit=number(share["limit"], lang), year=headline["share_year"])
    note = say("answer.card.share_note", lang, **_numbers(share, ("p50", "p10", "p90"), lang, 1))
    return [Card(label, futures(share["probability_met"], headline["members"], lang), note)]


def _outside(headline: Headline, lang: str) -> list[Card]:
    outside = headline["outside"]
    if outside["p50"] is None:  # nobody of that age lives there
        return []
    short = say(f"answer.card.{'short' if outside['short_p50'] > 0 else 'spare'}", lang, count=number(abs(outside["short_p50"]), lang))
    note = say("answer.card.outside_note", lang, short=short, **_numbers(outside, ("limit",), lang, 0))
    interval = say("answer.card.interval", lang, **_numbers(outside, ("p10", "p90"), lang, 1))
    return [Card(say("answer.card.outside", lang, year=headline["list_year"]), percent(outside["p50"], lang, 1), note, interval)]


def _elsewhere(headline: Headline, lang: str) -> list[Card]:
    if not headline["receiving"]:
        return []
    label = say("answer.card.elsewhere", lang)
    if headline["elsewhere"] is None:
        return [Card(label, UNKNOWN, say("answer.card.elsewhere_untold", lang))]
    note = say("answer.card.elsewhere_note", lang, year=headline["list_year"])
    return [Card(label, futures(headline["elsewhere"], headline["members"], lang), note)]


def _matters(headline: Headline, labels: Mapping[str, str], lang: str) -> str:
    if headline["matters"] is None:
        return say("answer.line.matters_unasked", lang)
    share, matters = headline["family_share"], dict(headline["matters"])
    if not share or share["probability_met"] in (None, 0.0, 1.0):  # nothing that was drawn changes that answer
        matters.pop(SHARE, None)
    told = {indicator: ", ".join(labels.get(path, path) for path in paths) for indicator, paths in matters.items() if paths}
    if not told:
        return say("answer.line.matters_nothing", lang, draws=headline["draws"])
    parts = [say(f"answer.line.matters_{indicator}", lang, names=names) for indicator, names in told.items()]
    return say("answer.line.matters", lang, parts="; ".join(parts))


def _confidence(headline: Headline, lang: str) -> str:
    parts = [say(f"answer.line.confidence_{_word(headline)}", lang), _spread(headline, lang)]
    if headline.get("known_values"):  # of the scorecard: values of past lists that the model was not shown
        hit = {key: number(headline[key], lang) for key in ("known_hit", "known_values")}
        parts.append(say("answer.line.hit", lang, **hit))
    else:
        parts.append(say("answer.line.untested", lang))
    return " ".join(parts)


def _word(headline: Headline) -> str:
    """Return how sure the answer is: never more than medium, and that only for a model that was tested and hangs more on chance."""
    known, unknown = float(headline.get("known_values") or 0), headline["share_unknown"]
    tested = known > 0 and headline["known_hit"] >= SURE * known
    return "medium" if tested and unknown is not None and unknown < HALF else "low"


def _spread(headline: Headline, lang: str) -> str:
    """Tell how much of the spread rests on assumptions: at most what no other number foretells, at least what assumed ones do."""
    unknown, assumed = headline["share_unknown"], headline["explained_assumed"]
    if unknown is None:
        return say(f"answer.line.spread_{'chance' if headline['draws'] == 1 else 'draws'}", lang)
    most = unknown if headline.get("assumed_most") is None else min(unknown, headline["assumed_most"])
    told = {"most": percent(100 * most, lang, 0), "chance": percent(100 * (1 - unknown), lang, 0)}
    told["rest"] = (
        say("answer.line.spread_rest", lang, rest=percent(100 * (unknown - most), lang, 0)) if unknown - most >= LEAST_TOLD else ""
    )
    if assumed is None or min(assumed * unknown, most) < LEAST_TOLD:
        return say("answer.line.spread", lang, **told)
    return say("answer.line.spread_between", lang, least=percent(100 * min(unknown * assumed, most), lang, 0), **told)


def _rests(headline: Headline, lang: str) -> str:
    counts = _numbers(headline, ("drawn_assumed", "drawn_parameters", "fitted"), lang, 0)
    fit = say(f"answer.line.{'fitted' if headline['fitted'] else 'unfitted'}", lang, fitted=counts.pop("fitted"))
    return say("answer.line.rests", lang, fit=fit, **counts)


def _without(headline: Headline, name: str, without_origin: pd.DataFrame, lang: str) -> str:
    parts = categories_in_words(without_origin, headline["area"], headline["list_year"], headline["members"], lang)
    return say("answer.line.without", lang, year=headline["list_year"], area=name, parts=parts)


def _population(headline: Headline, lang: str) -> list[str]:
    """Tell what the other reading of the law would do to the share outside the labour market."""
    points = headline["population_difference"]
    if points is None:
        return []
    key = "answer.line.population_higher" if points >= 0 else "answer.line.population_lower"
    return [say(key, lang, points=number(abs(points), lang, 1))]


def _numbers(found: Mapping[str, Any], keys: Sequence[str], lang: str, decimals: int) -> dict[str, str]:
    return {key: number(found[key], lang, decimals) for key in keys}
