"""The command that says what each measure buys, and which package is best under the frames."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation import problems, words
from simulation.options import MOST_WORKERS, AsJson, File, Lang, Language, Many, Overrides, Quiet, Scenario, Scheduler

if TYPE_CHECKING:
    from simulation.budgeting import Budget
    from simulation.runs import Settings

Workbook = Annotated[Path | None, typer.Option(metavar="FILE.xlsx", show_default=False)]


def budget(
    scenario: Scenario,
    template: Workbook = None,
    filled: Annotated[Path | None, typer.Option("--table", metavar="FILE.xlsx", show_default=False)] = None,
    budget_year: Annotated[int | None, typer.Option("--budget-year", min=1990, max=2060, show_default=False)] = None,
    frame: Annotated[float | None, typer.Option(min=0, max=1_000_000, show_default=False)] = None,
    replicates: Many = None,
    draws: Many = None,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    out: Annotated[Path, typer.Option()] = Path("outputs"),
    workers: Annotated[int | None, typer.Option(min=1, max=MOST_WORKERS, show_default=False)] = None,
    scheduler: Scheduler = None,
    tls_ca: File = None,
    tls_cert: File = None,
    tls_key: File = None,
    lang: Lang = Language.EN,
    quick: Annotated[bool, typer.Option("--quick")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    overrides: Overrides = None,
) -> None:
    """Find the best package."""
    from simulation import budgeting
    from simulation.progress import watching
    from simulation.runs import cluster_of, settings_of

    if template is not None:
        budgeting.write_template(scenario, overrides or [], template, budget_year, lang.value)
        print(words.say("budget.terminal.template", lang.value, path=template))
        return
    cluster = cluster_of(scheduler, tls_ca, tls_cert, tls_key)
    members = {"draws": draws or (None if quick else budgeting.DRAWS), "replicates": replicates or budgeting.REPLICATES, "workers": workers}
    settings = settings_of(**members, quick=quick, seed=seed, out=out, lang=lang.value, cluster=cluster)
    with watching(lang.value, quiet=quiet or as_json) as watch:
        done = budgeting.budget(scenario, overrides or [], filled, frame, settings, watch)
    _print(done, settings, as_json, quiet)


def _print(done: "Budget", settings: "Settings", as_json: bool, quiet: bool) -> None:
    from simulation.decisions.budget.results import as_json as told
    from simulation.decisions.budget.terminal import budget_text

    if as_json:
        run = {"scenario": done.teller.study.scenario.name, "run_id": done.run_id, "folder": str(done.folder)}
        counts = {"seed": settings.seed, "draws": settings.draws, "replicates": settings.replicates}
        problems.print_json({**run, **counts, **told(done.teller)})
    elif not quiet:
        print(budget_text(done.teller))
        print(words.say("budget.terminal.workbook", settings.lang, path=done.folder / "workbook.xlsx"))
        print(words.say("budget.terminal.report", settings.lang, path=done.folder / "report.html"))
