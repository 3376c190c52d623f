"""Write the report of a run: one self-contained page, the answer first, and its figures beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.files import write_atomic
from simulation.report.chances import FEW
from simulation.report.content import Frames, Report, RunFacts, content, pictures_of, report_of
from simulation.report.drawing import Drawn, drawn_beside
from simulation.report.figures import drawings
from simulation.report.panels import Sheet
from simulation.report.published import published_points
from simulation.report.style import files_of
from simulation.report.workbook import FILE, workbook_of
from simulation.words import say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

PAGE = "report.html"
__all__ = ["RunFacts", "begun_report", "page", "write_report"]


def write_report(folder: Path, frames: Frames, scenario: Scenario, **told: Any) -> list[Path]:
    """Write ``report.html``, the files of its figures and ``workbook.xlsx`` into a folder and return their paths.

    What else is given is told at :func:`begun_report`.
    """
    with begun_report(folder, frames, scenario, **told) as finish:
        return finish()


@contextmanager
def begun_report(
    folder: Path, frames: Frames, scenario: Scenario, *, facts: RunFacts, headline: Mapping[str, Any], lang: str, workers: int = 1
) -> Iterator[Callable[[], list[Path]]]:
    """Begin a report, and give what finishes it: its figures are drawn beside whatever is done in between.

    A first look of a few futures gets no slides: it is no answer.

    ``frames`` and ``headline`` are the results of ``simulation.indicators.results_of``.
    """
    report = report_of(frames, scenario, facts=facts, headline=headline, lang=lang)
    points = published_points(scenario.located.get(f"places/{scenario.place}/published.csv"), report.areas, report.list_years[0])
    figures = drawings(frames, points, Sheet(lang, facts.run_id, report.areas))
    with drawn_beside(figures, slides=report.members >= FEW, workers=workers) as drawn:
        yield partial(_finish, report, drawn, folder)


def _finish(report: Report, drawn: Drawn, folder: Path) -> list[Path]:
    book, html = workbook_of(report), page(report, drawn)
    written: dict[Path, bytes | str] = dict(files_of(drawn(), folder, slides=report.members >= FEW))
    written |= {folder / PAGE: html, folder / FILE: book}
    for path, data in written.items():
        write_atomic(path, data)
    return list(written)


def page(report: Report, drawn: Drawn) -> str:
    """Return the page as HTML: everything inside, nothing fetched, no script."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("simulation.report", "page")
    template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template("report.html.j2")
    css = files("simulation.report").joinpath("page", "report.css").read_text(encoding="utf-8")
    shown = content(report)
    for area in shown["areas"]:
        area |= pictures_of(drawn(), area["slug"])
    return unbroken(template.render(**shown, css=css, lang=report.lang, t=partial(say, lang=report.lang)))


def unbroken(html: str) -> str:
    """Return the page with numbers and their units kept on one line."""
    return re.sub(r"(?<=\d) (?=%|kr\.|af 10|of 10)", "\u00a0", html)
