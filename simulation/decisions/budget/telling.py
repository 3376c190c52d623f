"""The answer to "what should we fund": one sentence, the numbers that carry it, and what must be known beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.decisions.budget.bought import CANNOT, FIRM, UNPRICED, Bought
from simulation.decisions.budget.confirming import promise
from simulation.decisions.budget.effects import verdict
from simulation.decisions.budget.packages import Package, off
from simulation.decisions.budget.sheets import title
from simulation.decisions.budget.study import Study
from simulation.decisions.budget.table import NOWHERE, PEOPLE
from simulation.decisions.budget.teller import Teller
from simulation.indicators.measures import INDICATORS
from simulation.law import rules_for
from simulation.report.answer import Answer, Card
from simulation.report.chances import futures
from simulation.report.figures import DECIMALS
from simulation.words import UNKNOWN, number, say


def answer(teller: Teller) -> Answer:
    """Return the first screen."""
    study = teller.study
    if study.found is None:
        return Answer(teller.say("verdict.no_frame", ranked=_ranked(teller)), _cards(teller), _lines(teller, _unframed(teller)))
    if not _open(teller):
        return Answer(_nothing_ranked(teller), _cards(teller), _lines(teller, []))
    if not study.package:
        counts = {"ranked": number(len(_open(teller)), teller.lang), "rest": number(len(_unranked(teller)), teller.lang)}
        told = teller.say("verdict.empty", span=teller.span, goals=teller.unit, **counts)
        return Answer(told, _cards(teller), _lines(teller, []))
    best = teller.packages[0]
    parts = ", ".join(_priced(teller, name) for name in best.measures)
    told = teller.say("verdict.fund", parts=parts, cost=teller.million(best.cost), room=_room(teller), span=teller.span)
    own = sum(name in study.table.own_effects for name in best.measures)
    told += f" {teller.say('verdict.own', own=number(own, teller.lang), count=number(len(best.measures), teller.lang))}" if own else ""
    return Answer(told, _cards(teller), _lines(teller, [*_effect(teller, best), *_robust(teller, best)]))


def _open(teller: Teller) -> list[str]:
    """Return the measures that can be ranked and are up for choice."""
    return [name for name in teller.study.choice.names if teller.study.standings[name].ranked]


def _unranked(teller: Teller) -> list[str]:
    """Return the measures up for choice that have a price and cannot be ranked."""
    found = teller.study.standings.items()
    return [
        name for name, each in found if each.priced and not each.granted and not each.ranked and not teller.study.table.wish(name).excluded
    ]


def _ranked(teller: Teller) -> str:
    return number(sum(each.standing.ranked for each in teller.measures.values()), teller.lang)


def _priced(teller: Teller, name: str) -> str:
    forced = teller.study.table.wish(name).must
    cost = teller.million(teller.study.standings[name].cost)
    named = title(teller.study.standings[name].measure, teller.lang)  # whose effect it is, the sentence says once for all
    return teller.say("part_forced" if forced else "part", name=named, cost=cost)


def _room(teller: Teller) -> str:
    return teller.million(room(teller.study))


def room(study: Study) -> float | None:
    """Return what there is in all frames together, thousands of kr.; None without a frame."""
    table = study.table
    sums = [sum(sum(frame.thousand_dkk) for frame in table.frames)] if table.frames else []
    return min([*sums, *([table.total] if table.total is not None else [])], default=None)


def _nothing_ranked(teller: Teller) -> str:
    if not any(each.standing.priced for each in teller.measures.values()):
        return teller.say("verdict.no_prices", ranked=_ranked(teller))
    told = teller.say("verdict.cannot", count=number(len(_unranked(teller)), teller.lang))
    package = teller.study.package
    return f"{told} {teller.say('verdict.forced', names=teller.names(sorted(package)))}" if package else told


def _unframed(teller: Teller) -> list[str]:
    return [teller.say("line.no_frame")]


def _effect(teller: Teller, best: Package) -> list[str]:
    seen = teller.study.confirmed
    if seen is None or best.simulated is None:
        return []
    told = {"foretold": teller.count(seen.foretold.mean()), "low": teller.count(seen.low), "high": teller.count(seen.high)}
    told |= {"seen": teller.count(seen.seen.mean()), "unit": teller.unit}
    lines = [teller.say("line.effect", spread=teller.spread(best.simulated), unit=teller.unit)]
    lines.append(teller.say("line.confirmed" if seen.holds else "line.not_confirmed", **told))
    if not seen.holds:
        parts = ("less" if seen.overlap > 0 else "more", "less" if seen.luck > 0 else "more")
        why = " ".join(teller.say(f"line.{key}_{part}") for key, part in zip(("apart", "anew"), parts, strict=True))
        lines.append(teller.say("line.why", together=teller.count(float(seen.together.mean())), why=why, **told))
    if verdict(seen.seen) != "better":
        lines.append(teller.say("line.same"))
    unit = best.simulated.unit_cost
    if unit is not None:
        lines.append(teller.say("line.unit_cost", cost=teller.million(unit), per=teller.per))
    return [*lines, _leaving(teller, best)]


def _leaving(teller: Teller, best: Package) -> str:
    study = teller.study
    without = off(study, frozenset())
    chances = {"without": futures(without, study.draws, teller.lang), "with_": futures(best.off, study.draws, teller.lang)}
    nowhere = {"nowhere_without": futures(off(study, frozenset(), NOWHERE), study.draws, teller.lang)}
    nowhere["nowhere_with"] = futures(best.nowhere, study.draws, teller.lang)
    return teller.say("line.leaving", year=teller.year, **chances, **nowhere)


def _robust(teller: Teller, best: Package) -> list[str]:
    found, draws = teller.study.found, teller.study.draws
    assert found is not None
    regret = found.robustness.regret
    told = {"best": futures(best.best_in / draws, draws, teller.lang), "regret": teller.count(float(regret.mean()))}
    key = "always" if best.best_in == draws else "robust"
    lines = [teller.say(f"line.{key}", most=teller.count(float(regret.max())), unit=teller.unit, **told)]
    cheaper = next((row for row in teller.packages if row.kind == "cheaper"), None)
    if cheaper is not None:
        told = {"cost": teller.million(cheaper.cost), "foretold": teller.count(cheaper.foretold), "names": teller.names(cheaper.measures)}
        lines.append(teller.say("line.cheaper", of=teller.count(best.foretold), **told))
    return lines


def _unfunded_years(teller: Teller) -> list[str]:
    """Tell of budget years in which there is no money at all, though something would cost some."""
    table, choice = teller.study.table, teller.study.choice
    empty = [at for at in range(len(table.years)) if table.frames and not any(frame.thousand_dkk[at] for frame in table.frames)]
    years = [str(table.years[at]) for at in empty if choice.costs[:, at].any()]
    return [teller.say("line.unfunded", years=", ".join(years))] if years else []


def _lines(teller: Teller, first: Sequence[str]) -> list[str]:
    """Return the lines of the first screen: what was found, then what cannot be told, then whose numbers they are."""
    cannot = [name for name, each in teller.measures.items() if each.status in CANNOT and each.standing.priced]
    unpriced = [name for name, each in teller.measures.items() if each.status == UNPRICED]
    partly = [
        name for name, each in teller.measures.items() if each.standing.priced and each.standing.unknown and not each.standing.granted
    ]
    firm = [name for name, each in teller.measures.items() if each.status == FIRM and each.standing.priced]
    named = {"cannot": cannot, "unpriced": [name for name in unpriced if name not in partly], "partly": partly, "firm": firm}
    lines = [teller.say(f"line.{key}", names=teller.names(names)) for key, names in named.items() if names]
    own, priced = len(teller.study.table.own_effects), sum(each.standing.priced for each in teller.measures.values())
    told = {"prices": number(priced, teller.lang), "effects": number(own, teller.lang)}
    whose = [teller.say(f"line.{'own_effects' if own else 'own'}", **told), teller.say("line.never")]
    return [*first, teller.reach_line, *_unfunded_years(teller), *lines, *promised(teller)[:1], " ".join(whose)]


def _cards(teller: Teller) -> list[Card]:
    study, found = teller.study, teller.packages[0] if teller.packages else None
    if found is None or not study.package or found.simulated is None:
        return []
    of = teller.say("card.of", room=_room(teller), span=teller.span)
    cards = [Card(teller.say("card.cost"), teller.say("million", value=teller.million(found.cost)), of)]
    cards.append(Card(_capital(teller.unit), teller.count(found.simulated.mean), teller.say("card.interval", **_ends(teller, found))))
    before = futures(off(study, frozenset()), study.draws, teller.lang)
    value = futures(found.off, study.draws, teller.lang)
    cards.append(Card(teller.say("card.off", year=teller.year), value, teller.say("card.without", value=before)))
    best = futures(found.best_in / study.draws, study.draws, teller.lang)
    return [*cards, Card(teller.say("card.robust"), best, teller.say("card.robust_note"))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ends(teller: Teller, row: Package) -> dict[str, str]:
    found = row.simulated
    return {name: UNKNOWN if found is None else teller.count(getattr(found, name)) for name in ("p10", "p90")}


def promised(teller: Teller) -> list[str]:
    """Return, for each criterion of the first list area, what can be promised with the package: what holds in 8 of 10 draws."""
    study, lang = teller.study, teller.lang
    found = study.confirmed.with_package if study.confirmed else study.effects.base
    lines, last = [], -1
    sign = rules_for(teller.year).main.sign
    for name in PEOPLE:
        values, limits = found.of(f"value_{name}", teller.year)[last], found.of(f"limit_{name}", teller.year)[last]
        side = float(sign[INDICATORS.index(name)])
        level, limit = promise(values, side), float(limits.mean())
        key = "kept" if side * promise(values - limits, side) <= 0 else "open"  # by the same 8 of 10 as the level
        key += "_moving" * (float(np.ptp(limits)) > 0)  # then a level above the mean limit may well go with keeping it
        decimals = DECIMALS.get(name, 1)
        told = {"level": number(level, lang, decimals), "limit": number(limit, lang, decimals), "criterion": say(f"indicator.{name}", lang)}
        end = teller.say("end.most" if side > 0 else "end.least", level=told.pop("level"))
        lines.append(teller.say(f"promise.{key}", end=end, year=teller.year, **told))
    return lines


def draws_of(teller: Teller, each: Bought) -> str:
    """Return in how many draws a measure is in the best package."""
    return UNKNOWN if each.chosen_in is None else futures(each.chosen_in / teller.study.draws, teller.study.draws, teller.lang)
