"""The route of a budget: read the workbook, simulate, choose, confirm, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from simulation import provenance
from simulation.destination import writable
from simulation.files import locked, sha256_of, sha256_of_file, write_atomic, write_new
from simulation.installed import installed_model
from simulation.route import inputs_of, workers_of
from simulation.runs import Settings, Watch

if TYPE_CHECKING:
    from simulation.cases import Case
    from simulation.decisions.budget.table import Table
    from simulation.decisions.budget.teller import Teller
    from simulation.records import Ensemble
    from simulation.scenario import Scenario
    from simulation.workers import Workers

DRAWS, REPLICATES = 20, 1  # pairing on the same chance leaves little to average
WORKBOOK = "workbook.xlsx"
THOUSAND = 1000.0  # thousands in a million


@dataclass(frozen=True, kw_only=True)
class Budget:
    """A finished study and where it lies."""

    teller: Teller
    run_id: str
    folder: Path


def write_template(name: str, overrides: Sequence[str], path: Path, first: int | None, lang: str) -> None:
    """Write the workbook to fill in, with ``first`` as its first budget year. Raise InputErrors, also where the file is there already."""
    from simulation.decisions.budget.reading import plain_table
    from simulation.decisions.budget.template import workbook_of
    from simulation.scenario import load

    scenario = load(name, overrides)
    write_new(path, workbook_of(scenario, plain_table(scenario, first), lang), "--template")


def budget(name: str, overrides: Sequence[str], filled: Path | None, frame: float | None, settings: Settings, watch: Watch) -> Budget:
    """Carry out a study and write its outputs. ``frame``: millions of kr. over all budget years. Raise InputErrors."""
    from simulation.decisions.budget.study import study
    from simulation.decisions.budget.teller import Teller
    from simulation.decisions.pages import with_overrides

    scenario, table = _asked(name, overrides, filled, frame)
    inputs = _inputs(scenario, table, filled, settings)
    writable(settings.out)
    folder, members = settings.out / scenario.name / inputs.run_id, settings.out / ".members"
    with locked(members / f"{inputs.members_id}.lock", on_wait=lambda: watch.notice("waiting", {})), workers_of(settings) as workers:
        simulate = _Stages(settings, members, workers, watch)
        found = study(scenario, table, settings.draws, simulate, filled.name if filled else "--frame")
        done = Budget(teller=Teller(found, settings.lang), run_id=inputs.run_id, folder=folder)
        written = _write(done, settings, filled, with_overrides(name, overrides))
        provenance.write_provenance(folder, inputs, written, scenario.provenance())
    return done


def _asked(name: str, overrides: Sequence[str], filled: Path | None, frame: float | None) -> tuple[Scenario, Table]:
    from simulation.decisions.budget.reading import plain_table, read_table
    from simulation.scenario import load

    if filled is None:
        scenario = load(name, overrides)
        table = plain_table(scenario)
    else:
        scenario, table = read_table(filled, name, overrides)
    return scenario, table if frame is None else replace(table, total=frame * THOUSAND)


def _inputs(scenario: Scenario, table: Table, filled: Path | None, settings: Settings) -> provenance.Inputs:
    """Return all that decides the bytes of the outputs, the workbook and the frames too."""
    inputs = inputs_of(scenario, settings)
    asked = {"budget": sha256_of(repr(table).encode())} | ({filled.name: sha256_of_file(filled)} if filled else {})
    return replace(inputs, files={**inputs.files, **asked})


class _Stages:
    """Simulates one stage of a study after another, each stored under its own name, and counts on through all of them."""

    def __init__(self, settings: Settings, members: Path, workers: Workers, watch: Watch) -> None:
        self.settings, self.members, self.workers, self.watch = settings, members, workers, watch
        self.before = 0

    def __call__(self, scenarios: Sequence[Scenario], cases: Sequence[Case]) -> Ensemble:
        from simulation.cases import KEPT, run_cases, study_id

        seed, before = self.settings.seed, self.before
        store = self.members / study_id(scenarios, cases, seed, KEPT, installed_model())
        self.before += len(cases) * self.settings.replicates
        return run_cases(
            scenarios,
            cases,
            seed=seed,
            replicates=self.settings.replicates,
            store=store,
            workers=self.workers,
            progress=lambda done, total: self.watch.progress(before + done, before + total),
            notice=self.watch.notice,
        )


def _write(done: Budget, settings: Settings, filled: Path | None, name: str) -> list[Path]:
    from simulation.decisions.budget.packages import measures_frame, packages_frame
    from simulation.decisions.budget.page import write_page
    from simulation.decisions.budget.results import workbook_with_results
    from simulation.decisions.budget.yearly import years_frame
    from simulation.decisions.reach_told import reach_frame
    from simulation.report.tables import write_tables

    study = done.teller.study
    written: dict[Path, bytes | str] = {
        done.folder / provenance.RESOLVED: study.scenario.resolved_yaml(),
        done.folder / WORKBOOK: workbook_with_results(done.teller),
    }
    for path, data in written.items():
        write_atomic(path, data)
    frames = {"packages": packages_frame(done.teller.packages, study), "measures": measures_frame(study)}
    frames |= {"measures_by_year": years_frame(study), "reach": reach_frame(study.reach)}
    return [
        *written,
        *write_tables(done.folder, frames),
        *write_page(done.folder, done.teller, done.run_id, _facts(done, settings, filled, name)),
    ]


def _facts(done: Budget, settings: Settings, filled: Path | None, name: str) -> list[str]:
    teller, table = done.teller, done.teller.study.table
    counts = {"draws": settings.draws, "replicates": settings.replicates, "seed": settings.seed}
    options = f"--draws {settings.draws} --replicates {settings.replicates} --seed {settings.seed} --lang {settings.lang}"
    options = f"--frame {table.total / THOUSAND:g} {options}" if table.total is not None else options
    told = [teller.say("fact.draws", **counts)]
    if filled is not None:
        told.append(teller.say("fact.table", name=filled.name, digest=sha256_of_file(filled)))
        options = f"--table {filled.name} {options}"
    return [*told, teller.say("fact.again", scenario=name, options=options)]
