"""The city around the area: its labour market and the national conviction rate, year by year, and what follows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class City:
    """Series from the year before the first list to the last list.

    ``odds``: years, (other, non-western); the odds of employment at the end of the year, relative to the end of the year
    before the first list. ``national_convicted_pct``: lists. ``conviction_trend``: years; relative to the base years.
    """

    start: int
    odds: NDArray[np.float64]
    national_convicted_pct: NDArray[np.float64]
    conviction_trend: NDArray[np.float64]
    rest: NDArray[np.float64]  # years, records.CITY

    def odds_in(self, year: int) -> NDArray[np.float64]:
        """Return the odds at the end of ``year``."""
        return self.odds[year - self.start]

    def trend_in(self, year: int) -> float:
        """Return how far the area's conviction rates of ``year`` stand from those of the base years."""
        return float(self.conviction_trend[max(year - self.start, 0)])

    def rest_in(self, year: int) -> NDArray[np.float64]:
        """Return what the area is compared with at the end of ``year``, in the order of ``records.CITY``."""
        return self.rest[year - self.start]

    def national_in(self, list_year: int) -> float:
        """Return the national mean, in per cent, that list ``list_year`` is measured against."""
        return float(self.national_convicted_pct[list_year - self.start])


def city_series(values: Any) -> City:
    """Build the series of one draw: as published, then along the scenario's path, or held as in the first year."""
    start, end = values["first_year"] - 1, values["last_year"] + 2
    years = np.arange(start, end + 1)
    choice, rates = values["city"], values["rates"]["city"]
    national = _extended(rates["national_convicted"], "lists", "mean_pct", years, choice["national_convicted_path"])
    base = national[1]
    if choice["national_convicted"] == "hold":
        national = np.full_like(national, base)
    ahead = np.append(national[2:], [national[-1]] * 2)
    yearly = (np.append(national[1:], national[-1]) + ahead) / 2  # year y is counted on the lists y + 1 and y + 2
    yearly[0] = base
    trend = 1 + values["rates"]["convictions"]["national_pass_through"] * (yearly / base - 1)
    odds = _employment_odds(values, years)
    return City(start, odds, national, trend, _rest_of_city(values, years))


def _rest_of_city(values: Any, years: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what the area is compared with at the end of each year: years, ``records.CITY``."""
    choice, rates = values["city"], values["rates"]["city"]
    if choice["labour_market"] == "hold":
        years = np.full_like(years, values["first_year"])
    employment = _extended(rates["employment"], "years", "rate_pct", years, choice["labour_market_path"])
    support = -rates["public_support"]["response"] * (employment - employment[0])
    return np.stack([support, _extended(rates["unemployment"], "years", "rate_pct", years, 0.0)], axis=1)


def _employment_odds(values: Any, years: NDArray[np.int64]) -> NDArray[np.float64]:
    choice, rates = values["city"], values["rates"]["city"]
    if choice["labour_market"] == "hold":
        return np.ones((len(years), 2))
    rate = _extended(rates["employment"], "years", "rate_pct", years, choice["labour_market_path"]) / 100
    ratio = _extended(rates["non_western_ratio"], "years", "ratio_pct", years, 0.0) / 100
    share = rates["non_western_share_of_working_age"]
    other = rate / (1 - share + share * ratio)
    by_group = np.clip(np.stack([other, other * ratio], axis=1), 0.01, 0.97)
    odds = by_group / (1 - by_group)
    own = np.exp(values["rates"]["labour"]["trend_beyond_city"] * (years - years[0]))
    return (odds / odds[0]) ** choice["labour_market_pass_through"] * own[:, None]


def _extended(table: Any, at: str, column: str, years: NDArray[np.int64], path: float) -> NDArray[np.float64]:
    """Read a dated series at ``years``; straight lines between, and ``path`` a year after its last year."""
    known = np.interp(years, table[at], table[column])
    return known + path * np.maximum(years - table[at][-1], 0)
