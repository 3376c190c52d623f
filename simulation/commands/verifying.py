"""The command that proves what a finished run was."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.shown import show
from simulation.options import AsJson, Lang, Language


def verify(folder: Annotated[Path, typer.Argument(show_default=False)], lang: Lang = Language.EN, as_json: AsJson = False) -> None:
    """Check a finished run."""
    from simulation import route
    from simulation.report import listing

    show(route.verify(folder), as_json, listing.verify_text, lang)
