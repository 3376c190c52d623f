"""Read the YAML that ships with the program: words and law.

What users write is read with ruamel.yaml, which knows the place of every error, and takes its time. What we ship is tested, so it is
read with the C library behind PyYAML in a fifteenth of the time. That reads YAML 1.1; here its plain words mean what they mean in
YAML 1.2, where `no` is a word and `012` no octal number. A test holds both readings of every file against each other.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_TAG = "tag:yaml.org,2002:"
_PLAIN = {  # what is no text: its form, and the signs it can begin with
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    "float": (r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?", list("-+0123456789.")),
    "timestamp": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", list("0123456789")),
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader with the plain words of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's own way


for _kind, (_form, _signs) in _PLAIN.items():
    _Loader.add_implicit_resolver(_TAG + _kind, re.compile(f"^(?:{_form})$"), _signs)


def parsed(text: str) -> Any:
    """Return what a file of ours holds."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
