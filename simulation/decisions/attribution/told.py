"""An attribution told: the first sentences, and each answer with the parts of its change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulation.decisions.attribution.game import WHOLE, Game
from simulation.decisions.attribution.players import EMPLOYMENT, LETTING, PHYSICAL, WELFARE, Player
from simulation.decisions.quantities import KEYS, Quantity, is_shown
from simulation.decisions.sensitivity.found import DECIDES
from simulation.decisions.sensitivity.naming import Names
from simulation.report.chances import signed
from simulation.report.listing import table
from simulation.words import number, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

NAMED = (PHYSICAL, LETTING, EMPLOYMENT, WELFARE, WHOLE)


@dataclass(frozen=True, kw_only=True, eq=False)
class Shared:
    """A finished attribution with all it takes to tell of it."""

    scenario: Scenario
    base: Scenario
    players: Sequence[Player]
    game: Game
    quantities: Sequence[Quantity]
    frame: pd.DataFrame
    names: Names
    kind: str
    replicates: int
    study_id: str
    overrides: Sequence[str] = ()

    @property
    def areas(self) -> list[str]:
        """Return the list areas."""
        return list(dict.fromkeys(each.area for each in self.quantities if is_shown(each)))

    @property
    def years(self) -> list[int]:
        """Return the lists that were asked about."""
        return sorted({each.list_year for each in self.quantities if is_shown(each)})

    def rows(self, quantity: Quantity) -> list[dict[Any, Any]]:
        """Return the parts of one answer's change, the whole last."""
        told = dict(zip(KEYS, (quantity.area, quantity.list_year, quantity.name), strict=True))
        kept = pd.Series(True, index=self.frame.index)
        for key, value in told.items():
            kept &= self.frame[key] == value
        return self.frame[kept].to_dict("records")

    def player(self, name: str) -> str:
        """Return what a player is called: a group, a subprogramme of the place, or a measure by its title."""
        lang = self.names.lang
        if name in NAMED:
            return say(f"attribution.player.{name}", lang)
        place = {str(item["id"]): str(item["name"]) for item in self.scenario.tree["place"].get("subprogrammes", ())}
        titles = {measure.id: str(getattr(measure.title, lang)) for measure in self.scenario.sections.measures if measure.title}
        return place.get(name) or titles.get(name) or name

    def without_evidence(self) -> tuple[int, int]:
        """Return how many of the measures that are calculated have no evidence for their group, and how many there are."""
        calculated = {name for player in self.game.players for name in player.measures}
        grades = [measure.grade for measure in self.scenario.sections.measures if measure.id in calculated]
        return sum(grade == "none" for grade in grades), len(grades)


def first_lines(shared: Shared, lang: str) -> list[str]:
    """Return the sentences that answer first: about the first list area on the last list, and what cannot be calculated."""
    area, year = shared.areas[0], shared.years[-1]
    quantity = next(each for each in shared.quantities if (each.name, each.area, each.list_year) == (DECIDES, area, year))
    *parts, whole = shared.rows(quantity)
    listed = ", ".join(say("attribution.first.part", lang, player=shared.player(row["player"]), value=part(row, lang)) for row in parts)
    told = {"scenario": shared.scenario.title(lang), "base": shared.base.title(lang), "area": shared.names.area(area), "year": year}
    told |= {"criterion": shared.names.quantity(DECIDES), "unit": say("attribution.points", lang)}
    lines = [say("attribution.first.whole", lang, whole=signed(whole["value"], lang, 1), parts=listed, **told)]
    untold = [shared.player(player.name) for player in shared.players if not player.calculable]
    if untold:
        lines.append(say("attribution.first.none", lang, names=", ".join(untold)))
    none, calculated = shared.without_evidence()
    return lines + ([say("attribution.first.evidence", lang, none=none, all=calculated)] if none else [])


def part(row: dict[Any, Any], lang: str, scale: float = 1.0, decimals: int = 1) -> str:
    """Return a part with the interval over the draws."""
    middle, low, high = (signed(scale * row[key], lang, decimals) for key in ("value", "p10", "p90"))
    return say("compare.between", lang, value=middle, low=low, high=high)


def attribution_text(shared: Shared, lang: str) -> str:
    """Return an attribution for a terminal: the criteria of the first area."""
    shown = [each for each in shared.quantities if is_shown(each) and each.area == shared.areas[0]]
    players = [*(player.name for player in shared.game.players), WHOLE]
    heads = [say("attribution.head.points", lang), *(shared.player(name) for name in players)]
    body = []
    for each in shown:
        what = shared.names.where(shared.names.quantity(each.name), each.area, each.list_year)
        body.append([what, *(part(row, lang, decimals=2) for row in shared.rows(each))])
    return "\n".join([*first_lines(shared, lang), "", table(heads, body, right=range(1, len(heads)))])


def ends(row: dict[Any, Any], lang: str) -> tuple[str, str]:
    """Return the answer without any of the players, and with all."""
    return number(row["without"], lang, 1), number(row["with"], lang, 1)
