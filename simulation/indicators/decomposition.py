"""Each indicator's change from one list to the next, split exactly by where it comes from.

A criterion is a ratio N/D. A source adds n to N and d to D; its part of the change is the mean of (n - R d)/D with the ratio of
one list and the denominator of the other, over both ways. The parts sum to the change without any rest: newcomers count
by how they differ from those who live there, not by how many they are.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.measures import INDICATORS, SHARE
from simulation.indicators.setting import Setting
from simulation.indicators.share import share_of
from simulation.indicators.spread import mean, quantiles
from simulation.indicators.suppression import FEWEST_SHOWN, hidden
from simulation.records import CHANGES, CRITERIA, QUANTITIES, SOURCES, STOCK, Ensemble

Floats = NDArray[np.float64]
HOMES = ("demolished", "relabelled", "built")  # built: new homes, floor space, and whatever else stands anew
ALL = (*SOURCES, *HOMES, "change")
RESIDENTS = QUANTITIES.index("residents")


def parts(before: Floats, after: Floats, added: Floats) -> Floats:
    """Return the part of each source in the change of a ratio: arrays of any shape, sources last.

    ``before``, ``after``: numerator and denominator on a last axis of two; ``added``: sources, then the same two.
    """
    ratio = [_ratio(state) for state in (before, after)]
    crossed = [
        np.divide(
            added[..., 0] - r[..., None] * added[..., 1],
            of[..., 1, None],
            out=np.full(added.shape[:-1], np.nan),
            where=of[..., 1, None] > 0,
        )
        for r, of in ((ratio[0], after), (ratio[1], before))
    ]
    return (crossed[0] + crossed[1]) / 2


def _ratio(state: Floats) -> Floats:
    return np.divide(state[..., 0], state[..., 1], out=np.full(state.shape[:-1], np.nan), where=state[..., 1] > 0)


def decompose(ensemble: Ensemble, setting: Setting) -> Floats:
    """Return the parts of every change: members, steps, list areas, INDICATORS, ALL; per cent points, residents in persons."""
    layout, count = ensemble.layout, len(CRITERIA)
    places = [layout.areas.index(area) for area in layout.list_areas]
    added = ensemble.arrays["sources"]
    stock = ensemble.arrays["stock"][:, :, places][..., [STOCK.index(name) for name in QUANTITIES]]
    found = np.zeros((*added.shape[:3], len(INDICATORS), len(ALL)))
    for criterion in range(count):
        pair = [criterion, criterion + count]
        found[..., criterion, : len(SOURCES)] = 100 * parts(stock[:, :-1][..., pair], stock[:, 1:][..., pair], added[..., pair])
        if setting.cross_sections:
            # Who moves is counted by the years in the area, not by their own: what that adds is the definition's doing.
            change = 100 * np.diff(_ratio(stock[..., pair]), axis=1)
            found[..., criterion, SOURCES.index("definition")] += change - found[..., criterion, : len(SOURCES)].sum(axis=-1)
    found[..., INDICATORS.index("residents"), : len(SOURCES)] = added[..., RESIDENTS]
    found[..., SHARE, len(SOURCES) : -1] = 100 * _homes(ensemble, setting, places)
    found[..., -1] = found.sum(axis=-1)
    return found


def _homes(ensemble: Ensemble, setting: Setting, places: list[int]) -> Floats:
    """Return the parts of the change of the family share, as fractions: members, steps, list areas, HOMES."""
    share, layout = share_of(ensemble, setting), ensemble.layout
    now = np.stack([share.family, np.nan_to_num(share.equivalents)], axis=-1)[:, :, places]
    changes = np.stack([_of_area(ensemble, name, area) for area in layout.list_areas for name in ("demolished", "relabelled")], axis=-1)
    gone, relabelled = np.moveaxis(changes.reshape(*changes.shape[:-1], len(places), 2), -1, 0)
    counted = 0.0 if setting.count_demolished else 1.0
    known = np.stack([np.stack([-gone, -counted * gone], axis=-1), np.stack([-relabelled, np.zeros_like(gone)], axis=-1)], axis=-2)
    rest = np.diff(now, axis=1) - known.sum(axis=-2)
    return np.nan_to_num(parts(now[:, :-1], now[:, 1:], np.concatenate([known, rest[..., None, :]], axis=-2)))


def _of_area(ensemble: Ensemble, change: str, area: str) -> Floats:
    mine = np.array([name == area for name in ensemble.layout.department_area])
    return ensemble.arrays["changes"][..., CHANGES.index(change)][..., mine].sum(axis=-1)


def decomposition_frame(ensemble: Ensemble, setting: Setting) -> pd.DataFrame:
    """Return the parts over the members by area, list, indicator and source; ``change`` is their sum, from the list before.

    Means sum to the mean change; medians need not. Sources that an indicator does not have are left out. Of residents the
    sources are counts of people: fewer than five, and what would give them away, are not shown.
    """
    found = decompose(ensemble, setting)
    low, middle, high = quantiles(found)
    cells = {"mean": mean(found), "p10": low, "p50": middle, "p90": high}
    cells = {name: _without_few_people(cell, cells["mean"]) for name, cell in cells.items()}
    layout = ensemble.layout
    axes: list[Axis] = [{"area": layout.list_areas}, {"list_year": layout.list_years[1:]}, {"indicator": INDICATORS}, {"source": ALL}]
    frame = long_frame(setting.scenario, axes, {name: np.swapaxes(cell, 0, 1) for name, cell in cells.items()})
    homes = frame["source"].isin(HOMES)
    of_share = frame["indicator"] == INDICATORS[SHARE]
    return frame[(frame["source"] == "change") | (homes == of_share)].reset_index(drop=True)


def _without_few_people(cells: Floats, means: Floats) -> Floats:
    """Return the parts without those of residents that count too few of them: who came, went, was born or died."""
    people = (..., INDICATORS.index("residents"), slice(len(SOURCES)))
    counts, told = np.abs(cells[people]), cells.copy()
    few = hidden(np.abs(means[people]), [range(len(SOURCES))]) | ((counts > 0) & (counts < FEWEST_SHOWN))
    told[people] = np.where(few, np.nan, cells[people])
    return told
