"""The page of a budget: what to fund first, then what each measure buys, the packages, what can be promised, how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from simulation.decisions.budget.pictures import draw_frontier
from simulation.decisions.budget.tables import criteria_tables, frames_table, measures_table, packages_table
from simulation.decisions.budget.teller import Teller
from simulation.decisions.budget.telling import answer, promised
from simulation.decisions.budget.yearly import years_table
from simulation.files import write_atomic
from simulation.report.chances import FEW
from simulation.report.document import PAGE, unbroken
from simulation.report.panels import Sheet
from simulation.report.style import Picture, files_of
from simulation.words import catalogue, say


def write_page(folder: Path, teller: Teller, run_id: str, facts: Sequence[str]) -> list[Path]:
    """Write ``report.html`` and the files of its figures into a folder and return their paths."""
    pictures = draw_frontier(teller, Sheet(teller.lang, run_id, {}))
    written: dict[Path, bytes | str] = dict(files_of(pictures, folder, slides=teller.study.draws >= FEW))
    written[folder / PAGE] = page(teller, pictures, run_id, facts)
    for path, data in written.items():
        write_atomic(path, data)
    return list(written)


def page(teller: Teller, pictures: Sequence[Picture], run_id: str, facts: Sequence[str]) -> str:
    """Return the page as HTML: everything inside, nothing fetched, no script."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    loader = ChoiceLoader([PackageLoader("simulation.decisions", "page_files"), PackageLoader("simulation.report", "page")])
    template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template("budget.html.j2")
    css = files("simulation.report").joinpath("page", "report.css").read_text(encoding="utf-8")
    shown = _content(teller, pictures, run_id, facts)
    return unbroken(template.render(**shown, css=css, lang=teller.lang, t=partial(say, lang=teller.lang)))


def _content(teller: Teller, pictures: Sequence[Picture], run_id: str, facts: Sequence[str]) -> dict[str, Any]:
    study, told = teller.study, {"scenario": teller.study.scenario.title(teller.lang)}
    package = "with" if study.package else "without"
    return {
        "title": teller.say("page.title", **told),
        "kicker": teller.say("page.kicker", span=teller.span, **told),
        "answer": answer(teller),
        "few": teller.say("page.few", draws=study.draws) if study.draws < FEW else "",
        "warning": _sentences(teller, "report", "warning"),
        "measures": measures_table(teller),
        "years": years_table(teller),
        "criteria": criteria_tables(teller),
        "packages": packages_table(teller),
        "frames": frames_table(teller),
        "pictures": pictures,
        "reach": teller.reach_table,
        "promise": promised(teller),
        "promise_about": teller.say(f"page.promise_{package}"),
        "read": _sentences(teller, "budget", "read"),
        "facts": facts,
        "foot": say("report.foot", teller.lang, run_id=run_id),
    }


def _sentences(teller: Teller, topic: str, group: str) -> list[str]:
    return [say(f"{topic}.{key}", teller.lang) for key in catalogue(topic, teller.lang) if key.startswith(f"{group}.")]
