"""The command that finds which numbers move the answers of a scenario."""

from enum import StrEnum
from typing import Annotated

import typer

from simulation import problems, words
from simulation.commands.simulating import Asked, simulating
from simulation.options import Scenario


class Method(StrEnum):
    """How the numbers are moved."""

    MORRIS = "morris"
    SOBOL = "sobol"
    ONE = "one-at-a-time"


@simulating
def sensitivity(
    scenario: Scenario,
    method: Annotated[Method, typer.Option("--method", show_default=False)] = Method.MORRIS,
    size: Annotated[int | None, typer.Option("--size", min=2, max=65536, show_default=False)] = None,
    top: Annotated[int | None, typer.Option("--top", min=2, max=1000, show_default=False)] = None,
    discover: Annotated[bool, typer.Option("--discover")] = False,
    list_years: Annotated[list[int] | None, typer.Option("--list-year", show_default=False)] = None,
    *,
    asked: Asked,
) -> None:
    """Find which numbers move the answers."""
    from simulation.decisions.sensitivity.asked import asked_of
    from simulation.decisions.sensitivity.text import as_rows, study_text
    from simulation.sensitivity import sensitivity as find

    settings = asked.settings(draws=None)
    counts = {"size": size, "top": top, "replicates": asked.replicates, "futures": asked.draws}
    design = asked_of(method.value, **counts, discover=discover, seed=settings.seed, quick=asked.quick)
    with asked.watching() as watch:
        done = find(scenario, asked.overrides or [], design, list_years or [], settings, watch)
    if asked.as_json:
        told = {
            "scenario": done.found.study.scenario.name,
            "study_id": done.found.study_id,
            "folder": str(done.folder),
            "seed": settings.seed,
        }
        problems.print_json(told | {"method": design.method, "size": design.size} | as_rows(done.found.tables))
    elif not asked.quiet:
        print(study_text(done.found, settings.lang))
        print(words.say("cli.run.report", settings.lang, path=done.folder / "report.html"))
