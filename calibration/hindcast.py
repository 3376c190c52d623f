"""Lists held out: fitted to those up to a year, the later ones predicted, with the city's series as known now or as known then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.emulator import Emulator
from calibration.fit import Fit, Model, emulated, fit
from calibration.posterior import published, spread_of
from calibration.priors import past_of, priors_of
from calibration.priors.prior import scaled
from calibration.scoring import Score, score
from calibration.study import Bench, Study, simulated
from calibration.targets import Target, Targets
from calibration.targets.reading import told

Floats = NDArray[np.float64]
NOW, THEN = "now", "then"
PAIRS = 64  # runs that say what the older series would have changed


@dataclass(frozen=True, eq=False)
class Past:
    """What hindcasts of a place start from: its targets, the first design over the prior, and where to run more."""

    place: str
    targets: Targets
    first: Study
    bench: Bench


def hindcast(past: Past, until: int, vintage: str) -> list[Score]:
    """Fit to the lists up to ``until`` and score the later ones."""
    model = _model(past, until, vintage)
    fitted, held_out = past.targets.fitted(until), [t for t in past.targets.later(until) if t in past.first.targets]
    found = fit(model, fitted, past.bench.seed)
    draws = predicted(found, held_out, np.random.default_rng(past.bench.seed))
    known = [target for target in past.targets.values if target.list_year <= until]
    return [score(target, draws[:, column], known, until, vintage) for column, target in enumerate(held_out)]


def predicted(found: Fit, targets: Sequence[Target], rng: np.random.Generator) -> Floats:
    """Return predictive draws of other targets of the study: draws, targets.

    What the known lists lay above or below the emulator, by chance and by the area's own way, goes on as far as runs do so too.
    """
    model, known = found.model, len(found.targets)
    rows = model.rows_of([*found.targets, *targets])
    emulator = model.emulator.of(rows)
    spread = spread_of([*found.targets, *targets], emulator.residual)
    said = emulator(scaled(model.priors, found.numbers))
    carried = np.linalg.solve(spread[:known, :known], spread[:known, known:])
    mean = said[:, known:] + (published(found.targets) - said[:, :known]) @ carried
    left = spread[known:, known:] - spread[known:, :known] @ carried
    return mean + rng.multivariate_normal(np.zeros(len(targets)), (left + left.T) / 2, len(mean))


def _model(past: Past, until: int, vintage: str) -> Model:
    model = emulated(past.first)
    if vintage == NOW:
        return model
    scenario = past_of(past.place, as_known(past.place, until))
    some = past.first.quantiles[:PAIRS]
    then = simulated(scenario, priors_of(scenario), some, past.first.targets, (), past.bench)
    return replace(model, emulator=_changed(model.emulator, past.first.scaled[:PAIRS, model.active], then.seen - past.first.seen[:PAIRS]))


def _changed(emulator: Emulator, x: Floats, difference: Floats) -> Emulator:
    """Add what paired runs say that other series change: a straight line, and what it misses. The pairs share their chance."""
    table = np.column_stack([np.ones(len(x)), x])
    line = np.linalg.lstsq(table, difference, rcond=None)[0]
    missed = difference - table @ line
    residual = emulator.residual + missed.T @ missed / (len(x) - table.shape[1])
    return replace(emulator, constant=emulator.constant + line[0], slope=emulator.slope + line[1:].T, residual=residual)


def as_known(place: str, until: int) -> list[str]:
    """Return overrides that hold the city's series at what was last published when the list of a year came out.

    A series that begins later keeps its first value, as a level without a course.
    """
    rates = past_of(place).tree["rates"]
    return [_held(entry["id"], rates, until - int(entry["lag_years"])) for entry in told(place)["vintages"]]


def _held(name: str, rates: Any, last: int) -> str:
    table: dict[str, Any] = rates[name.split(".")[0]][name.split(".")[1]]
    at = next(column for column in ("years", "lists") if column in table)
    known = max(1, sum(int(year) <= last for year in table[at]))
    column, cells = next((column, cells) for column, cells in table.items() if isinstance(cells, tuple) and column != at)
    return f"rates.{name}.{column}={[*cells[:known], *[cells[known - 1]] * (len(cells) - known)]}"
