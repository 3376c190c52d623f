"""The sheets of an XLSX file as rows of texts: a zip archive of XML, read without a library for spreadsheets."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
# A small archive can hold far too much: bytes of one part, unpacked; sheets; and the last row and column that a spreadsheet knows.
_MOST_BYTES, _MOST_SHEETS, _MOST_ROW, _MOST_COLUMN = 10_000_000, 100, 1_048_576, 16_384
_MOST_CELLS = 2_000_000
# What the library makes of an archive that is broken, encrypted, or packed in a way it does not know.
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError)
_LETTERS = 26


class NotASpreadsheetError(ValueError):
    """The bytes are no XLSX file, or one that is broken."""


def rows(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of the first sheet, empty ones included. Raise NotASpreadsheetError."""
    last = 0
    for number, cells in next(iter(sheets(content)), ("", []))[1]:
        yield from ([] for _ in range(number - last - 1))
        last = number
        yield cells


def sheets(content: bytes) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Yield the name of each sheet and its rows: their number in the sheet, and the texts of their cells. Raise NotASpreadsheetError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            strings = _strings(archive)
            for name, part in _sheets(archive):
                yield name, list(_rows(_part(archive, part), strings))
    except (LookupError, ValueError, ElementTree.ParseError, StopIteration, *_BROKEN) as error:
        raise NotASpreadsheetError(str(error)) from None


def _rows(sheet: ElementTree.Element, strings: list[str]) -> Iterator[tuple[int, list[str]]]:
    last = cells = 0
    for row in sheet.iter(f"{_MAIN}row"):
        number = int(row.get("r", last + 1))
        found = _cells(row, strings)
        cells += len(found)
        if not last < number <= _MOST_ROW or cells > _MOST_CELLS:
            raise NotASpreadsheetError(f"row {number}")
        last = number
        yield last, found


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """Return a part parsed; none that is far too large, or that declares entities, which no spreadsheet does."""
    if archive.getinfo(name).file_size > _MOST_BYTES:
        raise NotASpreadsheetError(name)
    content = archive.read(name)
    if b"<!DOCTYPE" in content:
        raise NotASpreadsheetError(name)
    return ElementTree.fromstring(content)


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the name of each sheet of the workbook, and the part that holds it, whatever it is called."""
    links = {link.get("Id"): link.get("Target", "") for link in _part(archive, "xl/_rels/workbook.xml.rels")}
    found = []
    for sheet in _part(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = links[next(value for key, value in sheet.attrib.items() if key.endswith("}id"))]
        found.append((sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    if len(found) > _MOST_SHEETS:
        raise NotASpreadsheetError(f"{len(found)} sheets")
    return found


def _strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(entry) for entry in _part(archive, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(entry: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in entry.iter(f"{_MAIN}t"))


def _cells(row: ElementTree.Element, strings: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        found = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(found[1]) if found else len(cells)
        if column >= _MOST_COLUMN:
            raise NotASpreadsheetError(cell.get("r", ""))
        cells += [""] * (column - len(cells)) + [_value(cell, strings)]
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 0."""
    letters = ""
    while number >= 0:
        number, digit = divmod(number, _LETTERS)
        letters, number = chr(ord("A") + digit) + letters, number - 1
    return letters


def _value(cell: ElementTree.Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s" and value:
        return strings[int(value)]
    if kind == "b":
        return "true" if value == "1" else "false"
    if kind == "n" and value:
        number = float(value)
        return str(int(number)) if number.is_integer() else repr(number)
    return value
