"""Tables of published values, read as they come from a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from simulation.files import FileTooLargeError, InputErrors, Problem, read_within
from simulation.law.book import known_lists
from simulation.law.cells import Cells, Header
from simulation.law.counts import CRITERIA
from simulation.law.printed import Printed, plain
from simulation.words import catalogue, languages

REQUIRED = ("area", "list_year")
PERCENTAGES = {criterion: f"{criterion}_pct" for criterion in CRITERIA} | {"mean_income": "mean_income_pct_of_region"}
THRESHOLD = "convicted_threshold_pct"
READ = (*REQUIRED, "residents", *PERCENTAGES.values(), "listed_since", THRESHOLD)
MOST_BYTES = 10_000_000  # a thousand times all lists so far
BOUNDARY = "boundary"  # how the area was drawn; nothing is judged by it


@dataclass(frozen=True)
class Row:
    """What is published of one area on one list; None is unknown."""

    area: str
    list_year: int
    residents: int | None
    listed_since: int | None
    values: Mapping[str, Printed | None]  # by criterion
    convicted_threshold: Printed | None
    boundary: str = ""
    line: int = 0  # of the file


def read_published(path: Path, beyond: bool = False) -> list[Row]:
    """Read a CSV file of published values; the columns of READ, others ignored. Raise InputErrors with all that is wrong.

    Commas, semicolons or tabs; decimal points or commas; with or without a byte-order mark, a line that names the
    separator, and headings in any language. With `beyond`, lists after the last whose law is known are read too.
    """
    lines = list(enumerate(_lines(path), start=1))
    if lines and "".join(lines[0][1]).lower().startswith("sep="):
        del lines[0]  # what a spreadsheet says of the separator; the separator is found without it
    at, header = (lines[0][0], _header(lines[0][1])) if lines else (1, Header([], []))
    filled = [(number, line) for number, line in lines[1:] if any(plain(cell) for cell in line)]
    problems = _header_problems(str(path), at, header)
    if not problems and not filled:
        problems.append(Problem(str(path), at, 0, "", "table_empty"))
    if problems:
        raise InputErrors(problems)
    rows = [(number, _row(Cells(str(path), number, header, line, problems), beyond)) for number, line in filled]
    problems += _repeated(str(path), header, rows)
    if problems:
        raise InputErrors(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return [row for _, row in rows]


def _header(headings: list[str]) -> Header:
    """Return the column that each heading stands for in any language; as it is written where it stands for none."""
    said = ((name, catalogue("table", lang)[f"published.{name}"]) for lang in languages() for name in (*READ, BOUNDARY))
    known = {_bare(form): name for name, text in said for form in (name, text)}
    written = [plain(heading) for heading in headings]
    return Header([known.get(_bare(heading), heading.lower()) for heading in written], written)


def _headings() -> list[str]:
    """Return what can stand as a heading, each in every language."""
    said = [catalogue("table", lang) for lang in languages()]
    return [" / ".join(dict.fromkeys((name, *(each[f"published.{name}"] for each in said)))) for name in READ]


def _bare(heading: str) -> str:
    """Return a heading as one would compare it: small letters, words apart, and no unit at its end."""
    words = plain(heading).lower().replace("_", " ").replace("-", " ").split()
    while words and words[-1].strip("().") in ("%", "pct"):
        words.pop()
    return " ".join(words)


def _lines(path: Path) -> Iterator[list[str]]:
    try:
        content = read_within(path, MOST_BYTES)
    except FileTooLargeError as error:
        allowed = f"{error.most // 1_000_000} MB"
        raise InputErrors([Problem(file=str(path), code="file_too_large", values={"allowed": allowed})]) from None
    except (OSError, ValueError) as error:
        raise InputErrors(
            [Problem(file=str(path), code="not_readable", values={"told": getattr(error, "strerror", None) or str(error)})]
        ) from None
    return lines_of(content, str(path))


def lines_of(content: bytes, file: str) -> Iterator[list[str]]:
    """Yield the rows of a CSV file as a spreadsheet saved it: any usual separator and encoding. Raise InputErrors."""
    text = _decoded(content, file)
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise InputErrors([Problem(file=file, code="table_broken", values={"told": str(error)})]) from None


def _decoded(content: bytes, file: str) -> str:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    # Spreadsheets on Windows still write the code page of western Europe.
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputErrors([Problem(file=file, code="table_not_text")])


def _header_problems(file: str, at: int, header: Header) -> list[Problem]:
    problems = []
    for name in (*READ, BOUNDARY):
        places = [index + 1 for index, given in enumerate(header.codes) if given == name]
        if len(places) > 1:
            problems.append(Problem(file, at, places[1], name, "column_twice"))
        elif not places and name in REQUIRED:
            problems.append(Problem(file, at, 0, name, "column_missing", {"allowed": _headings(), "nearest": _slip(name, header)}))
    return problems


def _slip(name: str, header: Header) -> str | None:
    """Return the heading that is nearly one of a column's in any language."""
    strange = {_bare(given): given for given, code in zip(header.written, header.codes, strict=True) if code not in READ}
    forms = [name, *(catalogue("table", lang)[f"published.{name}"] for lang in languages())]
    near = [found for form in forms for found in get_close_matches(_bare(form), strange, 1)]
    return strange[near[0]] if near else None


def _row(cells: Cells, beyond: bool) -> Row:
    first, last = known_lists()
    list_year = cells.year("list_year", first, None if beyond else last)
    return Row(
        area=cells.needed("area"),
        list_year=list_year or 0,
        residents=cells.count("residents"),
        listed_since=cells.year("listed_since", first, list_year or last) if cells.text("listed_since") else None,
        values={criterion: cells.percentage(column, _most(criterion)) for criterion, column in PERCENTAGES.items()},
        convicted_threshold=cells.percentage(THRESHOLD, 100),
        boundary=cells.text(BOUNDARY),
        line=cells.line,
    )


def _most(criterion: str) -> int | None:
    return None if criterion == "mean_income" else 100  # an income may lie above the region's mean


def _repeated(file: str, header: Header, rows: list[tuple[int, Row]]) -> list[Problem]:
    seen: dict[tuple[str, int], int] = {}
    problems = []
    for number, row in rows:
        first = seen.setdefault((row.area, row.list_year), number)
        if first != number and row.list_year:
            at = header.codes.index("list_year")
            values = {"area": row.area, "year": row.list_year, "first": first}
            problems.append(Problem(file, number, at + 1, header.written[at], "row_twice", values))
    return problems
