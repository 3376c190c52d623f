"""Tables of residents: what they are, how they come and go, and whose years the first criterion counts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.indicators.grid import Axis, long_frame
from simulation.indicators.results import turned
from simulation.indicators.spread import mean, quantiles
from simulation.indicators.suppression import Bools, Floats, hidden
from simulation.records import AGE_GROUPS, COMPOSITION, FLOWS, LABOUR, ORIGIN, SCHOOLING, STOCK, TENURE, Ensemble

# Dimension, prefix of its counts in the records, its cells.
DIMENSIONS = (
    ("age", "age_", tuple(AGE_GROUPS)),
    ("labour_state", "labour_", LABOUR),
    ("schooling", "schooling_", SCHOOLING),
    ("origin", "origin_", ORIGIN),
    ("tenure", "tenure_", TENURE),
)
# Cells whose sum other tables give away: denominators of the criteria, and the criterion on origin.
KNOWN_SUMS = (
    ("age_0_6", "age_7_17"),
    ("age_18_24", "age_25_29", "age_60_64"),
    tuple(f"origin_{name}" for name in ORIGIN if name.startswith("non_western")),
    tuple(f"origin_{name}" for name in ORIGIN if not name.startswith("non_western")),
)


def composition_of(ensemble: Ensemble) -> Floats:
    """Return the counts of COMPOSITION: members, lists, areas, cells."""
    first = STOCK.index(COMPOSITION[0])
    return ensemble.arrays["stock"][..., first : first + len(COMPOSITION)]


def hidden_composition(counts: Floats) -> Bools:
    """Return which cells of a composition to hide; the last axis is COMPOSITION."""
    whole = [tuple(f"{prefix}{cell}" for cell in cells) for _, prefix, cells in DIMENSIONS]
    groups = [[COMPOSITION.index(name) for name in group] for group in (*KNOWN_SUMS, *whole)]
    return hidden(counts, groups)


def composition_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return residents by age group, labour state, schooling (18 and over), origin and tenure: the mean of the members.

    A cell of fewer than five is empty and marked, and with it a second one that would give it away.
    """
    counts = turned(mean(composition_of(ensemble)))  # areas, lists, cells
    hide = hidden_composition(counts)
    axes: list[Axis] = [{"area": ensemble.layout.areas}, {"year": ensemble.layout.list_years}, _cells()]
    return long_frame(scenario, axes, {"persons": np.where(hide, np.nan, counts), "suppressed": hide})


def _cells() -> dict[str, list[str]]:
    pairs = [(dimension, cell) for dimension, _, cells in DIMENSIONS for cell in cells]
    return {"dimension": [dimension for dimension, _ in pairs], "group": [cell for _, cell in pairs]}


def flows_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return persons born, died and moved, by member, area and year.

    A count under five is empty, and with it a second one that would give it away: residents stand in other tables.
    """
    members = {"draw": ensemble.draws, "replicate": ensemble.replicates}
    axes: list[Axis] = [members, {"year": ensemble.layout.step_years}, {"area": ensemble.layout.areas}, {"flow": FLOWS}]
    persons = np.rint(ensemble.arrays["flows"])
    frame = long_frame(scenario, axes, {"persons": np.where(hidden(persons, [range(len(FLOWS))]), np.nan, persons)})
    return frame[["scenario", "draw", "replicate", "area", "year", "flow", "persons"]]


def movements_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return persons born, died and moved, by area and year, over the members; small counts as in ``flows_frame``."""
    persons = ensemble.arrays["flows"]
    hide = hidden(mean(persons), [range(len(FLOWS))])
    low, middle, high = quantiles(persons)
    cells = {name: np.where(hide, np.nan, cell) for name, cell in (("mean", mean(persons)), ("p10", low), ("p50", middle), ("p90", high))}
    axes: list[Axis] = [{"area": ensemble.layout.areas}, {"year": ensemble.layout.step_years}, {"flow": FLOWS}]
    return long_frame(scenario, axes, {name: turned(cell) for name, cell in cells.items()})


def populations(ensemble: Ensemble) -> tuple[Floats, Floats]:
    """Return the share outside by both readings of the law, per cent: members, lists, areas.

    First the two years of those who live there on 1 January, wherever they lived; then the mean of two yearly shares, each
    of those who lived there at the end of its year, which is not known for the first list.
    """
    adults = ensemble.stock("adults_18_64")
    yearly = _share(ensemble.stock("outside_last_year"), adults)
    crossed = np.full_like(yearly, np.nan)
    crossed[:, 1:] = (yearly[:, 1:] + yearly[:, :-1]) / 2
    return _share(ensemble.stock("outside_two_years"), adults), crossed


def populations_frame(ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return the share outside by both readings of the law, per cent, and by how much they differ (points)."""
    own, crossed = populations(ensemble)
    low, middle, high = quantiles(crossed - own)
    cells = {"residents": mean(own), "cross_sections": mean(crossed)}
    cells |= {"difference_p10": low, "difference_p50": middle, "difference_p90": high}
    layout = ensemble.layout
    axes: list[Axis] = [{"area": layout.areas}, {"list_year": layout.list_years}, {"indicator": ("outside_labour_market",)}]
    return long_frame(scenario, axes, {name: turned(cell)[..., None] for name, cell in cells.items()})


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(100.0 * part, whole, out=np.full_like(part, np.nan), where=whole > 0)
