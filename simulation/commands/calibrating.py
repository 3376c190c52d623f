"""The commands that fit the model to published values, and score what it would have predicted."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.shown import show
from simulation.options import AsJson, Lang, Language, Out, Quick, Quiet, Workers

Projected = Annotated[str, typer.Option("--scenario", show_default=False)]
Rows = Annotated[Path | None, typer.Option("--against", metavar="FILE.csv", show_default=False)]
Seed = Annotated[int, typer.Option(min=0, show_default=False)]


def calibrate(
    projected: Projected = "plan",
    more: Rows = None,
    keep: Annotated[bool, typer.Option("--keep")] = False,
    seed: Seed = 1,
    out: Out = Path("outputs"),
    workers: Workers = None,
    lang: Lang = Language.EN,
    quick: Quick = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Fit to published values."""
    from calibration.asked import calibrate as fitted
    from simulation.progress import watching
    from simulation.report.fit_text import fit_text

    with watching(lang.value, quiet=quiet or as_json) as watch:
        found = fitted(projected, more, keep=keep, quick=quick, seed=seed, out=out, workers=workers, watch=watch)
    if not quiet:
        show(found, as_json, fit_text, lang)


def validate(
    until: Annotated[int, typer.Option("--until", metavar="YEAR", min=1, show_default=False)],
    against: Annotated[Path, typer.Option("--against", metavar="FILE.csv", show_default=False)],
    projected: Projected = "plan",
    seed: Seed = 1,
    out: Out = Path("outputs"),
    workers: Workers = None,
    lang: Lang = Language.EN,
    quick: Quick = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Predict held-out values and score them."""
    from calibration.asked import validate as scored
    from simulation.progress import watching
    from simulation.report.fit_text import scores_text

    with watching(lang.value, quiet=quiet or as_json) as watch:
        found = scored(projected, until, against, quick=quick, seed=seed, out=out, workers=workers, watch=watch)
    if not quiet:
        show(found, as_json, scores_text, lang)
