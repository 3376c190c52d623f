"""The command that projects a scenario."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation import problems, words
from simulation.commands.simulating import Asked, simulating
from simulation.files import InputErrors, Problem

if TYPE_CHECKING:
    from simulation.again import Again
    from simulation.runs import Run


@simulating
def run(
    scenario: Annotated[str | None, typer.Argument(show_default=False)] = None,
    again_from: Annotated[Path | None, typer.Option("--from", metavar="PROVENANCE.json", show_default=False)] = None,
    *,
    asked: Asked,
) -> int:
    """Project one scenario."""
    from simulation import route

    _refuse(scenario, again_from, asked)
    settings = asked.settings()
    with asked.watching() as watch:
        if again_from is not None:
            from simulation.again import run_again

            again = run_again(again_from, settings, watch)
            done = again.run
        else:
            again, done = None, route.run(scenario or "", asked.overrides or [], settings, watch)
    if asked.as_json:
        problems.print_json(done.as_json() | ({"again": again.as_json()} if again else {}))
    elif not asked.quiet:
        _print_run(done, settings.lang)
    if again is not None and not asked.as_json and (again.outputs or not asked.quiet):
        _print_again(again, settings.lang)
    return int(again is not None and again.unexplained)


def _refuse(scenario: str | None, again_from: Path | None, asked: Asked) -> None:
    """Tell of what cannot be given together: a run done again is asked for nothing that its account says."""
    if scenario is None and again_from is None:
        raise InputErrors([Problem(key="SCENARIO", code="missing_argument")])
    if again_from is not None:
        own = {"SCENARIO": scenario, "--set": asked.overrides, "--draws": asked.draws, "--replicates": asked.replicates}
        own |= {"--seed": asked.seed, "--quick": asked.quick or None}
        if problems_found := [Problem(key=name, code="not_with_from") for name, value in own.items() if value is not None]:
            raise InputErrors(problems_found)


def _print_run(done: "Run", lang: str) -> None:
    from simulation.report import terminal

    told = terminal.Told(title=done.title, names=done.names, assumed=done.assumed, members=done.draws * done.replicates)
    terminal.print_run(done.summary, done.status, lang, told)
    code = "again" if done.again else "done"
    values = {"count": done.draws * done.replicates, "draws": done.draws, "replicates": done.replicates, "folder": done.folder}
    print(words.say(f"cli.run.{code}", lang, **values))
    print(words.say("cli.run.report", lang, path=done.folder / "report.html"))


def _print_again(again: "Again", lang: str) -> None:
    """Print what is otherwise than when the run was made, and whether it came out the same."""
    for version in again.versions:
        print(words.say("again.version", lang, name=version.name, then=version.then, now=version.now))
    for name in again.files:
        print(words.say("again.file", lang, name=name))
    same = again.compared - len(again.outputs)
    code = "same" if not again.outputs else "unexplained" if again.unexplained else "differs"
    print(words.say(f"again.{code}", lang, run_id=again.run_id, same=same, count=again.compared, names=", ".join(again.outputs[:5])))
