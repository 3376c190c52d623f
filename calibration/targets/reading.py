"""Published values with their definition, boundary, breaks and spread, for one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.law import CRITERIA
from simulation.law.published import Row, read_published

if TYPE_CHECKING:
    from simulation.scenario import Scenario

HERE = Path(__file__).resolve().parent
RESIDENTS = "residents"
FITTED, LEFT_OUT = "fitted", "left_out"


@dataclass(frozen=True)
class Target:
    """A published value: of which areas together, on which list, and how closely it can be met.

    ``half``: half a unit of the last printed digit; ``discrepancy``: standard deviation of what no model explains; both in
    the value's unit (per cent; residents: persons). ``why``: a code, where it is left out.
    """

    area: str  # as published
    areas: tuple[str, ...]  # of the model, counted together
    indicator: str
    list_year: int
    value: float
    half: float
    discrepancy: float
    use: str
    why: str = ""

    @property
    def id(self) -> str:
        """Name the target: indicator, list, number of areas."""
        return f"{self.indicator} {self.list_year} {'+'.join(self.areas)}"


@dataclass(frozen=True)
class Check:
    """A quantity that is compared and not fitted; ``value`` give or take ``half``."""

    id: str
    areas: tuple[str, ...]
    year: int
    value: float
    half: float
    unit: str
    basis: str
    source: str


@dataclass(frozen=True)
class Targets:
    """All of a place: the values (also those left out, with why), and what is checked beside them."""

    values: tuple[Target, ...]
    checks: tuple[Check, ...]
    last_fitted: int

    def fitted(self, until: int | None = None) -> tuple[Target, ...]:
        """Return the targets of lists up to a year; by default up to the last that is fitted."""
        last = self.last_fitted if until is None else until
        return tuple(target for target in self.values if target.use == FITTED and target.list_year <= last)

    def later(self, than: int) -> tuple[Target, ...]:
        """Return the comparable values of lists after a year."""
        return tuple(target for target in self.values if target.use == FITTED and target.list_year > than)


@cache
def told(place: str) -> dict[str, Any]:
    """Return what the targets' file of a place says. Raises FileNotFoundError for a place without one."""
    from ruamel.yaml import YAML

    content: dict[str, Any] = YAML(typ="safe", pure=True).load((HERE / f"{place}.yaml").read_text(encoding="utf-8"))
    return content


def read_targets(scenario: Scenario, more: Iterable[Row] = (), last_fitted: int | None = None) -> Targets:
    """Return the targets of the scenario's place; ``more``: rows beside those that ship, which replace them area by list."""
    said = told(scenario.place)
    shipped = read_published(scenario.path(f"places/{scenario.place}/published.csv"))
    rows = {(row.area, row.list_year): row for row in (*shipped, *more)}
    areas = {area["name"]: area["id"] for area in scenario.tree["place"]["areas"]}
    values = [target for row in rows.values() if row.area in areas for target in _of_row(row, areas[row.area], scenario, said)]
    checks = tuple(_check(entry) for entry in said["checks"])
    return Targets(tuple(values), checks, said["last_fitted"] if last_fitted is None else last_fitted)


def _check(entry: dict[str, Any]) -> Check:
    kept = {name: entry[name] for name in ("id", "year", "unit", "basis", "source")}
    return Check(areas=tuple(entry["areas"]), value=float(entry["value"]), half=float(entry["half"]), **kept)


def _of_row(row: Row, area: str, scenario: Scenario, said: dict[str, Any]) -> Iterable[Target]:
    areas = _together(area, row.list_year, said["boundaries"])
    found = {name: (float(cell.value), float(cell.half)) for name in CRITERIA if (cell := row.values[name]) is not None}
    if row.residents is not None:
        found[RESIDENTS] = float(row.residents), said["residents_printed_to"]["value"] / 2
    for indicator, (value, half) in found.items():
        why = _why_not(indicator, row.list_year, scenario, said)
        spread = float(said["discrepancy"][indicator]["value"])
        yield Target(row.area, areas, indicator, row.list_year, value, half, spread, LEFT_OUT if why else FITTED, why)


def _together(area: str, list_year: int, boundaries: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the areas of the model that made an area on the list of a year."""
    merged = [other for b in boundaries if list_year <= b["until"] for other, into in b["merged"].items() if into == area]
    return (area, *merged)


def _why_not(indicator: str, list_year: int, scenario: Scenario, said: dict[str, Any]) -> str:
    if list_year <= scenario.first_year:
        return "before_the_run"
    return next((b["code"] for b in said["breaks"] if b["id"] == indicator and list_year <= b["until"]), "")
