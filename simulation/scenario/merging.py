"""How a scenario changes the one it extends: key by key, items by id, a ranged number as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from simulation.files import Problem
from simulation.scenario.limits import other_form, other_unit
from simulation.scenario.nodes import Node

# What a scenario says of its place and the rates is carried out on them once all files are read; until then it is only gathered.
LATER = ("place_values", "rates")


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name most like the given one, or None where none is like it."""
    by_lower = {known.lower(): known for known in names}
    found = get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def is_leaf(node: Node | None) -> bool:
    """Return whether a node is a number with its range and source: a mapping that has a `value`."""
    return node is not None and isinstance(node.value, dict) and "value" in node.value


def is_items(node: Node | None) -> bool:
    """Return whether a node is a list of items: mappings with an id, or operations on such."""
    if node is None or not isinstance(node.value, list) or not node.value:
        return False
    return all(isinstance(item.value, dict) and ("id" in item.value or "match" in item.value) for item in node.value)


def item_id(node: Node) -> str:
    """Return the id of an item as text, or an empty text."""
    found = node.child("id")
    return "" if found is None or found.value is None else str(found.value)


def merge(base: Node | None, over: Node, problems: list[Problem], path: str = "", *, strict: bool = False) -> Node:
    """Return `base` changed by `over`; what cannot be carried out goes to `problems`.

    `strict`: a key that the base does not have is a problem (the trees of rates and places have no other schema).
    """
    later = not strict and path.split(".")[0] in LATER
    if later and base is None:
        return over
    if later and base is not None and is_items(over if base.kind == "mapping" else base):
        return _gathered(base, over, problems, path)
    if over.kind == "list" and is_items(over) and (base is None or is_items(base) or base.value in (None, [])):
        return merge_items(base, over, problems, path, strict)
    if base is None or base.kind == "scalar" or over.kind != "mapping" or is_leaf(over):
        if strict and base is not None:
            problems.extend(_differs(base, over, path))
        return _replaced(base, over)
    if is_leaf(base):
        problems.extend(other_unit(base, over, path))
        return _part_changed(base, over)
    if is_items(base):
        return merge_items(base, _as_items(base, over, problems, path), problems, path, strict)
    return _merge_keys(base, over, problems, path, strict) if base.kind == "mapping" else over


def _merge_keys(base: Node, over: Node, problems: list[Problem], path: str, strict: bool) -> Node:
    result = Node(_rests_on(base, over, strict), over.file, over.line, over.column, {**base.keys, **over.keys})
    for name, node in over.value.items():
        full = f"{path}.{name}" if path else name
        if strict and name not in base.value:
            told = {"allowed": list(base.value), "nearest": nearest(name, base.value)}
            problems.append(over.key_problem(name, full, "unknown_key", **told))
            continue
        result.value[name] = merge(base.child(name), node, problems, full, strict=strict)
    return result


def _rests_on(base: Node, over: Node, strict: bool) -> dict[str, Node]:
    """Return what a mapping says; not what its plain numbers rest on, where the change gives it others and does not say what these do."""
    said: dict[str, Node] = dict(base.value)
    if "basis" not in said or "basis" in over.value or not any(_other_number(base.child(name), node) for name, node in over.value.items()):
        return said
    place = (over.file, over.line, over.column)
    return said | {"basis": Node("assumed" if strict else None, *place), "source": Node("", *place)}


def _other_number(before: Node | None, after: Node) -> bool:
    """Return whether a plain number, which rests on what the mapping around it says, is another than it was."""
    number = isinstance(after.value, (int, float)) and not isinstance(after.value, bool)
    return number and not is_leaf(before) and (before is None or before.value != after.value)


def _as_items(base: Node, over: Node, problems: list[Problem], path: str) -> Node:
    """Read a mapping over a list of items as changes by id: an override of the command line names items so."""
    known = [item_id(item) for item in base.value]
    items = []
    for name, node in over.value.items():
        if name not in known:
            told = {"allowed": known, "nearest": nearest(name, known)}
            problems.append(over.key_problem(name, f"{path}.{name}", "unknown_item", **told))
        elif node.kind != "mapping":
            problems.append(node.problem(f"{path}.{name}", "expected_mapping", given=node.plain()))
        else:
            items.append(Node({**node.value, "id": Node(name, node.file)}, node.file, node.line, node.column, node.keys))
    return Node(items, over.file, over.line, over.column)


def _gathered(base: Node, over: Node, problems: list[Problem], path: str) -> Node:
    """Gather the changes of items that two files say, the later ones over the earlier; none is carried out yet."""
    items: dict[str, Node] = {}
    for file in (base, over):
        seen: dict[str, int] = {}
        for number, item in enumerate(_changes(file)):
            name = item_id(item) or f"match {file.file} {number}"
            if name in seen:
                problems.append(item.problem(f"{path}.{name}", "duplicate_id", first_line=seen[name]))
                continue
            seen[name] = item.line
            before = items.get(name)
            replaces = before is None or _drops(item) or _drops(before) or "match" in item.value
            items[name] = item if before is None or replaces else merge(before, item, problems, f"{path}.{name}")
    return Node(list(items.values()), over.file, over.line, over.column)


def _changes(node: Node) -> list[Node]:
    """Return changes of items as a list, whether they were written so or by id."""
    if node.kind == "mapping":
        return [Node({**n.value, "id": Node(name, n.file)}, n.file, n.line, n.column, n.keys) for name, n in node.value.items() if _maps(n)]
    return [item for item in node.value if _maps(item)] if node.kind == "list" else []


def _maps(node: Node) -> bool:
    return node.kind == "mapping"


def _differs(base: Node, over: Node, path: str) -> list[Problem]:
    """Return what is wrong with a value that stands in for another in a tree without a schema of its own."""
    if code := _expected(base, over):
        return [over.problem(path, code, given=over.plain())]
    return [*other_unit(base, over, path), *(other_form(base, over, path) if not is_items(base) else ())]


def _expected(base: Node, over: Node) -> str:
    """Return the code that says what kind of value must stand here, or an empty text where the kind is right."""
    number = isinstance(over.value, (int, float)) and not isinstance(over.value, bool)
    if is_leaf(base) or (isinstance(base.value, (int, float)) and not isinstance(base.value, bool)):
        return "" if number or is_leaf(over) else "expected_number"
    if isinstance(base.value, bool):
        return "" if isinstance(over.value, bool) else "expected_truth"
    if isinstance(base.value, str):
        return "" if isinstance(over.value, str) else "expected_text"
    return "" if base.kind in (over.kind, "scalar") else f"expected_{base.kind}"


def _replaced(base: Node | None, over: Node) -> Node:
    """Keep the unit of a number that is replaced; its range and its source go, for they told of the old number."""
    if base is None or not is_leaf(base) or base.child("unit") is None:
        return over
    if isinstance(over.value, (int, float)) and not isinstance(over.value, bool):
        place = (over.file, over.line, over.column)
        return Node({"value": over, "unit": base.value["unit"], "basis": Node("assumed", *place), "source": Node("", *place)}, *place)
    if is_leaf(over) and over.child("unit") is None:
        place = (over.file, over.line, over.column)
        rest = {"unit": base.value["unit"], "basis": Node("assumed", *place), "source": Node("", *place)}
        return Node({**rest, **over.value}, over.file, over.line, over.column, over.keys)
    return over


def _part_changed(base: Node, over: Node) -> Node:
    """Change part of a ranged number; unless the change says what it rests on, the number now rests on nothing."""
    said = {**base.value, "basis": Node("assumed", over.file, over.line, over.column), **over.value}
    return Node(said, over.file, over.line, over.column, {**base.keys, **over.keys})


def merge_items(base: Node | None, over: Node, problems: list[Problem], path: str, strict: bool = False) -> Node:
    """Change, add and drop items: by `id`, or all that a `match` names."""
    items = {item_id(item): item for item in (base.value or [])} if base is not None else {}
    seen: dict[str, int] = {}
    for item in over.value:
        name = item_id(item)
        if "match" in item.value:
            _change_matching(items, item, problems, path, strict)
        elif name in seen:
            problems.append(item.problem(f"{path}.{name}", "duplicate_id", first_line=seen[name]))
        else:
            seen[name] = item.line
            _change_one(items, name, item, problems, path, strict)
    return Node(list(items.values()), over.file, over.line, over.column)


def _change_one(items: dict[str, Node], name: str, item: Node, problems: list[Problem], path: str, strict: bool) -> None:
    if not _drops(item):
        items[name] = merge(items.get(name), item.without("drop"), problems, f"{path}.{name}", strict=strict)
    elif items.pop(name, None) is None:
        told = {"allowed": list(items), "nearest": nearest(name, items)}
        problems.append(item.problem(f"{path}.{name}", "unknown_item", **told))


def _change_matching(items: dict[str, Node], item: Node, problems: list[Problem], path: str, strict: bool) -> None:
    wanted = item.value["match"]
    if wanted.kind != "mapping":
        problems.append(wanted.problem(f"{path}.match", "expected_mapping", given=wanted.plain()))
        return
    found = [name for name, node in items.items() if _matches(node, wanted)]
    if not found:
        problems.append(_unmatched(items, wanted, path))
    for name in found:
        if _drops(item):
            items.pop(name)
        else:
            items[name] = merge(items[name], item.without("match", "drop", "id"), problems, f"{path}.{name}", strict=strict)


def _unmatched(items: dict[str, Node], wanted: Node, path: str) -> Problem:
    """Tell that no item is as wanted, and of the first key that none answers to, what the items have there."""
    for name, choice in wanted.value.items():
        had = {str(node.plain()) for node in (item.child(name) for item in items.values()) if node is not None and node.kind == "scalar"}
        asked = [str(one) for one in (choice.plain() if choice.kind == "list" else (choice.plain(),))]
        if not had.intersection(asked):
            told = {"allowed": sorted(had), "nearest": nearest(asked[0], had)} if had and asked else {}
            return choice.problem(f"{path}.match.{name}", "no_match", **told)
    return wanted.problem(f"{path}.match", "no_match")


def _matches(item: Node, wanted: Node) -> bool:
    for name, choice in wanted.value.items():
        allowed = choice.plain() if choice.kind == "list" else (choice.plain(),)
        node = item.child(name)
        if node is None or node.plain() not in allowed:
            return False
    return True


def _drops(item: Node) -> bool:
    drop = item.child("drop")
    return drop is not None and drop.value is True
