"""What new private homes, letting and new equivalents would have to bring for each limit: plain arithmetic, no behaviour.

Nobody changes state in it, those who stay keep the area's level of the first list, and newcomers have its age make-up.
It says what size of change a limit asks for, and so what no assumption about behaviour can get round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.measures import SHARE, Measures
from simulation.indicators.setting import Setting
from simulation.indicators.share import deadline_year, planned_share, share_of
from simulation.indicators.spread import mean
from simulation.law import rules_for
from simulation.records import CHANGES, CRITERIA, FLOWS, STOCK, Ensemble

PRIVATE = ("tenure_private_let", "tenure_owned")
COLUMNS = ["scenario", "area", "list_year", "lever", "indicator", "level", "threshold", "needed", "possible"]
INPUTS = ["homes", "staying", "newcomers", "turnover", "years"]


def newcomers_needed(level: float, threshold: float, staying: float, newcomers: float) -> float:
    """Return the level among newcomers with which all together are at the threshold; per cent, NaN without newcomers."""
    return (threshold * (staying + newcomers) - level * staying) / newcomers if newcomers > 0 else float("nan")


def in_movers_needed(level: float, threshold: float, turnover: float, years: int) -> float:
    """Return the level among all who move in over some years with which the area comes to the threshold.

    Those who leave are like those who stay; ``turnover`` is the share of residents replaced a year. NaN where nobody is.
    """
    kept = (1.0 - turnover) ** years
    return (threshold - level * kept) / (1.0 - kept) if kept < 1 else float("nan")


@dataclass(frozen=True)
class Base:
    """What the arithmetic of one area starts from: means over members."""

    area: str
    level: NDArray[np.float64]  # criteria on the first list, per cent
    threshold: NDArray[np.float64]  # on the last list
    sign: NDArray[np.float64]  # 1 where more is worse
    residents: tuple[float, float]  # first and last list
    newcomers: float  # residents of private homes gained since the first list
    turnover: float  # share of residents who moved out in the first year
    persons_emptied: float  # persons an emptied home; residents an occupied home of the first list where none was emptied


def arithmetic_frame(measures: Measures, ensemble: Ensemble, setting: Setting) -> pd.DataFrame:
    """Return one row for each area, lever and limit: the level needed, per cent (new_equivalents: dwelling equivalents).

    Levers: new_homes_modelled (as many newcomers as the model lets move in), new_homes_planned (all homes built and
    taken, all demolitions done), letting (all who move in by choice), new_equivalents (for the family share),
    equivalents_planned (the same, were the whole programme carried out). ``possible`` is false where newcomers would have
    to be better than can be. For the family share ``homes`` are family dwellings and ``staying`` the whole denominator.
    """
    rows = [row for area in measures.areas for row in _area_rows(area, measures, ensemble, setting)]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, *INPUTS])
    frame["scenario"] = setting.scenario
    return frame.astype({"possible": "boolean"})


def _area_rows(area: str, measures: Measures, ensemble: Ensemble, setting: Setting) -> Iterator[dict[str, Any]]:
    base, years = _base(area, measures, ensemble, setting), len(measures.list_years) - 1
    planned = setting.new_residents.get(area, 0.0)
    gone = base.persons_emptied * _demolished(area, ensemble, setting)
    levers = (
        ("new_homes_modelled", base.residents[1] - base.newcomers, base.newcomers, np.nan),
        ("new_homes_planned", base.residents[0] - gone, planned, setting.new_homes.get(area, np.nan)),
    )
    for lever, staying, newcomers, homes in levers:
        if newcomers > 0:
            needed = [newcomers_needed(*pair, staying, newcomers) for pair in zip(base.level, base.threshold, strict=True)]
            yield from _rows(base, measures, lever, needed, {"homes": homes, "staying": staying, "newcomers": newcomers})
    if 0 < base.turnover < 1 and years:
        needed = [in_movers_needed(*pair, base.turnover, years) for pair in zip(base.level, base.threshold, strict=True)]
        yield from _rows(base, measures, "letting", needed, {"turnover": base.turnover, "years": years})
    yield from _equivalents(area, measures, ensemble, setting)


def _rows(base: Base, measures: Measures, lever: str, needed: list[float], inputs: dict[str, float]) -> Iterator[dict[str, Any]]:
    for indicator, level, threshold, sign, wanted in zip(CRITERIA, base.level, base.threshold, base.sign, needed, strict=True):
        row = {"area": base.area, "list_year": measures.list_years[-1], "lever": lever, "indicator": indicator}
        possible = pd.NA if np.isnan(wanted) else bool(sign < 0 or wanted >= 0)
        yield {**row, "level": level, "threshold": threshold, "needed": wanted, "possible": possible, **inputs}


def _equivalents(area: str, measures: Measures, ensemble: Ensemble, setting: Setting) -> Iterator[dict[str, Any]]:
    """Yield what is lacking at the law's date, or on the last list before it; nothing where the limit never binds."""
    year = min(deadline_year(), measures.list_years[-1])
    if year not in measures.list_years:
        return
    record, place = measures.list_years.index(year), ensemble.layout.areas.index(area)
    limit = mean(measures.thresholds[:, record, measures.areas.index(area), SHARE])
    if np.isnan(limit):
        return
    row = {"area": area, "list_year": year, "indicator": "social_family_share", "threshold": float(limit), "possible": True}
    share = share_of(ensemble, setting)
    found = (share.family, share.equivalents, share.percent, share.lacking_equivalents(float(limit)))
    yield {**row, "lever": "new_equivalents", **_share_cells(*(float(np.median(part[:, record, place])) for part in found))}
    if (planned := planned_share(ensemble, setting, area)) is not None:
        whole = (planned.family, planned.equivalents, planned.percent, planned.lacking_equivalents(float(limit)))
        yield {**row, "lever": "equivalents_planned", **_share_cells(*(float(part) for part in whole))}


def _share_cells(family: float, standing: float, level: float, lacking: float) -> dict[str, float]:
    return {"homes": family, "staying": standing, "level": level, "needed": lacking}


def _base(area: str, measures: Measures, ensemble: Ensemble, setting: Setting) -> Base:
    here, place = measures.areas.index(area), ensemble.layout.areas.index(area)
    stock, left = ensemble.arrays["stock"][:, :, place].mean(axis=0), ensemble.arrays["flows"][:, :1, place, FLOWS.index("moved_out")]
    residents = stock[:, STOCK.index("residents")]
    private = stock[:, [STOCK.index(name) for name in PRIVATE]].sum(axis=-1)
    return Base(
        area=area,
        level=measures.values[:, 0, here, : len(CRITERIA)].mean(axis=0),
        threshold=measures.thresholds[:, -1, here, : len(CRITERIA)].mean(axis=0),
        sign=rules_for(measures.list_years[-1], setting.after_last_list).main.sign,
        residents=(float(residents[0]), float(residents[-1])),
        newcomers=float(private[-1] - private[0]),
        turnover=float(left.mean() / max(residents[0], 1.0)) if left.size else 0.0,
        persons_emptied=_persons_emptied(ensemble, place, float(residents[0] / max(stock[0, STOCK.index("households")], 1.0))),
    )


def _persons_emptied(ensemble: Ensemble, place: int, otherwise: float) -> float:
    """Return persons a home that was emptied, over all members and years; ``otherwise`` where none was."""
    mine = np.array([area == ensemble.layout.areas[place] for area in ensemble.layout.department_area])
    total = ensemble.arrays["changes"][:, :, mine].sum(axis=(0, 1, 2))
    homes, persons = total[CHANGES.index("emptied")], total[CHANGES.index("emptied_persons")]
    return float(persons / homes) if homes else otherwise


def _demolished(area: str, ensemble: Ensemble, setting: Setting) -> float:
    place = dict(zip(ensemble.layout.departments, ensemble.layout.department_area, strict=True))
    return sum(count for department, count in setting.demolitions.items() if place.get(department) == area)
