"""Every record of every member in one wide, typed table; no row stands for a person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.indicators.measures import SHARE, Measures
from simulation.indicators.residents import composition_of, hidden_composition
from simulation.law import CATEGORIES
from simulation.records import COMPOSITION, COUNTS, CRITERIA, FAMILIES, FLOWS, HOMES, STOCK, Ensemble


def records_frame(measures: Measures, ensemble: Ensemble, scenario: str) -> pd.DataFrame:
    """Return one row for each member, list year and area: stocks, criteria, categories, and the flows of the year that follows.

    Flows are empty on the last record, which no year follows. Small cells of the composition are empty.
    """
    layout = ensemble.layout
    shape = (len(ensemble.draws), len(layout.list_years), len(layout.areas))
    member, record, area = (axis.reshape(-1) for axis in np.indices(shape))
    columns = {
        "scenario": pd.Categorical.from_codes(np.zeros(len(member), dtype=np.int8), pd.Index([scenario])),
        "draw": ensemble.draws[member].astype(np.int32),
        "replicate": ensemble.replicates[member].astype(np.int32),
        "area": pd.Categorical.from_codes(area, pd.Index(layout.areas)),
        "list_year": np.array(layout.list_years, dtype=np.int16)[record],
        "list_area": np.array([name in layout.list_areas for name in layout.areas])[area],
    }
    return pd.DataFrame({**columns, **_stocks(ensemble), **_verdicts(measures, ensemble), **_flows(ensemble)})


def _stocks(ensemble: Ensemble) -> dict[str, np.ndarray]:
    kept = {name: ensemble.arrays["stock"][..., STOCK.index(name)].reshape(-1) for name in COUNTS + HOMES + FAMILIES}
    composition = composition_of(ensemble)
    shown = np.where(hidden_composition(composition), np.nan, composition)
    return kept | {name: shown[..., column].reshape(-1) for column, name in enumerate(COMPOSITION)}


def _verdicts(measures: Measures, ensemble: Ensemble) -> dict[str, object]:
    columns: dict[str, object] = {"social_family_share_pct": measures.values[..., SHARE].reshape(-1)}
    for column, name in enumerate(CRITERIA):
        columns[f"{name}_pct"] = measures.values[..., column].reshape(-1)
        columns[f"{name}_threshold_pct"] = measures.thresholds[..., column].reshape(-1)
        columns[f"{name}_breached"] = measures.breached[..., column].reshape(-1) == 1
    for name in ("category", "category_without_origin"):
        columns[name] = pd.Categorical.from_codes(ensemble.arrays[name].reshape(-1), pd.Index(CATEGORIES))
    return columns


def _flows(ensemble: Ensemble) -> dict[str, np.ndarray]:
    flows = ensemble.arrays["flows"]
    after_last = np.full((len(flows), 1, *flows.shape[2:]), np.nan)
    padded = np.concatenate([flows, after_last], axis=1)
    return {name: padded[..., column].reshape(-1) for column, name in enumerate(FLOWS)}
