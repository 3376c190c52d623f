"""What the page begins with: itself, its words, the scenarios to choose from, and the levers of the one chosen."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from simulation.scenario import load
from simulation.web.levers import groups_of
from simulation.web.sessions import Session, titles
from simulation.words import catalogue, languages, say


def page_html(lang: str) -> str:
    """Return the page: its parts and its words; what it shows of a scenario it asks for."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("simulation.web", "page")
    template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template("index.html.j2")
    words = json.dumps(catalogue("web", lang), ensure_ascii=False).replace("<", "\\u003c")
    return template.render(lang=lang, languages=languages(), words=words, t=partial(say, lang=lang))


def state_of(session: Session) -> dict[str, Any]:
    """Return what a session has chosen, changed and run, as JSON takes it."""
    scenario, lang = load(str(session.given)), session.lang
    job = session.job
    return {
        "scenarios": titles(lang),
        "name": session.name,
        "own": session.own is not None,
        "heading": scenario.title(lang),
        "description": scenario.description(lang),
        "groups": [group.as_json() for group in groups_of(scenario, lang)],
        "changes": session.changes,
        "title": session.title,
        "asked": session.asked,
        "stale": job is not None and session.ran != session.chosen,
        "run": job.told() if job is not None else {"state": "none", "version": 0},
    }
