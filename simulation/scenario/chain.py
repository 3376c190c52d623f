"""A scenario and those it extends, read and merged into one tree of nodes."""

from __future__ import annotations

from pathlib import Path

from simulation.files import Problem
from simulation.scenario.merging import merge
from simulation.scenario.nodes import Node
from simulation.scenario.sources import Sources, find_scenario, is_file
from simulation.words import LANGUAGES, say

ROOT = "reference.yaml"


def read_chain(path: Path, sources: Sources, shown: str, behind: tuple[Path, ...] = ()) -> Node | None:
    """Return the merged nodes of a scenario file; `behind` are the files that led here. None where nothing can be read."""
    own = sources.scenario(path, shown)
    if own is None:
        return None
    if own.kind != "mapping":
        sources.problems.append(own.problem("", "expected_mapping", given=own.plain()))
        return None
    base = _base(own, path, sources, (*behind, path.resolve()))
    start = base if base is not None else Node({}, own.file, own.line, own.column)
    return merge(_untitled(start, own, path), own.without("extends"), sources.problems)


def _untitled(base: Node, own: Node, path: Path) -> Node:
    """Keep a scenario from passing for the one it extends: it has its own title, else the name of its file."""
    titled = base.child("title")
    if titled is None:
        return base
    others = titled.plain()
    names = others if isinstance(others, dict) else dict.fromkeys(LANGUAGES, others)
    differs = {lang: Node(say("scenario.differs", lang, title=names.get(lang, "")), own.file, 1, 1) for lang in LANGUAGES}
    said = {"title": Node(path.stem, own.file, 1, 1), "description": Node(differs, own.file, 1, 1)}
    return Node({**base.value, **said}, base.file, base.line, base.column, base.keys)


def _base(own: Node, path: Path, sources: Sources, seen: tuple[Path, ...]) -> Node | None:
    extends = own.child("extends")
    if extends is None:
        return None
    if not isinstance(extends.value, str):
        sources.problems.append(extends.problem("extends", "expected_text", given=extends.plain()))
        return None
    found = find_scenario(extends.value, path.parent, sources.problems, extends)
    if found is None:
        return _fallback(sources, seen)
    if not sources.within(found):
        sources.problems.append(extends.problem("extends", "leads_out", given=extends.value))
        return _fallback(sources, seen)
    if found.resolve() in seen:
        names = " -> ".join([file.name for file in seen] + [found.name])
        sources.problems.append(extends.problem("extends", "cycle", chain=names))
        return _fallback(sources, seen)
    return read_chain(found, sources, _shown(extends.value, found, own), seen)


def _shown(written: str, found: Path, own: Node) -> str:
    """Return how a file is named in errors: beside the one that names it, as the user would find it."""
    folder = Path(own.file).parent
    beside = folder / written if Path(written).suffix else folder / f"{written}.yaml"
    return str(beside) if is_file(beside) else found.name


def _fallback(sources: Sources, seen: tuple[Path, ...]) -> Node | None:
    """Stand in with the shipped root, so that the other errors of the file can still be told."""
    problems: list[Problem] = []
    root = find_scenario(ROOT, None, problems) if not problems else None
    return None if root is None or root.resolve() in seen else sources.yaml(root, root.name)
