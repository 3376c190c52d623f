"""A place read from its folder, changed by what the scenario says of it, and checked as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from simulation.files import InputErrors, Problem
from simulation.law.published import read_published
from simulation.scenario.merging import merge, nearest
from simulation.scenario.nodes import Node
from simulation.scenario.place_checks import check_place
from simulation.scenario.sources import Sources, is_file, shipped_folder
from simulation.scenario.trees import build

PLACE = "place.yaml"
PUBLISHED = "published.csv"  # in the folder of a place: what was published of its areas, the points in the figures
MOST_FILES = 100  # in a folder of a place; more is another folder than was meant


def read_place(merged: Node, beside: Path, rates: Any, sources: Sources) -> Any:
    """Return the tree of the place that a scenario names; empty, with its problems told, where no run could read it."""
    named = merged.child("place")
    folder = _folder(named, beside, sources) if named is not None and isinstance(named.value, str) else None
    if named is None or folder is None:
        return {}
    before = len(sources.problems)
    sources.root(folder.parent.parent)
    _note_files(folder, named, sources)
    base = sources.yaml(folder / PLACE) if len(sources.problems) == before else None
    if base is None:
        return {}
    _check_published(folder / PUBLISHED, f"places/{named.value}/{PUBLISHED}", sources)
    whole = changed(base, merged.child("place_values"), "place", sources.problems)
    tree = build(whole, "place", sources.problems)
    check_place(whole, rates, sources.problems)
    # What else could be told of a place that is not sound, follows from what is told already.
    return tree | {"id": named.value} if len(sources.problems) == before else {}


def changed(base: Node, over: Node | None, path: str, problems: list[Problem]) -> Node:
    """Return the nodes of a place or of the rates, changed by those of a scenario; no key may be new."""
    return merge(base, over, problems, path, strict=True) if over is not None and over.kind == "mapping" else base


def _folder(named: Node, beside: Path, sources: Sources) -> Path | None:
    roots = (beside, shipped_folder())
    found = {file.parent.name: file.parent for root in reversed(roots) for file in sorted(root.glob(f"places/*/{PLACE}")) if is_file(file)}
    folder = found.get(named.value)
    if folder is None:
        told = {"given": named.value, "allowed": sorted(found), "nearest": nearest(named.value, found)}
        sources.problems.append(named.problem("place", "place_not_found", **told))
    return folder


def _note_files(folder: Path, named: Node, sources: Sources) -> None:
    """Note the hash of every file of a place; tell where one is a link that leads out, or where there are far too many."""
    files: list[Path] = []
    for file in folder.rglob("*"):
        if is_file(file):
            files.append(file)
        if len(files) > MOST_FILES:
            sources.problems.append(named.problem("place", "too_many_files", allowed=f"0–{MOST_FILES}"))
            return
    for file in sorted(files):
        if not sources.within(file):
            sources.problems.append(
                named.problem("place", "leads_out", given=f"places/{folder.name}/{file.relative_to(folder).as_posix()}")
            )
        elif file.name != PLACE:
            sources.note(file)


def _check_published(path: Path, shown: str, sources: Sources) -> None:
    """Tell of what is wrong with the published values that stand beside a place, if any do."""
    try:
        if path.is_file():
            read_published(path, beyond=True)
    except InputErrors as errors:
        sources.problems += [replace(problem, file=shown) for problem in errors.problems]
