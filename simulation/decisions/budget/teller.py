"""A budget study in the words of one language: its measures, amounts, units and years."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.decisions.budget.bought import Amount, bought
from simulation.decisions.budget.packages import main_list, packages
from simulation.decisions.budget.sheets import title
from simulation.decisions.budget.study import Study
from simulation.decisions.budget.table import PEOPLE
from simulation.decisions.reach_told import reach_line, reach_table
from simulation.report.cells import Table
from simulation.words import UNKNOWN, number, say

THOUSAND = 1000.0  # thousands in a million
TEN = 10.0  # below it a count is told with a decimal


class Teller:
    """Says a study in one language."""

    def __init__(self, study: Study, lang: str) -> None:
        self.study, self.lang, self.year = study, lang, main_list(study)
        self.measures = bought(study, self.year)
        self.packages = packages(study)

    def say(self, key: str, **values: object) -> str:
        """Return a sentence on budgets."""
        return say(f"budget.{key}", self.lang, **values)

    def name(self, measure: str) -> str:
        """Return what a measure is called; one with an effect of the users' own carries a mark."""
        named = title(self.study.standings[measure].measure, self.lang)
        return self.say("own", name=named) if measure in self.study.table.own_effects else named

    def names(self, measures: Iterable[str]) -> str:
        """Return several measures in a row."""
        return ", ".join(self.name(each) for each in measures) or self.say("none")

    def million(self, thousand: float | None) -> str:
        """Return an amount in millions of kr.; a dash where it is not known."""
        return UNKNOWN if thousand is None else number(thousand / THOUSAND, self.lang, 1)

    def count(self, value: float) -> str:
        """Return persons or points, with a decimal where they are few."""
        return number(value, self.lang, 1 if abs(value) < TEN else 0)

    def spread(self, found: Amount) -> str:
        """Return an effect with its interval."""
        return self.say("spread", mean=self.count(found.mean), p10=self.count(found.p10), p90=self.count(found.p90))

    @property
    def unit(self) -> str:
        """Return what an effect is counted in: that of the only goal, or weighted persons."""
        aims = self.study.table.aims
        if len(aims) == 1:
            return self.say(f"unit.{aims[0].name}", year=aims[0].list_year)
        return self.say("unit.weighted", year=self.year)

    @property
    def per(self) -> str:
        """Return what one of the unit is called."""
        aims = self.study.table.aims
        return self.say(f"per.{aims[0].name if len(aims) == 1 else 'weighted'}")

    @property
    def criterion(self) -> str:
        """Return the criterion that the tables of measures show: that of the first goal, if it is one."""
        first = self.study.table.aims[0].name
        return first if first in PEOPLE else PEOPLE[0]

    @property
    def reach_line(self) -> str:
        """Return which lists money from the first budget year on can still move."""
        return reach_line(self.study.reach, self.study.table.years[0], self.study.scenario.last_year, self.lang)

    @property
    def reach_table(self) -> Table:
        """Return the same for every criterion."""
        return reach_table(self.study.reach, self.study.table.years[0], self.study.scenario.last_year, self.lang)

    @property
    def span(self) -> str:
        """Return the budget years."""
        years = self.study.table.years
        return f"{years[0]}–{years[-1]}"
