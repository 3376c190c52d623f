"""Mistakes on the command line, told as every other mistake in the input is."""

from difflib import get_close_matches
from enum import Enum
from typing import Any

from simulation import words
from simulation.files import Problem

# What the values of parameters are, by name; the sentences stand under `cli.takes`.
TAKES = {
    **dict.fromkeys(("draws", "replicates", "workers"), "count"),
    "seed": "seed",
    "lang": "language",
    "after_last_list": "after_last_list",
    **dict.fromkeys(("family", "other", "demolished", "new"), "homes"),
    "floor_m2": "amount",
    "target": "per_cent",
}


def _nearest(name: str, known: list[str]) -> dict[str, object]:
    close = get_close_matches(name, known, n=1)
    return {"nearest": close[0]} if close else {}


def _of_parameter(error: Any, lang: str) -> Problem:
    parameter = error.param
    name = max(parameter.opts, key=len)
    takes = TAKES.get(parameter.name)
    allowed = words.say(f"cli.takes.{takes}", lang) if takes else _taken(parameter)
    values = {"allowed": allowed} if allowed else {}
    missing = "Missing" in type(error).__name__
    return Problem(
        key=name if name.startswith("-") else name.upper(), code="missing_argument" if missing else "bad_argument", values=values
    )


def _taken(parameter: Any) -> str:
    """Return what a parameter itself says that it takes: its words, or its range; empty where it says neither."""
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(str(each.value) for each in kind)
    ends = [getattr(parameter, end, None) for end in ("min", "max")]
    return "" if ends == [None, None] else "–".join("" if end is None else f"{end:,}" for end in ends)


def _of_option(error: Any) -> Problem:
    command = error.ctx.command if error.ctx else None
    known = [option for parameter in (command.params if command else ()) for option in parameter.opts if option.startswith("--")]
    return Problem(key=error.option_name, code="no_such_option", values=_nearest(error.option_name, known))


def usage_problem(error: Any, commands: list[str], given: list[str], lang: str) -> Problem:
    """Turn a usage error of the command line's library into a problem, with the nearest right name."""
    if getattr(error, "param", None) is not None:
        return _of_parameter(error, lang)
    if hasattr(error, "possibilities"):
        return _of_option(error)
    if hasattr(error, "option_name"):
        return Problem(key=error.option_name, code="missing_argument")
    command = next((word for word in given if not word.startswith("-")), "")
    if command not in commands:
        return Problem(key=command, code="no_such_command", values={"allowed": commands, **_nearest(command, commands)})
    return Problem(key=command, code="too_many", values={"told": error.format_message().rstrip(".")})
