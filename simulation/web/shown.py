"""What the page shows of a run: the answer, the criteria with their bands beside the base, the tables, and the district."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulation.indicators.frames import Results, results_of
from simulation.indicators.setting import setting_of
from simulation.records import Ensemble
from simulation.report.answer import answer
from simulation.report.cells import Cell, Table
from simulation.report.chances import FEW
from simulation.report.content import Report, RunFacts, report_of
from simulation.report.figures import CURVES, DECIMALS, curve_alt, curve_rows
from simulation.report.panels import Sheet
from simulation.report.published import published_points
from simulation.report.sections import criteria_table, is_small
from simulation.report.starts import assumed_starts
from simulation.web.beside import beside
from simulation.web.district import district
from simulation.words import say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

BAND = ("p10", "p50", "p90")
PUBLISHED = "places/{place}/published.csv"


@dataclass(frozen=True, eq=False)
class Side:
    """One of two scenarios side by side, with its members and what they tell."""

    scenario: Scenario
    ensemble: Ensemble
    results: Results
    report: Report

    @property
    def summary(self) -> pd.DataFrame:
        """Return the indicators over the members."""
        return self.results.frames["summary"]


def side_of(scenario: Scenario, ensemble: Ensemble, facts: RunFacts, lang: str) -> Side:
    """Return what the members of a scenario tell."""
    results = results_of(ensemble, scenario, facts.seed, whole=False)
    told = report_of(results.frames, scenario, facts=facts, headline=results.headline, lang=lang)
    return Side(scenario, ensemble, results, told)


def view(changed: Side, base: Side | None, lang: str) -> dict[str, Any]:
    """Return what the page shows of a run, and beside it of its base where there is one, as JSON takes it."""
    report = changed.report
    points = published_points(
        changed.scenario.located.get(PUBLISHED.format(place=changed.scenario.place)), report.areas, report.list_years[0]
    )
    return {
        "title": report.title,
        "base_title": base.report.title if base else None,
        "facts": {"draws": report.facts.draws, "replicates": report.facts.replicates, "seed": report.facts.seed, "members": report.members},
        "few": say("report.few", lang, members=report.members) if report.members < FEW else "",
        "answer": _answer(changed),
        "base_answer": _answer(base) if base else None,
        "beside": _beside(changed, base) if base else None,
        "areas": [_area(changed, base, area, points, lang) for area in report.areas],
        "district": district(changed.ensemble, changed.scenario, setting_of(changed.scenario)),
    }


def _answer(side: Side) -> dict[str, Any]:
    report = side.report
    name = report.areas[report.headline["area"]]
    return asdict(answer(report.headline, name, report.frames["status_without_origin"], report.labels, report.lang))


def _beside(changed: Side, base: Side) -> dict[str, Any]:
    sentence, tables = beside(changed, base)
    return {"sentence": sentence, "tables": [shown_table(table) for table in tables]}


def _area(changed: Side, base: Side | None, area: str, points: pd.DataFrame, lang: str) -> dict[str, Any]:
    report = changed.report
    assumed = assumed_starts(report.values["place"].get("populations", ()), report.scenario.parameters())
    return {
        "slug": area,
        "name": report.areas[area],
        "note": say("report.area_small", lang) if is_small(changed.summary, area) else "",
        "curves": [curve for name in CURVES for curve in [_curve(changed, base, area, name, points)] if curve],
        "table": shown_table(criteria_table(changed.summary, area, report.members, lang, assumed)),
    }


def _curve(changed: Side, base: Side | None, area: str, name: str, points: pd.DataFrame) -> dict[str, Any] | None:
    rows, lang = curve_rows(changed.summary, area, name), changed.report.lang
    if rows.empty:
        return None
    before = curve_rows(base.summary, area, name) if base else rows.iloc[:0]
    own = points[(points["area"] == area) & (points["indicator"] == name)]
    sheet = Sheet(lang, "", changed.report.areas)
    return {
        "indicator": name,
        "title": say(f"indicator.{name}", lang),
        "measure": say(f"measure.{name}", lang, area=changed.report.areas[area]),
        "alt": curve_alt(rows, sheet, area=area, indicator=name),
        "decimals": DECIMALS.get(name, 1),
        "years": rows["list_year"].astype(int).tolist(),
        **_band(rows),
        "limit": _known(rows["threshold"]),
        "base": _band(before) if len(before) == len(rows) else None,
        "points": [{str(key): _plain(cell) for key, cell in row.items()} for row in own.to_dict("records")],
    }


def _band(rows: pd.DataFrame) -> dict[str, list[float | None]]:
    return {name: _known(rows[name]) for name in BAND}


def _known(values: Iterable[float]) -> list[float | None]:
    return [float(value) if math.isfinite(value) else None for value in values]


def _plain(cell: Any) -> Any:
    return cell.item() if hasattr(cell, "item") else cell


def shown_table(table: Table | None) -> dict[str, Any] | None:
    """Return a table as JSON takes it: each cell with its text and its mark."""
    if table is None:
        return None
    rows = [[{"text": str(cell), "mark": cell.mark if isinstance(cell, Cell) else ""} for cell in row] for row in table.rows]
    return {"heads": list(table.heads), "rows": rows, "caption": table.caption, "texts": list(table.texts)}


def same_frame(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two scenarios can stand side by side: the same place, the same lists."""
    return all(one[key] == other[key] for key in ("first_year", "last_year")) and one["place"]["id"] == other["place"]["id"]
