"""One run at a time for each session, beside the server: few futures first, then more, then the report; it can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import problems, route
from simulation.files import InputErrors
from simulation.installed import installed_model
from simulation.provenance import installed_versions
from simulation.runs import QUICK_DRAWS, Settings

if TYPE_CHECKING:
    from simulation.records import Ensemble
    from simulation.report.content import RunFacts
    from simulation.scenario import Scenario

    Members = tuple[Scenario, Ensemble, RunFacts]

AT_ONCE = threading.Semaphore(2)  # runs side by side; others wait their turn
FIRST = "plan"  # the scenario that the page begins with
STEP = 5  # each look has so many times the futures of the one before


class StoppedError(Exception):
    """The user stopped the run."""


@dataclass(frozen=True)
class Order:
    """What is to be run: a scenario, as it was when it was ordered, and its base; None where they are the same."""

    scenario: Scenario
    base: Scenario | None
    settings: Settings

    def stages(self) -> Iterator[Settings]:
        """Yield settings of ever more futures, the last those that are wanted."""
        draws = QUICK_DRAWS
        while draws < self.settings.draws:
            yield replace(self.settings, draws=draws)
            draws *= STEP
        yield self.settings


@dataclass
class Job:
    """A run under way. ``state``: waiting, running, writing, done, stopped, failed; ``version`` counts the views."""

    order: Order
    state: str = "waiting"
    done: int = 0
    total: int = 0
    version: int = 0
    folder: Path | None = None
    errors: list[dict[str, object]] = field(default_factory=list)
    failure: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _side: int = 0  # of the scenario that is simulated now
    _made: list[int] = field(default_factory=lambda: [0, 0])
    _found: tuple[Members, ...] = ()  # of the last view: the scenario's, then those of its base
    _views: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)

    def begin(self) -> None:
        """Begin to run, beside the caller."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 0.0) -> None:
        """Stop the run with its workers; wait as long for them to end."""
        self._stop.set()
        if self._thread is not None and seconds:
            self._thread.join(seconds)

    @property
    def active(self) -> bool:
        """Return whether it is still under way."""
        return self.state in ("waiting", "running", "writing")

    def progress(self, done: int, total: int) -> None:
        """Hear of members done; here a run that is to stop stops."""
        self._heed()
        if self.state == "running":
            self._made[self._side] = done
            self.done = sum(self._made)

    def notice(self, code: str, values: dict[str, object]) -> None:
        """Hear what went wrong and is mended; nobody needs to act."""

    def told(self) -> dict[str, Any]:
        """Return how far it is, as JSON takes it."""
        kept = ("state", "done", "total", "version", "errors", "failure")
        return {name: getattr(self, name) for name in kept} | {"report": self.folder is not None, "base": self.order.base is not None}

    def view(self, lang: str) -> dict[str, Any] | None:
        """Return the latest results in a language; None where there are none yet."""
        from simulation.web.shown import side_of, view

        version, found = self.version, self._found
        if not found:
            return None
        if (version, lang) not in self._views:
            sides = [side_of(*members, lang=lang) for members in found]
            self._views = {(version, lang): view(sides[0], sides[1] if len(sides) > 1 else None, lang)}
        return self._views[version, lang]

    def _heed(self) -> None:
        if self._stop.is_set():
            raise StoppedError

    def _run(self) -> None:
        try:
            while not AT_ONCE.acquire(timeout=0.2):
                self._heed()
            try:
                self._simulate_and_write()
            finally:
                AT_ONCE.release()
        except StoppedError:
            self.state = "stopped"
        except InputErrors as errors:
            self.errors = [problems.row(problem, self.order.settings.lang) for problem in errors.problems]
            self.state = "failed"
        except Exception as error:  # whatever it is, the page must be told
            self.failure, self.state = f"{type(error).__name__}: {error}", "failed"

    def _simulate_and_write(self) -> None:
        order = self.order
        scenarios = [order.scenario] if order.base is None else [order.scenario, order.base]
        self.total, self.state = len(scenarios) * order.settings.draws * order.settings.replicates, "running"
        for stage in order.stages():
            found = []
            for self._side, scenario in enumerate(scenarios):
                found.append(self._members(scenario, stage))
                self._heed()
            self._found = tuple(found)
            self.version += 1
        self.state = "writing"
        self.folder = route.project(order.scenario, order.settings, self).folder
        self.state = "done"

    def _members(self, scenario: Scenario, stage: Settings) -> Members:
        """Simulate some of the members that the whole run has, where the whole run will look for them."""
        from simulation.ensemble import SimulateTask, members_of, run_ensemble
        from simulation.report.content import RunFacts

        inputs = route.inputs_of(scenario, self.order.settings)
        store = stage.out / ".members" / inputs.members_id
        with route.workers_of(stage) as workers:
            pairs = members_of(stage.draws, stage.replicates)
            ensemble = run_ensemble(SimulateTask(scenario, stage.seed), pairs, store, workers, self.progress, self.notice)
        counts = {"seed": stage.seed, "draws": stage.draws, "replicates": stage.replicates}
        return scenario, ensemble, RunFacts(run_id=inputs.run_id, versions=installed_versions(), inputs=inputs.files, **counts)


def warm_up() -> None:
    """Load what a run needs beside the server, so that the first one begins at once."""

    def load_all() -> None:
        from simulation.ensemble import ENGINE
        from simulation.scenario import load
        from simulation.workers.local import warm_up as warm_workers

        warm_workers(ENGINE)
        for name in ("simulation.engine", "simulation.web.shown", "simulation.report.document"):
            import_module(name)
        installed_model()
        load(FIRST)  # what every scenario rests on is parsed once

    threading.Thread(target=load_all, daemon=True).start()
