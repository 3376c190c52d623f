"""A scenario written out as a workbook to be changed in a spreadsheet and run again."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.files import write_new
from simulation.scenario.keys import ITEMS, label_of
from simulation.scenario.loading import load
from simulation.scenario.ranged import Ranged
from simulation.scenario.resolved import plain
from simulation.scenario.sections import Sections
from simulation.words import say

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PARTS = tuple(name for name in Ranged.model_fields if name != "shape")
_WIDTH = {"label": 46, "key": 40, "source": 60, "unit": 30}


def write_workbook(name: str, overrides: Sequence[str], lang: str, path: Path) -> None:
    """Write a scenario, changed by overrides, as a workbook that extends it. Raises InputErrors, also where the file is there already."""
    scenario = load(name, overrides)
    write_new(path, workbook_of(scenario.sections, name if Path(name).suffix else f"{name}.yaml", lang), "--workbook")


def workbook_of(sections: Sections, extends: str, lang: str) -> bytes:
    """Return the bytes of a workbook that extends a scenario and says all that this one does."""
    from openpyxl import Workbook

    said: dict[str, Any] = plain(sections)
    lists = {key: _taken(said, key) for key in ITEMS}
    book = Workbook()
    sheet: Any = book.active
    sheet.title = say("key.sheet", lang)
    header = [say("key.label", lang), say("key.key", lang), *(label_of(part, lang) for part in PARTS)]
    rows = [[label_of(key, lang), key, *(value.get(part) for part in PARTS)] for key, value in _flat({"extends": extends, **said})]
    _fill(sheet, header, rows, [_WIDTH["label"], _WIDTH["key"], *(_WIDTH.get(part, 14) for part in PARTS)])
    for key, items in lists.items():
        flat = [{"id": item["id"], **{name: _cell(inner) for name, inner in _columns(item)}} for item in items]
        names = list(dict.fromkeys(["id", *(name for item in flat for name in item)]))
        rows = [[item.get(name) for name in names] for item in flat]
        widths = [max(12, min(len(label_of(name, lang)) + 2, 30)) for name in names]
        _fill(book.create_sheet(label_of(key.split(".")[-1], lang)), [label_of(name, lang) for name in names], rows, widths)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _taken(said: dict[str, Any], key: str) -> list[dict[str, Any]]:
    *above, last = key.split(".")
    for name in above:
        said = said[name] = dict(said[name])
    found: list[dict[str, Any]] = said.pop(last)
    return found


def _flat(tree: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield keys with dots, and the parts of the number that stands there; a plain value has the part `value` alone."""
    for name, inner in tree.items():
        key = f"{path}.{name}" if path else str(name)
        if isinstance(inner, dict) and "value" in inner:
            yield key, inner
        elif isinstance(inner, dict):
            yield from _flat(inner, key)
        elif inner is not None and inner != [] and _has_no_items(inner):
            yield key, {"value": _cell(inner)}


def _has_no_items(value: Any) -> bool:
    return not (isinstance(value, list) and any(isinstance(item, dict) for item in value))


def _columns(item: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in item.items():
        key = path if name == "value" and path else f"{path}.{name}" if path else str(name)
        if isinstance(inner, dict):
            yield from _columns(inner, key)
        else:
            yield key, inner


def _cell(value: Any) -> Any:
    return "; ".join(str(one) for one in value) if isinstance(value, (list, tuple)) else value


def _fill(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True)
    sheet.freeze_panes = "B2"
