"""The route as functions: load, simulate, judge, write. The command line and the page share it."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import provenance
from simulation.destination import writable
from simulation.files import InputErrors, Problem, locked, sha256_of, sweep, write_atomic
from simulation.installed import installed_model
from simulation.runs import Clock, Run, Settings, Watch, finished_run

if TYPE_CHECKING:
    from simulation.law.family import ShareTable
    from simulation.law.judging import JudgedRow
    from simulation.records import Ensemble
    from simulation.scenario import Scenario
    from simulation.workers import Workers


def run(name: str, overrides: Sequence[str], settings: Settings, watch: Watch) -> Run:
    """Project one scenario and write its outputs; a finished run is not done again. Raises InputErrors."""
    from simulation.ensemble import ENGINE
    from simulation.workers.local import warm_up

    clock = Clock()
    if settings.workers > 1 and settings.cluster is None:
        warm_up(ENGINE)
    with clock.stage("load"):
        scenario = _load(name, overrides)
    return project(scenario, settings, watch, clock)


def project(scenario: "Scenario", settings: Settings, watch: Watch, clock: Clock | None = None) -> Run:
    """Project a scenario that is loaded, and write its outputs; a finished run is not done again. Raises InputErrors."""
    from simulation.report.starts import assumed_starts

    clock, inputs = clock or Clock(), inputs_of(scenario, settings)
    writable(settings.out)
    folder = settings.out / scenario.name / inputs.run_id
    members = settings.out / ".members" / inputs.members_id
    with locked(members.with_suffix(".lock"), on_wait=lambda: watch.notice("waiting", {})):
        again = _is_finished(folder, watch)
        if not again:
            sweep(folder)
            _simulate_and_write(scenario, inputs, settings, (folder, members), watch, clock)
            clock.write(folder, settings)
    assumed = assumed_starts(scenario.tree["place"]["populations"], scenario.parameters())
    return finished_run(inputs, folder, again, title=scenario.title(settings.lang), names=area_names(scenario), assumed=assumed)


def area_names(scenario: "Scenario") -> dict[str, str]:
    """Return the name of each area of the scenario's place, by its slug."""
    return {area["id"]: area["name"] for area in scenario.tree["place"]["areas"]}


def inputs_of(scenario: "Scenario", settings: Settings) -> provenance.Inputs:
    """Collect everything that decides the bytes of a run."""
    return provenance.Inputs(
        scenario=scenario.name,
        resolved_sha256=sha256_of(scenario.resolved_yaml().encode()),
        files=scenario.files(),
        seed=settings.seed,
        draws=settings.draws,
        replicates=settings.replicates,
        lang=settings.lang,
        model=installed_model(),
    )


def check(names: Sequence[str]) -> list[str]:
    """Return the names of the scenarios if all are sound. Raises InputErrors with the problems of all."""
    problems: list[Problem] = []
    for name in names:
        try:
            _load(name, ())
        except InputErrors as errors:
            problems += errors.problems
    if problems:
        raise InputErrors(problems)
    return list(names)


def remarks(name: str, lang: str = "en") -> list[dict[str, str]]:
    """Return what a sound scenario says without effect, such as a measure that is not funded. Raises InputErrors."""
    from simulation.scenario.remarks import remarks as found_in

    return [remark.row() for remark in found_in(_load(name, ()), lang)]


def plan(name: str, overrides: Sequence[str], lang: str = "en") -> dict[str, Any]:
    """Return the order of the year with its reasons, what a scenario does in which year, and its measures. Raises InputErrors."""
    from simulation.scenario.catalogue import catalogue
    from simulation.scenario.describing import describe, section_name

    scenario = _load(name, overrides)
    does = [line.row() | {"title": section_name(line.section, lang)} for line in describe(scenario, lang)]
    measures = [entry.row() for entry in catalogue(scenario, lang)]
    return {"scenario": scenario.name, "title": scenario.title(lang), "order": order_of_the_year(lang), "does": does, "measures": measures}


def order_of_the_year(lang: str = "en") -> list[dict[str, str]]:
    """Return each step of the year: its name, what it is called, and why it stands where it does."""
    from simulation.words import say
    from simulation.year import YEAR

    order, met = [], Counter[str]()
    for step in YEAR:
        met[step.name] += 1
        again = f"_{met[step.name]}" if met[step.name] > 1 else ""
        order.append(
            {"step": step.name, "title": say(f"year.step.{step.name}", lang), "reason": say(f"year.reason.{step.name}{again}", lang)}
        )
    return order


def judge(table: Path, lang: str = "en", after_last_list: str = "stop") -> "list[JudgedRow]":
    """Return the category of each row of a CSV file of published values; later lists too where the law is to `hold`. Raises InputErrors."""
    from simulation.law import judge_csv

    return judge_csv(table, lang, after_last_list)


def share(*, targets: Sequence[float], **given: float) -> "ShareTable":
    """Return the share of social family dwellings, and what each target, in per cent, takes."""
    from simulation.law import share_table

    return share_table(**given, targets=targets)


def verify(folder: Path) -> dict[str, Any]:
    """Return the id of a finished run, comparison or study whose files are what they were. Raises InputErrors."""
    from simulation.verifying import verify as proved

    return proved(folder)


def _load(name: str, overrides: Sequence[str]) -> "Scenario":
    from simulation.scenario import load

    return load(name, list(overrides))


def _is_finished(folder: Path, watch: Watch) -> bool:
    if provenance.read_provenance(folder) is None:
        return False
    if provenance.verify_folder(folder):
        watch.notice("folder_redone", {"folder": folder})
        (folder / provenance.FILE).unlink()
        return False
    return True


def _simulate_and_write(
    scenario: "Scenario", inputs: provenance.Inputs, settings: Settings, places: tuple[Path, Path], watch: Watch, clock: Clock
) -> None:
    folder, members = places
    # What is needed after the simulation loads while the workers begin.
    threading.Thread(target=_load_what_follows, daemon=True).start()
    with clock.stage("simulate"):
        ensemble = simulate_members(scenario, settings, members, watch)
    with clock.stage("write"):
        outputs = _write(folder, scenario, ensemble, inputs, settings.workers)
        provenance.write_provenance(
            folder, inputs, outputs, scenario.provenance() | {"spread_from_assumed": provenance.assumed_part(folder)}
        )


def simulate_members(scenario: "Scenario", settings: Settings, members: Path, watch: Watch) -> "Ensemble":
    """Return the members of a scenario, simulated where the folder ``members`` does not hold them. Raises InputErrors."""
    from simulation.ensemble import SimulateTask, members_of, run_ensemble

    with workers_of(settings) as workers:
        task, pairs = SimulateTask(scenario, settings.seed), members_of(settings.draws, settings.replicates)
        return run_ensemble(task, pairs, members, workers, watch.progress, watch.notice)


@contextmanager
def workers_of(settings: Settings) -> "Iterator[Workers]":
    """Give the workers that a run asks for: those of a cluster, else local processes. Raises InputErrors."""
    if settings.cluster is not None:
        from simulation.workers.cluster import connected

        with connected(settings.cluster, settings.workers, installed_model) as cluster:
            yield cluster
    else:
        from simulation.ensemble import ENGINE
        from simulation.workers.local import Pool

        yield Pool(settings.workers, ENGINE)


def _load_what_follows() -> None:
    with suppress(Exception):  # what cannot be loaded fails again, and is told, where it is needed
        for name in (
            "simulation.start",
            "simulation.indicators.frames",
            "simulation.report.document",
            "simulation.report.tables",
            "xlsxwriter",
        ):
            import_module(name)


def _write(folder: Path, scenario: "Scenario", ensemble: "Ensemble", inputs: provenance.Inputs, workers: int) -> list[Path]:
    from simulation.indicators.frames import OF_MEMBERS, results_of, tables_of_members
    from simulation.luggage import kept_place
    from simulation.report.document import RunFacts, begun_report
    from simulation.report.tables import write_in_parts, write_tables

    results = results_of(ensemble, scenario, inputs.seed, whole=False)
    facts = RunFacts(
        run_id=inputs.run_id,
        seed=inputs.seed,
        draws=inputs.draws,
        replicates=inputs.replicates,
        versions=provenance.installed_versions(),
        inputs=inputs.files,
    )
    resolved = folder / provenance.RESOLVED
    write_atomic(resolved, scenario.resolved_yaml())
    begun = begun_report(folder, results.frames, scenario, facts=facts, headline=results.headline, lang=inputs.lang, workers=workers)
    with begun as finish:
        summaries = {name: frame for name, frame in results.frames.items() if name not in OF_MEMBERS}
        parts = write_in_parts(folder, tables_of_members(ensemble, scenario))
        tables = write_tables(folder, summaries)
        return [resolved, *kept_place(folder, scenario), *tables, *parts, *finish()]
