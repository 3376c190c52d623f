"""What the commands take: the types of their arguments and options."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

MOST = 100_000  # members in one dimension; more is a slip of the hand
MOST_WORKERS = 512
MOST_HOMES = 1_000_000_000


class Language(StrEnum):
    """Languages of the catalogues."""

    EN = "en"
    DA = "da"


class AfterLast(StrEnum):
    """What judges a list after the last whose law is known."""

    STOP = "stop"
    HOLD = "hold"


Scenario = Annotated[str, typer.Argument(show_default=False)]
Lang = Annotated[Language, typer.Option("--lang", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json")]
Quiet = Annotated[bool, typer.Option("--quiet")]
Overrides = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE")]
Many = Annotated[int | None, typer.Option(min=1, max=MOST, show_default=False)]
Scheduler = Annotated[str | None, typer.Option(metavar="tcp://HOST:PORT", show_default=False)]
Homes = Annotated[int, typer.Option(min=0, max=MOST_HOMES)]
File = Annotated[Path | None, typer.Option(metavar="FILE", show_default=False)]
Out = Annotated[Path, typer.Option(show_default=False)]
Workers = Annotated[int | None, typer.Option(min=1, max=MOST_WORKERS, show_default=False)]
Seed = Annotated[int | None, typer.Option(min=0, show_default=False)]
Quick = Annotated[bool, typer.Option("--quick")]
