"""What a scenario does in which year, in words and with what each line rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from simulation.scenario.items import Goal, Item, Measure, NewHomes, Pace, Renovation, Work
from simulation.scenario.model import Scenario
from simulation.scenario.ranged import Ranged
from simulation.scenario.sections import Sections
from simulation.words import number, percent, say


@dataclass(frozen=True)
class Happening:
    """One line of the plan: first and last year, section, item, words, and what its numbers rest on."""

    first: int
    last: int
    section: str
    item: str
    text: str
    basis: str
    source: str

    def row(self) -> dict[str, object]:
        """Return the line as a row of a table."""
        return asdict(self)


class _Speaker:
    """Say numbers, names and items of one scenario in one language."""

    def __init__(self, scenario: Scenario, lang: str) -> None:
        self.lang, self.sections = lang, scenario.sections
        self.names = dict(_names(scenario.tree.get("place", {})))

    def say(self, key: str, **values: object) -> str:
        return say(f"scenario.{key}", self.lang, **values)

    def name(self, slug: str) -> str:
        return self.names.get(slug, slug)

    def ranged(self, value: Ranged, show: Callable[[float], str] | None = None) -> str:
        show = show or (lambda x: number(x, self.lang, 0 if x == int(x) else 1))
        if not value.drawn or value.low is None or value.high is None:
            return show(value.value)
        return self.say("range", value=show(value.value), low=show(value.low), high=show(value.high))

    def share(self, value: Ranged) -> str:
        return self.ranged(value, lambda x: percent(100 * x, self.lang, 0))

    def effect(self, value: Ranged, known: bool) -> str:
        if known or value.low is None or value.high is None:
            return self.share(value)
        low, high = (percent(100 * end, self.lang, 0) for end in (value.low, value.high))
        return self.say("unknown_effect", low=low, high=high)


def _names(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield id and name of every item of a place that has both."""
    if isinstance(tree, dict):
        if isinstance(tree.get("id"), str) and isinstance(tree.get("name"), str):
            yield tree["id"], tree["name"]
        for inner in tree.values():
            yield from _names(inner)
    elif isinstance(tree, tuple):
        for inner in tree:
            yield from _names(inner)


def describe(scenario: Scenario, lang: str = "en") -> list[Happening]:
    """Return what the scenario does, in the order of the years; within a year in the order of the sections."""
    speaker = _Speaker(scenario, lang)
    lines = [*_rules(speaker), *_works(speaker), *_paces(speaker), *_measures(speaker), *_goals(speaker)]
    return sorted(lines, key=lambda line: line.first)


def section_name(section: str, lang: str = "en") -> str:
    """Return the name of a section in words."""
    return say(f"scenario.section.{section}", lang)


def _rules(speaker: _Speaker) -> Iterator[Happening]:
    sections = speaker.sections
    first, last = sections.first_year, sections.last_year
    for section, key in _plain_rules(sections):
        yield Happening(first, last, section, key, speaker.say(f"does.{key}"), "choice", "")
    share = sections.letting.flexible_share
    if share.value > 0 or share.drawn:
        text = speaker.say("does.flexible", share=speaker.share(share))
        yield Happening(first, last, "letting", "flexible_share", text, share.kind, share.source)
    if sections.rehousing.active:
        text = speaker.say("does.rehousing_lead", years=sections.rehousing.lead_years)
        yield Happening(first, last, "rehousing", "lead_years", text, "choice", "")


def _plain_rules(sections: Sections) -> Iterator[tuple[str, str]]:
    yield "law", "after_hold" if sections.law.after_last_list == "hold" else "after_stop"
    yield "city", f"labour_market_{sections.city.labour_market}"
    yield "city", f"national_convicted_{sections.city.national_convicted}"
    yield "letting", "refusal" if sections.letting.compulsory_refusal else "refusal_off"
    if not sections.law.origin_criterion:
        yield "law", "origin_off"
    if sections.letting.optional_refusal:
        yield "letting", "optional_refusal"
    if sections.letting.clean_record:
        yield "letting", "clean_record"
    if sections.letting.municipal_limit:
        yield "letting", "municipal_limit"
    if sections.observed is not None:
        yield "observed", "observed"
    if not sections.rehousing.active:
        yield "rehousing", "rehousing_off"


def _line(item: Item, section: str, text: str, first: int, last: int, number: Ranged | None = None) -> Happening:
    """Make the line of an item: the weaker of what its dates and its number rest on is told."""
    order = ("assumed", "derived", "sourced", "choice")
    pairs = [(item.basis or "choice", item.source)]
    if number is not None and number.basis is not None:
        pairs.append((number.basis, number.source))
    basis, _ = min(pairs, key=lambda pair: order.index(pair[0]))
    return Happening(first, last, section, item.id, text, basis, "; ".join(source for _, source in pairs if source))


def _works(speaker: _Speaker) -> Iterator[Happening]:
    for section in ("demolition", "renovation", "new_homes", "relabel", "floor_space"):
        for item in getattr(speaker.sections, section):
            text = _work_text(speaker, section, item)
            if item.delay_years.value > 0 or item.delay_years.drawn:
                text = speaker.say("later", text=text, delay=speaker.ranged(item.delay_years))
            first = max(item.from_, item.not_before or item.from_)
            last = max(item.to, first + (item.years_left or 1) - 1)
            yield _line(item, section, text, first, last, getattr(item, "count", None) or getattr(item, "dwellings", None))


def _work_text(speaker: _Speaker, section: str, item: Work) -> str:
    said: dict[str, str] = {}
    for name in ("department", "area"):
        if hasattr(item, name):
            said[name] = speaker.name(getattr(item, name))
    for name, key in (("dwellings", "count"), ("count", "count"), ("m2", "m2")):
        if getattr(item, name, None) is not None and isinstance(getattr(item, name), Ranged):
            said[key] = speaker.ranged(getattr(item, name))
    for name in ("tenure", "use"):
        if hasattr(item, name):
            said[name] = speaker.say(f"{name}.{getattr(item, name)}")
    if isinstance(item, Renovation) and item.dwellings is None:
        section = "renovation_rest"
    if isinstance(item, NewHomes) and item.replacement:
        section = "replacement"
    return speaker.say(f"does.{section}", **said)


def _paces(speaker: _Speaker) -> Iterator[Happening]:
    pace: Pace
    for pace in speaker.sections.rehousing.pace:
        households = speaker.ranged(pace.households_per_year)
        text = speaker.say("does.pace", landlord=speaker.name(pace.landlord), households=households)
        yield _line(pace, "rehousing", text, pace.from_, pace.to, pace.households_per_year)


def _measures(speaker: _Speaker) -> Iterator[Happening]:
    for measure in speaker.sections.measures:
        yield _line(measure, "measures", _measure_text(speaker, measure), measure.from_, measure.to)


def _measure_text(speaker: _Speaker, measure: Measure) -> str:
    title = getattr(measure.title, speaker.lang) if measure.title else measure.id
    if not measure.funded:
        return speaker.say("does.measure_unfunded", title=title)
    if measure.acts_on == "none":
        return speaker.say("does.measure_none", title=title)
    effect = speaker.effect(measure.effect, measure.grade != "none")
    return speaker.say("does.measure", title=title, capacity=speaker.ranged(measure.capacity), effect=effect)


def _goals(speaker: _Speaker) -> Iterator[Happening]:
    goal: Goal
    for goal in speaker.sections.goals:
        yield _line(goal, "goals", getattr(goal.title, speaker.lang) if goal.title else goal.id, goal.list_year, goal.list_year)
