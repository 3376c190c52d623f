"""Where the limits on the page come from: the sources that the law's data name for them."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.law.book import book, law_year
from simulation.law.counts import CRITERIA
from simulation.report.figures import SHARE
from simulation.words import say


def limit_sources(list_year: int, lang: str) -> str:
    """Return in a sentence the sources of every limit that judges a list, criterion by criterion, and of that on family homes."""
    year = law_year(list_year)
    parts = [f"{say(f'indicator.{name}', lang)} ({', '.join(dict.fromkeys(_sources(name, year)))})" for name in CRITERIA]
    parts.append(f"{say(f'indicator.{SHARE}', lang)} ({book('family_share')['limit']['source']})")
    return say("report.limit_sources", lang, year=year, parts=", ".join(parts))


def _sources(criterion: str, year: int) -> Iterator[str]:
    for entry in book("criteria")[criterion]["limits"]:
        if entry["valid_from_list"] <= year <= entry["valid_to_list"]:
            yield entry["source"]
