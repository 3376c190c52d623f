"""Tables of moves: rehousing and its waits, what becomes of the rehoused, lettings, chains of moves, empty homes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.rehoused import ALL, rehoused_frame
from simulation.indicators.results import turned
from simulation.indicators.spread import mean, quantiles
from simulation.indicators.suppression import FEWEST_SHOWN, gives_away, hidden
from simulation.records import CHAINS, HOUSING, REHOUSING, RENT_BANDS, ROOMS, VACANCY, Ensemble

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
LETTINGS = HOUSING[: HOUSING.index(f"vacant_{VACANCY[0]}")]
TO = ("let_rehoused", *(f"rehoused_rooms_{rooms}" for rooms in ROOMS), *(f"rehoused_rent_{band}" for band in RENT_BANDS))
FROM = tuple("mean_wait_years" if name == "waited_years" else name for name in REHOUSING)
OVER_YEARS = ("noticed", "left", "dissolved", "rehoused_own", "rehoused_other", "offers", "refused_offers")  # what can be added up
GROUPS = {"to": ("rehoused_rooms", "rehoused_rent"), "from": ("rehoused_",)}  # those rehoused, of whom the areas tell how many in all
WAITED, MOVED = FROM.index("mean_wait_years"), [FROM.index("rehoused_own"), FROM.index("rehoused_other")]
OFFERS, ANSWERS = FROM.index("offers"), [FROM.index("refused_offers"), *MOVED]  # every offer is refused or moved to
LEFT, WAITING = FROM.index("left"), FROM.index("waiting")
ENDS = [LEFT, FROM.index("dissolved"), *MOVED, WAITING]  # what becomes, in a year, of those who waited and those who were given notice


def housing_frames(ensemble: Ensemble, scenario: str) -> dict[str, pd.DataFrame]:
    """Return the tables of moves, each by the name of its file; none without their records."""
    if not ensemble.holds("housing"):
        return {}
    return {
        "rehousing": rehousing_frame(ensemble, scenario),
        "rehousing_total": rehousing_total_frame(ensemble, scenario),
        "rehoused": rehoused_frame(ensemble, scenario),
        "lettings": lettings_frame(ensemble, scenario),
        "chains": chains_frame(ensemble, scenario),
        "vacancy": vacancy_frame(ensemble, scenario),
    }


def rehousing_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return how rehousing went, by landlord of the homes pulled down (`side` from) and by receiving area (`side` to), and of all together.

    Households, but for `mean_wait_years`, the years from notice to move of those rehoused in the year. Rent bands and rooms are
    those of the new home. Fewer than five are not shown, nor what would give them away: of rooms and rents, and of the sums.
    """
    layout = ensemble.layout
    steps: Axis = {"year": layout.step_years}
    origin, receiving, gone = _sides(ensemble)
    left = _long(origin, _small_from, [{"side": ["from"]}, {"landlord": [*layout.landlords, ALL]}, steps, {"measure": FROM}], scenario)
    names = [*(layout.areas[at] for at in receiving), ALL]
    came = _long(gone, partial(_small_to, _closed(origin)), [{"side": ["to"]}, {"area": names}, steps, {"measure": TO}], scenario)
    frame = pd.concat([left, came], ignore_index=True)
    return frame[["scenario", "side", "landlord", "area", "year", "measure", "mean", "p10", "p50", "p90"]]


def rehousing_total_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return the households rehoused over all years and landlords together, by what became of them, rooms and rent band of the new home."""
    origin, _, gone = _sides(ensemble)
    left, came = _with_all(origin)[:, :, -1], _with_all(gone)[:, :, -1]
    small = _small_from(mean(_with_all(origin)))[:, -1], _small_to(_closed(origin), mean(_with_all(gone)))[:, -1]
    totals, hide = [], []
    for values, names, kept, closed in ((left, FROM, OVER_YEARS, small[0]), (came, TO, TO, small[1])):
        at = [names.index(name) for name in kept]
        counts = mean(values)[:, at]
        groups = [[kept.index(name) for name in kept if name.startswith(start)] for start in GROUPS["to" if names is TO else "from"]]
        hide.append(hidden(counts.sum(axis=0), groups, gives_away(counts[None], closed[None][..., at])[0]))
        totals.append(values[..., at].sum(axis=1))
    hide[0][OVER_YEARS.index("offers")] |= any(hide[0][OVER_YEARS.index(FROM[at])] for at in ANSWERS)
    axes: list[Axis] = [{"measure": [*OVER_YEARS, *TO]}]
    return long_frame(scenario, axes, _summaries(np.concatenate(totals, axis=-1), np.concatenate(hide)))


def _sides(ensemble: Ensemble) -> tuple[Floats, list[int], Floats]:
    """Return what the landlords gave account of, which areas receive, and what came to them."""
    layout = ensemble.layout
    receiving = [at for at, area in enumerate(layout.areas) if area not in layout.list_areas]
    return ensemble.arrays["rehousing"], receiving, ensemble.arrays["housing"][..., [HOUSING.index(name) for name in TO]][:, :, receiving]


def _closed(origin: Floats) -> Bools:
    """Return in which years the landlords' own sum is not told, so that the areas' sum is not either."""
    closed: Bools = _small_from(mean(_with_all(origin)))[:, -1, MOVED].max(axis=-1)
    return closed


def _long(values: Floats, small: Callable[[Floats], Bools], axes: list[Axis], scenario: str) -> pd.DataFrame:
    """Return summaries of members, years, places, measures as rows by place, year and measure; all places together the last."""
    told = _with_all(values)
    hide = small(mean(told))
    if axes[-1]["measure"] is FROM:
        moved, years = told[..., MOVED].sum(axis=-1), told[..., WAITED]
        told[..., WAITED] = np.divide(years, moved, out=np.full_like(years, np.nan), where=moved > 0)
    return long_frame(scenario, axes, {name: turned(cell)[None] for name, cell in _summaries(told, hide).items()})


def _with_all(values: Floats) -> Floats:
    """Append the sum over places to members, years, places, measures."""
    return np.concatenate([values, values.sum(axis=2, keepdims=True)], axis=2)


def _small_from(counts: Floats) -> Bools:
    """Return which cells of years, landlords and all of them, measures are hidden."""
    shown = counts.copy()
    shown[..., WAITED] = counts[..., MOVED].sum(axis=-1)  # a wait is told of as many as have moved
    small = _balanced((shown > 0) & (shown < FEWEST_SHOWN))
    small[:, -1] |= gives_away(shown[:, :-1], small[:, :-1])
    return _balanced(small)


def _balanced(small: Bools) -> Bools:
    """Return what is hidden, and with it what would give it away within a year: the offers, and one more end of a wait."""
    small = small.copy()
    small[..., OFFERS] |= small[..., ANSWERS].any(axis=-1)
    alone = small[..., ENDS].sum(axis=-1) == 1
    small[..., LEFT] |= alone & small[..., WAITING]
    small[..., WAITING] |= alone & ~small[..., LEFT]
    return small


def _small_to(closed: Bools, counts: Floats) -> Bools:
    """Return which cells of years, receiving areas and all of them, measures are hidden; ``closed``: years in which no sum is told."""
    rooms, bands = [TO.index(f"rehoused_rooms_{r}") for r in ROOMS], [TO.index(f"rehoused_rent_{b}") for b in RENT_BANDS]
    parts = counts[:, :-1]
    small = hidden(parts, [rooms, bands])
    # The sum over areas stands on the other side: one area's number is never the only one left out.
    small[..., 0] |= hidden(parts[..., 0], [list(range(parts.shape[1]))])
    small[..., 1:] |= small[..., :1]
    whole = hidden(counts[:, -1], [rooms, bands], gives_away(parts, small) | closed[:, None])
    return np.concatenate([small, whole[:, None]], axis=1)


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
