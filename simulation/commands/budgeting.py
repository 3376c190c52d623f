"""The command that says what each measure buys, and which package is best under the frames."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation import problems, words
from simulation.commands.simulating import Asked, simulating
from simulation.options import Scenario

if TYPE_CHECKING:
    from simulation.budgeting import Budget
    from simulation.runs import Settings

Workbook = Annotated[Path | None, typer.Option(metavar="FILE.xlsx", show_default=False)]


@simulating
def budget(
    scenario: Scenario,
    template: Workbook = None,
    filled: Annotated[Path | None, typer.Option("--table", metavar="FILE.xlsx", show_default=False)] = None,
    budget_year: Annotated[int | None, typer.Option("--budget-year", min=1990, max=2060, show_default=False)] = None,
    frame: Annotated[float | None, typer.Option(min=0, max=1_000_000, show_default=False)] = None,
    *,
    asked: Asked,
) -> None:
    """Find the best package."""
    from simulation import budgeting

    if template is not None:
        budgeting.write_template(scenario, asked.overrides or [], template, budget_year, asked.lang.value)
        print(words.say("budget.terminal.template", asked.lang.value, path=template))
        return
    draws = asked.draws or (None if asked.quick else budgeting.DRAWS)
    settings = asked.settings(draws=draws, replicates=asked.replicates or budgeting.REPLICATES)
    with asked.watching() as watch:
        done = budgeting.budget(scenario, asked.overrides or [], filled, frame, settings, watch)
    _print(done, settings, asked.as_json, asked.quiet)


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
