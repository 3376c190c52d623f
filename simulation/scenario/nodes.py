"""A YAML 1.2 file as a tree of nodes that know where they stand, so that every error can name its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from simulation.files import Problem
from simulation.scenario.composing import MAPPING, SCALAR, SEQUENCE, compose

_TAG = "tag:yaml.org,2002:"
_MOST_NODES = 200_000  # aliases can blow a small file up without end
_MOST_DEPTH = 50  # a scenario has six levels
_LONGEST_WHOLE = 15  # digits that a number keeps exactly
YamlNode = Any  # of one of two libraries
_DIGITS = re.compile(r"\d+")


@dataclass
class Node:
    """A value (mapping, list or scalar) with its place; `keys` holds the place of each key of a mapping."""

    value: Any
    file: str = ""
    line: int = 0
    column: int = 0
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Name the shape: mapping, list or scalar."""
        return "mapping" if isinstance(self.value, dict) else "list" if isinstance(self.value, list) else "scalar"

    def child(self, key: str) -> Node | None:
        """Return the node under a key, or None."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def plain(self) -> Any:
        """Return the value without places; lists become tuples."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return tuple(node.plain() for node in self.value)
        return self.value

    def without(self, *names: str) -> Node:
        """Return the mapping without some of its keys."""
        kept = {name: node for name, node in self.value.items() if name not in names}
        return Node(kept, self.file, self.line, self.column, self.keys)

    def problem(self, key: str, code: str, **values: object) -> Problem:
        """Make a problem that stands at this node."""
        if isinstance(values.get("given"), (dict, tuple, list)):
            values["given"] = as_written(values["given"])
        return Problem(self.file, self.line, self.column, key, code, values)

    def key_problem(self, name: str, key: str, code: str, **values: object) -> Problem:
        """Make a problem that stands at the key `name` of this mapping; `key` is its full path."""
        node = self.child(name)
        line, column = self.keys.get(name, (node.line, node.column) if node else (self.line, self.column))
        return Problem(node.file if node else self.file, line, column, key, code, values)


def as_written(value: Any) -> str:
    """Return a value as a scenario file would write it, at most 60 characters."""
    text = _written(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_written(inner) for inner in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_written(inner)}' for name, inner in value.items())}}}"
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


class _Reader:
    """Turn the composed nodes of one file into nodes with places, gathering problems."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems, self.count = file, problems, 0
        self.open: set[int] = set()

    def read(self, node: YamlNode, path: str) -> Node:
        self.count += 1
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        if len(self.open) >= _MOST_DEPTH:
            self.problems.append(Problem(self.file, line, column, path[:_MOST_DEPTH], "too_deep", {"allowed": f"1–{_MOST_DEPTH}"}))
            return Node(None, self.file, line, column)
        if id(node) in self.open or self.count > _MOST_NODES:
            self.problems.append(Problem(self.file, line, column, path, "alias_without_end"))
            return Node(None, self.file, line, column)
        self.open.add(id(node))
        try:
            return self._read(node, path, line, column)
        finally:
            self.open.discard(id(node))

    def _read(self, node: YamlNode, path: str, line: int, column: int) -> Node:
        if isinstance(node, MAPPING):
            return self._mapping(node, path, line, column)
        if isinstance(node, SEQUENCE):
            values = [self.read(item, f"{path}.{_id_in(item) or number}") for number, item in enumerate(node.value)]
            return Node(values, self.file, line, column)
        return Node(_scalar(node), self.file, line, column)

    def _mapping(self, node: YamlNode, path: str, line: int, column: int) -> Node:
        result = Node({}, self.file, line, column)
        for key_node, value_node in node.value:
            self._entry(result, key_node, value_node, path)
        return result

    def _entry(self, result: Node, key_node: YamlNode, value_node: YamlNode, path: str) -> None:
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if not isinstance(key_node, SCALAR):
            self.problems.append(Problem(self.file, line, column, path, "key_not_text"))
            return
        name = str(key_node.value)
        full = f"{path}.{name}" if path else name
        if name in result.value:
            first = result.keys[name]
            self.problems.append(Problem(self.file, line, column, full, "duplicate_key", {"first_line": first[0]}))
            return
        if _DIGITS.fullmatch(name) and result.value and getattr(value_node, "value", None) == "":
            # `{value: 0,5}` is read as value 0 and a key 5 without a value: a Danish decimal comma.
            before, number = list(result.value.items())[-1]
            told = {"given": f"{number.value},{name}", "nearest": f"{number.value}.{name}"}
            self.problems.append(number.problem(f"{path}.{before}".lstrip("."), "decimal_comma", **told))
            return
        result.keys[name] = (line, column)
        result.value[name] = self.read(value_node, full)


def _id_in(node: YamlNode) -> str:
    """Return the id of an item that is still to be read, or an empty text."""
    pairs = node.value if isinstance(node, MAPPING) else ()
    return next((str(value.value) for key, value in pairs if key.value == "id" and isinstance(value, SCALAR)), "")


def _scalar(node: YamlNode) -> Any:
    tag, text = str(node.tag), node.value
    if tag == _TAG + "null":
        return None
    if tag == _TAG + "bool":
        return text.lower() == "true"
    if tag in (_TAG + "int", _TAG + "float"):
        return _number(text)
    return text


def _number(text: str) -> int | float | str:
    plain = text.replace("_", "").lower()
    if plain.lstrip("+-") in (".inf", ".nan"):
        plain = plain.replace(".", "")
    whole = (int, lambda word: int(word, 0)) if len(plain) <= _LONGEST_WHOLE else ()
    for make in (*whole, float):
        try:
            return make(plain)
        except ValueError:
            continue
    return text


def parse(text: str, file: str, problems: list[Problem], line: int | None = None, *, ours: bool = False) -> Node | None:
    """Read YAML text into nodes; what is wrong goes to `problems`. None where nothing can be read.

    A given `line` stands for every place in the text (an override on the command line has no lines of its own).
    `ours`: the text is that of a file we ship, which is read faster.
    """
    try:
        composed = compose(text, ours)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row, column = (mark.line + 1, mark.column + 1) if mark and line is None else (line or 0, 0)
        problems.append(_syntax(file, row, column, error.problem or ""))
        return None
    except RecursionError:
        problems.append(Problem(file, 0, 0, "", "too_deep", {"allowed": f"1–{_MOST_DEPTH}"}))
        return None
    except (
        YAMLError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:  # a character or a directive that the library does not foresee
        problems.append(_syntax(file, 0, 0, (str(error).splitlines() or [""])[0]))
        return None
    if composed is None:
        problems.append(Problem(file, 1, 1, "", "empty_file"))
        return None
    root = _Reader(file, problems).read(composed, "")
    if line is not None:
        for node in walk(root):
            node.line, node.column = line, 0
    return root


def _syntax(file: str, line: int, column: int, told: str) -> Problem:
    return Problem(file, line, column, "", "yaml_syntax", {"told": told})


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it."""
    yield node
    inner = node.value.values() if isinstance(node.value, dict) else node.value if isinstance(node.value, list) else ()
    for child in inner:
        yield from walk(child)
