"""The command that shares a scenario's change among those who act in it."""

from enum import StrEnum
from typing import Annotated

import typer

from simulation import problems, words
from simulation.commands.simulating import Asked, simulating
from simulation.options import Scenario


class Kind(StrEnum):
    """How far the measures are told apart."""

    GROUP = "group"
    SUBPROGRAMME = "subprogramme"
    MEASURE = "measure"


@simulating
def attribution(
    scenario: Scenario,
    beside: Annotated[str, typer.Option("--base", metavar="SCENARIO", show_default=False)] = "historical",
    by: Annotated[Kind, typer.Option("--by", show_default=False)] = Kind.GROUP,
    orders: Annotated[int | None, typer.Option("--orders", min=1, max=10000, show_default=False)] = None,
    list_years: Annotated[list[int] | None, typer.Option("--list-year", show_default=False)] = None,
    *,
    asked: Asked,
) -> None:
    """Share a change among those who act."""
    from simulation.attribution import Asked as Question
    from simulation.attribution import attribution as share
    from simulation.attribution import counts_of
    from simulation.decisions.attribution.told import attribution_text
    from simulation.decisions.sensitivity.text import as_rows

    settings = asked.settings(**counts_of(asked.draws, asked.replicates, asked.quick))
    question = Question(base=beside, kind=by.value, pairs=orders or 1, years=tuple(list_years or ()))
    with asked.watching() as watch:
        done = share(scenario, asked.overrides or [], question, settings, watch)
    if asked.as_json:
        told: dict[str, object] = {"scenario": done.shared.scenario.name, "base": done.shared.base.name, "study_id": done.shared.study_id}
        told |= {"folder": str(done.folder), "seed": settings.seed, "draws": settings.draws}
        problems.print_json(told | as_rows({"attribution": done.shared.frame}))
    elif not asked.quiet:
        print(attribution_text(done.shared, settings.lang))
        print(words.say("cli.run.report", settings.lang, path=done.folder / "report.html"))
