"""What the page shows as a table: headings, rows, and cells that may carry a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class Cell(str):
    """A text with a mark, which is a class of the page's style sheet: over, late, or nothing."""

    mark: str

    def __new__(cls, text: str, mark: str = "") -> Cell:
        """Return the text with its mark."""
        cell = super().__new__(cls, text)
        cell.mark = mark
        return cell


@dataclass(frozen=True)
class Table:
    """A table of the page. The first cell of a row names it; ``texts`` are the columns that hold words, not numbers."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    texts: Sequence[int] = (0,)
