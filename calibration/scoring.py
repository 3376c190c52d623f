"""How good a prediction was: did the interval hold, how wide was it, how far off, and was a naive forecast better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.targets import Target
from calibration.targets.reading import FITTED

Floats = NDArray[np.float64]
INTERVAL = (5, 95)  # percentiles: the interval that is scored
OLDER = "older_definition"
ENOUGH = 20  # scored values; with fewer, coverage of 9 of 10 cannot be told from 7 of 10


@dataclass(frozen=True)
class Score:
    """One held-out value: what was published, predicted, and said by the naive forecasts (None where there is none).

    ``until``: the last list that was known; ``vintage``: now or then. A naive forecast is a point, so its CRPS is its error.
    ``known``: earlier values of the indicator; with none the prediction is the prior, which says nothing of the model's skill.
    ``boundary``: the last value was that of another boundary.
    """

    until: int
    vintage: str
    area: str
    list_year: int
    indicator: str
    published: float
    predicted: float
    low: float
    high: float
    covered: bool
    width: float
    error: float
    crps: float
    last_value: float | None
    last_value_error: float | None
    straight_line: float | None
    straight_line_error: float | None
    known: int
    boundary: bool


def crps(draws: Floats, value: float) -> float:
    """Return the continuous ranked probability score of draws: in the value's unit, smaller is better, a point's is its error."""
    ordered = np.sort(draws)
    count = len(ordered)
    apart = 2 * (ordered * (2 * np.arange(1, count + 1) - count - 1)).sum() / count**2
    return float(np.abs(ordered - value).mean() - apart / 2)


def like(target: Target, known: Sequence[Target]) -> list[Target]:
    """Return the earlier values of the same area and indicator, by list; those by an older definition do not count."""
    same = [k for k in known if (k.area, k.indicator) == (target.area, target.indicator) and k.why != OLDER]
    return sorted((k for k in same if k.list_year < target.list_year), key=lambda k: k.list_year)


def naive(target: Target, same: Sequence[Target]) -> tuple[float | None, float | None]:
    """Return the last of the earlier values, and the straight line through all of them; one value makes no line."""
    if not same:
        return None, None
    years, values = (np.array([getattr(k, name) for k in same], float) for name in ("list_year", "value"))
    line = float(np.polyval(np.polyfit(years - years[-1], values, 1), target.list_year - years[-1])) if len(same) > 1 else None
    return float(values[-1]), line


def score(target: Target, draws: Floats, known: Sequence[Target], until: int, vintage: str) -> Score:
    """Score the predicted draws of a held-out value."""
    low, high = (float(end) for end in np.percentile(draws, INTERVAL))
    same = like(target, known)
    last, line = naive(target, same)
    said, mean = target.value, float(draws.mean())
    return Score(
        until=until,
        vintage=vintage,
        area=target.area,
        list_year=target.list_year,
        indicator=target.indicator,
        published=said,
        predicted=mean,
        low=low,
        high=high,
        covered=low <= said <= high,
        width=high - low,
        error=abs(mean - said),
        crps=crps(draws, said),
        last_value=last,
        last_value_error=None if last is None else abs(last - said),
        straight_line=line,
        straight_line_error=None if line is None else abs(line - said),
        known=sum(k.use == FITTED for k in same),
        boundary=bool(same) and same[-1].areas != target.areas,
    )


def summary(scores: Sequence[Score]) -> list[dict[str, Any]]:
    """Return for each vintage and indicator, and for all: how many, covered, widths and errors beside the naive forecasts'.

    Errors of different indicators have different units, so only coverage is told over all. ``informed``: values with an
    earlier one of their kind; the others are predicted by the prior alone. ``better``: of those with a last value, how many the
    model was nearer to by CRPS. ``enough``: whether there are so many that coverage says something.
    """
    groups: dict[tuple[str, str], list[Score]] = {}
    for each in scores:
        for indicator in (each.indicator, "all"):
            groups.setdefault((each.vintage, indicator), []).append(each)
    return [{"vintage": vintage, "indicator": indicator, **_summed(rows, indicator)} for (vintage, indicator), rows in groups.items()]


def _summed(rows: Sequence[Score], indicator: str) -> dict[str, Any]:
    naive = [each for each in rows if each.last_value_error is not None and each.known]
    lined = [each for each in rows if each.straight_line_error is not None and each.known]
    found: dict[str, Any] = {
        "values": len(rows),
        "informed": sum(each.known > 0 for each in rows),
        "covered": sum(each.covered for each in rows),
        "with_last_value": len(naive),
        "better_than_last_value": sum(each.crps < (each.last_value_error or 0.0) for each in naive),
        "with_straight_line": len(lined),
        "better_than_straight_line": sum(each.crps < (each.straight_line_error or 0.0) for each in lined),
        "enough": len(rows) >= ENOUGH,
    }
    if indicator != "all":
        means = {"width": rows, "error": rows, "crps": rows, "last_value_error": naive, "straight_line_error": lined}
        beside = [each.crps for each in naive]
        found["crps_beside_last_value"] = float(np.mean(beside)) if beside else None
        found |= {name: float(np.mean([getattr(each, name) for each in group])) if group else None for name, group in means.items()}
    return found
