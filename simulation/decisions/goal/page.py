"""The page of a goal-seek."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.decisions.goal.found import Sought
from simulation.decisions.goal.lines import first_lines, goal_name, points_table
from simulation.decisions.goal.search import HALVINGS
from simulation.decisions.pages import Page, Section, warnings, with_overrides
from simulation.report.style import Picture
from simulation.words import number, say


def page_of(found: Sought, pictures: Sequence[Picture]) -> Page:
    """Return what the page shows."""
    lang, scenario = found.names.lang, found.scenario.title(found.names.lang)
    tried = Section(name="tried", heading=say("goal.page.tried", lang), pictures=pictures, tables=[points_table(found, lang)])
    read = Section(name="read", heading=say("goal.page.read", lang), texts=_notes(found, lang))
    run = Section(name="run", heading=say("goal.page.run", lang), texts=[_again(found, lang)])
    return Page(
        title=say("goal.page.title", lang, scenario=scenario),
        kicker=say("goal.page.kicker", lang, scenario=scenario, goal=goal_name(found, lang)),
        lines=first_lines(found, lang),
        warnings=warnings(lang),
        sections=[tried, read, run],
        foot=say("goal.page.foot", lang, run_id=found.study_id),
    )


def _notes(found: Sought, lang: str) -> list[str]:
    told = {"futures": number(found.futures, lang), "halvings": number(HALVINGS, lang)}
    return [say("goal.note.search", lang, **told), *(say(f"goal.note.{key}", lang) for key in ("sure", "law", "origin"))]


def _again(found: Sought, lang: str) -> str:
    goal, lever = found.goal, found.lever
    told = {"scenario": found.scenario.name, "criterion": goal.criterion, "area": goal.area, "year": goal.list_year}
    told |= {"lever": lever.name, "low": f"{lever.low:g}", "high": f"{lever.high:g}", "sure": f"{found.answers[-1].sure:g}"}
    counts = {"draws": found.draws, "replicates": found.replicates, "seed": found.seed}
    return with_overrides(say("goal.again", lang, language=lang, **told, **counts), found.overrides)
