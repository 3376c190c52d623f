"""Say what the model takes for granted: what a reader must know before believing a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulation.report.assumptions import plain
from simulation.words import number, say

if TYPE_CHECKING:
    from simulation.scenario.provenance import Parameter

START = "place.populations."
PASS_THROUGH = "city.labour_market_pass_through"


def granted(values: Any, parameters: Sequence[Parameter], lang: str) -> list[str]:
    """Return one sentence or two on each: newcomers, prospects, the start, the city's labour market, the fit."""
    return [
        say("report.granted.newcomers", lang),
        say("report.granted.prospects", lang),
        _start(parameters, lang),
        _labour_market(values, parameters, lang),
        _fit(parameters, lang),
    ]


def _start(parameters: Sequence[Parameter], lang: str) -> str:
    bases = Counter(row.basis for row in parameters if row.path.startswith(START))
    counts = {basis: number(bases[basis], lang) for basis in ("sourced", "derived", "assumed")}
    return say("report.granted.start", lang, total=number(bases.total(), lang), **counts)


def _labour_market(values: Any, parameters: Sequence[Parameter], lang: str) -> str:
    """Tell how the city's labour market enters, and that its part in the answer is not set apart by one run."""
    if values["city"]["labour_market"] == "hold":
        return say("report.granted.labour_held", lang)
    series = values["rates"]["city"]["employment"]["years"]
    last = min(int(series[-1]), int(values["last_year"]))
    through = next((row for row in parameters if row.path == PASS_THROUGH and row.low is not None and row.high is not None), None)
    if through is None:
        factor = plain(values["city"]["labour_market_pass_through"], lang)
    else:
        factor = say("report.criteria.between", lang, low=plain(through.low or 0.0, lang), high=plain(through.high or 0.0, lang))
    return say("report.granted.labour_series", lang, first=int(values["first_year"]), last=last, factor=factor)


def _fit(parameters: Sequence[Parameter], lang: str) -> str:
    fitted = sum(row.fitted for row in parameters)
    drawn = number(sum(row.drawn for row in parameters), lang)
    return say(f"report.granted.{'fitted' if fitted else 'unfitted'}", lang, fitted=number(fitted, lang), drawn=drawn)
