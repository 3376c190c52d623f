"""Values that were held out, predicted and scored: from a file with the columns of the published values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from calibration.calibrating import scorecard
from calibration.fit import first_design
from calibration.hindcast import Past
from calibration.keeping import of_the_past
from calibration.later import MEMBERS, QUICK_MEMBERS, ahead, projected
from calibration.priors import past_of
from calibration.scoring import Score, score, summary
from calibration.study import Bench
from calibration.targets import Target, Targets, read_targets
from calibration.targets.given import rows_given
from simulation.files import InputErrors, Problem
from simulation.scenario import load

POINTS, QUICK_POINTS = 1024, 512
AS_RUN = "as_run"  # beyond the past: the city's series stand as the scenario has them


def validated(scenario: str, until: int, against: Path, quick: bool, bench: Bench) -> dict[str, Any]:
    """Predict the file's values of lists after ``until`` from those up to it, and score them. Raises InputErrors."""
    loaded = load(scenario)
    rows = rows_given(against, loaded)
    past = past_of(loaded.place)
    targets = read_targets(past, rows)
    named = {(row.area, row.list_year) for row in rows}
    asked = [target for target in targets.later(until) if (target.area, target.list_year) in named]
    scores = _of_the_past(asked, until, targets, quick, bench, past) if until < targets.last_fitted else []
    if until >= targets.last_fitted:
        scores = _ahead(asked, until, targets, scenario, quick, bench)
    if not scores:
        raise InputErrors([Problem(file=str(against), key="list_year", code="nothing_to_score", values={"until": until})])
    return {"until": until, "scores": [asdict(each) for each in scores], "summary": summary(scores)}


def _of_the_past(asked: Sequence[Target], until: int, targets: Targets, quick: bool, bench: Bench, past: Any) -> list[Score]:
    wanted = {(target.area, target.list_year, target.indicator) for target in asked if target.list_year <= targets.last_fitted}
    if not wanted:
        return []
    first = first_design(past, targets, QUICK_POINTS if quick else POINTS, bench)
    scores = scorecard(Past(past.place, targets, first, bench), (until,))
    return [each for each in scores if (each.area, each.list_year, each.indicator) in wanted]


def _ahead(asked: Sequence[Target], until: int, targets: Targets, scenario: str, quick: bool, bench: Bench) -> list[Score]:
    if not asked:
        return []
    later = targets.later(targets.last_fitted)
    known = tuple(target for target in later if target.list_year <= until)
    last = max(target.list_year for target in asked)
    ahead_of = load(scenario, [f"last_year={last}"], of_the_past(load(scenario).place))
    members = projected(ahead_of, (*known, *asked), QUICK_MEMBERS if quick else MEMBERS, bench)
    draws = ahead(members, known, asked, np.random.default_rng(bench.seed))
    earlier = [target for target in targets.values if target.list_year <= until]
    return [score(target, draws[:, column], earlier, until, AS_RUN) for column, target in enumerate(asked)]
