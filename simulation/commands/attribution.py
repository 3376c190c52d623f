"""The command that shares a scenario's change among those who act in it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from simulation import problems, words
from simulation.options import MOST_WORKERS, AsJson, File, Lang, Language, Many, Overrides, Quiet, Scenario, Scheduler


class Kind(StrEnum):
    """How far the measures are told apart."""

    GROUP = "group"
    SUBPROGRAMME = "subprogramme"
    MEASURE = "measure"


def attribution(
    scenario: Scenario,
    beside: Annotated[str, typer.Option("--base", metavar="SCENARIO", show_default=False)] = "historical",
    by: Annotated[Kind, typer.Option("--by", show_default=False)] = Kind.GROUP,
    orders: Annotated[int | None, typer.Option("--orders", min=1, max=10000, show_default=False)] = None,
    draws: Many = None,
    replicates: Many = None,
    list_years: Annotated[list[int] | None, typer.Option("--list-year", show_default=False)] = None,
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
    """Share a change among those who act."""
    from simulation.attribution import Asked, counts_of
    from simulation.attribution import attribution as share
    from simulation.decisions.attribution.told import attribution_text
    from simulation.decisions.sensitivity.text import as_rows
    from simulation.progress import watching
    from simulation.runs import cluster_of, settings_of

    cluster = cluster_of(scheduler, tls_ca, tls_cert, tls_key)
    counts: dict[str, int | None] = {**counts_of(draws, replicates, quick), "workers": workers}
    settings = settings_of(**counts, quick=quick, seed=seed, out=out, lang=lang.value, cluster=cluster)
    asked = Asked(base=beside, kind=by.value, pairs=orders or 1, years=tuple(list_years or ()))
    with watching(lang.value, quiet=quiet or as_json) as watch:
        done = share(scenario, overrides or [], asked, settings, watch)
    if as_json:
        told: dict[str, object] = {"scenario": done.shared.scenario.name, "base": done.shared.base.name, "study_id": done.shared.study_id}
        told |= {"folder": str(done.folder), "seed": seed, "draws": settings.draws}
        problems.print_json(told | as_rows({"attribution": done.shared.frame}))
    elif not quiet:
        print(attribution_text(done.shared, lang.value))
        print(words.say("cli.run.report", lang.value, path=done.folder / "report.html"))
