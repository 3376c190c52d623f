"""Load a scenario: read, extend, override, validate; every error at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from simulation.files import InputErrors, Problem
from simulation.scenario.boundary import as_of
from simulation.scenario.chain import ROOT, read_chain
from simulation.scenario.checking import validated
from simulation.scenario.crosschecks import cross_check
from simulation.scenario.fitted import NO_FIT, Fitted, read_fitted
from simulation.scenario.model import Scenario
from simulation.scenario.nodes import Node
from simulation.scenario.observing import with_tables
from simulation.scenario.overrides import apply_overrides
from simulation.scenario.places import changed, read_place
from simulation.scenario.sections import Sections
from simulation.scenario.sources import Sources, find_scenario, is_file, shipped_folder
from simulation.scenario.trees import build, leaves, part_name, structure


def load(name_or_path: str | Path, overrides: Sequence[str] = (), fitted: Path | None = None) -> Scenario:
    """Load a scenario by path or by the name of a shipped one, changed by overrides of the form ``a.b=0.5``.

    ``fitted``: the folder of fitted draws; the shipped one unless given.
    Raise InputErrors with every problem found, in the order of the files.
    """
    sources = Sources() if fitted is None else Sources(fitted=fitted)
    path = find_scenario(str(name_or_path), None, sources.problems)
    if path is not None and path.stem.startswith("."):
        sources.problems.append(Problem(path.name, code="bad_scenario_name"))
    if path is not None and not path.stem.isprintable():
        shown = "".join(letter if letter.isprintable() else "?" for letter in path.name)
        sources.problems.append(Problem(shown, code="unprintable_scenario_name"))
    sources.home = None if path is None else path.absolute().parent
    scenario = _load(path, sources, list(overrides), str(name_or_path)) if path is not None and not sources.problems else None
    if sources.problems or scenario is None:
        raise InputErrors(_in_order(sources.problems))
    return scenario


def _load(path: Path, sources: Sources, overrides: list[str], shown: str) -> Scenario | None:
    merged = read_chain(path, sources, shown if Path(shown).is_file() else path.name)
    circles = [problem for problem in sources.problems if problem.code == "cycle"]
    if circles:
        sources.problems[:] = circles  # what else would be told follows from the circle
    if merged is None or circles:
        return None
    merged = apply_overrides(merged, overrides, sources.problems)
    rates = _rates(merged, sources)
    place = read_place(merged, path.parent, rates, sources)
    merged = with_tables(merged, place, path.parent, sources)
    sections = _sections(merged, sources.problems)
    sources.problems.extend(cross_check(merged, sections, place, {(p.file, p.line, p.column) for p in sources.problems}))
    if sections is None:
        return None
    tree = {**structure(sections), "rates": rates, "place": as_of(place, sections.first_year) if "areas" in place else place}
    del tree["place_values"]
    fitted = _fitted(merged, sections, tree, sources)  # before the files are listed: it reads two
    return Scenario(
        name=path.stem,
        sections=sections,
        tree=tree,
        hashes=dict(sources.hashes),
        located={name: file for file, name in sources.names.items()},
        fitted=fitted,
    )


def _sections(merged: Node, problems: list[Problem]) -> Sections | None:
    found: list[Problem] = []
    sections = validated(Sections, merged, found)
    missing = [problem for problem in found if problem.code == "missing" and problem.key in Sections.model_fields]
    if len(missing) > len(Sections.model_fields) / 2:
        # A file that forgot `extends` lacks nearly everything: one sentence is enough.
        found = [problem for problem in found if not problem.code.startswith("missing")]
        found.append(Problem(merged.file, 1, 1, "extends", "extends_missing", {"nearest": "extends: reference.yaml"}))
    problems.extend(found)
    return sections


def _rates(merged: Node, sources: Sources) -> Any:
    folder = shipped_folder() / "rates"
    base = Node({}, "rates")
    for file in sorted(folder.glob("*")):
        if file.suffix != ".yaml":
            sources.note(file)
            continue
        node = sources.yaml(file)
        if node is not None:
            base.value[file.stem] = node
    return build(changed(base, merged.child("rates"), "rates", sources.problems), "rates", sources.problems)


def _fitted(merged: Node, sections: Sections, tree: dict[str, Any], sources: Sources) -> Fitted:
    file = sources.fitted / f"{sections.place}.csv"
    content = sources.read(file) if is_file(file) else None
    if content is None:
        return NO_FIT
    if is_file(beside := file.with_suffix(".json")):
        sources.note(beside)  # what was fitted to what, and how well; for reports
    known = {path for path, _ in leaves(tree)}
    found = read_fitted(content, f"fitted/{file.name}", known, sources.problems)
    # Precedence: scenario over fitted over rates, and over what the root of all scenarios says.
    own = set(_said(sections.rates, "rates")) | set(_said(sections.place_values, "place"))
    of_data = {path for path in found.paths if path.startswith(("rates.", "place.")) and path not in own}
    return found.only(of_data | {path for path in found.paths if _left_alone(merged, path, sources)})


def _left_alone(merged: Node, path: str, sources: Sources) -> bool:
    """Return whether a number of a section stands as the root of all scenarios has it, or is written out just so."""
    node = _at(merged, path)
    if node is None or Path(node.file).name == ROOT:
        return node is not None
    root = sources.yaml(shipped_folder() / ROOT)
    return root is not None and _range(node) == _range(_at(root, path))


def _at(node: Node | None, path: str) -> Node | None:
    for name in path.split("."):
        node = node.child(name) if node else None
    return node


def _range(node: Node | None) -> Any:
    """Return what a number is drawn from, however it is written."""
    if node is None or node.kind != "mapping":
        return node and node.value
    return [child and child.value for child in (node.child(name) for name in ("value", "low", "high"))]


def _said(tree: Any, path: str) -> Iterator[str]:
    """Yield every path that an override names, those of numbers and those above and below them."""
    yield path
    if isinstance(tree, dict):
        for name, inner in tree.items():
            yield from _said(inner, f"{path}.{name}")
    elif isinstance(tree, tuple):
        for number, inner in enumerate(tree):
            yield from _said(inner, f"{path}.{part_name(inner, number)}")


def _in_order(problems: list[Problem]) -> list[Problem]:
    """Sort by file as first met, then by place; tell each once."""
    files = list(dict.fromkeys(problem.file for problem in problems))
    unique = list({(p.file, p.line, p.column, p.key, p.code): p for p in problems}.values())
    return sorted(unique, key=lambda problem: (files.index(problem.file), problem.line, problem.column))
