"""Overrides of the command line, KEY=VALUE: a path through the scenario and a value in YAML."""

from __future__ import annotations

from simulation.files import Problem
from simulation.scenario.merging import merge
from simulation.scenario.nodes import Node, parse

_HOMES = {"place": "place_values"}  # where a scenario keeps what it says instead of the place


def apply_overrides(root: Node, overrides: list[str], problems: list[Problem]) -> Node:
    """Return the scenario changed by each override in turn; items of lists are named by their id."""
    for number, text in enumerate(overrides, start=1):
        file = f"--set {number}"
        key, sign, value = text.partition("=")
        names = [name.strip() for name in key.split(".")]
        if not sign or not all(names):
            problems.append(Problem(file, 0, 0, key.strip(), "set_form", {"given": text}))
            continue
        node = parse(value.strip() or "null", file, problems, line=0)
        if node is not None:
            root = merge(root, _nested(_home(names), node, file), problems)
    return root


def _home(names: list[str]) -> list[str]:
    return [_HOMES.get(names[0], names[0]), *names[1:]] if len(names) > 1 else names


def _nested(names: list[str], node: Node, file: str) -> Node:
    for name in reversed(names):
        node = Node({name: node}, file)
    return node
