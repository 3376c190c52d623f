"""The distance to the rest of the city, on public support and unemployed, in points and in persons.

It is taken for those who live there now and for those who lived there at the start, wherever they are. The plan
gives the distance on public support on one day; the rest of the city moves from there with the city's labour market. Both list
areas are taken together, as the plan does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.spread import mean, quantiles
from simulation.records import CITY, LABOUR, WHEREABOUTS, Ensemble

Floats = NDArray[np.float64]
PARTS = ("own_change", "moved_away", "newcomers", "rest_of_city")
TOGETHER = "list_areas"
HERE, AWAY = WHEREABOUTS.index("list_areas"), slice(1, None)


@dataclass(frozen=True, eq=False)
class Gap:
    """Arrays of members, lists. Shares and distances in per cent and points, the rest in persons."""

    list_years: tuple[int, ...]
    base: int  # record on which the distance was measured
    support: Floats
    rest: Floats
    points: Floats
    excess: Floats  # persons on public support beyond the level of the rest of the city
    excess_of_start: Floats  # the same among the residents of the first list, wherever they live
    parts: Floats  # how many fewer beyond that level since the base: members, lists, PARTS; they sum to the fall of the excess
    unemployment: Floats
    unemployment_points: Floats

    def quantity(self, name: str) -> Floats:
        """Return one quantity by the name it has in the table: members, lists."""
        return self.parts[..., PARTS.index(name)] if name in PARTS else getattr(self, name)


QUANTITIES = ("support", "rest", "points", "excess", "excess_of_start", *PARTS, "unemployment", "unemployment_points")


def gap_of(ensemble: Ensemble, values: Any) -> Gap:
    """Return the distances of every member. ``values``: those of the scenario without any draw."""
    choice, layout = values.rates.city.public_support, ensemble.layout
    places, years = [layout.areas.index(area) for area in layout.list_areas], layout.list_years
    base = int(np.clip(choice.gap_year - years[0], 0, len(years) - 1))
    adults = ensemble.stock("adults_18_64")[..., places].sum(axis=-1)
    on_support = sum(ensemble.stock(f"labour_{state}")[..., places].sum(axis=-1) for state in choice.states)
    out_of_work = sum(ensemble.stock(f"labour_{state}")[..., places].sum(axis=-1) for state in choice.unemployed)
    at_work = ensemble.stock("labour_employed")[..., places].sum(axis=-1)
    city = ensemble.arrays["city"]
    change = city[..., CITY.index("public_support_change")]
    support, unemployment = 100 * on_support / adults, 100 * out_of_work / (out_of_work + at_work)
    rest = np.maximum(support[:, [base]] - choice.gap_points + change - change[:, [base]], 0.0)
    followed, grown = _followed(ensemble, choice.states)
    parts = _parts(on_support, adults, followed, grown, rest, base)
    return Gap(
        list_years=years,
        base=base,
        support=support,
        rest=rest,
        points=support - rest,
        excess=on_support - rest / 100 * adults,
        excess_of_start=followed.sum(axis=-1) - rest / 100 * grown.sum(axis=-1),
        parts=parts,
        unemployment=unemployment,
        unemployment_points=unemployment - city[..., CITY.index("unemployment")],
    )


def _followed(ensemble: Ensemble, states: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return the residents of the start, 18-64 today: on public support, and all; members, lists, WHEREABOUTS."""
    persons = ensemble.arrays["followed"].sum(axis=2)
    return persons[..., [LABOUR.index(state) for state in states]].sum(axis=-1), persons.sum(axis=-1)


def _parts(on_support: Floats, adults: Floats, followed: Floats, grown: Floats, rest: Floats, base: int) -> Floats:
    """Split the fall of the excess since the base, at the base's level of the rest of the city and then by its change."""
    level = rest[:, [base]] / 100
    here = on_support - level * adults
    of_start = followed - level[..., None] * grown
    new = here - of_start[..., HERE]
    parts = (
        _fall(of_start.sum(axis=-1), base),
        -_fall(of_start[..., AWAY].sum(axis=-1), base),
        _fall(new, base),
        (rest / 100 - level) * adults,
    )
    return np.stack(parts, axis=-1)


def _fall(series: Floats, base: int) -> Floats:
    return series[:, [base]] - series


def gap_frame(gap: Gap, scenario: str) -> pd.DataFrame:
    """Return each quantity over the members, by list; the list areas together."""
    found = np.stack([gap.quantity(name) for name in QUANTITIES], axis=-1)
    low, middle, high = quantiles(found)
    cells = {"mean": mean(found), "p10": low, "p50": middle, "p90": high}
    axes: list[Axis] = [{"area": (TOGETHER,)}, {"list_year": gap.list_years}, {"quantity": QUANTITIES}]
    return long_frame(scenario, axes, cells)
