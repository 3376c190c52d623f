"""The command that sets scenarios, or finished runs, beside a base."""

from typing import Annotated

import typer

from simulation import problems, words
from simulation.commands.simulating import Asked, simulating


@simulating
def compare(
    base: Annotated[str, typer.Argument(show_default=False)],
    scenarios: Annotated[list[str] | None, typer.Argument(show_default=False)] = None,
    *,
    asked: Asked,
) -> None:
    """Compare scenarios with a base."""
    from simulation import comparing, tracing
    from simulation.decisions import terminal
    from simulation.decisions.told import as_json as told

    settings = asked.settings()
    with asked.watching() as watch:
        names = [base, *(scenarios or [])]
        if tracing.are_finished(names):
            done = tracing.compare_finished(names, settings, watch)
        else:
            done = comparing.compare(names, asked.overrides or [], settings, watch)
    if asked.as_json:
        problems.print_json(told(done.comparison, done.folder, settings.lang))
    elif not asked.quiet:
        print(terminal.comparison_text(done.comparison, settings.lang))
        print(words.say("compare.terminal.done", settings.lang, path=done.folder / "differences.csv"))
        print(words.say("compare.terminal.report", settings.lang, path=done.folder / "report.html"))
