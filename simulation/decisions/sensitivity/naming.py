"""What the numbers and the answers of a study are called, in the words of the place and of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.decisions.quantities import TOGETHER
from simulation.report.labels import labels_of, title_of
from simulation.words import catalogue, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

GOAL = "goal_"


@dataclass(frozen=True)
class Names:
    """Names in one language."""

    lang: str
    areas: Mapping[str, str]
    goals: Mapping[str, str]  # titles
    numbers: Mapping[str, str]  # by path

    def quantity(self, name: str) -> str:
        """Return what is asked: a criterion, a list one is off, a goal."""
        if name.startswith(GOAL):
            return self.goals.get(name.removeprefix(GOAL), name)
        indicators = catalogue("indicator", self.lang)
        return indicators[name] if name in indicators else say(f"sensitivity.quantity.{name}", self.lang)

    def missed(self, name: str) -> str:
        """Return what it is called that a yes or no is a no."""
        if name.startswith(GOAL):
            return say("sensitivity.missed.goal", self.lang, goal=self.quantity(name))
        return say(f"sensitivity.missed.{name}", self.lang)

    def area(self, area: str) -> str:
        """Return the name of an area, or of both together."""
        return say("sensitivity.together", self.lang) if area == TOGETHER else self.areas[area]

    def where(self, what: str, area: str, year: int) -> str:
        """Return something with its area and list."""
        return say("sensitivity.where", self.lang, what=what, area=self.area(area), year=year)

    def number(self, path: str) -> str:
        """Return what a number is called."""
        return self.numbers.get(path, path)

    def listed(self, paths: Sequence[str]) -> str:
        """Return some numbers as a list in a sentence."""
        names = [self.number(path) for path in paths]
        if len(names) < 2:
            return "".join(names)
        return ", ".join(names[:-1]) + say("sensitivity.and", self.lang) + names[-1]


def names_of(scenario: Scenario, lang: str) -> Names:
    """Return the names of a scenario's areas, goals and numbers."""
    values = scenario.values(0, None)
    areas = {area["id"]: area["name"] for area in values["place"]["areas"]}
    goals = {goal["id"]: title_of(goal, lang) for goal in values["goals"]}
    paths = dict.fromkeys([*scenario.ranged(), *scenario.fitted.paths])
    return Names(lang, areas, goals, labels_of(paths, values, lang))
