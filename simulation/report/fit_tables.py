"""What a fit and its scores say, as tables that the page and the terminal share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulation.report.cells import Table
from simulation.words import catalogue, number, say

Found = Mapping[str, Any]
DECIMALS = {"residents": 0, "convicted": 2}
UNTOLD = float("nan")


def fit_table(key: str, lang: str, names: Sequence[str], rows: Sequence[Sequence[str]], texts: Sequence[int]) -> Table:
    """Return a table whose headings and caption are words of the topic ``fit``."""
    return Table([say(f"fit.{name}", lang) for name in names], rows, say(f"fit.{key}", lang), texts)


def value_text(indicator: str, value: float | None, lang: str) -> str:
    """Return a value with as many decimals as its kind is published with; a dash for None."""
    return number(UNTOLD if value is None else value, lang, DECIMALS.get(indicator, 1))


def significant(value: float, lang: str, digits: int) -> str:
    """Return a number with so many significant digits; of a large one all before the decimal sign."""
    return number(value, lang, max(0, digits - 1 - math.floor(math.log10(abs(value)))) if value else 0)


def yes_text(true: bool, lang: str) -> str:
    """Return yes or no."""
    return say("fit.yes" if true else "fit.no", lang)


def indicator_text(row: Found, lang: str) -> str:
    """Return the name of a row's indicator."""
    return say(f"indicator.{row['indicator']}", lang)


def residuals_table(rows: Sequence[Found], lang: str) -> Table:
    """Return each fitted value beside the model's, and whether it lies within its spread."""
    cells = [
        [
            row["area"],
            str(row["list_year"]),
            str(len(row["areas"])),
            indicator_text(row, lang),
            *(value_text(row["indicator"], row[name], lang) for name in ("published", "fitted", "residual", "spread")),
            yes_text(row["within"], lang),
        ]
        for row in rows
    ]
    names = ("area", "list_year", "boundary", "indicator", "published", "fitted", "residual", "spread", "within")
    return fit_table("residuals", lang, names, cells, (0, 3, 8))


def informed_table(rows: Sequence[Found], lang: str, labels: Mapping[str, str] | None = None) -> Table:
    """Return what the fit says of each number that the published values feel."""
    cells = [
        [
            (labels or {}).get(row["path"], row["path"]),
            *(
                f"{significant(row[mean], lang, 4)} ({significant(row[sd], lang, 2)})"
                for mean, sd in (("prior_mean", "prior_sd"), ("mean", "sd"))
            ),
            f"{number(100 * max(row['contraction'], 0.0), lang)} %",
            say("fit.handed_on" if row["fitted"] else "fit.left" if row["handed_on"] else "fit.level", lang),
        ]
        for row in rows
    ]
    return fit_table("felt", lang, ("parameter", "before", "after", "contraction", "use"), cells, (0, 4))


def unfelt_paths(account: Found) -> list[str]:
    """Return the numbers of the run of the past of which the published values say nothing, or too little to be handed on."""
    return [row["path"] for row in account["parameters"] if row["handed_on"] and not row["fitted"]] + list(account["unfelt"])


def unfelt_table(paths: Iterable[str], lang: str, labels: Mapping[str, str] | None = None) -> Table:
    """Return the numbers that the published values do not inform, by where they stand: by path, or by the labels of a page."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        head, _, name = path.rpartition(".")
        groups.setdefault(_part(path, lang) if labels else head, []).append(labels[path] if labels else name)
    cells = [[head, str(len(names)), ("; " if labels else ", ").join(names)] for head, names in sorted(groups.items())]
    return fit_table("unfelt", lang, ("where", "count", "names"), cells, (0, 2))


def _part(path: str, lang: str) -> str:
    """Return in words the part of the model to which a number belongs."""
    parts, words = path.split("."), catalogue("fit", lang)
    keys = (f"part.{'.'.join(parts[:depth])}" for depth in (2, 1))
    return next((words[key] for key in keys if key in words), parts[0])


def checks_table(rows: Sequence[Found], lang: str) -> Table:
    """Return what is compared and not fitted, and what the number it is compared with rests on."""
    cells = [
        [
            say(f"fit.check.{row['id']}", lang),
            str(row["year"]),
            f"{number(row['value'], lang, 1)} ± {number(row['half'], lang, 1)} {say('fit.unit.' + row['id'], lang)}",
            say(f"report.basis.{row['basis']}", lang),
            f"{number(row['model'], lang, 1)} ({number(row['low'], lang, 1)}; {number(row['high'], lang, 1)})",
            row["source"],
        ]
        for row in rows
    ]
    return fit_table("checks", lang, ("quantity", "list_year", "compared_with", "rests_on", "model_ends", "source"), cells, (0, 2, 3, 4, 5))


def changed_table(rows: Sequence[Found], lang: str) -> Table:
    """Return what new draws change in a projection."""
    cells = [
        [
            row["name"],
            str(row["list_year"]),
            indicator_text(row, lang),
            *(_ends(row, name, lang) for name in ("before", "after")),
            " ± ".join(value_text(row["indicator"], row[name], lang) for name in ("difference", "difference_se")),
        ]
        for row in rows
    ]
    names = ("area", "list_year", "indicator", "changed_before", "changed_after", "difference")
    return fit_table("changed", lang, names, cells, (0, 2, 3, 4))


def _ends(row: Found, name: str, lang: str) -> str:
    low, middle, high = (value_text(row["indicator"], row[f"{name}_p{end}"], lang) for end in (10, 50, 90))
    return f"{middle} ({low}; {high})"
