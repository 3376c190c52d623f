"""What moves the answer most in a run, as far as the run itself can tell: each number drawn against each criterion.

A correlation over draws is no effect of a decision. It says which of the numbers nobody knows the answer hangs on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.indicators.association import beyond_chance, foretold, p_values, rank_scores
from simulation.indicators.measures import INDICATORS, RESIDENTS, Measures

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Floats = NDArray[np.float64]
FEWEST_DRAWS = 30
KEYS = ["scenario", "area", "list_year", "indicator"]
CORRELATIONS = [*KEYS, "parameter", "basis", "draws", "spearman", "p_value", "beyond_chance"]
EXPLAINED = [*KEYS, "draws", "parameters", "found", "explained", "explained_assumed"]


@dataclass(frozen=True, eq=False)
class Numbers:
    """The numbers that were drawn: their paths, what each rests on (a basis, or fitted), and the values: draws, paths."""

    paths: tuple[str, ...]
    bases: tuple[str, ...]
    values: Floats


def numbers_of(scenario: Scenario, seed: int, draws: Sequence[int]) -> Numbers:
    """Return the numbers that the draws of a seed gave to a scenario."""
    paths, values = scenario.drawn(seed, draws)
    basis = {row.path: "fitted" if row.fitted else row.basis for row in scenario.parameters()}
    return Numbers(paths, tuple(basis.get(path, "choice") for path in paths), values)


@dataclass(frozen=True, eq=False)
class _Outcomes:
    """The mean over replicates of each criterion on the last list: rank scores (draws, outcomes), and what each is."""

    keys: list[dict[str, Any]]
    scores: Floats


def drivers_frames(measures: Measures, draws: NDArray[np.int64], numbers: Numbers | None, scenario: str) -> dict[str, pd.DataFrame]:
    """Return the tables ``correlations`` and ``explained``; without rows where there are fewer than 30 draws.

    ``draws`` names the draw of each member; ``numbers`` has one row for each, in rising order. ``spearman`` is the rank
    correlation of a number with a criterion on the last list; ``beyond_chance`` controls false alarms over the whole
    table. ``explained`` is the part of the variance between draws that the numbers found foretell in draws not used to
    find them, ``explained_assumed`` the part that those that are assumed foretell alone.
    """
    named = np.unique(draws)
    if numbers is None or len(named) < FEWEST_DRAWS:
        return {"correlations": pd.DataFrame(columns=CORRELATIONS), "explained": pd.DataFrame(columns=EXPLAINED)}
    member = (draws[:, None] == named).astype(np.float64)
    means = np.tensordot(member / member.sum(axis=0), measures.values[:, -1, :, :RESIDENTS], axes=(0, 0))  # draws, areas, criteria
    outcomes, scores = _outcomes(means, measures, scenario), rank_scores(numbers.values)
    correlation = scores.T @ outcomes.scores
    p = p_values(correlation, len(named))
    return {
        "correlations": _correlations(outcomes, numbers, correlation, p, len(named)),
        "explained": _explained(outcomes, numbers, scores, beyond_chance(p)),
    }


def _outcomes(means: Floats, measures: Measures, scenario: str) -> _Outcomes:
    varies = np.isfinite(means).all(axis=0) & (np.ptp(means, axis=0) > 0)
    names = {"scenario": scenario, "list_year": measures.list_years[-1]}
    keys = [{**names, "area": measures.areas[area], "indicator": INDICATORS[at]} for area, at in zip(*np.nonzero(varies), strict=True)]
    return _Outcomes(keys, rank_scores(means[:, varies]))


def _correlations(outcomes: _Outcomes, numbers: Numbers, correlation: Floats, p: Floats, draws: int) -> pd.DataFrame:
    told = beyond_chance(p)
    parts = []
    for at, keys in enumerate(outcomes.keys):
        order = np.argsort(p[:, at], kind="stable")
        cells = {"spearman": correlation[order, at], "p_value": p[order, at], "beyond_chance": told[order, at]}
        named = {"parameter": np.array(numbers.paths, object)[order], "basis": np.array(numbers.bases, object)[order]}
        parts.append(pd.DataFrame({**named, **cells}).assign(**keys, draws=draws))
    return pd.concat(parts, ignore_index=True)[CORRELATIONS] if parts else pd.DataFrame(columns=CORRELATIONS)


def _explained(outcomes: _Outcomes, numbers: Numbers, scores: Floats, told: NDArray[np.bool_]) -> pd.DataFrame:
    assumed = np.array(numbers.bases) == "assumed"
    counts = {"draws": len(scores), "parameters": len(numbers.paths)}
    rows = [
        {
            **keys,
            **counts,
            "found": int(told[:, at].sum()),
            "explained": foretold(scores, outcomes.scores[:, at]),
            "explained_assumed": foretold(scores[:, assumed], outcomes.scores[:, at]),
        }
        for at, keys in enumerate(outcomes.keys)
    ]
    return pd.DataFrame(rows, columns=EXPLAINED)
