"""The way of a goal-seek: which lever, which values of it, what the model answers there, and what is written of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.destination import writable
from simulation.route import area_names, workers_of
from simulation.runs import Settings, Watch
from simulation.studying import finish, simulate_with, study_name

if TYPE_CHECKING:
    from simulation.decisions.goal.found import Sought
    from simulation.decisions.goal.levers import Lever
    from simulation.decisions.goal.points import Goal, Point
    from simulation.decisions.goal.search import Answer
    from simulation.scenario import Scenario
    from simulation.workers import Workers

FOLDER = "goal"
DRAWS, REPLICATES = 20, 1  # pairing on the same chance leaves little to average
QUICK_DRAWS = 4
HALF, SURE = 0.5, 0.8  # of the futures: the median, and what can be promised
AGREE = 0.8


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked: a criterion on a list, a lever and from where to where, how sure; None where the scenario's own holds."""

    criterion: str
    lever: str
    area: str | None = None
    list_year: int | None = None
    ends: tuple[float, float] | None = None
    sure: float = SURE


@dataclass(frozen=True, kw_only=True)
class Done:
    """A finished goal-seek and the folder in which it lies."""

    found: "Sought"
    folder: Path


def seek(name: str, overrides: Sequence[str], asked: Asked, settings: Settings, watch: Watch) -> Done:
    """Find what a lever would have to be for a criterion to be kept on a list, and write what was found. Raises InputErrors."""
    from simulation.decisions.goal.found import Sought, answers_frame, points_frame
    from simulation.decisions.goal.levers import lever_of
    from simulation.decisions.goal.page import page_of
    from simulation.decisions.goal.panels import draw_goal
    from simulation.decisions.goal.points import goal_of
    from simulation.decisions.pages import write_page
    from simulation.decisions.sensitivity.naming import names_of
    from simulation.report.tables import write_tables
    from simulation.scenario import load

    start = time.perf_counter()
    scenario = load(name, list(overrides))
    goal = goal_of(scenario, asked.criterion, asked.area, asked.list_year)
    lever = lever_of(scenario, asked.lever, asked.ends, goal.area)
    writable(settings.out)
    with workers_of(settings) as workers:
        asker = _Asker(scenario, goal, lever, settings, watch, workers)
        answers, moves = _answers(asker, asked.sure)
    told = _told(scenario, goal, lever, asked.sure, settings)
    study_id = study_name(told)
    counts = {"draws": settings.draws, "replicates": settings.replicates, "seed": settings.seed}
    named: dict[str, Any] = {"names": names_of(scenario, settings.lang), "study_id": study_id, "overrides": tuple(overrides), **counts}
    found = Sought(scenario=scenario, goal=goal, lever=lever, points=asker.points, answers=answers, moves=moves, **named)
    folder, pictures = settings.out / FOLDER / study_id, draw_goal(found)
    tables = {"goal": points_frame(found), "answers": answers_frame(found)}
    written = [*write_tables(folder, tables), *write_page(folder, page_of(found, pictures), pictures, settings.lang)]
    finish(folder, told | {"study_id": study_id, "areas": area_names(scenario)}, written, time.perf_counter() - start, scenario)
    return Done(found=found, folder=folder)


def _answers(asker: "_Asker", sure: float) -> "tuple[list[Answer], str]":
    """Return the answer to each demand, and what the lever does from end to end."""
    from simulation.decisions.goal.search import moves, sought, tried_values

    lever = asker.lever
    values = tried_values(lever.low, lever.high, lever.now, lever.whole)
    demands = sorted({HALF, sure})
    answers = [sought(asker.kept, values, lever.now, demand, lever.whole) for demand in demands]
    low, high = (asker.found[value] for value in (lever.low, lever.high))
    if asker.goal.measured:
        return answers, moves(low.level - low.limit, high.level - high.limit, AGREE)
    return answers, moves(low.kept.astype(float), high.kept.astype(float), AGREE)


class _Asker:
    """Who asks the model for values of a lever, and remembers the answers."""

    def __init__(self, scenario: "Scenario", goal: "Goal", lever: "Lever", settings: Settings, watch: Watch, workers: "Workers") -> None:
        self.scenario, self.goal, self.lever = scenario, goal, lever
        self.settings, self.watch, self.workers = settings, watch, workers
        self.found: dict[float, Point] = {}

    @property
    def points(self) -> "list[Point]":
        """Return what was found, in the order of the lever."""
        return [self.found[value] for value in sorted(self.found)]

    def kept(self, values: Sequence[float]) -> list[float]:
        """Return in which part of the futures the goal is kept at each value."""
        if new := [value for value in values if value not in self.found]:
            self._ask(new)
        return [float(self.found[value].kept.mean()) for value in values]

    def _ask(self, values: Sequence[float]) -> None:
        from simulation.cases import Case
        from simulation.decisions.goal.points import ARRAYS, points_of

        # Cases of one draw follow one another, for they share its start.
        cases = [Case(0, draw, self.lever.given(value)) for draw in range(self.settings.draws) for value in values]
        ensemble = simulate_with(self.workers, [self.scenario], cases, self.settings.replicates, self.settings, self.watch, ARRAYS)
        self.found |= {point.value: point for point in points_of(ensemble, self.scenario, self.goal, values)}


def _told(scenario: "Scenario", goal: "Goal", lever: "Lever", sure: float, settings: Settings) -> dict[str, Any]:
    """Return everything that decides the bytes of a goal-seek."""
    return {
        "scenario": scenario.name,
        "content": scenario.content,
        "goal": vars(goal),
        "lever": vars(lever),
        "sure": sure,
        "seed": settings.seed,
        "draws": settings.draws,
        "replicates": settings.replicates,
        "lang": settings.lang,
        "files": scenario.files(),
    }
