"""The first sentences of a study: what the answers hang on, how much is chance, and what would be worth knowing better."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.decisions.quantities import Quantity, is_shown
from simulation.decisions.sensitivity.designs import SOBOL
from simulation.decisions.sensitivity.found import DECIDES, Found
from simulation.report.chances import futures
from simulation.words import number, percent, say

LISTS = ("off_parallel", "off_vulnerable_without_origin")  # with the origin criterion and without it
RARE = 0.05  # fewer futures than this on one side: nothing moves the answer


def first_lines(found: Found, lang: str) -> list[str]:
    """Return the sentences that answer first, about the first list area on the last list."""
    return [*_moves(found, lang), *_lists(found, lang), *_worth(found, lang)]


def _moves(found: Found, lang: str) -> Iterator[str]:
    area, year = found.areas[0], found.years[-1]
    quantity = found.quantity(DECIDES, area, year)
    if quantity is None:
        return
    movers = found.movers(quantity)
    told = {"criterion": found.names.quantity(DECIDES), "area": found.names.area(area), "year": year}
    yield say("sensitivity.first.moves" if movers else "sensitivity.first.moves_few", lang, names=found.names.listed(movers), **told)
    yield say("sensitivity.first.chance", lang, part=percent(100 * found.chance(quantity)["chance_part"], lang, 0))


def _lists(found: Found, lang: str) -> Iterator[str]:
    for name in LISTS:
        quantity = found.quantity(name, found.areas[0], found.years[-1])
        if quantity is not None:
            yield _list_line(found, quantity, lang)


def _list_line(found: Found, quantity: Quantity, lang: str) -> str:
    chance, movers = found.chance(quantity)["mean"], found.movers(quantity)
    told = {"what": found.names.quantity(quantity.name), "year": quantity.list_year, "tenths": futures(chance, None, lang)}
    if min(chance, 1 - chance) < RARE:
        return say("sensitivity.first.off_same", lang, **told)
    if not movers:
        return say("sensitivity.first.off_few", lang, **told)
    return say("sensitivity.first.off", lang, names=found.names.listed(movers), **told)


def _worth(found: Found, lang: str) -> Iterator[str]:
    if "worth" not in found.tables:
        return
    best = best_worth(found)
    if best is None:
        yield say("sensitivity.first.no_worth", lang)
        return
    path, part = best
    yield say("sensitivity.first.worth", lang, name=found.names.number(path), part=percent(100 * part, lang, 0))


def account_lines(found: Found, lang: str) -> list[str]:
    """Return whether the indices of Sobol and chance make up the variance; nothing for other methods."""
    frame = found.tables["chance"]
    if found.study.asked.method != SOBOL:
        return []
    known = frame[np.isfinite(frame["ST_sum"])]
    good = int(known["adds_up"].astype(bool).sum())
    lines = [say("sensitivity.note.account", lang, good=number(good, lang), all=number(len(known), lang))]
    quantity = found.quantity(DECIDES, found.areas[0], found.years[-1])
    row = None if quantity is None else found.chance(quantity)
    if row is None or not np.isfinite(row["ST_sum"]):
        return lines
    told = {"criterion": found.names.quantity(DECIDES), "area": found.names.area(found.areas[0]), "year": found.years[-1]}
    for name, key in (("S1", "first"), ("ST", "total")):
        told |= {key: number(row[f"{name}_sum"] + row["chance"], lang, 2), f"{key}_half": number(row[f"{name}_half"], lang, 2)}
    return [*lines, say("sensitivity.note.account_first", lang, **told)]


def best_worth(found: Found) -> tuple[str, float] | None:
    """Return the number that is worth most, and its part of the variance on average over the criteria of the first area's last list."""
    frame = found.tables["worth"]
    shown = {each.name for each in found.study.quantities if is_shown(each) and each.valued}
    rows = frame[(frame["area"] == found.areas[0]) & (frame["list_year"] == found.years[-1]) & frame["quantity"].isin(shown)]
    means = rows.groupby("parameter", sort=False)["variance_saved"].mean()
    known = set(rows[rows["beyond_chance"]]["parameter"])
    ordered = [(str(path), float(part)) for path, part in means.sort_values(ascending=False).items() if path in known]
    return ordered[0] if ordered else None
