"""The commands that ask the law alone."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.shown import show
from simulation.options import MOST_HOMES, AfterLast, AsJson, Homes, Lang, Language


def judge(
    table: Annotated[Path, typer.Argument(show_default=False)],
    after_last_list: Annotated[AfterLast, typer.Option("--after-last-list", show_default=False)] = AfterLast.STOP,
    lang: Lang = Language.EN,
    as_json: AsJson = False,
) -> None:
    """Judge published values."""
    from simulation import route
    from simulation.report import listing

    show(route.judge(table, lang.value, after_last_list.value), as_json, listing.judge_text, lang)


def share(
    family: Homes,
    other: Homes = 0,
    demolished: Homes = 0,
    new: Homes = 0,
    floor_m2: Annotated[float, typer.Option(min=0, max=MOST_HOMES)] = 0,
    target: Annotated[list[float] | None, typer.Option(min=0.1, max=100)] = None,
    lang: Lang = Language.EN,
    as_json: AsJson = False,
) -> None:
    """Calculate the family share."""
    from simulation import route
    from simulation.report import listing

    found = route.share(family=family, other=other, demolished=demolished, new=new, floor_m2=floor_m2, targets=target or [])
    show(found, as_json, listing.share_text, lang)
