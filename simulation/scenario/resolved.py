"""A scenario written out in full, the same bytes for the same scenario."""

from __future__ import annotations

import io
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML

from simulation.scenario.ranged import Ranged
from simulation.scenario.sections import Sections


def resolved_yaml(sections: Sections) -> str:
    """Return the sections as YAML without `extends`, keys in the order of the schema."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 4096
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    stream = io.StringIO()
    writer.dump(plain(sections), stream)
    return stream.getvalue()


def plain(value: Any) -> Any:
    """Return a model as mappings, lists and scalars; what says nothing is left out."""
    if isinstance(value, Ranged):
        return _number(value)
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        return {field.alias or name: plain(getattr(value, name)) for name, field in fields if _says(value, name, field)}
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, tuple) else value


def _says(model: BaseModel, name: str, field: Any) -> bool:
    return field.is_required() or getattr(model, name) != field.default


def _number(number: Ranged) -> Any:
    said = {name: getattr(number, name) for name, field in type(number).model_fields.items() if _says(number, name, field)}
    if number.whole:
        said = {name: int(value) if isinstance(value, float) else value for name, value in said.items()}
    return said["value"] if list(said) == ["value"] else said
