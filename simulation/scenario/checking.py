"""Pydantic's errors as problems with a place in a file, what is allowed, and the nearest right name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulation.files import Problem
from simulation.scenario.merging import item_id, nearest
from simulation.scenario.nodes import Node, as_written

Model = TypeVar("Model", bound=BaseModel)
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")
_EXPECTED = {
    "float_type": "expected_number",
    "float_parsing": "expected_number",
    "int_type": "expected_whole",
    "int_parsing": "expected_whole",
    "int_from_float": "expected_whole",
    "not_whole": "expected_whole",
    "bool_type": "expected_truth",
    "bool_parsing": "expected_truth",
    "string_type": "expected_text",
    "tuple_type": "expected_list",
    "dict_type": "expected_mapping",
    "model_type": "expected_mapping",
    "model_attributes_type": "expected_mapping",
    "string_pattern_mismatch": "bad_id",
    "finite_number": "not_finite",
    "none_required": "later_version",
}
_YEARS = ("from", "to", "first_year", "last_year", "start_from", "list_year", "not_before", "price_level", "lists")
_TRUTHS = {"yes": "true", "ja": "true", "on": "true", "no": "false", "nej": "false", "off": "false"}
_OF_PLACES = ("ages_form", "ages_shares", "ages_sum", "origins_over_all", "work_over_all")
_OWN = (
    "half_range",
    "range_order",
    "source_missing",
    "years_order",
    "effect_without_evidence",
    "horizon",
    "goal_limit",
    "goal_area",
    *_OF_PLACES,
)


def validated(model: type[Model], node: Node, problems: list[Problem], path: str = "") -> Model | None:
    """Return the node as a model, or None with its errors in `problems`; `path` is where the node stands."""
    try:
        return model.model_validate(node.plain())
    except ValidationError as error:
        for detail in error.errors():
            problems.append(_problem(model, node, detail, path))
        return None


def _problem(model: type[BaseModel], root: Node, detail: ErrorDetails, path: str) -> Problem:
    node, names = _locate(root, detail["loc"])
    names = [path, *names] if path else names
    kind = detail["type"]
    if kind in ("extra_forbidden", "missing"):
        return _key_problem(model, root, detail, path)
    key, ctx = ".".join(names), dict(detail.get("ctx") or {})
    code, values = _told(kind, detail["input"], ctx, str(detail["msg"]))
    if code == "expected_whole" and any(part in _YEARS for part in detail["loc"][-2:]):
        code = "expected_year"
    if code == "horizon":
        key = _of_this_file(root, ("last_year", "first_year"))
        node = root.value[key]
    return node.problem(key, code, **values)


def _of_this_file(root: Node, names: tuple[str, ...]) -> str:
    """Return which of some keys the file itself says, not one that it extends; else the first."""
    return next((name for name in names if root.value[name].file == root.file), names[0])


def _told(kind: str, given: Any, ctx: Mapping[str, Any], message: str) -> tuple[str, dict[str, object]]:
    """Return the code of an error and the values of its sentence."""
    shown = as_written(given)
    if kind in _OWN:
        return kind, {name: as_written(value) for name, value in ctx.items()}
    if isinstance(given, str) and _EXPECTED.get(kind) in ("expected_number", "expected_whole") and DECIMAL_COMMA.fullmatch(given.strip()):
        return "decimal_comma", {"given": shown, "nearest": given.strip().replace(",", ".")}
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(ctx.get("expected", "")))
        return "not_allowed", {"given": shown, "allowed": allowed, "nearest": nearest(str(given), allowed)}
    if kind in ("out_of_range", "greater_than_equal", "less_than_equal"):
        return "out_of_range", {"given": as_written(ctx.get("given", given)), "allowed": _bounds(ctx)}
    if kind in ("too_short", "too_long"):
        return "items_" + kind, {"given": ctx.get("actual_length"), "allowed": f"{ctx.get('min_length', 0)}–{ctx.get('max_length', '')}"}
    if _EXPECTED.get(kind) == "expected_truth":
        return "expected_truth", {"given": shown, "allowed": ["true", "false"], "nearest": _TRUTHS.get(str(given).lower())}
    if kind in _EXPECTED:
        return _EXPECTED[kind], {"given": as_written(ctx.get("given", given))}
    return "not_valid", {"given": shown, "told": message}


def _bounds(ctx: Mapping[str, Any]) -> str:
    lowest, highest = ctx.get("lowest", ctx.get("ge")), ctx.get("highest", ctx.get("le"))
    low = f"{lowest:g} <= " if lowest is not None else ""
    high = f" <= {highest:g}" if highest is not None else ""
    return f"{low}x{high}"


def _key_problem(model: type[BaseModel], root: Node, detail: ErrorDetails, path: str) -> Problem:
    *before, last = detail["loc"]
    node, names = _locate(root, tuple(before))
    name = str(last)
    key = ".".join([part for part in (path, *names, name) if part])
    if detail["type"] == "missing":
        return _missing(node, key, root, tuple(before), path)
    if detail["input"] is None and " " in name:
        return node.key_problem(name, key, "unquoted_comma")
    allowed = _keys(model, tuple(before))
    return node.key_problem(name, key, "unknown_key", allowed=allowed, nearest=nearest(name, allowed))


def _missing(node: Node, key: str, root: Node, loc: tuple[int | str, ...], path: str) -> Problem:
    """Tell that a key is missing; of an item of a scenario also that it is a new one, and which is named almost like it."""
    items = root.child(str(loc[0])) if len(loc) == 2 and not path else None
    if items is None or items.kind != "list" or not item_id(node):
        return node.problem(key, "missing")
    others = [item_id(item) for item in items.value if item is not node]
    return node.problem(key, "missing_of_new", given=item_id(node), nearest=nearest(item_id(node), others))


def _locate(root: Node, loc: tuple[int | str, ...]) -> tuple[Node, list[str]]:
    """Return the deepest node that an error's location names, and its path with the ids of items."""
    node, names = root, []
    for part in loc:
        if isinstance(part, int) and isinstance(node.value, list) and part < len(node.value):
            node = node.value[part]
            names.append(item_id(node) if node.kind == "mapping" and item_id(node) else str(part))
        elif isinstance(node.value, dict) and str(part) in node.value:
            inner = node.value[str(part)]
            if part != "value" or (inner.line, inner.column) != (node.line, node.column):  # else a plain number made a mapping
                names.append(str(part))
            node = inner
        elif isinstance(part, str) and not names:
            names.append(part)
    return node, names


def _keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that are allowed where a location stands."""
    current: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, str) and current is not None:
            current = _inner(current, part)
    own = [] if loc else ["extends"]
    return own if current is None else own + [field.alias or name for name, field in current.model_fields.items()]


def _inner(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    found = next((field for key, field in model.model_fields.items() if name in (key, field.alias)), None)
    return None if found is None else model_in(found.annotation)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation holds, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = model_in(inner)
        if found is not None:
            return found
    return None
