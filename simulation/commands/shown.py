"""What a command found, printed for people or for programs."""

from collections.abc import Callable
from typing import Any

from simulation import problems
from simulation.options import Language


def show(found: Any, as_json: bool, text: Callable[[Any, str], str], lang: Language) -> None:
    """Print what was found as JSON, else as the text that `text` makes of it."""
    if as_json:
        problems.print_json(found)
    else:
        print(text(found, lang.value))
