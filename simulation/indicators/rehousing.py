"""Tables of moves: rehousing and its waits, what becomes of the rehoused, lettings, chains of moves, empty homes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.rehoused import rehoused_frame
from simulation.indicators.results import turned
from simulation.indicators.spread import mean, quantiles
from simulation.indicators.suppression import FEWEST_SHOWN, hidden
from simulation.records import CHAINS, HOUSING, REHOUSING, RENT_BANDS, ROOMS, VACANCY, Ensemble

Floats = NDArray[np.float64]
LETTINGS = HOUSING[: HOUSING.index(f"vacant_{VACANCY[0]}")]
TO = ("let_rehoused", *(f"rehoused_rooms_{rooms}" for rooms in ROOMS), *(f"rehoused_rent_{band}" for band in RENT_BANDS))
FROM = tuple("mean_wait_years" if name == "waited_years" else name for name in REHOUSING)


def housing_frames(ensemble: Ensemble, scenario: str) -> dict[str, pd.DataFrame]:
    """Return the tables ``rehousing``, ``rehoused``, ``lettings``, ``chains`` and ``vacancy``; none without their records."""
    if not ensemble.holds("housing"):
        return {}
    return {
        "rehousing": rehousing_frame(ensemble, scenario),
        "rehoused": rehoused_frame(ensemble, scenario),
        "lettings": lettings_frame(ensemble, scenario),
        "chains": chains_frame(ensemble, scenario),
        "vacancy": vacancy_frame(ensemble, scenario),
    }


def rehousing_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return how rehousing went, by landlord of the homes pulled down (`side` from) and by receiving area (`side` to).

    Households, but for `mean_wait_years`, the years from notice to move of those rehoused in the year. Rent bands and rooms are
    those of the new home. Fewer than five are not shown, nor, of rooms and rents, what would give them away.
    """
    layout = ensemble.layout
    steps: Axis = {"year": layout.step_years}
    origin = _long(ensemble.arrays["rehousing"], [{"side": ["from"]}, {"landlord": layout.landlords}, steps, {"measure": FROM}], scenario)
    receiving = [at for at, area in enumerate(layout.areas) if area not in layout.list_areas]
    gone = ensemble.arrays["housing"][..., [HOUSING.index(name) for name in TO]][:, :, receiving]
    names = [layout.areas[at] for at in receiving]
    target = _long(gone, [{"side": ["to"]}, {"area": names}, steps, {"measure": TO}], scenario)
    frame = pd.concat([origin, target], ignore_index=True)
    return frame[["scenario", "side", "landlord", "area", "year", "measure", "mean", "p10", "p50", "p90"]]


def _long(values: Floats, axes: list[Axis], scenario: str) -> pd.DataFrame:
    """Return summaries of members, years, places, measures as rows by place, year and measure."""
    told = values.copy()
    if axes[-1]["measure"] is FROM:
        moved = values[..., REHOUSING.index("rehoused_own")] + values[..., REHOUSING.index("rehoused_other")]
        years = values[..., REHOUSING.index("waited_years")]
        told[..., REHOUSING.index("waited_years")] = np.divide(years, moved, out=np.full_like(years, np.nan), where=moved > 0)
        counts = mean(values)
        small = (counts > 0) & (counts < FEWEST_SHOWN)
        small[..., FROM.index("mean_wait_years")] = mean(moved) < FEWEST_SHOWN
    else:
        counts = mean(values)
        rooms, bands = [TO.index(f"rehoused_rooms_{r}") for r in ROOMS], [TO.index(f"rehoused_rent_{b}") for b in RENT_BANDS]
        small = hidden(counts, [rooms, bands])
        # The sum over areas stands on the other side: one area's number is never the only one left out.
        small[..., 0] |= hidden(counts[..., 0], [list(range(counts.shape[1]))])
        small[..., 1:] |= small[..., :1]
    return long_frame(scenario, axes, {name: turned(cell)[None] for name, cell in _summaries(told, small).items()})


def _summaries(values: Floats, hide: NDArray[np.bool_] | None = None) -> dict[str, Floats]:
    low, middle, high = quantiles(values)
    cells = {"mean": mean(values), "p10": low, "p50": middle, "p90": high}
    return cells if hide is None else {name: np.where(hide, np.nan, cell) for name, cell in cells.items()}


def lettings_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return who homes were let to, by area and year, and how many applications each letting rule turned away."""
    values = ensemble.arrays["housing"][..., : len(LETTINGS)]
    axes: list[Axis] = [{"area": ensemble.layout.areas}, {"year": ensemble.layout.step_years}, {"measure": LETTINGS}]
    return long_frame(scenario, axes, {name: turned(cell) for name, cell in _summaries(values).items()})


def chains_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return how many chains of moves ended in the year, by the homes let in each: one, two, and so on."""
    axes: list[Axis] = [{"year": ensemble.layout.step_years}, {"length": CHAINS}]
    return long_frame(scenario, axes, _summaries(ensemble.arrays["chains"]))


def vacancy_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return the homes that stand empty at the end of each year and the rent lost on them in it (1,000 kr.), by area and cause."""
    axes: list[Axis] = [{"area": ensemble.layout.areas}, {"year": ensemble.layout.step_years}, {"cause": VACANCY}]
    cells: dict[str, Floats] = {}
    for kind, unit in (("vacant", "homes"), ("cost", "cost_1000_dkk")):
        values = ensemble.arrays["housing"][..., [HOUSING.index(f"{kind}_{cause}") for cause in VACANCY]]
        cells |= {f"{unit}_{name}": turned(cell) for name, cell in _summaries(values).items()}
    return long_frame(scenario, axes, cells)
