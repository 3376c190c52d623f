"""The way of an attribution: who shares, which coalitions are simulated on which chance, and what is written of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.route import area_names
from simulation.runs import Settings, Watch
from simulation.studying import finish, simulate_cases, study_name

if TYPE_CHECKING:
    import pandas as pd

    from simulation.decisions.attribution import Game
    from simulation.decisions.players import Player
    from simulation.scenario import Scenario

FOLDER = "attribution"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an attribution is asked for: against which base, who plays, how many random orders where there are many."""

    base: str
    kind: str
    pairs: int
    years: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Attributed:
    """A finished attribution: its table, its name, and the folder in which it lies."""

    scenario: "Scenario"
    base: "Scenario"
    players: "Sequence[Player]"
    game: "Game"
    frame: "pd.DataFrame"
    study_id: str
    folder: Path


def attribution(name: str, overrides: Sequence[str], asked: Asked, settings: Settings, watch: Watch) -> Attributed:
    """Share what a scenario changes among those that act in it, and write the shares. Raises InputErrors."""
    from simulation.decisions.attribution import attribution_frame, game_of
    from simulation.decisions.players import players_of
    from simulation.report.tables import write_tables
    from simulation.scenario import load

    start = time.perf_counter()
    scenario, base = load(name, list(overrides)), load(asked.base, [])
    players = players_of(scenario, asked.kind)
    game = game_of(players, draws=settings.draws, pairs=asked.pairs, seed=settings.seed)
    worth, quantities = _worth(scenario, base, game, asked.years, settings, watch)
    frame = attribution_frame(game, worth, quantities)
    told: dict[str, Any] = {"scenario": scenario.name, "content": [scenario.content, base.content], "base": base.name, "kind": asked.kind}
    told |= {"seed": settings.seed, "draws": settings.draws, "replicates": settings.replicates, "pairs": game.pairs}
    told |= {"lang": settings.lang, "years": list(asked.years), "files": scenario.files()}
    study_id = study_name(told)
    folder = settings.out / FOLDER / study_id
    written = write_tables(folder, {"attribution": frame})
    finish(folder, told | {"study_id": study_id, "areas": area_names(scenario)}, written, time.perf_counter() - start)
    return Attributed(scenario=scenario, base=base, players=players, game=game, frame=frame, study_id=study_id, folder=folder)


def _worth(
    scenario: "Scenario", base: "Scenario", game: "Game", years: Sequence[int], settings: Settings, watch: Watch
) -> tuple[dict[Any, Any], Any]:
    """Return the answers of every draw and coalition that the game asks for, each the mean of its replicates; and what was asked."""
    from simulation.cases import Case
    from simulation.decisions.attribution import background_of
    from simulation.decisions.players import backgrounds, silenced
    from simulation.decisions.quantities import ASKED, answers_of, asked_years

    grounds = backgrounds(scenario, base)
    place, asked = {names: number for number, names in enumerate(grounds)}, game.asked()
    cases = [Case(place[background_of(game.players, acting)], draw, silenced(game.players, acting)) for draw, acting in asked]
    ensemble = simulate_cases(list(grounds.values()), cases, settings.replicates, settings, watch, ASKED)
    answers = answers_of(ensemble, scenario, asked_years(scenario, years))
    means = answers.values.reshape(len(cases), settings.replicates, -1).mean(axis=1)
    return dict(zip(asked, means, strict=True)), answers.quantities
