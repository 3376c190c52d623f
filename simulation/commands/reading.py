"""The commands that read scenarios and simulate nothing."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from simulation import problems, words
from simulation.commands.shown import show
from simulation.options import AsJson, Lang, Language, Overrides, Scenario


def check(scenarios: Annotated[list[str], typer.Argument(show_default=False)], lang: Lang = Language.EN, as_json: AsJson = False) -> None:
    """Validate scenario files."""
    from simulation import route

    sound = route.check(scenarios)
    notes = {name: route.remarks(name, lang.value) for name in sound}
    if as_json:
        problems.print_json({"errors": [], "sound": sound, "notes": notes})
        return
    for name in sound:
        print(words.say("cli.check.sound", lang.value, name=name))
        for note in notes[name]:
            print(f"  {note['key']}: {note['text']}")


def plan(
    scenario: Scenario,
    workbook: Annotated[Path | None, typer.Option(metavar="FILE.xlsx", show_default=False)] = None,
    lang: Lang = Language.EN,
    as_json: AsJson = False,
    overrides: Overrides = None,
) -> None:
    """Show the order of the year and what a scenario does."""
    from simulation import route
    from simulation.report import listing

    if workbook is not None:
        from simulation.scenario.workbook_out import write_workbook

        write_workbook(scenario, overrides or [], lang.value, workbook)
        print(words.say("cli.plan.workbook", lang.value, path=workbook), file=sys.stderr)
    show(route.plan(scenario, overrides or [], lang.value), as_json, listing.plan_text, lang)
