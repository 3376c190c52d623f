"""Numbers as they were printed: their value, and how far the printing may have rounded them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[., ][0-9]{3})+")
_BOTH = re.compile(r"[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3})+,|(?:,[0-9]{3})+\.)[0-9]+")
_WHOLE = re.compile(r"([0-9]+)(?:[.,]0+)?")


@dataclass(frozen=True)
class Printed:
    """A number in its printed form. What it stands for lies from `low` to `high`, both included."""

    text: str
    value: Fraction
    half: Fraction  # half a unit of the last printed digit

    @property
    def low(self) -> Fraction:
        """Return the least that rounds to the printed number."""
        return self.value - self.half

    @property
    def high(self) -> Fraction:
        """Return the most that rounds to the printed number."""
        return self.value + self.half

    @property
    def exact(self) -> Printed:
        """Return the same number, taken as unrounded."""
        return Printed(self.text, self.value, Fraction(0))


def printed(text: str) -> Printed | None:
    """Read a number with a decimal point or comma, perhaps with a per-cent sign; None where it is not one."""
    bare = ungrouped(plain(text).removesuffix("%").strip())
    if len(bare) > 30 or not _NUMBER.fullmatch(bare):
        return None
    dotted = bare.replace(",", ".")
    decimals = len(dotted.partition(".")[2])
    return Printed(bare, Fraction(dotted), Fraction(1, 2 * 10**decimals))


def ungrouped(text: str) -> str:
    """Return a number that has both separators, as 1.234,5, without those of its thousands; any other text as it is."""
    return re.sub(r"[.,](?=.*[.,])", "", text) if _BOTH.fullmatch(text) else text


def whole(text: str) -> int | None:
    """Read a count, with or without separators of thousands; None where it is not one."""
    bare = plain(text)
    if len(bare) > 30:
        return None
    if _GROUPED.fullmatch(bare):
        return int(re.sub(r"[., ]", "", bare))
    found = _WHOLE.fullmatch(bare)
    return int(found[1]) if found else None


def plain(text: str) -> str:
    """Return a cell without the blanks around it, and with ordinary blanks inside."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").strip()
