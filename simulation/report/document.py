"""Write the report of a run: one self-contained page, the answer first, and its figures beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.files import write_atomic
from simulation.report.chances import FEW
from simulation.report.content import Frames, Report, RunFacts, content, report_of
from simulation.report.figures import draw_all
from simulation.report.panels import Sheet
from simulation.report.published import published_points
from simulation.report.style import Picture, files_of
from simulation.report.workbook import FILE, workbook_of
from simulation.words import say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

PAGE = "report.html"
__all__ = ["RunFacts", "page", "write_report"]


def write_report(
    folder: Path, frames: Frames, scenario: Scenario, *, facts: RunFacts, headline: Mapping[str, Any], lang: str
) -> list[Path]:
    """Write ``report.html``, the files of its figures and ``workbook.xlsx`` into a folder and return their paths.

    A first look of a few futures gets no slides: it is no answer.

    ``frames`` and ``headline`` are the results of ``simulation.indicators.results_of``.
    """
    report = report_of(frames, scenario, facts=facts, headline=headline, lang=lang)
    points = published_points(scenario.located.get(f"places/{scenario.place}/published.csv"), report.areas, report.list_years[0])
    pictures = draw_all(frames, points, Sheet(lang, facts.run_id, report.areas))
    written: dict[Path, bytes | str] = dict(files_of(pictures, folder, slides=report.members >= FEW))
    written[folder / PAGE] = page(report, pictures)
    written[folder / FILE] = workbook_of(report)
    for path, data in written.items():
        write_atomic(path, data)
    return list(written)


def page(report: Report, pictures: Sequence[Picture]) -> str:
    """Return the page as HTML: everything inside, nothing fetched, no script."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("simulation.report", "page")
    template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template("report.html.j2")
    css = files("simulation.report").joinpath("page", "report.css").read_text(encoding="utf-8")
    return unbroken(template.render(**content(report, pictures), css=css, lang=report.lang, t=partial(say, lang=report.lang)))


def unbroken(html: str) -> str:
    """Return the page with numbers and their units kept on one line."""
    return re.sub(r"(?<=\d) (?=%|kr\.|af 10|of 10)", "\u00a0", html)
