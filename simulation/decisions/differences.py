"""A scenario less its base, member by member on the same chance: how much, how sure, and better or worse or neither."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.decisions.outcomes import KEYS, Outcomes
from simulation.indicators.small import is_small
from simulation.indicators.spread import mean, quantiles, split

Floats = NDArray[np.float64]
BETTER, WORSE, NEITHER = "better", "worse", "cannot be told apart"
AGREEING = 0.8  # of the parameter draws must agree on a sign
PEOPLE, DIFFERENCE = "persons", ("difference", "p10", "p50", "p90")
FEWEST_DRAWS = 10  # fewer cannot say "8 of 10"


def differences(base: Outcomes, other: Outcomes, names: tuple[str, str]) -> pd.DataFrame:
    """Return one row for each number both scenarios have: difference, interval over draws, agreement, verdict.

    A difference is the mean over members paired by draw and replicate; p10, p50 and p90 are over draws, each the mean of its
    replicates. Per cent differ in points; then ``persons`` is the difference among as many as the base has (persons or homes), and
    ``counted`` is how many more there are. ``sd_draws`` and ``sd_chance`` part the spread. ``names``: of base and scenario. Where
    either side counts fewer than five people, neither its count nor the difference is shown.
    """
    keys = base.keys.reset_index(names="ours").merge(other.keys[KEYS].reset_index(names="theirs"), on=KEYS)
    ours, theirs = (np.array(rows, dtype=np.intp) for rows in _members(base, other))
    here, there = (np.ix_(rows, keys[name].to_numpy(np.intp)) for rows, name in ((ours, "ours"), (theirs, "theirs")))
    before, after = base.values[here], other.values[there]
    size, later = base.populations[here], other.populations[there]
    draws = base.draws[ours]
    changed = after - before
    found = keys[KEYS + ["unit"]].assign(base=names[0], scenario=names[1], base_value=mean(before), scenario_value=mean(after))
    found = found.assign(**_spread(changed, draws, "difference", ""), **_spread(changed * size / 100, draws, "persons", "persons_"))
    found = found.assign(**_spread((after * later - before * size) / 100, draws, "counted", "counted_"))
    found = without_few(found.assign(**_agreement(changed, draws, keys["sense"].to_numpy()), **_apart(changed, draws)))
    return found[["base", "scenario", *KEYS, "unit", *found.columns.drop(["base", "scenario", *KEYS, "unit"])]]


def without_few(found: pd.DataFrame) -> pd.DataFrame:
    """Return differences without the counts of people of which either side has somebody, and fewer than five."""
    few = (found["unit"] == PEOPLE) & (is_small(found["base_value"]) | is_small(found["scenario_value"]))
    return found.assign(**{name: found[name].mask(few, np.nan) for name in ("base_value", "scenario_value", *DIFFERENCE)})


def _members(base: Outcomes, other: Outcomes) -> tuple[Sequence[int], Sequence[int]]:
    """Return the rows of the members that both have."""
    place = {member: row for row, member in enumerate(other.members)}
    pairs = [(row, place[member]) for row, member in enumerate(base.members) if member in place]
    return [row for row, _ in pairs], [row for _, row in pairs]


def by_draw(values: Floats, draws: NDArray[np.int64]) -> Floats:
    """Return the mean of each draw's replicates: draws, keys."""
    names, group = np.unique(draws, return_inverse=True)
    return np.stack([values[group == number].mean(axis=0) for number in range(len(names))])


def _spread(values: Floats, draws: NDArray[np.int64], name: str, prefix: str) -> dict[str, Floats]:
    low, middle, high = quantiles(by_draw(values, draws))
    return {name: mean(values), f"{prefix}p10": low, f"{prefix}p50": middle, f"{prefix}p90": high}


def _agreement(changed: Floats, draws: NDArray[np.int64], sense: NDArray[np.int64]) -> dict[str, NDArray]:
    """Return the part of the draws on the side that most are on, and what that says; a draw without a difference is on neither."""
    means = by_draw(changed, draws)
    rounding = 1e-9 * np.maximum(1.0, np.abs(means).max(axis=0, initial=0.0))
    down, up = (means < -rounding).mean(axis=0), (means > rounding).mean(axis=0)
    return {"agree": np.maximum(down, up), "verdict": verdicts(down, up, sense, len(means))}


def verdicts(down: Floats, up: Floats, sense: NDArray[np.int64], draws: int) -> NDArray[np.object_]:
    """Return the verdict on each number; empty on one that is not valued. ``down``, ``up``: parts of the draws below and above."""
    less, more = down >= AGREEING, up >= AGREEING
    found = np.full(len(sense), NEITHER, dtype=object)
    if draws >= FEWEST_DRAWS:
        found[np.where(sense > 0, less, more)] = BETTER
        found[np.where(sense > 0, more, less)] = WORSE
    found[sense == 0] = ""
    return found


def agreed(part: float) -> float:
    """Return the part of the draws that agree, for words of tenths: what falls short of the rule is not rounded up to it."""
    return AGREEING - 0.1 if AGREEING - 0.1 < part < AGREEING else part


def _apart(changed: Floats, draws: NDArray[np.int64]) -> dict[str, Floats]:
    parts = split(changed, draws)
    return {"sd_draws": np.sqrt(parts.draws), "sd_chance": np.sqrt(parts.replicates), "draws_share": parts.draws_share}
