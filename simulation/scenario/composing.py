"""YAML 1.2 as the nodes of a library: quickly where we ship the file, with the better told errors where something is wrong."""

from __future__ import annotations

from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.resolver import implicit_resolvers

MAPPING, SEQUENCE, SCALAR = (MappingNode, yaml.MappingNode), (SequenceNode, yaml.SequenceNode), (ScalarNode, yaml.ScalarNode)


class _Quick(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The C library's loader, with the other library's plain words of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's own way


for _versions, _tag, _form, _signs in implicit_resolvers:
    if (1, 2) in _versions:
        _Quick.add_implicit_resolver(_tag, _form, _signs)


def compose(text: str, ours: bool) -> Any:
    """Return the root of a text, None where it is empty. Raises what ruamel.yaml raises.

    ``ours``: a file that we ship, whose two readings a test holds against each other. What users write is read by ruamel.yaml alone.
    """
    if ours:
        try:
            return yaml.compose(text, Loader=_Quick)
        except yaml.YAMLError:
            pass  # somebody has changed it: what is wrong is told below
    return YAML(typ="safe", pure=True).compose(text)
