"""The command that projects a scenario."""

from pathlib import Path
from typing import Annotated

import typer

from simulation import problems, words
from simulation.options import MOST_WORKERS, AsJson, File, Lang, Language, Many, Overrides, Quiet, Scenario, Scheduler


def run(
    scenario: Scenario,
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
    """Project one scenario."""
    from simulation import route
    from simulation.progress import watching
    from simulation.report import terminal
    from simulation.runs import cluster_of, settings_of

    cluster = cluster_of(scheduler, tls_ca, tls_cert, tls_key)
    members = {"draws": draws, "replicates": replicates, "workers": workers}
    settings = settings_of(**members, quick=quick, seed=seed, out=out, lang=lang.value, cluster=cluster)
    with watching(lang.value, quiet=quiet or as_json) as watch:
        done = route.run(scenario, overrides or [], settings, watch)
    if as_json:
        problems.print_json(done.as_json())
    elif not quiet:
        told = terminal.Told(title=done.title, names=done.names, assumed=done.assumed, members=done.draws * done.replicates)
        terminal.print_run(done.summary, done.status, lang.value, told)
        code = "again" if done.again else "done"
        values = {"count": done.draws * done.replicates, "draws": done.draws, "replicates": done.replicates, "folder": done.folder}
        print(words.say(f"cli.run.{code}", lang.value, **values))
        print(words.say("cli.run.report", lang.value, path=done.folder / "report.html"))
