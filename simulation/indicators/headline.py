"""The data of the first screen: the answer for the place's first list area, and what it hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.elsewhere import category_of, may_become_vulnerable, new_vulnerable, receiving
from simulation.indicators.measures import INDICATORS, SHARE, Measures
from simulation.indicators.residents import populations
from simulation.indicators.setting import Setting
from simulation.indicators.share import deadline_year
from simulation.indicators.spread import quantiles, split
from simulation.law import CATEGORIES, CONVERSION, NONE, PARALLEL, VULNERABLE, category_name
from simulation.records import Ensemble

OUTSIDE = "outside_labour_market"
MOST_TOLD = 2


def headline(
    measures: Measures, ensemble: Ensemble, setting: Setting, provenance: Mapping[str, Any], drivers: Mapping[str, pd.DataFrame]
) -> dict[str, Any]:
    """Return the answer in plain numbers: probabilities as fractions, per cent, persons; None where nothing is known.

    ``elsewhere``: probability that an area outside becomes vulnerable by the last list, None where none of the model's areas
    can. ``share_unknown``: part of the spread of the share outside the labour market that comes from parameter draws; the
    rest is chance. ``population_difference``: points that the share outside would be higher as the mean of two yearly
    cross-sections, in the middle of the members. ``matters``: the numbers that go most with an outcome, beyond chance; None
    where the draws are too few to ask. ``explained_assumed``: part of the variance between draws that assumed numbers foretell;
    ``assumed_most``: the most that assumed numbers can account for of the variance over members.
    """
    area, year = measures.areas[0], measures.list_years[-1]
    outside = _spread(measures, area, OUTSIDE, -1)
    return {
        "scenario": setting.scenario,
        "area": area,
        "list_year": year,
        "members": len(ensemble.draws),
        "draws": len(np.unique(ensemble.draws)),
        "replicates": len(np.unique(ensemble.replicates)),
        **_status(category_of(ensemble, (area,))[:, -1, 0], year),
        "without_origin": _status(category_of(ensemble, (area,), "category_without_origin")[:, -1, 0], year),
        "first_year_off_conversion": _first_year_off(ensemble, measures, area),
        "bound": area in setting.bound_areas,
        "share_year": deadline_year(),
        "family_share": _share(measures, area),
        "outside": outside,
        "receiving": len(receiving(ensemble)),
        "elsewhere": float(new_vulnerable(ensemble)[:, -1].mean()) if may_become_vulnerable(ensemble, setting) else None,
        "share_unknown": _known(split(measures.series(OUTSIDE, area)[0][:, -1], ensemble.draws).draws_share),
        "population_difference": _population_difference(ensemble, area),
        "drawn_parameters": provenance["drawn"],
        "drawn_assumed": provenance["drawn_assumed"],
        "fitted": sum(bool(row["fitted"]) for row in provenance["parameters"]),
        **_drivers(drivers, area),
    }


def _drivers(drivers: Mapping[str, pd.DataFrame], area: str) -> dict[str, Any]:
    """Return, for the share outside and the family share, the numbers that go most with them; and what assumed ones account for."""
    correlations, explained = drivers["correlations"], drivers["explained"]
    if explained.empty:
        return {"matters": None, "explained_assumed": None, "assumed_most": None}
    told = correlations[(correlations["area"] == area) & correlations["beyond_chance"].astype(bool)]
    matters = {name: told.loc[told["indicator"] == name, "parameter"].head(MOST_TOLD).tolist() for name in (OUTSIDE, INDICATORS[SHARE])}
    part = explained.loc[(explained["area"] == area) & (explained["indicator"] == OUTSIDE), "explained_assumed"]
    most = _most_assumed(drivers["assumed_part"], area)
    return {"matters": matters, "explained_assumed": _known(part.iloc[0]) if len(part) else None, "assumed_most": most}


def _most_assumed(parts: pd.DataFrame, area: str) -> float | None:
    rows = parts[(parts["area"] == area) & (parts["indicator"] == OUTSIDE)]
    return _known(rows.sort_values("list_year")["assumed_most"].iloc[-1]) if len(rows) else None


def _status(category: NDArray[np.int8], year: int) -> dict[str, Any]:
    """Return the likeliest category of members on one list and the probabilities of being off the lists."""
    likeliest = int(np.bincount(category, minlength=len(CATEGORIES)).argmax())
    return {
        "category": category_name(likeliest, year),
        "category_probability": float((category == likeliest).mean()),
        "off_conversion": float((category < CONVERSION).mean()),
        "off_parallel": float((category < PARALLEL).mean()),
        "off_vulnerable": float((category < VULNERABLE).mean()),
        "off_every_list": float((category == NONE).mean()),
    }


def _first_year_off(ensemble: Ensemble, measures: Measures, area: str) -> int | None:
    """Return the first list on which at least half of the members are off the conversion list, and stay so on later lists."""
    off = (category_of(ensemble, (area,))[..., 0] < CONVERSION).mean(axis=0) >= 0.5
    stays = np.logical_and.accumulate(off[::-1])[::-1]
    return measures.list_years[int(stays.argmax())] if stays.any() else None


def _share(measures: Measures, area: str) -> dict[str, Any] | None:
    if deadline_year() not in measures.list_years:
        return None
    at = measures.list_years.index(deadline_year())
    breached = measures.series(INDICATORS[SHARE], area)[1][:, at]
    met = _known(1.0 - breached[np.isfinite(breached)].mean()) if np.isfinite(breached).any() else None
    return {**_spread(measures, area, INDICATORS[SHARE], at), "probability_met": met}


def _population_difference(ensemble: Ensemble, area: str) -> float | None:
    difference = populations(ensemble)[1] - populations(ensemble)[0]
    return _known(quantiles(difference[:, -1, ensemble.layout.areas.index(area)])[1])


def _spread(measures: Measures, area: str, indicator: str, at: int) -> dict[str, float | None]:
    values, _, short = measures.series(indicator, area)
    limit = measures.thresholds[:, at, measures.areas.index(area), INDICATORS.index(indicator)]
    named = dict(zip(("p10", "p50", "p90"), quantiles(values[:, at]), strict=True))
    named |= dict(zip(("short_p10", "short_p50", "short_p90"), quantiles(short[:, at]), strict=True))
    return {name: _known(value) for name, value in named.items()} | {"limit": _known(limit.mean())}


def _known(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
