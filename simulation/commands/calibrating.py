"""The commands that fit the model to published values, and score what it would have predicted."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.commands.shown import show
from simulation.commands.simulating import asking
from simulation.options import AsJson, Lang, Language, Out, Quick, Quiet, Workers

if TYPE_CHECKING:
    from simulation.progress import Watch

Projected = Annotated[str, typer.Option("--scenario", show_default=False)]
Rows = Annotated[Path | None, typer.Option("--against", metavar="FILE.csv", show_default=False)]
Seed = Annotated[int, typer.Option(min=0, show_default=False)]


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """What both commands are asked: which scenario, from which seed, by whom, where to, and how it is told."""

    projected: Projected = "plan"
    seed: Seed = 1
    out: Out = Path("outputs")
    workers: Workers = None
    lang: Lang = Language.EN
    quick: Quick = False
    as_json: AsJson = False
    quiet: Quiet = False

    def watching(self) -> AbstractContextManager["Watch"]:
        """Tell the person who waits how far it is, unless silence is asked."""
        from simulation.progress import watching

        return watching(self.lang.value, quiet=self.quiet or self.as_json)

    def how(self) -> dict[str, Any]:
        """Return how the work is done, as it is asked for."""
        return {"quick": self.quick, "seed": self.seed, "out": self.out, "workers": self.workers}


@asking(Fitting)
def calibrate(more: Rows = None, keep: Annotated[bool, typer.Option("--keep")] = False, *, asked: Fitting) -> None:
    """Fit to published values."""
    from calibration.asked import calibrate as fitted
    from simulation.report.fit_text import fit_text_of

    with asked.watching() as watch:
        found = fitted(asked.projected, more, keep=keep, watch=watch, **asked.how())
    if not asked.quiet:
        show(found, asked.as_json, fit_text_of(asked.projected), asked.lang)


@asking(Fitting)
def validate(
    until: Annotated[int, typer.Option("--until", metavar="YEAR", min=1, show_default=False)],
    against: Annotated[Path, typer.Option("--against", metavar="FILE.csv", show_default=False)],
    *,
    asked: Fitting,
) -> None:
    """Predict held-out values and score them."""
    from calibration.asked import validate as scored
    from simulation.report.fit_text import scores_text

    with asked.watching() as watch:
        found = scored(asked.projected, until, against, watch=watch, **asked.how())
    if not asked.quiet:
        show(found, asked.as_json, scores_text, asked.lang)
