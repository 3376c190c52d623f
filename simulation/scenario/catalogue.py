"""The measures of a scenario under the plan's subprogrammes: what each acts on, its effect, and how well that is known."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from simulation.scenario.items import Measure
from simulation.scenario.model import Scenario
from simulation.scenario.ranged import Ranged
from simulation.words import number, percent, say


@dataclass(frozen=True)
class Entry:
    """One measure in words; numbers as data beside them. ``stars``: those of its subprogramme, by lever."""

    id: str
    title: str
    subprogramme: str
    also_under: tuple[str, ...]
    part_of: str | None
    stars: dict[str, int]
    committee: str
    decided: bool
    funded: bool
    first: int
    last: int
    acts_on: str
    whom: str
    participants: str
    effect: str
    value: float
    low: float
    high: float
    grade: str
    basis: str
    source: str
    note: str

    def row(self) -> dict[str, Any]:
        """Return the entry as a row of a table."""
        return asdict(self)


def catalogue(scenario: Scenario, lang: str = "en") -> list[Entry]:
    """Return every measure of a scenario in the order of the subprogrammes of its place."""
    place = scenario.tree.get("place", {})
    programmes = {str(item["id"]): item for item in place.get("subprogrammes", ())}
    levers = tuple(str(lever) for lever in place.get("levers", ()))
    titles = {measure.id: _title(measure, lang) for measure in scenario.sections.measures}
    order = list(programmes)
    place_of = {name: position for position, name in enumerate(order)}
    measures = sorted(scenario.sections.measures, key=lambda m: place_of.get(m.subprogramme, len(order)))
    return [_entry(measure, programmes, levers, titles, lang) for measure in measures]


def _entry(measure: Measure, programmes: dict[str, Any], levers: tuple[str, ...], titles: dict[str, str], lang: str) -> Entry:
    told = programmes.get(measure.subprogramme, {})
    effect, acts = measure.effect, measure.acts_on != "none"
    return Entry(
        id=measure.id,
        title=titles[measure.id],
        subprogramme=_name(programmes, measure.subprogramme),
        also_under=tuple(_name(programmes, name) for name in measure.also_under),
        part_of=titles.get(measure.part_of) if measure.part_of else None,
        stars=dict(zip(levers, told.get("stars", ()), strict=False)),
        committee=measure.committee,
        decided=measure.decided,
        funded=measure.funded,
        first=measure.from_,
        last=measure.to,
        acts_on=say(f"catalogue.acts_on.{measure.acts_on}", lang),
        whom=whom(measure, lang) if acts else "",
        participants=_ranged(measure.capacity, lang, 1, number) if acts else "",
        effect=_effect(measure, lang),
        value=effect.value,
        low=effect.value if effect.low is None else effect.low,
        high=effect.value if effect.high is None else effect.high,
        grade=say(f"catalogue.grade.{measure.grade}", lang),
        basis=effect.kind if acts else (measure.basis or "choice"),
        source=effect.source if acts else say("catalogue.no_number", lang),
        note=measure.note,
    )


def _name(programmes: dict[str, Any], slug: str) -> str:
    found = programmes.get(slug)
    return slug if found is None else f"{found['number']}. {found['name']}"


def _title(measure: Measure, lang: str) -> str:
    return str(getattr(measure.title, lang)) if measure.title else measure.id


def whom(measure: Measure, lang: str) -> str:
    """Return for whom a measure is, in words."""
    target = measure.target
    states = ", ".join(say(f"catalogue.labour.{state}", lang) for state in target.labour)
    ages = say("catalogue.ages", lang, first=target.age_from, last=target.age_to)
    parts = [states, ages, say("catalogue.basic_only", lang) if target.basic_schooling else ""]
    if target.share.value < 1:
        parts.append(say("catalogue.share", lang, share=_ranged(target.share, lang, 100, percent)))
    return "; ".join(part for part in parts if part)


def _effect(measure: Measure, lang: str) -> str:
    if measure.acts_on == "none":
        return say("catalogue.cannot", lang)
    effect = _ranged(measure.effect, lang, 100, percent)
    return effect if measure.grade != "none" else say("catalogue.cannot_tried", lang, effect=effect)


def _ranged(value: Ranged, lang: str, scale: float, show: Any) -> str:
    middle, low, high = (None if x is None else show(scale * x, lang, 0) for x in (value.value, value.low, value.high))
    return str(middle) if low is None else say("scenario.range", lang, value=middle, low=low, high=high)
