"""Many cases side by side: scenarios, parameter draws and numbers set by hand, on the same chance, with only what questions need kept.

A study (a sensitivity run, a package search, a fit) asks for thousands of variants and wants a few numbers of each. Case and
replicate take the places of draw and replicate in an ensemble; so storing, resuming and the workers are those of every run.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.ensemble import Notice, Progress, run_ensemble
from simulation.luggage import packed, unpacked
from simulation.records import Ensemble, Layout
from simulation.workers import Workers

KEPT = ("stock", "criteria", "thresholds", "breached", "category", "category_without_origin", "flows", "changes")


@dataclass(frozen=True)
class Case:
    """One variant: a scenario of the study, a parameter draw, and numbers that hold instead of the draw's own.

    ``scenario``: its place among the study's; ``draw``: None for the central values; ``given``: numbers by path.
    """

    scenario: int
    draw: int | None
    given: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Kept:
    """Those arrays of a member that a study keeps."""

    kept: dict[str, NDArray]

    def arrays(self) -> dict[str, NDArray]:
        """Return the arrays by name."""
        return self.kept


@dataclass(frozen=True)
class CaseTask:
    """Simulate members of the cases of a study; the number of a case stands where a member's draw does."""

    scenarios: tuple[Any, ...]
    cases: tuple[Case, ...]
    seed: int
    kept: tuple[str, ...]

    def __call__(self, draw: int, replicate: int) -> Kept:
        """Simulate one member."""
        from simulation.engine import simulate
        from simulation.start import CENTRAL

        case = self.cases[draw]
        number = CENTRAL if case.draw is None else case.draw
        arrays = simulate(self.scenarios[case.scenario], self.seed, number, replicate, case.given).arrays()
        return Kept({name: arrays[name] for name in self.kept})

    def layout(self) -> Layout:
        """Return what the axes of every member stand for."""
        from simulation.start import layout

        found = [layout(scenario) for scenario in self.scenarios]
        if any(replace(other, measures=()) != replace(found[0], measures=()) for other in found[1:]):
            raise ValueError("the scenarios of a study have the same place and the same lists")
        return found[0]

    def __reduce__(self) -> tuple[Any, ...]:
        return _task, (self.scenarios, self.cases, self.seed, self.kept, [packed(scenario) for scenario in self.scenarios])


def _task(
    scenarios: tuple[Any, ...], cases: tuple[Case, ...], seed: int, kept: tuple[str, ...], tables: list[dict[str, bytes]]
) -> CaseTask:
    there = tuple(unpacked(scenario, own) for scenario, own in zip(scenarios, tables, strict=True))
    return CaseTask(there, cases, seed, kept)


def run_cases(
    scenarios: Sequence[Any],
    cases: Sequence[Case],
    *,
    seed: int,
    replicates: int = 1,
    store: Path,
    workers: Workers | None = None,
    kept: Sequence[str] = KEPT,
    progress: Progress = lambda done, total: None,
    notice: Notice = lambda code, values: None,
) -> Ensemble:
    """Simulate every case, ``replicates`` times each, and return the members in the order of the cases.

    The same draw and replicate have the same chance in every scenario and case. ``ensemble.draws`` holds the number of the case.
    ``store``: folder of the finished cases, one for these scenarios, cases and seed: a study that was interrupted goes on there.
    Scenarios share their place and their lists; where they have other measures, ``participants`` must not be kept. Raises
    ValueError, WorkersLostError, and whatever a member itself raises.
    """
    task = CaseTask(tuple(scenarios), tuple(cases), seed, tuple(kept))
    members = [(case, replicate) for case in range(len(cases)) for replicate in range(replicates)]
    return run_ensemble(task, members, store, workers, progress, notice)


def study_id(scenarios: Sequence[Any], cases: Sequence[Case], seed: int, kept: Sequence[str], model: dict[str, str]) -> str:
    """Return a name for the store of a study: 12 hexadecimal digits of all that decides its members."""
    from simulation.files import sha256_of

    told = repr(([scenario.content for scenario in scenarios], list(cases), seed, list(kept), sorted(model.items())))
    return sha256_of(told.encode())[:12]


def case_values(ensemble: Ensemble, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values of members (first axis) as the means over each case's replicates."""
    cases = np.unique(ensemble.draws)
    return np.stack([values[ensemble.draws == case].mean(axis=0) for case in cases])
