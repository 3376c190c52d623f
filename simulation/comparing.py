"""The way of a comparison: load every scenario, simulate what is not there, pair, write."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import provenance
from simulation.destination import writable
from simulation.files import InputErrors, Problem, locked, sha256_of_file, write_atomic
from simulation.installed import installed_model
from simulation.route import area_names, inputs_of, simulate_members
from simulation.runs import Settings, Watch

if TYPE_CHECKING:
    from simulation.decisions.comparison import Comparison, Side
    from simulation.scenario import Scenario

FOLDER = "compare"  # beside the folders of the scenarios
FILE = "comparison.json"


@dataclass(frozen=True)
class Compared:
    """A finished comparison and the folder in which it lies."""

    comparison: "Comparison"
    folder: Path


def compare(names: Sequence[str], overrides: Sequence[str], settings: Settings, watch: Watch) -> Compared:
    """Compare scenarios with the first of them, on the same chance, and write what differs. Raises InputErrors.

    ``overrides`` hold for all; where there is one scenario alone, it is compared with itself so changed.
    """
    from simulation.decisions.comparison import Comparison

    scenarios = _scenarios(names, overrides)
    check_places(names, scenarios)
    writable(settings.out)
    sides = [_side(scenario, name, settings, watch) for scenario, name in zip(scenarios, _names_apart(scenarios), strict=True)]
    if len(names) == 1:
        sides[1] = replace(sides[1], title=f"{sides[1].title} ({', '.join(overrides)})")
    frame = _differences(sides)
    comparison = Comparison(
        comparison_id=comparison_id([side.made for side in sides], settings.lang),
        base=sides[0],
        others=sides[1:],
        frame=frame,
        areas=area_names(scenarios[0]),
        list_areas=[area["id"] for area in scenarios[0].tree["place"]["areas"] if area["list_area"]],
        seed=settings.seed,
        draws=settings.draws,
        replicates=settings.replicates,
        asked=[scenario.name for scenario in scenarios[: len(names)]],
        overrides=tuple(overrides),
    )
    return Compared(comparison, write(comparison, settings))


def _scenarios(names: Sequence[str], overrides: Sequence[str]) -> "list[Scenario]":
    """Load every scenario; what is wrong with any of them is told at once."""
    from simulation.scenario import load

    pairs = [(name, list(overrides)) for name in names]
    if len(names) == 1:
        if not overrides:
            raise InputErrors([Problem(key="SCENARIO", code="nothing_to_compare")])
        pairs = [(names[0], []), (names[0], list(overrides))]
    found, problems = [], list[Problem]()
    for name, own in pairs:
        try:
            found.append(load(name, own))
        except InputErrors as errors:
            problems += [problem for problem in errors.problems if problem not in problems]
    if problems:
        raise InputErrors(problems)
    return found


def check_places(names: Sequence[str], scenarios: "Sequence[Scenario]") -> None:
    """Raise InputErrors where scenarios are of different places, or have no list in common."""
    base, problems = scenarios[0], []
    own = [area["id"] for area in base.tree["place"]["areas"]]
    for name, scenario in zip(names[1:], scenarios[1:], strict=False):
        told = {"place": scenario.place, "base": base.place}
        if scenario.place != base.place:
            problems.append(Problem(file=name, key="place", code="places_differ", values=told))
        elif [area["id"] for area in scenario.tree["place"]["areas"]] != own:
            problems.append(Problem(file=name, key="first_year", code="boundaries_differ", values={"year": scenario.first_year}))
        elif scenario.first_year > base.last_year or base.first_year > scenario.last_year:
            problems.append(Problem(file=name, key="first_year", code="no_common_list"))
    if problems:
        raise InputErrors(problems)


def _names_apart(scenarios: "Sequence[Scenario]") -> list[str]:
    """Return a name of its own for each scenario."""
    found: list[str] = []
    for scenario in scenarios:
        number, name = 1, scenario.name
        while name in found:
            number += 1
            name = f"{scenario.name}_{number}"
        found.append(name)
    return found


def _side(scenario: "Scenario", name: str, settings: Settings, watch: Watch) -> "Side":
    from simulation.decisions.comparison import Side
    from simulation.decisions.simulated import outcomes_of

    inputs = inputs_of(scenario, settings)
    members = settings.out / ".members" / inputs.members_id
    with locked(members.with_suffix(".lock"), on_wait=lambda: watch.notice("waiting", {})):
        ensemble = simulate_members(scenario, settings, members, watch)
    return Side(name, scenario.title(settings.lang), inputs.members_id, outcomes_of(ensemble, scenario), scenario)


def _differences(sides: "Sequence[Side]") -> Any:
    import pandas as pd

    from simulation.decisions.differences import differences

    base, *others = sides
    found = [differences(base.outcomes, side.outcomes, (base.name, side.name)) for side in others]
    return pd.concat(found, ignore_index=True)


def comparison_id(made: Sequence[str], lang: str, model: Mapping[str, str] | None = None) -> str:
    """Return the id of a comparison: what was compared, in which language, and the model, the installed one where none is given."""
    return hashlib.sha256(json.dumps([*made, lang, installed_model() if model is None else model], sort_keys=True).encode()).hexdigest()[
        :12
    ]


def write(comparison: "Comparison", settings: Settings) -> Path:
    """Write the table, the page and the figures of a comparison; last the file that says what it was made from."""
    from simulation.decisions.page import write_page
    from simulation.report.tables import write_tables

    folder = settings.out / FOLDER / comparison.comparison_id
    written = [*write_tables(folder, {"differences": comparison.frame}), *write_page(folder, comparison, settings.lang)]
    for side in (comparison.base, *comparison.others):
        written.append(folder / f"{side.name.replace(' ', '-')}.resolved.yaml")
        write_atomic(written[-1], side.scenario.resolved_yaml())
    sides = [{"name": side.name, "members": side.made, "files": side.scenario.files()} for side in (comparison.base, *comparison.others)]
    told = {
        "comparison_id": comparison.comparison_id,
        "sides": sides,
        "seed": comparison.seed,
        "draws": comparison.draws,
        "replicates": comparison.replicates,
        "lang": settings.lang,
        "model": installed_model(),
        "versions": provenance.installed_versions(),
        "outputs": {path.relative_to(folder).as_posix(): sha256_of_file(path) for path in sorted(written)},
    }
    write_atomic(folder / FILE, json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    return folder
