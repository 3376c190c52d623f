"""The command that finds what a lever would have to be for a criterion to be kept."""

from pathlib import Path
from typing import Annotated

import typer

from simulation import problems, words
from simulation.options import MOST_WORKERS, AsJson, File, Lang, Language, Many, Overrides, Quiet, Scenario, Scheduler

Ends = Annotated[tuple[float, float] | None, typer.Option("--range", metavar="LOW HIGH", show_default=False)]


def goal(
    scenario: Scenario,
    criterion: Annotated[str, typer.Option("--criterion", metavar="NAME", show_default=False)] = "outside",
    lever: Annotated[str, typer.Option("--lever", metavar="NAME|KEY", show_default=False)] = "homes",
    list_year: Annotated[int | None, typer.Option("--list", show_default=False)] = None,
    area: Annotated[str | None, typer.Option("--area", show_default=False)] = None,
    ends: Ends = None,
    sure: Annotated[float, typer.Option("--sure", min=0.01, max=0.99, show_default=False)] = 0.8,
    draws: Many = None,
    replicates: Many = None,
    seed: Annotated[int, typer.Option(min=0, show_default=False)] = 1,
    out: Annotated[Path, typer.Option(show_default=False)] = Path("outputs"),
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
    """Find what would have to be."""
    from simulation import seeking
    from simulation.decisions.goal.found import as_json as told
    from simulation.decisions.goal.lines import goal_text
    from simulation.progress import watching
    from simulation.runs import cluster_of, settings_of

    cluster = cluster_of(scheduler, tls_ca, tls_cert, tls_key)
    members = {"draws": draws or (seeking.QUICK_DRAWS if quick else seeking.DRAWS), "replicates": replicates or seeking.REPLICATES}
    settings = settings_of(**members, workers=workers, quick=quick, seed=seed, out=out, lang=lang.value, cluster=cluster)
    asked = seeking.Asked(criterion=criterion, lever=lever, area=area, list_year=list_year, ends=ends, sure=sure)
    with watching(lang.value, quiet=quiet or as_json) as watch:
        done = seeking.seek(scenario, overrides or [], asked, settings, watch)
    if as_json:
        problems.print_json({**told(done.found), "folder": str(done.folder)})
    elif not quiet:
        print(goal_text(done.found, lang.value))
        print(words.say("goal.done", lang.value, path=done.folder / "goal.csv"))
        print(words.say("cli.run.report", lang.value, path=done.folder / "report.html"))
