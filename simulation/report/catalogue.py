"""The catalogue of measures as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from simulation.report.listing import table
from simulation.words import say

COLUMNS = ("measure", "decided", "acts_on", "effect", "grade", "source")


def catalogue_text(entries: Sequence[dict[str, Any]], lang: str) -> str:
    """Return one table for each subprogramme, with its stars above it; an empty text where there is no measure."""
    if not entries:
        return ""
    parts = [say("catalogue.heading", lang)]
    headings = [say(f"catalogue.column.{name}", lang) for name in COLUMNS]
    for name, group in groupby(entries, key=lambda entry: entry["subprogramme"]):
        rows = list(group)
        parts += [_programme(name, rows[0]["stars"], lang), table(headings, (_cells(row, lang) for row in rows))]
    return "\n\n".join(parts)


def _programme(name: str, stars: dict[str, int], lang: str) -> str:
    if not stars:
        return name
    said = (say("catalogue.star", lang, lever=say(f"catalogue.lever.{lever}", lang), count=count) for lever, count in stars.items())
    return say("catalogue.programme", lang, name=name, stars=", ".join(said))


def _cells(row: dict[str, Any], lang: str) -> tuple[str, ...]:
    title = row["title"]
    if row["part_of"]:
        title = say("catalogue.part_of", lang, title=title, whole=row["part_of"])
    if row["also_under"]:
        title = say("catalogue.also_under", lang, title=title, others=", ".join(row["also_under"]))
    acts_on = "; ".join(part for part in (row["acts_on"], row["whom"]) if part)
    source = f"{row['source']} ({say('scenario.basis.' + row['basis'], lang)})"
    decided = say("catalogue.decided_yes" if row["decided"] else "catalogue.decided_no", lang)
    return title, decided, acts_on, row["effect"], row["grade"], source
