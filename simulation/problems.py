"""Problems of the inputs as people and programs read them: one line each, or one row each."""

import json
import math
import re
import sys
from collections.abc import Iterable
from functools import cache
from typing import Any

from simulation import words
from simulation.console import is_whole
from simulation.files import Problem
from simulation.ranges import in_words


def message(problem: Problem, lang: str = "en") -> str:
    """Say what is wrong; the sentence stands in one of the catalogues whose names begin with `errors`."""
    for topic in words.topics(lang):
        if topic.startswith("errors") and problem.code in words.catalogue(topic, lang):
            values = {name: told(value, lang) if name == "told" else value for name, value in problem.values.items()}
            return words.say(f"{topic}.{problem.code}", lang, **values)
    raise KeyError(problem.code)


@cache
def _known_again() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what libraries and the system say, as patterns, by the key of its words."""
    said = words.catalogue("told", "en").items()
    return tuple((key, re.compile("(?P<given>.+)".join(re.escape(part.format()) for part in text.split("{given}")))) for key, text in said)


def told(said: object, lang: str) -> object:
    """Return what a library or the system says in the reader's language; as it is where no words are known for it."""
    if not isinstance(said, str):
        return said
    for key, pattern in _known_again():
        if found := pattern.fullmatch(said):
            return words.say(f"told.{key}", lang, **found.groupdict())
    return said


def _allowed(problem: Problem) -> str:
    allowed = problem.values.get("allowed", "")
    if isinstance(allowed, str) or not isinstance(allowed, Iterable):
        return str(allowed)
    return ", ".join(str(one) for one in allowed)


def line(problem: Problem, lang: str = "en") -> str:
    """Say a problem in one line: `file:line:column: key: what is wrong; what is allowed; nearest match`."""
    said = [message(problem, lang)]
    if allowed := _allowed(problem):
        said.append(words.say("cli.allowed", lang, allowed=in_words(allowed, lang)))
    if nearest := problem.values.get("nearest"):
        said.append(words.say("cli.nearest", lang, nearest=nearest))
    return ": ".join(part for part in (problem.place, problem.key, "; ".join(said)) if part)


def row(problem: Problem, lang: str = "en") -> dict[str, object]:
    """Give a problem as `--json` prints it; what is not known is null."""
    return {
        "file": problem.file or None,
        "line": problem.line or None,
        "column": problem.column or None,
        "key": problem.key or None,
        "code": problem.code,
        "message": message(problem, lang),
        "allowed": _allowed(problem) or None,
        "nearest": problem.values.get("nearest") or None,
    }


def _known(value: Any) -> Any:
    """Turn numbers that are not known into null: JSON has no word for them."""
    if isinstance(value, dict):
        return {key: _known(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_known(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def print_json(document: object) -> None:
    """Print one document for programs; in ASCII alone where the output's code page lacks letters, which says the same."""
    ascii_alone = not is_whole(sys.stdout.encoding)
    sys.stdout.write(json.dumps(_known(document), ensure_ascii=ascii_alone, indent=1, allow_nan=False) + "\n")
