"""The command that finds which numbers move the answers of a scenario."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from simulation import problems, words
from simulation.options import MOST_WORKERS, AsJson, File, Lang, Language, Many, Overrides, Quiet, Scenario, Scheduler


class Method(StrEnum):
    """How the numbers are moved."""

    MORRIS = "morris"
    SOBOL = "sobol"
    ONE = "one-at-a-time"


def sensitivity(
    scenario: Scenario,
    method: Annotated[Method, typer.Option("--method", show_default=False)] = Method.MORRIS,
    size: Annotated[int | None, typer.Option("--size", min=2, max=65536, show_default=False)] = None,
    top: Annotated[int | None, typer.Option("--top", min=2, max=1000, show_default=False)] = None,
    discover: Annotated[bool, typer.Option("--discover")] = False,
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
    """Find which numbers move the answers."""
    from simulation.decisions.sensitivity.asked import asked_of
    from simulation.decisions.sensitivity.text import as_rows, study_text
    from simulation.progress import watching
    from simulation.runs import cluster_of, settings_of
    from simulation.sensitivity import sensitivity as find

    cluster = cluster_of(scheduler, tls_ca, tls_cert, tls_key)
    asked = asked_of(method.value, size=size, top=top, replicates=replicates, futures=draws, discover=discover, seed=seed, quick=quick)
    counts = {"draws": None, "replicates": replicates, "workers": workers}
    settings = settings_of(**counts, quick=quick, seed=seed, out=out, lang=lang.value, cluster=cluster)
    with watching(lang.value, quiet=quiet or as_json) as watch:
        done = find(scenario, overrides or [], asked, list_years or [], settings, watch)
    if as_json:
        told = {"scenario": done.found.study.scenario.name, "study_id": done.found.study_id, "folder": str(done.folder), "seed": seed}
        problems.print_json(told | {"method": asked.method, "size": asked.size} | as_rows(done.found.tables))
    elif not quiet:
        print(study_text(done.found, lang.value))
        print(words.say("cli.run.report", lang.value, path=done.folder / "report.html"))
