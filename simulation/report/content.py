"""What the page of a report shows, section by section."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulation.law.rules import rules_for
from simulation.report.answer import Answer, answer
from simulation.report.arithmetic import arithmetic_lines
from simulation.report.asked import asked
from simulation.report.assumed_part import assumed_part_table, fitted_line
from simulation.report.assumptions import assumptions, unknown_part
from simulation.report.cells import Table
from simulation.report.chances import FEW
from simulation.report.changes import changes_table
from simulation.report.elsewhere import elsewhere_table
from simulation.report.figures import PARTS_OF_SHARE, SHARE, curve_rows
from simulation.report.goals import goals_tables
from simulation.report.granted import granted
from simulation.report.labels import labels_of, title_of
from simulation.report.limit_sources import limit_sources
from simulation.report.movers import movers
from simulation.report.moves import moves
from simulation.report.programme import programme
from simulation.report.promises import promises_table
from simulation.report.residents import share_table, stack_table, stacks_of
from simulation.report.scorecard import account_of, hits, scorecard
from simulation.report.sections import criteria_table, is_small, lists_table, status_table
from simulation.report.starts import assumed_starts
from simulation.report.style import Picture
from simulation.words import catalogue, number, percent, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Frames = Mapping[str, pd.DataFrame]
OF_PEOPLE = ("residents_tenure", "residents_origin", "residents_work", "flows")  # figures that tell of residents


@dataclass(frozen=True, kw_only=True)
class RunFacts:
    """What was run, as the report tells it."""

    run_id: str
    seed: int
    draws: int
    replicates: int
    versions: Mapping[str, str]  # package -> version, the model's own among them
    inputs: Mapping[str, str]  # file name -> SHA-256


@dataclass(frozen=True)
class Report:
    """Everything the page is made from."""

    frames: Frames
    headline: Mapping[str, Any]
    scenario: Scenario
    facts: RunFacts
    areas: Mapping[str, str]  # the list areas
    departments: Mapping[str, str]
    labels: Mapping[str, str]  # of the numbers that are drawn, by path
    values: Any  # the scenario's, central
    lang: str
    scorecard: Mapping[str, Any] | None = None  # how past lists were hit: lines and tables

    @property
    def list_years(self) -> tuple[int, int]:
        """Return the first and the last list."""
        years = self.frames["summary"]["list_year"]
        return int(years.min()), int(years.max())

    @property
    def members(self) -> int:
        """Return how many futures were computed."""
        return self.facts.draws * self.facts.replicates

    @property
    def everywhere(self) -> dict[str, str]:
        """Return the names of all areas, those that receive among them."""
        return {item["id"]: item["name"] for item in self.values["place"]["areas"]}

    @property
    def titles(self) -> dict[str, str]:
        """Return the names of goals: the scenario's own, and those of the place's phases."""
        titles = {goal["id"]: title_of(goal, self.lang) for goal in self.values["goals"]}
        phases = self.values["place"].get("phases", ())
        named = {f"demolished_{phase['id']}": say("report.goals.demolished_phase", self.lang, phase=phase["name"]) for phase in phases}
        return named | titles

    @property
    def title(self) -> str:
        """Return the scenario's title in the language of the report."""
        return str(self.scenario.title(self.lang))


def report_of(frames: Frames, scenario: Scenario, *, facts: RunFacts, headline: Mapping[str, Any], lang: str) -> Report:
    """Return what the page is made from, with the names of the place's areas and departments."""
    values = scenario.values(facts.seed, None)
    areas = {item["id"]: item["name"] for item in values["place"]["areas"] if item["list_area"]}
    departments = {item["id"]: item["name"] for item in values["place"]["departments"]}
    labels = labels_of((row.path for row in scenario.parameters() if row.drawn), values, lang)
    account = account_of(scenario)
    told = None if account is None else scorecard(account, scenario.parameters(), values, lang)
    return Report(frames, {**headline, **hits(account)}, scenario, facts, areas, departments, labels, values, lang, told)


def content(report: Report) -> dict[str, Any]:
    """Return what the template shows, section by section, but for the figures."""
    lang, (first, last) = report.lang, report.list_years
    shown = {"scenario": report.title, "areas": ", ".join(report.areas.values()), "first_year": first, "last_year": last}
    return {
        "title": say("report.title", lang, scenario=report.title),
        "kicker": say("report.kicker", lang, **shown),
        "answer": _answer(report),
        "warning": _sentences("warning", lang),
        "areas": [_area(report, area) for area in report.areas],
        "description": report.scenario.description(lang),
        "first_look": say("report.few", lang, members=report.members) if report.members < FEW else "",
        "goals": goals_tables(report.frames["milestones"], report.titles, report.areas, report.members, lang),
        "programme": programme(report.frames, report.departments, report.everywhere, lang),
        "moves": moves(report.frames, report.values, lang),
        "elsewhere": elsewhere_table(report.frames, report.everywhere, report.members, lang),
        "arithmetic": arithmetic_lines(report.frames["arithmetic"], report.areas, first, lang),
        "movers": movers(report.frames, report.areas, report.labels, lang),
        "granted": granted(report.values, report.scenario.parameters(), lang),
        "assumptions": _assumptions(report),
        "scorecard": report.scorecard or {"lines": [say("report.scorecard.untested", lang)], "tables": [], "more": []},
        "law": [*_sentences("contested", lang, last_list=rules_for(last, "hold").law_year), limit_sources(last, lang)],
        "limits": _sentences("limit", lang),
        "never": _sentences("never", lang),
        "run": _run(report),
        "asked": asked(report.scenario.name, report.headline["area"], lang, own=own_place(report.scenario)),
        "foot": say("report.foot", lang, run_id=report.facts.run_id),
    }


def own_place(scenario: Scenario) -> bool:
    """Return whether the place is a folder of the reader's, not one that ships beside the rates."""
    located = scenario.located
    place, rates = (located.get(name) for name in (f"places/{scenario.place}/place.yaml", "rates/city.yaml"))
    return place is not None and rates is not None and place.parents[2] != rates.parents[1]


def _sentences(group: str, lang: str, **values: object) -> list[str]:
    keys = [key for key in catalogue("report", lang) if key.startswith(f"{group}.")]
    return [say(f"report.{key}", lang, **values) for key in keys]


def _answer(report: Report) -> Answer:
    name = report.areas[report.headline["area"]]
    return answer(report.headline, name, report.frames["status_without_origin"], report.labels, report.lang)


def pictures_of(pictures: Iterable[Picture], area: str) -> dict[str, list[Picture]]:
    """Return the figures of an area, those of its residents apart."""
    here = [picture for picture in pictures if picture.area == area]
    return {
        "pictures": [picture for picture in here if picture.group not in OF_PEOPLE],
        "people": [picture for picture in here if picture.group in OF_PEOPLE],
    }


def _area(report: Report, area: str) -> dict[str, Any]:
    summary, lang = report.frames["summary"], report.lang
    bound = not curve_rows(summary, area, SHARE).empty
    assumed = assumed_starts(report.values["place"].get("populations", ()), report.scenario.parameters())
    return {
        "slug": area,
        "heading": say("report.area", lang, area=report.areas[area]),
        "note": say("report.area_small", lang) if is_small(summary, area) else "",
        "criteria": criteria_table(summary, area, report.members, lang, assumed),
        "promises": promises_table(report.frames["promises"], area, lang),
        "changes": changes_table(report.frames["decomposition"], area, lang),
        "share": share_table(report.frames["family_share"], area, lang) if bound else None,
        "stacks": [stack_table(stack, lang) for stack in stacks_of(report.frames, area, lang) if bound or stack.name != PARTS_OF_SHARE],
        "lists": lists_table(summary, area, lang),
        "status": _statuses(report, area),
    }


def _statuses(report: Report, area: str) -> list[Table | None]:
    frames = {"with_origin": report.frames["status"], "without_origin": report.frames["status_without_origin"]}
    captions = {key: say(f"report.status.{key}", report.lang) + ". " + say("report.status.caption", report.lang) for key in frames}
    return [status_table(frame, area, report.members, report.lang, captions[key]) for key, frame in frames.items()]


def _assumptions(report: Report) -> dict[str, Any]:
    told, lang, (_, last) = assumptions(report.scenario.parameters(), report.labels, report.lang), report.lang, report.list_years
    told["lines"].append(fitted_line(report.scenario.parameters(), lang))
    told["part"] = assumed_part_table(report.frames["assumed_part"], report.areas, lang)
    indicator = say("indicator.outside_labour_market", lang)
    for area, name in report.areas.items():
        part = unknown_part(report.frames["spread"], area, last)
        if math.isfinite(part):
            share = percent(100 * part, lang, 0)
            told["lines"].append(say("report.assumed.spread", lang, indicator=indicator, share=share, year=last, area=name))
    return told


def _run(report: Report) -> dict[str, Any]:
    facts, lang = report.facts, report.lang
    counts = {key: number(getattr(facts, key), lang) for key in ("draws", "replicates")}
    members = number(facts.draws * facts.replicates, lang)
    options = f"--draws {facts.draws} --replicates {facts.replicates} --seed {facts.seed} --lang {lang}"
    values = {
        "scenario": f"{report.title} ({report.scenario.name})",
        "run_id": facts.run_id,
        "futures": say("report.fact.futures_text", lang, members=members, seed=facts.seed, **counts),
        "versions": ", ".join(f"{name} {version}" for name, version in facts.versions.items()),
        "again": f"blandetby run {report.scenario.name} {options}",
    }
    heads = [say("report.fact.file", lang), say("report.fact.hash", lang)]
    inputs = Table(heads, [[name, digest] for name, digest in sorted(facts.inputs.items())], texts=(0, 1))
    return {"facts": [(say(f"report.fact.{key}", lang), value) for key, value in values.items()], "inputs": inputs}
