"""The page of a comparison: the answer first, then what differs, area by area, and how to read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from simulation.decisions.cells import difference, table_of
from simulation.decisions.comparison import Comparison, Side
from simulation.decisions.differences import BETTER, FEWEST_DRAWS, WORSE
from simulation.decisions.lines import differing_lines
from simulation.decisions.outcomes import LISTS, OFF, SHARE, TOGETHER
from simulation.decisions.pages import with_overrides
from simulation.decisions.panels import colour_of, draw_comparison
from simulation.decisions.sentence import first_line
from simulation.decisions.steps import steps_tables
from simulation.files import write_atomic
from simulation.law import CATEGORIES
from simulation.report.cells import Cell, Table
from simulation.report.document import PAGE, unbroken
from simulation.report.figures import CRITERIA, CURVES
from simulation.report.panels import Sheet
from simulation.report.style import Picture, files_of
from simulation.words import UNKNOWN, catalogue, number, say

STATUS = (
    *OFF,
    *(f"category_{name}" for name in CATEGORIES),
    *(f"off_{name}_since" for name in LISTS),
    f"{SHARE}_since",
)
LINES_OPEN = 12  # more of what differs are folded up: the numbers come first
PEOPLE = ("stayers", "moved_in", "moved_out", "rehoused_out", "demolished", "renovated", "built", "rent_lost", "new_vulnerable_area")


def write_page(folder: Path, comparison: Comparison, lang: str) -> list[Path]:
    """Write ``report.html`` and the files of its figures into a folder and return their paths."""
    pictures = draw_comparison(comparison, Sheet(lang, comparison.comparison_id, comparison.areas))
    written: dict[Path, bytes | str] = dict(files_of(pictures, folder, slides=comparison.draws >= FEWEST_DRAWS))
    written[folder / PAGE] = page(comparison, pictures, lang)
    for path, data in written.items():
        write_atomic(path, data)
    return list(written)


def page(comparison: Comparison, pictures: Iterable[Picture], lang: str) -> str:
    """Return the page as HTML: everything inside, nothing fetched, no script."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    loader = ChoiceLoader([PackageLoader("simulation.decisions", "page_files"), PackageLoader("simulation.report", "page")])
    template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template("compare.html.j2")
    css = files("simulation.report").joinpath("page", "report.css").read_text(encoding="utf-8")
    shown = _content(comparison, list(pictures), lang)
    return unbroken(template.render(**shown, css=css, lang=lang, t=partial(say, lang=lang)))


def _content(comparison: Comparison, pictures: list[Picture], lang: str) -> dict[str, Any]:
    titles = ", ".join(side.title for side in (comparison.base, *comparison.others))
    areas = {"areas": ", ".join(comparison.areas[area] for area in comparison.list_areas)}
    return {
        "title": say("compare.page.title", lang, titles=titles),
        "kicker": say("compare.page.kicker", lang, base=comparison.base.title, last=comparison.last_year, **areas),
        "answers": [(colour_of(comparison, side)[0], first_line(comparison, side, lang)) for side in comparison.others],
        "few": say("compare.page.few", lang, draws=comparison.draws) if comparison.draws < FEWEST_DRAWS else "",
        "warning": _sentences("report", "warning", lang),
        "lines": [_lines(comparison, side, lang) for side in comparison.others],
        "steps": list(steps_tables(comparison, lang)),
        "notes": comparison.notes,
        "areas": [_area(comparison, area, pictures, lang) for area in comparison.list_areas],
        "goals": _tables(comparison, lang, "goals_caption", _goals),
        "people": _tables(comparison, lang, "people_caption", lambda side: comparison.rows(side, TOGETHER, comparison.last_year), PEOPLE),
        "costs": list(_costs(comparison, lang)),
        "elsewhere": [table for side in comparison.others for table in _elsewhere(comparison, side, lang)],
        "read": _sentences("compare", "read", lang),
        "facts": _facts(comparison, lang),
        "foot": say("compare.page.foot", lang, run_id=comparison.comparison_id),
    }


def _sentences(topic: str, group: str, lang: str) -> list[str]:
    return [say(f"{topic}.{key}", lang) for key in catalogue(topic, lang) if key.startswith(f"{group}.")]


def _caption(comparison: Comparison, side: Side, key: str, lang: str) -> str:
    return say(f"compare.page.{key}", lang, other=side.title, base=comparison.base.title, year=comparison.last_year)


def _lines(comparison: Comparison, side: Side, lang: str) -> dict[str, Any]:
    """Return what differs: how many lines of which section, and all of them, folded up where they are many."""
    found = differing_lines(comparison.base.scenario, side.scenario, lang)
    if not found:
        return {"text": say("compare.page.same", lang), "table": None, "open": True}
    counted = Counter(line.section or say("compare.page.numbers", lang) for line in found)
    heads = [say("compare.page.section", lang), comparison.base.title, side.title]
    rows = [[line.what or line.section, line.base, line.other] for line in found]
    table = Table(heads, rows, _caption(comparison, side, "lines_caption", lang), texts=(0, 1, 2))
    told = ", ".join(f"{name} {number(count, lang)}" for name, count in counted.most_common())
    text = say("compare.page.lines_counted", lang, other=side.title, base=comparison.base.title, sections=told)
    return {"text": text, "table": table, "open": len(found) <= LINES_OPEN}


def _area(comparison: Comparison, area: str, pictures: list[Picture], lang: str) -> dict[str, Any]:
    tables, by_year = [], []
    for side in comparison.others:
        rows = comparison.rows(side, area, comparison.last_year)
        for key, measures in (("criteria", CURVES), ("status", STATUS)):
            tables.append(table_of(comparison, side, rows, measures, lang, _caption(comparison, side, key, lang)))
        by_year.append(_by_year(comparison, side, area, lang))
    heading = say("compare.page.area", lang, area=comparison.areas[area], year=comparison.last_year)
    shown = [picture for picture in pictures if picture.area == area]
    return {"slug": area, "heading": heading, "tables": tables, "by_year": by_year, "pictures": shown}


def _by_year(comparison: Comparison, side: Side, area: str, lang: str) -> Table:
    years = sorted(set(comparison.frame["list_year"]))
    rows = {year: comparison.rows(side, area, year) for year in years}
    shown = [name for name in (*CRITERIA, SHARE) if name in rows[years[-1]]]
    heads = [say("compare.page.list", lang), *(say(f"indicator.{name}", lang) for name in shown)]
    body = [[str(year), *(_marked(rows[year].get(name), lang) for name in shown)] for year in years]
    return Table(heads, body, _caption(comparison, side, "year_caption", lang))


def _marked(row: dict[str, Any] | None, lang: str) -> str:
    if row is None:
        return UNKNOWN
    return Cell(difference(row, lang), row["verdict"] if row["verdict"] in (BETTER, WORSE) else "")


def _goals(comparison: Comparison, side: Side) -> dict[str, dict[str, Any]]:
    frame = comparison.frame
    goals = frame[(frame["scenario"] == side.name) & frame["measure"].str.startswith("goal_")]
    return {str(row["measure"]): {str(key): cell for key, cell in row.items()} for row in goals.to_dict("records")}


def _tables(comparison: Comparison, lang: str, caption: str, rows: Any, measures: Iterable[str] = ()) -> list[Table]:
    found = []
    for side in comparison.others:
        here = rows(comparison, side) if rows is _goals else rows(side)
        table = table_of(comparison, side, here, measures or here, lang, _caption(comparison, side, caption, lang))
        found += [table] if table is not None else []
    return found


def _elsewhere(comparison: Comparison, side: Side, lang: str) -> Iterator[Table]:
    outside = CRITERIA[0]
    rows = {
        name: found[outside]
        for slug, name in comparison.areas.items()
        if slug not in comparison.list_areas
        for found in [comparison.rows(side, slug, comparison.last_year)]
        if outside in found
    }
    table = table_of(comparison, side, rows, rows, lang, _caption(comparison, side, "elsewhere_caption", lang))
    if table is not None:
        yield table


def _costs(comparison: Comparison, lang: str) -> Iterator[str]:
    """Yield what the measures of each scenario cost, as far as it says; an unknown cost is no nought."""
    for side in (comparison.base, *comparison.others):
        funded = [measure for measure in side.scenario.sections.measures if measure.funded and measure.acts_on != "none"]
        prices = [sum(cost.value for cost in measure.cost.thousand_dkk.values()) for measure in funded if measure.cost is not None]
        told = {"priced": number(len(prices), lang), "funded": number(len(funded), lang)}
        total = number(sum(prices), lang) if prices else UNKNOWN
        yield say("compare.page.cost", lang, other=side.title, total=total, **told)


def _facts(comparison: Comparison, lang: str) -> list[str]:
    sides = (comparison.base, *comparison.others)
    counts = {"draws": comparison.draws, "replicates": comparison.replicates, "seed": comparison.seed}
    made = [say("compare.page.members", lang, title=side.title, made=side.made) for side in sides]
    again = say("compare.page.again", lang, names=" ".join(comparison.asked), language=lang, **counts)
    return [say("compare.page.chance", lang, **counts), *made, with_overrides(again, comparison.overrides)]
