"""The way of a study of many cases: simulate them beside the members of runs, and say last that it is finished."""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import provenance
from simulation.extras import command_for
from simulation.files import InputErrors, Problem, locked, sha256_of_file, write_atomic
from simulation.installed import installed_model
from simulation.route import workers_of
from simulation.runs import Settings, Watch

if TYPE_CHECKING:
    from simulation.cases import Case
    from simulation.records import Ensemble
    from simulation.scenario import Scenario
    from simulation.workers import Workers

FILE = "study.json"
EXTRA = {"SALib": "SALib", "sklearn": "scikit-learn"}  # module -> package of the extra `decisions`


def need(modules: Iterable[str]) -> None:
    """Raise InputErrors where a library of the extra `decisions` is missing."""
    missing = [EXTRA[module] for module in modules if find_spec(module) is None]
    if missing:
        told = {"packages": ", ".join(missing), "command": command_for("decisions")}
        raise InputErrors([Problem(code="no_decisions_extra", values=told)])


def simulate_cases(
    scenarios: "Sequence[Scenario]", cases: "Sequence[Case]", replicates: int, settings: Settings, watch: Watch, kept: Sequence[str]
) -> "Ensemble":
    """Return the members of cases, simulated where an earlier study did not leave them. Raises InputErrors."""
    with workers_of(settings) as workers:
        return simulate_with(workers, scenarios, cases, replicates, settings, watch, kept)


def simulate_with(
    workers: "Workers",
    scenarios: "Sequence[Scenario]",
    cases: "Sequence[Case]",
    replicates: int,
    settings: Settings,
    watch: Watch,
    kept: Sequence[str],
) -> "Ensemble":
    """Return the members of cases, as :func:`simulate_cases` does, on workers that stay. Raises InputErrors."""
    from simulation.cases import run_cases, study_id

    store = settings.out / ".members" / study_id(scenarios, cases, settings.seed, kept, installed_model())
    told: dict[str, Any] = {"seed": settings.seed, "replicates": replicates, "store": store, "kept": kept}
    with locked(store.with_suffix(".lock"), on_wait=lambda: watch.notice("waiting", {})):
        return run_cases(scenarios, cases, **told, workers=workers, progress=watch.progress, notice=watch.notice)


def study_name(told: Any, model: Mapping[str, str] | None = None) -> str:
    """Return twelve hexadecimal digits of all that decides the bytes of a study; its model is the installed one where none is given."""
    return hashlib.sha256(json.dumps([told, installed_model() if model is None else model], sort_keys=True).encode()).hexdigest()[:12]


def finish(folder: Path, told: dict[str, Any], written: Sequence[Path], seconds: float, scenario: "Scenario | None" = None) -> None:
    """Write the scenario that was studied, what the study was made of, and the hash of each output.

    The time it took stands apart, in ``timing.json``.
    """
    if scenario is not None:
        write_atomic(folder / provenance.RESOLVED, scenario.resolved_yaml())
        written = [*written, folder / provenance.RESOLVED]
    finished = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    write_atomic(folder / "timing.json", json.dumps({"seconds": round(seconds, 1), "finished": finished}) + "\n")
    outputs = {path.relative_to(folder).as_posix(): sha256_of_file(path) for path in sorted(written)}
    whole = told | {"model": installed_model(), "versions": provenance.installed_versions(), "outputs": outputs}
    write_atomic(folder / FILE, json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
