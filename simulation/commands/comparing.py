"""The command that sets scenarios, or finished runs, beside a base."""

from pathlib import Path
from typing import Annotated

import typer

from simulation import problems, words
from simulation.options import MOST_WORKERS, AsJson, File, Lang, Language, Many, Overrides, Quiet, Scheduler


def compare(
    base: Annotated[str, typer.Argument(show_default=False)],
    scenarios: Annotated[list[str] | None, typer.Argument(show_default=False)] = None,
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
    """Compare scenarios with a base."""
    from simulation import comparing, tracing
    from simulation.decisions import terminal
    from simulation.decisions.told import as_json as told
    from simulation.progress import watching
    from simulation.runs import cluster_of, settings_of

    cluster = cluster_of(scheduler, tls_ca, tls_cert, tls_key)
    members = {"draws": draws, "replicates": replicates, "workers": workers}
    settings = settings_of(**members, quick=quick, seed=seed, out=out, lang=lang.value, cluster=cluster)
    with watching(lang.value, quiet=quiet or as_json) as watch:
        names = [base, *(scenarios or [])]
        if tracing.are_finished(names):
            done = tracing.compare_finished(names, settings, watch)
        else:
            done = comparing.compare(names, overrides or [], settings, watch)
    if as_json:
        problems.print_json(told(done.comparison, done.folder, lang.value))
    elif not quiet:
        print(terminal.comparison_text(done.comparison, lang.value))
        print(words.say("compare.terminal.done", lang.value, path=done.folder / "differences.csv"))
        print(words.say("compare.terminal.report", lang.value, path=done.folder / "report.html"))
