"""The page of a study: the answer first, then sections of sentences, figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from shlex import quote

from simulation.files import write_atomic
from simulation.report.cells import Table
from simulation.report.document import PAGE, unbroken
from simulation.report.style import Picture, files_of
from simulation.words import catalogue, say


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section; ``more`` are tables behind a line to click, ``summary``."""

    name: str
    heading: str
    texts: Sequence[str] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    summary: str = ""
    more: Sequence[Table] = ()


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the page of a study shows; the first of the lines is its heading."""

    title: str
    kicker: str
    lines: Sequence[str]
    warnings: Sequence[str]
    sections: Sequence[Section]
    foot: str


def warnings(lang: str) -> list[str]:
    """Return what stands above every report."""
    return [say(f"report.{key}", lang) for key in catalogue("report", lang) if key.startswith("warning.")]


def write_page(folder: Path, page: Page, pictures: Sequence[Picture], lang: str) -> list[Path]:
    """Write ``report.html`` and the files of its figures into a folder and return their paths."""
    written: dict[Path, bytes | str] = dict(files_of(pictures, folder, slides=True))
    written[folder / PAGE] = html_of(page, lang)
    for path, data in written.items():
        write_atomic(path, data)
    return list(written)


def with_overrides(command: str, overrides: Sequence[str]) -> str:
    """Return a command with what was set beside its scenario."""
    return " ".join([command, *(f"--set {quote(each)}" for each in overrides)])


def html_of(page: Page, lang: str) -> str:
    """Return the page as HTML: everything inside, nothing fetched, no script."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    loader = ChoiceLoader([PackageLoader("simulation.decisions", "page_files"), PackageLoader("simulation.report", "page")])
    template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template("study.html.j2")
    css = files("simulation.report").joinpath("page", "report.css").read_text(encoding="utf-8")
    return unbroken(template.render(page=page, css=css, lang=lang))
