"""The cells of one row by column name; what is wrong with one is noted and the reading goes on."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.files import Problem
from simulation.law.printed import Printed, plain, printed, whole


@dataclass(frozen=True)
class Header:
    """The columns of a table: what each stands for, and its heading as the file has it."""

    codes: list[str]
    written: list[str]


class Cells:
    """Give the cells of a row as what they should be; an empty one, or one that is wrong, is None."""

    def __init__(self, file: str, number: int, header: Header, line: list[str], problems: list[Problem]) -> None:
        self._file, self._number, self._problems = file, number, problems
        self._header, self._written = header.codes, header.written
        self._cells = [plain(cell) for cell in line]
        beyond = [index for index, cell in enumerate(self._cells) if cell and index >= len(header.codes)]
        if beyond:
            values = {"allowed": str(len(header.codes))}
            problems.append(Problem(file, number, beyond[0] + 1, self._cells[beyond[0]], "row_too_long", values))

    @property
    def line(self) -> int:
        """Return the number of the row in its file."""
        return self._number

    def text(self, name: str) -> str:
        """Return a cell's text; empty where the table has no such column or the row ends before it."""
        index = self._header.index(name) if name in self._header else len(self._cells)
        return self._cells[index] if index < len(self._cells) else ""

    def needed(self, name: str) -> str:
        """Return a cell that may not be empty."""
        text = self.text(name)
        if not text:
            self._note(name, "cell_empty")
        return text

    def year(self, name: str, first: int, last: int | None) -> int | None:
        """Return a year from `first` to `last`, or later than `first` where there is no last."""
        text = self.needed(name)
        year = whole(text)
        if not text or (year is not None and first <= year and (last is None or year <= last)):
            return year
        code = "not_a_year"
        if name == "list_year" and year is not None:
            code = "list_later" if last is not None and year > last else "list_unknown"
        self._note(name, code, f"{first}–{last or ''}")
        return None

    def count(self, name: str) -> int | None:
        """Return a whole number."""
        number = whole(self.text(name))
        if number is None and self.text(name):
            self._note(name, "not_a_count")
        return number

    def percentage(self, name: str, most: int | None) -> Printed | None:
        """Return a number that is not negative, and at most `most`."""
        text = self.text(name)
        number = printed(text)
        allowed = f"0–{most or ''}"
        if number is None:
            if text:
                self._note(name, "not_a_number", allowed)
        elif number.value < 0 or (most is not None and number.value > most):
            self._note(name, "not_a_percentage", allowed)
        return number

    def _note(self, name: str, code: str, allowed: str = "") -> None:
        at = self._header.index(name)
        values = {"given": self.text(name), "allowed": allowed}
        self._problems.append(Problem(self._file, self._number, at + 1, self._written[at], code, values))
