"""The levers of a scenario: the numbers and switches that the page lets be changed, with what each stands at and rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from simulation.report.labels import item_names
from simulation.report.named import written_unit
from simulation.scenario.keys import label_of
from simulation.scenario.ranged import Ranged
from simulation.words import number, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

# Lists of items and their columns; then single keys. In the order of the page.
TABLES: Mapping[str, tuple[str, ...]] = {
    "demolition": ("dwellings", "from", "to", "delay_years"),
    "new_homes": ("count", "from", "to", "delay_years"),
    "rehousing.pace": ("households_per_year", "from", "to"),
    "measures": ("funded", "capacity", "from", "to"),
}
SINGLES: Mapping[str, tuple[str, ...]] = {"letting": ("flexible_share", "optional_refusal", "clean_record")}
ORDER = ("demolition", "new_homes", "letting", "measures", "rehousing.pace")
WHOLE = ("dwellings", "count", "capacity", "delay_years", "from", "to")
PERCENT = ("flexible_share",)
NOTHING = "none"  # what a measure acts on that the model cannot calculate


@dataclass(frozen=True)
class Lever:
    """One field: where it stands in the scenario, its kind (whole, number, percent, switch), its value, and what that rests on.

    ``told`` is empty of a number that no range or source goes with.
    """

    path: str
    label: str
    kind: str
    value: float | bool
    unit: str
    told: str
    source: str = ""  # in the words of the data


@dataclass(frozen=True)
class Row:
    """The levers of one item, in the order of the group's columns."""

    name: str
    levers: tuple[Lever, ...]


@dataclass(frozen=True)
class Group:
    """One part of the form: a table of items, or single levers."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, Any]:
        """Return what the page shows."""
        return asdict(self)


def groups_of(scenario: Scenario, lang: str) -> list[Group]:
    """Return the levers of a scenario, group by group; a group without any is left out."""
    names = item_names(scenario.values(0, None), lang)
    found = [_single(scenario, key, lang) if key in SINGLES else _table(scenario, key, names, lang) for key in ORDER]
    return [group for group in found if group.rows]


def levers_of(scenario: Scenario) -> dict[str, Lever]:
    """Return every lever of a scenario by its path."""
    return {lever.path: lever for group in groups_of(scenario, "en") for row in group.rows for lever in row.levers}


def _table(scenario: Scenario, key: str, names: Mapping[str, str], lang: str) -> Group:
    columns, items = TABLES[key], list(_items(scenario.tree, key))
    called = [names.get(item["id"], _named(item, names)) for item in items]
    rows = tuple(
        Row(
            name if called.count(name) == 1 else f"{name} {item['from']}-{item['to']}",
            tuple(_lever(f"{key}.{item['id']}.{column}", _resting(item[column], item), lang) for column in columns),
        )
        for name, item in zip(called, items, strict=True)
    )
    return Group(key, say(f"web.group.{key}", lang), tuple(label_of(name, lang) for name in columns), rows)


def _single(scenario: Scenario, key: str, lang: str) -> Group:
    levers = [_lever(f"{key}.{name}", scenario.tree[key][name], lang) for name in SINGLES[key]]
    return Group(key, say(f"web.group.{key}", lang), (), tuple(Row(lever.label, (lever,)) for lever in levers))


def _items(tree: Any, key: str) -> Iterator[Any]:
    for part in key.split("."):
        tree = tree[part]
    yield from (item for item in tree if item.get("acts_on") != NOTHING)


def _named(item: Any, names: Mapping[str, str]) -> str:
    """Return what an item goes by that has no name of its own: its place, its landlord, else its id."""
    owner = next((item[key] for key in ("department", "landlord") if item.get(key)), item["id"])
    return names.get(owner, str(item["id"]).replace("_", " ").capitalize())


def _resting(found: Any, item: Any) -> Any:
    """Return a number of an item; one that does not say what it rests on, with what the item does."""
    if not isinstance(found, Ranged) or found.basis:
        return found
    return found.model_copy(update={"basis": item.get("basis"), "source": item.get("source")})


def _lever(path: str, found: Any, lang: str) -> Lever:
    name = path.split(".")[-1]
    value = found.value if isinstance(found, Ranged) else found
    kind = "switch" if isinstance(value, bool) else "percent" if name in PERCENT else "whole" if name in WHOLE else "number"
    if not isinstance(found, Ranged):
        return Lever(path, label_of(name, lang), kind, value, "", "")
    return Lever(path, label_of(name, lang), kind, value, written_unit(found.unit, lang), _told(found, kind, lang), found.source or "")


def _told(found: Ranged, kind: str, lang: str) -> str:
    """Say what a number rests on, and between what it is drawn."""
    parts = [say(f"web.basis.{found.kind}", lang)]
    if found.low is not None and found.high is not None:
        scale = 100 if kind == "percent" else 1
        low, high = (number(scale * end, lang, 0 if scale * end == round(scale * end) else 2) for end in (found.low, found.high))
        parts.append(say("web.drawn", lang, low=low, high=high))
    return "; ".join(parts)
