"""The command line: it parses and prints, nothing else."""

import gc
import json
import math
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

# Members run side by side, so each keeps to one thread; and sums in one order give the same bytes. Before NumPy loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import typer

from simulation import words
from simulation.files import InputErrors

RAISE = "BLANDETBY_RAISE"  # set to see where a failure of the program comes from
MOST = 100_000  # members in one dimension; more is a slip of the hand
MOST_WORKERS = 512
SELDOM = 100_000  # objects between two searches for garbage: a command is short and keeps nearly all it makes


class Language(StrEnum):
    """Languages of the catalogues."""

    EN = "en"
    DA = "da"


Scenario = Annotated[str, typer.Argument(show_default=False)]
Lang = Annotated[Language, typer.Option("--lang")]
AsJson = Annotated[bool, typer.Option("--json")]
Quiet = Annotated[bool, typer.Option("--quiet")]
Overrides = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE")]
Many = Annotated[int | None, typer.Option(min=1, max=MOST, show_default=False)]
Scheduler = Annotated[str | None, typer.Option(metavar="tcp://HOST:PORT", show_default=False)]
File = Annotated[Path | None, typer.Option(metavar="FILE", show_default=False)]

app = typer.Typer(name="blandetby", add_completion=False, rich_markup_mode=None, no_args_is_help=True)


def _known(value: Any) -> Any:
    """Turn numbers that are not known into null: JSON has no word for them."""
    if isinstance(value, dict):
        return {key: _known(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_known(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _print_json(document: object) -> None:
    print(json.dumps(_known(document), ensure_ascii=False, indent=1, allow_nan=False))


def _print_version(wanted: bool) -> None:
    if wanted:
        from simulation import __version__

        print(f"blandetby {__version__}")
        raise typer.Exit


@app.callback()
def blandetby(version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_print_version)] = False) -> None:
    """Hold what belongs to every command."""


@app.command()
def run(
    scenario: Scenario,
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
    """Project one scenario."""
    from simulation import route
    from simulation.progress import watching
    from simulation.report import terminal
    from simulation.runs import cluster_of, settings_of

    cluster = cluster_of(scheduler, tls_ca, tls_cert, tls_key)
    members = {"draws": draws, "replicates": replicates, "workers": workers}
    settings = settings_of(**members, quick=quick, seed=seed, out=out, lang=lang.value, cluster=cluster)
    with watching(lang.value, quiet=quiet or as_json) as watch:
        done = route.run(scenario, overrides or [], settings, watch)
    if as_json:
        _print_json(done.as_json())
    elif not quiet:
        terminal.print_run(done.summary, done.status, lang.value, done.names, done.draws * done.replicates)
        code = "again" if done.again else "done"
        values = {"count": done.draws * done.replicates, "draws": done.draws, "replicates": done.replicates, "folder": done.folder}
        print(words.say(f"cli.run.{code}", lang.value, **values))
        print(words.say("cli.run.report", lang.value, path=done.folder / "report.html"))


@app.command()
def check(scenarios: Annotated[list[str], typer.Argument(show_default=False)], lang: Lang = Language.EN, as_json: AsJson = False) -> None:
    """Validate scenario files."""
    from simulation import route

    sound = route.check(scenarios)
    if as_json:
        _print_json({"errors": [], "sound": sound})
    else:
        for name in sound:
            print(words.say("cli.check.sound", lang.value, name=name))


@app.command()
def plan(scenario: Scenario, lang: Lang = Language.EN, as_json: AsJson = False, overrides: Overrides = None) -> None:
    """Show the order of the year and what a scenario does."""
    from simulation import route
    from simulation.report import listing

    _show(route.plan(scenario, overrides or [], lang.value), as_json, listing.plan_text, lang)


@app.command()
def judge(table: Annotated[Path, typer.Argument(show_default=False)], lang: Lang = Language.EN, as_json: AsJson = False) -> None:
    """Judge published values."""
    from simulation import route
    from simulation.report import listing

    _show(route.judge(table, lang.value), as_json, listing.judge_text, lang)


@app.command()
def share(
    family: Annotated[float, typer.Option(min=0)],
    other: Annotated[float, typer.Option(min=0)] = 0,
    demolished: Annotated[float, typer.Option(min=0)] = 0,
    new: Annotated[float, typer.Option(min=0)] = 0,
    floor_m2: Annotated[float, typer.Option(min=0)] = 0,
    target: Annotated[list[float] | None, typer.Option(min=0.1, max=100)] = None,
    lang: Lang = Language.EN,
    as_json: AsJson = False,
) -> None:
    """Calculate the family share."""
    from simulation import route
    from simulation.report import listing

    found = route.share(family=family, other=other, demolished=demolished, new=new, floor_m2=floor_m2, targets=target or [])
    _show(found, as_json, listing.share_text, lang)


@app.command()
def verify(folder: Annotated[Path, typer.Argument(show_default=False)], lang: Lang = Language.EN, as_json: AsJson = False) -> None:
    """Check a finished run."""
    from simulation import route
    from simulation.report import listing

    _show(route.verify(folder), as_json, listing.verify_text, lang)


def _show(found: Any, as_json: bool, text: Callable[[Any, str], str], lang: Language) -> None:
    if as_json:
        _print_json(found)
    else:
        print(text(found, lang.value))


def _command(lang: str) -> Any:
    """Build the commands and give each its words."""
    command: Any = typer.main.get_command(app)
    command.help = words.say("cli.about", lang)
    for name, sub in command.commands.items():
        sub.help = sub.short_help = words.say(f"cli.command.{name}", lang)
    for each in (command, *command.commands.values()):
        for parameter in each.params:
            parameter.help = words.say(f"cli.option.{parameter.name}", lang)
    return command


def _language(given: list[str]) -> str:
    """Find the language before the command line is parsed, for its own mistakes."""
    text = " ".join(given).replace("--lang=", "--lang ").split()
    return next((lang for flag, lang in pairwise(text) if flag == "--lang" and lang in words.languages()), "en")


def _tell(errors: InputErrors, given: list[str], lang: str) -> int:
    from simulation import problems

    if "--json" in given:
        _print_json({"errors": [problems.row(problem, lang) for problem in errors.problems]})
    else:
        for problem in errors.problems:
            print(problems.line(problem, lang), file=sys.stderr)
    return 2


def _attempt(command: Any, given: list[str], lang: str) -> int:
    usage_error: Any = typer.BadParameter.__mro__[1]  # the library keeps the name to itself
    try:
        return int(command.main(given, prog_name="blandetby", standalone_mode=False) or 0)
    except InputErrors as errors:
        return _tell(errors, given, lang)
    except usage_error as error:
        from simulation.usage import usage_problem

        return _tell(InputErrors([usage_problem(error, list(command.commands), given, lang)]), given, lang)


def main(given: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 a failure of ours, 2 the user's input, 130 interrupted."""
    given = sys.argv[1:] if given is None else given
    lang = _language(given)
    gc.set_threshold(SELDOM)
    try:
        return _attempt(_command(lang), given, lang)
    except (KeyboardInterrupt, typer.Abort):
        print(words.say("cli.failure.interrupted", lang), file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stdout = None  # whoever read us has left: no failure, and nothing to flush at the end
        return 0
    except Exception as error:
        if os.environ.get(RAISE):
            raise
        if type(error).__name__ == "WorkersLostError":  # by its name: who made it has loaded it
            print(words.say("cli.failure.workers_lost", lang), file=sys.stderr)
            return 1
        said = words.say("cli.failure.ours", lang, kind=type(error).__name__, text=error, variable=RAISE)
        print(said, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
