"""What a fit and its scores say, as tables that the page and the terminal share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulation.report.cells import Table
from simulation.words import number, say

Found = Mapping[str, Any]
DECIMALS = {"residents": 0, "convicted": 2}
UNTOLD = float("nan")


def _table(key: str, lang: str, names: Sequence[str], rows: Sequence[Sequence[str]], texts: Sequence[int]) -> Table:
    return Table([say(f"fit.{name}", lang) for name in names], rows, say(f"fit.{key}", lang), texts)


def _value(indicator: str, value: float | None, lang: str) -> str:
    return number(UNTOLD if value is None else value, lang, DECIMALS.get(indicator, 1))


def _yes(true: bool, lang: str) -> str:
    return say("fit.yes" if true else "fit.no", lang)


def _indicator(row: Found, lang: str) -> str:
    return say(f"indicator.{row['indicator']}", lang)


def residuals_table(rows: Sequence[Found], lang: str) -> Table:
    """Return each fitted value beside the model's, and whether it lies within its spread."""
    cells = [
        [
            row["area"],
            str(row["list_year"]),
            str(len(row["areas"])),
            _indicator(row, lang),
            *(_value(row["indicator"], row[name], lang) for name in ("published", "fitted", "residual", "spread")),
            _yes(row["within"], lang),
        ]
        for row in rows
    ]
    names = ("area", "list_year", "boundary", "indicator", "published", "fitted", "residual", "spread", "within")
    return _table("residuals", lang, names, cells, (0, 3, 8))


def informed_table(rows: Sequence[Found], lang: str) -> Table:
    """Return what the fit says of each number that the published values feel."""
    cells = [
        [
            row["path"],
            *(f"{row[mean]:.4g} ({row[sd]:.2g})" for mean, sd in (("prior_mean", "prior_sd"), ("mean", "sd"))),
            f"{number(100 * max(row['contraction'], 0.0), lang)} %",
            say("fit.handed_on" if row["fitted"] else "fit.left" if row["handed_on"] else "fit.level", lang),
        ]
        for row in rows
    ]
    return _table("felt", lang, ("parameter", "before", "after", "contraction", "use"), cells, (0, 4))


def unfelt_table(account: Found, lang: str) -> Table:
    """Return the names of all numbers of the past of which the published values say nothing, by where they stand."""
    silent = [row["path"] for row in account["parameters"] if row["handed_on"] and not row["fitted"]] + list(account["unfelt"])
    groups: dict[str, list[str]] = {}
    for path in silent:
        head, _, name = path.rpartition(".")
        groups.setdefault(head, []).append(name)
    cells = [[head, str(len(names)), ", ".join(names)] for head, names in sorted(groups.items())]
    return _table("unfelt", lang, ("where", "count", "names"), cells, (0, 2))


def checks_table(rows: Sequence[Found], lang: str) -> Table:
    """Return what is compared and not fitted."""
    cells = [
        [
            say(f"fit.check.{row['id']}", lang),
            str(row["year"]),
            f"{number(row['value'], lang, 1)} ± {number(row['half'], lang, 1)} {say('fit.unit.' + row['id'], lang)}",
            f"{number(row['model'], lang, 1)} ({number(row['low'], lang, 1)}; {number(row['high'], lang, 1)})",
            row["source"],
        ]
        for row in rows
    ]
    return _table("checks", lang, ("quantity", "list_year", "published", "model", "source"), cells, (0, 2, 3, 4))


def scores_table(rows: Sequence[Found], lang: str) -> Table:
    """Return each held-out value beside its prediction, and the errors of the naive forecasts."""
    names = ("until", "vintage", "list_year", "area", "indicator", "known", "published", "predicted", "covered", "crps")
    return _table("scores", lang, (*names, "last_value", "straight_line"), [_score(row, lang) for row in rows], (1, 3, 4, 7, 8))


def _score(row: Found, lang: str) -> list[str]:
    predicted, low, high = (_value(row["indicator"], row[name], lang) for name in ("predicted", "low", "high"))
    naive = (UNTOLD if row[name] is None else row[name] for name in ("last_value_error", "straight_line_error"))
    return [
        str(row["until"]),
        say(f"fit.{row['vintage']}", lang),
        str(row["list_year"]),
        row["area"],
        _indicator(row, lang),
        str(row["known"]),
        _value(row["indicator"], row["published"], lang),
        f"{predicted} ({low}; {high})",
        _yes(row["covered"], lang),
        *(number(value, lang, 2) for value in (row["crps"], *naive)),
    ]


def changed_table(rows: Sequence[Found], lang: str) -> Table:
    """Return what new draws change in a projection."""
    cells = [
        [
            row["area"],
            str(row["list_year"]),
            _indicator(row, lang),
            *(_ends(row, name, lang) for name in ("before", "after")),
            _value(row["indicator"], row["difference"], lang),
        ]
        for row in rows
    ]
    names = ("area", "list_year", "indicator", "changed_before", "changed_after", "difference")
    return _table("changed", lang, names, cells, (0, 2, 3, 4))


def _ends(row: Found, name: str, lang: str) -> str:
    low, middle, high = (_value(row["indicator"], row[f"{name}_p{end}"], lang) for end in (10, 50, 90))
    return f"{middle} ({low}; {high})"
