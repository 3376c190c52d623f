"""The trees of rates and of a place: free keys, but every number with unit, basis and source."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from simulation.files import Problem
from simulation.scenario.checking import DECIMAL_COMMA, validated
from simulation.scenario.limits import out_of_limits
from simulation.scenario.merging import is_leaf, item_id
from simulation.scenario.nodes import Node
from simulation.scenario.ranged import Ranged

_SAID_BY_EVERY_LEAF = ("unit", "basis", "source")


def build(node: Node, path: str, problems: list[Problem], told: bool = False) -> Any:
    """Return a node as a tree of mappings, tuples, ranged numbers, texts, truths and whole numbers.

    `told`: a mapping above says `basis` and `source` for the plain numbers in it; without them a fraction is a problem.
    """
    if is_leaf(node):
        return _leaf(node, path, problems)
    if node.kind == "mapping":
        told = told or {"basis", "source"} <= node.value.keys()
        return {name: build(child, f"{path}.{name}", problems, told) for name, child in node.value.items()}
    if node.kind == "list":
        return tuple(build(child, f"{path}.{_name(child, number)}", problems, told) for number, child in enumerate(node.value))
    _check_scalar(node, path, problems, told)
    return node.value


def _check_scalar(node: Node, path: str, problems: list[Problem], told: bool) -> None:
    if isinstance(node.value, float) and not math.isfinite(node.value):
        problems.append(node.problem(path, "not_finite", given=node.value))
    elif isinstance(node.value, float) and not told:
        problems.append(node.problem(path, "bare_number", given=node.value))
    elif isinstance(node.value, str) and DECIMAL_COMMA.fullmatch(node.value.strip()):
        told_as = {"given": node.value, "nearest": node.value.strip().replace(",", ".")}
        problems.append(node.problem(path, "decimal_comma", **told_as))


def _leaf(node: Node, path: str, problems: list[Problem]) -> Ranged | None:
    missing = [name for name in _SAID_BY_EVERY_LEAF if name not in node.value]
    if missing:
        problems.append(node.problem(path, "leaf_incomplete", missing=", ".join(missing)))
    found = validated(Ranged, node, problems, path)
    problems.extend(out_of_limits(found, node, path) if found is not None else ())
    return found


def _name(node: Node, number: int) -> str:
    return item_id(node) if node.kind == "mapping" and item_id(node) else str(number)


def structure(value: Any, said_only: bool = False) -> Any:
    """Return a model as a tree of the same kind: mappings by the names of the files, tuples, ranged numbers, scalars.

    `said_only` leaves out what no file says and only the schema fills in.
    """
    if isinstance(value, Ranged):
        return value
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        return {
            field.alias or name: structure(getattr(value, name), said_only)
            for name, field in fields
            if not said_only or name in value.model_fields_set
        }
    if isinstance(value, dict):
        return {str(name): structure(inner, said_only) for name, inner in value.items()}
    return tuple(structure(inner, said_only) for inner in value) if isinstance(value, tuple) else value


def part_name(item: Any, number: int) -> str:
    """Return how a path names an item of a list: by its id, else by its number."""
    return str(item["id"]) if isinstance(item, dict) and item.get("id") else str(number)


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, Ranged]]:
    """Yield the path and the number of every leaf, in the order of the files."""
    if isinstance(tree, Ranged):
        yield path, tree
    elif isinstance(tree, dict):
        for name, inner in tree.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(tree, tuple):
        for number, inner in enumerate(tree):
            yield from leaves(inner, f"{path}.{part_name(inner, number)}")
