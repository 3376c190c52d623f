"""What is no error in a scenario, and still worth telling: what it says without effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from simulation.scenario.model import Scenario
from simulation.words import say

DATED = ("demolition", "renovation", "new_homes", "relabel", "floor_space", "measures")


@dataclass(frozen=True)
class Remark:
    """One remark: the key it is about, its code, and its sentence."""

    key: str
    code: str
    text: str

    def row(self) -> dict[str, str]:
        """Return the remark as `--json` prints it."""
        return asdict(self)


def remarks(scenario: Scenario, lang: str = "en") -> list[Remark]:
    """Return what a scenario says without effect, in the order of its sections."""
    return [Remark(key, code, say(f"remark.{code}", lang, **values)) for key, code, values in _found(scenario)]


def _found(scenario: Scenario) -> Iterator[tuple[str, str, dict[str, object]]]:
    sections = scenario.sections
    for section in DATED:
        for item in getattr(sections, section):
            if item.from_ >= sections.last_year:
                yield f"{section}.{item.id}", "after_the_last", {"first": item.from_, "last": sections.last_year}
    for measure in sections.measures:
        if not measure.funded:
            yield f"measures.{measure.id}.funded", "not_funded", {"years": f"{measure.from_}–{measure.to}"}
        elif measure.acts_on != "none" and not measure.capacity.value:
            yield f"measures.{measure.id}.capacity", "nobody_takes_part", {}
