"""The command line: it parses and prints, nothing else."""

# ruff: noqa: E402
import signal
import threading

# While the program loads, an interrupt ends it at once and without a word; from then on `main` hears it.
_QUIETLY = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler
if _QUIETLY:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import gc
import logging
import os
import sys
from functools import partial
from itertools import pairwise
from typing import Annotated, Any

# Members run side by side, so each keeps to one thread; and sums in one order give the same bytes. Before NumPy loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# That the figures' library looks for fonts the first time, or keeps them elsewhere, is not the user's concern.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

import typer

from simulation import problems, words
from simulation.commands import COMMANDS
from simulation.console import heed_code_page
from simulation.endings import INTERRUPTED, failed, heeded, let_go
from simulation.files import InputErrors
from simulation.helping import with_words, without_command

if _QUIETLY:
    signal.signal(signal.SIGINT, signal.default_int_handler)


MOST_TOLD = 200  # errors on the screen; more than anybody reads, and --json tells all

app = typer.Typer(name="blandetby", add_completion=False, rich_markup_mode=None, no_args_is_help=True)


def _print_version(wanted: bool) -> None:
    if wanted:
        from simulation import __version__

        print(f"blandetby {__version__}")
        raise typer.Exit


@app.callback()
def blandetby(version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_print_version)] = False) -> None:
    """Hold what belongs to every command."""


for _each in COMMANDS:
    app.command()(_each)


def _command(lang: str) -> Any:
    """Build the commands and give each its words."""
    return with_words(typer.main.get_command(app), lang)


def _language(given: list[str]) -> str:
    """Find the language before the command line is parsed, for its own mistakes."""
    text = " ".join(given).replace("--lang=", "--lang ").split()
    return next((lang for flag, lang in pairwise(text) if flag == "--lang" and lang in words.languages()), "en")


def _tell(errors: InputErrors, given: list[str], lang: str) -> int:
    if "--json" in given:
        problems.print_json({"errors": [problems.row(problem, lang) for problem in errors.problems]})
    else:
        for problem in errors.problems[:MOST_TOLD]:
            print(problems.line(problem, lang), file=sys.stderr)
        if (more := len(errors.problems) - MOST_TOLD) > 0:
            print(words.say("cli.more_errors", lang, count=words.number(more, lang)), file=sys.stderr)
    return 2


def _attempt(command: Any, given: list[str], lang: str) -> int:
    usage_error: Any = typer.BadParameter.__mro__[1]  # the library keeps the name to itself
    try:
        return int(command.main(given, prog_name="blandetby", standalone_mode=False) or 0)
    except SystemExit as left:  # what the library makes of a closed pipe
        raise BrokenPipeError from left
    except InputErrors as errors:
        return _tell(errors, given, lang)
    except usage_error as error:
        from simulation.usage import usage_problem

        return _tell(InputErrors([usage_problem(error, list(command.commands), given, lang)]), given, lang)


def _status(given: list[str], lang: str) -> int:
    try:
        status = _attempt(_command(lang), without_command(given) or ["--help"], lang)
        sys.stdout.flush()  # here, where it is heard that nobody reads
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        let_go()
        return 0
    except Exception as error:
        return failed(error, lang)
    return status


def main(given: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 a failure of ours, 2 the user's input, 130 interrupted."""
    given = sys.argv[1:] if given is None else given
    gc.set_threshold(100_000)  # objects between two searches: a command is short and keeps nearly all it makes
    heed_code_page()
    lang = _language(given)
    interrupted = partial(words.say, "cli.failure.interrupted", lang)
    try:
        with heeded(interrupted):
            status = _status(given, lang)
        if status == INTERRUPTED:  # the library turns an interrupt into this status, and says nothing
            print(interrupted(), file=sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


if __name__ == "__main__":
    sys.exit(main())
