"""Who shares in a scenario's change, and the scenario in which only some of them act.

Physical change: what is pulled down, renovated, built, relabelled, and the rehousing. Letting rules: the section `letting`. The
measures are the other players: those for jobs and education (employment) beside all others (welfare), by subprogramme, or each.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.scenario import Scenario

PHYSICAL, LETTING, EMPLOYMENT, WELFARE = "physical_change", "letting_rules", "employment", "welfare"
SECTIONS = {
    PHYSICAL: ("demolition", "renovation", "new_homes", "relabel", "floor_space", "rehousing"),
    LETTING: ("letting",),
}
JOBS = "jobs_and_education"  # the subprogramme of the measures for employment
KINDS = ("group", "subprogramme", "measure")


@dataclass(frozen=True)
class Player:
    """One that shares: sections of a scenario, or some of its measures by id."""

    name: str
    sections: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


def players_of(scenario: Scenario, kind: str) -> list[Player]:
    """Return the players of a scenario, by the kind that measures are told apart in; those without a measure are left out."""
    named = {"group": _group, "subprogramme": lambda measure: str(measure.subprogramme), "measure": lambda measure: str(measure.id)}[kind]
    groups: dict[str, list[str]] = {}
    for measure in scenario.sections.measures:
        groups.setdefault(named(measure), []).append(measure.id)
    by_section = [Player(name, sections=sections) for name, sections in SECTIONS.items()]
    return by_section + [Player(name, measures=tuple(ids)) for name, ids in groups.items()]


def _group(measure: Any) -> str:
    return EMPLOYMENT if measure.subprogramme == JOBS else WELFARE


def acting(scenario: Scenario, base: Scenario, players: Collection[Player]) -> Scenario:
    """Return the scenario in which some players act as it says, and all others as ``base`` says; the rest stays as it is."""
    from simulation.scenario import Scenario

    kept = {name for player in players for name in player.sections}
    taken = [name for names in SECTIONS.values() for name in names if name not in kept]
    chosen = {name for player in players for name in player.measures}
    measures = tuple(measure for measure in scenario.sections.measures if measure.id in chosen)
    together = tuple(pair for pair in scenario.sections.synergies if set(pair.measures) <= chosen)
    sections = scenario.sections.model_copy(
        update={name: getattr(base.sections, name) for name in taken} | {"measures": measures, "synergies": together}
    )
    tree: dict[str, Any] = scenario.tree | {name: base.tree[name] for name in taken}
    tree["measures"] = tuple(item for item in scenario.tree["measures"] if item["id"] in chosen)
    tree["synergies"] = tuple(item for item in scenario.tree["synergies"] if set(item["measures"]) <= chosen)
    files = {"hashes": scenario.hashes, "located": scenario.located}
    return Scenario(name=scenario.name, sections=sections, tree=tree, **files, fitted=scenario.fitted)
