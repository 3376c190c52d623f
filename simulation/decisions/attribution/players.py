"""Who shares in a scenario's change, and how only some of them are let act.

Physical change: what is pulled down, renovated, built, relabelled, and the rehousing. Letting rules: the section ``letting``. The
measures are the other players: those for employment beside all others (welfare), by subprogramme, or each by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.scenario.model import Given

PHYSICAL, LETTING, EMPLOYMENT, WELFARE = "physical_change", "letting_rules", "employment", "welfare"
SECTIONS = {
    PHYSICAL: ("demolition", "renovation", "new_homes", "relabel", "floor_space", "rehousing"),
    LETTING: ("letting",),
}
GROUP, SUBPROGRAMME, MEASURE = "group", "subprogramme", "measure"
KINDS = (GROUP, SUBPROGRAMME, MEASURE)


@dataclass(frozen=True)
class Player:
    """One that shares: sections of a scenario, or some of its measures by id.

    ``untold``: its measures that the sources give nothing to calculate with, and those that are not funded.
    """

    name: str
    sections: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def calculable(self) -> bool:
        """Return whether there is anything to calculate with."""
        return bool(self.sections or self.measures)


def players_of(scenario: Scenario, kind: str) -> list[Player]:
    """Return the players of a scenario, by the kind that measures are told apart in.

    A subprogramme is one of employment where a measure of it acts on getting a job.
    """
    measures = scenario.sections.measures
    jobs = {measure.subprogramme for measure in measures if measure.acts_on == "job_entry"}
    groups: dict[str, list[Any]] = {}
    for measure in measures:
        group = EMPLOYMENT if measure.subprogramme in jobs else WELFARE
        groups.setdefault({GROUP: group, SUBPROGRAMME: measure.subprogramme, MEASURE: measure.id}[kind], []).append(measure)
    by_section = [Player(name, sections=sections) for name, sections in SECTIONS.items()]
    return by_section + [_of_measures(name, found) for name, found in groups.items()]


def _of_measures(name: str, measures: Sequence[Any]) -> Player:
    acts = {measure.id: measure.funded and measure.acts_on != "none" for measure in measures}
    return Player(name, measures=tuple(id for id in acts if acts[id]), untold=tuple(id for id in acts if not acts[id]))


def backgrounds(scenario: Scenario, base: Scenario) -> dict[frozenset[str], Scenario]:
    """Return, for each set of players that are sections, the scenario in which these act as it says and the others as ``base`` says."""
    names = tuple(SECTIONS)
    sets = [frozenset(name for bit, name in enumerate(names) if number >> bit & 1) for number in range(2 ** len(names))]
    return {chosen: _acting(scenario, base, chosen) for chosen in sets}


def _acting(scenario: Scenario, base: Scenario, chosen: Collection[str]) -> Scenario:
    from simulation.scenario import Scenario

    taken = [section for name, sections in SECTIONS.items() if name not in chosen for section in sections]
    if not taken:
        return scenario
    sections = scenario.sections.model_copy(update={name: getattr(base.sections, name) for name in taken})
    tree: dict[str, Any] = scenario.tree | {name: base.tree[name] for name in taken}
    files = {"hashes": scenario.hashes, "located": scenario.located}
    return Scenario(name=scenario.name, sections=sections, tree=tree, **files, fitted=scenario.fitted)


def silenced(players: Sequence[Player], acting: Collection[int]) -> Given:
    """Return the numbers that keep the measures of all other players from acting: no participants."""
    others = [player for number, player in enumerate(players) if number not in acting]
    return tuple((f"measures.{measure}.capacity", 0.0) for player in others for measure in player.measures)
