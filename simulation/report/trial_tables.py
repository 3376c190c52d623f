"""The fit tried by known answers, as tables that the page and the terminal share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.report.cells import Table
from simulation.report.fit_tables import fit_table, yes_text
from simulation.words import number, say

Found = Mapping[str, Any]
TENTHS = 10
SOURCES = ("drawn", "simulated")


def trials_table(trials: Found, lang: str) -> Table:
    """Return each trial: coverage, error by posterior spread, contraction, and whether it says that something is wrong."""
    named = [(say(f"fit.data_{name}", lang), trials[name]) for name in SOURCES]
    planted = say("fit.planted_mistake", lang)
    named += [(f"{planted}: {say(f'fit.planted.{name}', lang)}", row) for name, row in trials["planted"].items()]
    cells = [
        [
            name,
            str(row["sets"]),
            *(number(row[figure], lang, 3) for figure in ("coverage_50", "coverage_90")),
            number(row["rmse_by_sd"], lang, 2),
            f"{number(100 * row['contraction'], lang)} %",
            yes_text(row["noticed"], lang),
        ]
        for name, row in named
    ]
    heads = ("trial", "sets", "coverage_50", "coverage_90", "rmse_by_sd", "contraction", "noticed")
    return fit_table("trials_table", lang, heads, cells, (0, 6))


def ranks_table(trials: Found, lang: str, labels: Mapping[str, str] | None = None) -> Table:
    """Return the rank histograms: of each number that was fitted, and of all felt numbers together, by the trial."""
    cells = []
    for name in SOURCES:
        source = say(f"fit.data_{name}", lang)
        rows = [*((row["path"], row["ranks"]) for row in trials[name]["numbers"] if row["path"].startswith(("rates.", "city.")))]
        cells += [[source, (labels or {}).get(path, path), *(str(count) for count in ranks)] for path, ranks in rows]
        cells.append([source, say("fit.all_numbers", lang), *(str(count) for count in trials[name]["ranks"])])
    shown = fit_table("ranks", lang, ("trial", "parameter"), cells, (0, 1))
    return Table([*shown.heads, *(f"{TENTHS * at}-{TENTHS * (at + 1)} %" for at in range(TENTHS))], cells, shown.caption, shown.texts)
