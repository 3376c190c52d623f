"""A changed scenario as a file: a short difference to a shipped one, or a user's own file with its comments kept."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from simulation.web.levers import Lever
from simulation.words import languages, say

Changes = Mapping[str, str | bool]  # by the path of a lever: what was typed, or a switch
_WHOLE, _NUMBER = re.compile(r"-?\d{1,300}"), re.compile(r"-?\d{1,300}([.,]\d+)?")  # longer ones are no numbers to Python either
_LETTERS = {"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"}
LONGEST_NAME = 60
KEPT_BY_WINDOWS = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
WIDE = 1000  # signs to a line: long sources stay on theirs


def typed(text: str | bool, kind: str) -> Any:
    """Return what was typed as a value; what is no number stays text, so that the scenario's own check names it.

    A decimal comma is read; whole numbers have no separators, for 1.000 is not the same in every language.
    """
    if isinstance(text, bool) or kind == "switch":
        return text
    written = text.strip()
    if kind == "whole":
        return int(written) if _WHOLE.fullmatch(written) else written
    if kind == "percent":
        written = written.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(written):
        return written
    value = float(written.replace(",", "."))
    return value / 100 if kind == "percent" else value


def file_name(title: str) -> str:
    """Return a title as the name of a scenario file: small letters, digits and underscores; empty where it has none."""
    text = "".join(_LETTERS.get(sign, sign) for sign in title.lower())
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_NAME]
    return f"{name}_" if name in KEPT_BY_WINDOWS else name


def changed_text(base: str, own: str | None, changes: Changes, levers: Mapping[str, Lever], title: str) -> str:
    """Return the file of a scenario with changes.

    ``base``: the name of the scenario; ``own``: the text of a user's file, which is changed itself and keeps its comments.
    A number that is set holds in every future: its range is gone, and it says that it was set on the page.
    """
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    document = yaml.load(own.replace("\r\n", "\n")) if own is not None else CommentedMap(extends=f"{base}.yaml")
    if own is None:
        document.yaml_set_start_comment("\n".join(say("web.saved_comment", lang, base=base) for lang in languages()) + "\n\n")
    if title:
        document["title"] = title
    for path, text in changes.items():
        _put(document, path.split("."), _written(typed(text, levers[path].kind), levers[path]))
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue().replace("\n", "\r\n" if own is not None and "\r\n" in own else "\n")


def _written(value: Any, lever: Lever) -> Any:
    if isinstance(value, bool) or not lever.told:
        return value
    said = {"value": value, **({"unit": lever.unit} if lever.unit else {}), "basis": "assumed", "source": say("web.set_here", "en")}
    found = CommentedMap(said)
    found.fa.set_flow_style()
    return found


def _put(document: Any, parts: list[str], value: Any) -> None:
    for at, part in enumerate(parts[:-1]):
        document = _item(document, part) if isinstance(document, list) else _inner(document, part, parts[at + 1 :])
    document[parts[-1]] = value


def _inner(mapping: Any, part: str, rest: list[str]) -> Any:
    """Return what stands under a key; a list where the parts that follow name an item and what stands in it."""
    if mapping.get(part) is None:
        mapping[part] = CommentedSeq() if len(rest) == len(("id", "key")) else CommentedMap()
    return mapping[part]


def _item(items: Any, name: str) -> Any:
    """Return the item of an id; a new one where the file does not change it yet."""
    for item in items:
        if item.get("id") == name:
            return item
    items.append(CommentedMap(id=name))
    return items[-1]
