"""The command that projects a scenario."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation import problems, words
from simulation.files import InputErrors, Problem
from simulation.options import MOST_WORKERS, AsJson, File, Lang, Language, Many, Overrides, Quiet, Scheduler

if TYPE_CHECKING:
    from simulation.again import Again
    from simulation.runs import Run


def run(
    scenario: Annotated[str | None, typer.Argument(show_default=False)] = None,
    replicates: Many = None,
    draws: Many = None,
    seed: Annotated[int | None, typer.Option(min=0, show_default=False)] = None,
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
    again_from: Annotated[Path | None, typer.Option("--from", metavar="PROVENANCE.json", show_default=False)] = None,
) -> int:
    """Project one scenario."""
    from simulation import route
    from simulation.progress import watching
    from simulation.runs import cluster_of, settings_of

    own = {"--set": overrides, "--draws": draws, "--replicates": replicates, "--seed": seed, "--quick": quick or None}
    _refuse(scenario, again_from, [name for name, value in own.items() if value is not None])
    cluster = cluster_of(scheduler, tls_ca, tls_cert, tls_key)
    members = {"draws": draws, "replicates": replicates, "workers": workers}
    settings = settings_of(**members, quick=quick, seed=seed, out=out, lang=lang.value, cluster=cluster)
    with watching(lang.value, quiet=quiet or as_json) as watch:
        if again_from is not None:
            from simulation.again import run_again

            again = run_again(again_from, settings, watch)
            done = again.run
        else:
            again, done = None, route.run(scenario or "", overrides or [], settings, watch)
    if as_json:
        problems.print_json(done.as_json() | ({"again": again.as_json()} if again else {}))
    elif not quiet:
        _print_run(done, lang.value)
    if again is not None and not as_json and (again.outputs or not quiet):
        _print_again(again, lang.value)
    return int(again is not None and again.unexplained)


def _refuse(scenario: str | None, again_from: Path | None, own: list[str]) -> None:
    """Tell of what cannot be given together: a run done again is asked for nothing that its account says."""
    if scenario is None and again_from is None:
        raise InputErrors([Problem(key="SCENARIO", code="missing_argument")])
    if again_from is not None:
        given = ["SCENARIO"] if scenario is not None else []
        if problems_found := [Problem(key=name, code="not_with_from") for name in [*given, *own]]:
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
