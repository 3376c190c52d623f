"""How held-out lists were predicted, as tables that the page and the terminal share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulation.report.cells import Table
from simulation.report.fit_tables import UNTOLD, fit_table, indicator_text, value_text, yes_text
from simulation.words import number, say

Found = Mapping[str, Any]
ALL = "all"
BESIDE = " / "  # between what two vintages of the city's series say
KEY = ("until", "list_year", "area", "indicator")
CRPS = 2  # decimals


def scores_table(rows: Sequence[Found], lang: str) -> Table:
    """Return each held-out value beside its predictions, one for each vintage, and the errors of the naive forecasts."""
    vintages = list(dict.fromkeys(row["vintage"] for row in rows))
    values = {tuple(row[name] for name in KEY): row for row in rows}
    by_vintage = {(*(row[name] for name in KEY), row["vintage"]): row for row in rows}
    cells = [_score(row, [by_vintage[*key, vintage] for vintage in vintages], lang) for key, row in values.items()]
    heads = [f"{say('fit.predicted', lang)}, {say(f'fit.{vintage}', lang)}" for vintage in vintages]
    shown = fit_table(
        "scores", lang, ("until", "list_year", "area", "indicator", "known", "published"), cells, (2, 3, *range(6, 6 + len(vintages)))
    )
    last = [say(f"fit.{name}", lang) for name in ("covered", "crps", "last_value", "straight_line")]
    return Table([*shown.heads, *heads, *last], cells, shown.caption, (*shown.texts, 6 + len(vintages)))


def _score(row: Found, predictions: Sequence[Found], lang: str) -> list[str]:
    naive = (UNTOLD if row[name] is None else row[name] for name in ("last_value_error", "straight_line_error"))
    return [
        str(row["until"]),
        str(row["list_year"]),
        row["area"],
        indicator_text(row, lang),
        str(row["known"]),
        value_text(row["indicator"], row["published"], lang),
        *(_ends(each, lang) for each in predictions),
        BESIDE.join(yes_text(each["covered"], lang) for each in predictions),
        BESIDE.join(number(each["crps"], lang, CRPS) for each in predictions),
        *(number(value, lang, CRPS) for value in naive),
    ]


def _ends(row: Found, lang: str) -> str:
    predicted, low, high = (value_text(row["indicator"], row[name], lang) for name in ("predicted", "low", "high"))
    return f"{predicted} ({low}; {high})"


def sums_table(rows: Sequence[Found], lang: str) -> Table:
    """Return for each indicator how many intervals held, their width, the error and the CRPS, and those of the naive forecasts."""
    vintages = list(dict.fromkeys(row["vintage"] for row in rows))
    names = list(dict.fromkeys(row["indicator"] for row in rows if row["indicator"] != ALL))
    found = {(row["indicator"], row["vintage"]): row for row in rows}
    cells = [_sum([found[name, vintage] for vintage in vintages], lang) for name in names]
    heads = ("indicator", "values", "held", "width", "error", "crps", "with_last_value", "crps_beside", "last_value", "straight_line")
    shown = fit_table("sums", lang, heads, cells, (0,))
    order = BESIDE.join(say(f"fit.{vintage}", lang) for vintage in vintages)
    caption = shown.caption if len(vintages) == 1 else say("fit.caption_vintages", lang, caption=shown.caption, order=order)
    return Table(shown.heads, cells, caption, shown.texts)


def _sum(rows: Sequence[Found], lang: str) -> list[str]:
    row = rows[0]
    return [
        indicator_text(row, lang),
        str(row["values"]),
        BESIDE.join(str(each["covered"]) for each in rows),
        *(_each(rows, name, lang) for name in ("width", "error", "crps")),
        str(row["with_last_value"]),
        _each(rows, "crps_beside_last_value", lang),
        *(_each(rows[:1], name, lang) for name in ("last_value_error", "straight_line_error")),
    ]


def _each(rows: Iterable[Found], name: str, lang: str) -> str:
    return BESIDE.join(number(UNTOLD if row[name] is None else row[name], lang, CRPS) for row in rows)


def beaten(rows: Iterable[Found]) -> list[Found]:
    """Return the predictions to which the last value was as near, by CRPS, of those with an earlier value of their kind."""
    return [row for row in rows if row["known"] and row["last_value_error"] is not None and row["crps"] >= row["last_value_error"]]
