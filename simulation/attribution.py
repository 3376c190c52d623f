"""The way of an attribution: who shares, which coalitions are simulated on which chance, and what is written of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.destination import writable
from simulation.files import InputErrors, Problem
from simulation.route import area_names
from simulation.runs import Settings, Watch
from simulation.studying import finish, simulate_cases, study_name

if TYPE_CHECKING:
    from simulation.decisions.attribution.game import Game
    from simulation.decisions.attribution.told import Shared
    from simulation.scenario import Scenario

FOLDER = "attribution"
DRAWS, REPLICATES = 20, 1  # every draw asks for many coalitions
QUICK_DRAWS = 4
OF_A_PLACE = ("demolition", "renovation", "new_homes", "relabel", "floor_space")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an attribution is asked for: against which base, who plays, how many random orders where there are many."""

    base: str
    kind: str
    pairs: int
    years: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Attributed:
    """A finished attribution and the folder in which it lies."""

    shared: "Shared"
    folder: Path


def counts_of(draws: int | None, replicates: int | None, quick: bool) -> dict[str, int]:
    """Return how many draws and replicates are simulated, where they are not given."""
    return {"draws": draws or (QUICK_DRAWS if quick else DRAWS), "replicates": replicates or REPLICATES}


def attribution(name: str, overrides: Sequence[str], asked: Asked, settings: Settings, watch: Watch) -> Attributed:
    """Share what a scenario changes among those that act in it, and write the shares. Raises InputErrors."""
    from simulation.decisions.attribution.game import attribution_frame, game_of
    from simulation.decisions.attribution.page import page_of
    from simulation.decisions.attribution.panels import draw_shares
    from simulation.decisions.attribution.players import players_of
    from simulation.decisions.attribution.told import Shared
    from simulation.decisions.pages import write_page
    from simulation.decisions.quantities import asked_years
    from simulation.decisions.sensitivity.naming import names_of
    from simulation.report.tables import write_tables
    from simulation.scenario import load

    start = time.perf_counter()
    scenario, base = load(name, list(overrides)), load(asked.base, [])
    _check_base(scenario, base)
    writable(settings.out)
    players = players_of(scenario, asked.kind)
    game = game_of(players, draws=settings.draws, pairs=asked.pairs, seed=settings.seed)
    worth, quantities = _worth(scenario, base, game, asked_years(scenario, asked.years), settings, watch)
    frame = attribution_frame(game, worth, quantities)
    told = _told(scenario, base, game, asked, settings)
    study_id = study_name(told)
    folder = settings.out / FOLDER / study_id
    named: dict[str, Any] = {"players": players, "names": names_of(scenario, settings.lang), "study_id": study_id}
    named |= {"kind": asked.kind, "replicates": settings.replicates, "overrides": tuple(overrides)}
    shared = Shared(scenario=scenario, base=base, game=game, quantities=quantities, frame=frame, **named)
    pictures = draw_shares(shared)
    written = [*write_tables(folder, {"attribution": frame}), *write_page(folder, page_of(shared, pictures), pictures, settings.lang)]
    finish(folder, told | {"study_id": study_id, "areas": area_names(scenario)}, written, time.perf_counter() - start, scenario)
    return Attributed(shared=shared, folder=folder)


def _told(scenario: "Scenario", base: "Scenario", game: "Game", asked: Asked, settings: Settings) -> dict[str, Any]:
    """Return everything that decides the bytes of an attribution."""
    return {
        "scenario": scenario.name,
        "base": base.name,
        "content": [scenario.content, base.content],
        "kind": asked.kind,
        "years": list(asked.years),
        "seed": settings.seed,
        "draws": settings.draws,
        "replicates": settings.replicates,
        "pairs": game.pairs,
        "lang": settings.lang,
        "files": scenario.files(),
    }


def _check_base(scenario: "Scenario", base: "Scenario") -> None:
    """Raise InputErrors where a base of another place builds or pulls down: its departments are not there."""
    builds = [name for name in OF_A_PLACE if getattr(base.sections, name)]
    if scenario.place != base.place and (builds or base.sections.rehousing.pace):
        raise InputErrors([Problem(key="--base", code="base_of_other_place", values={"given": base.place, "place": scenario.place})])


def _worth(
    scenario: "Scenario", base: "Scenario", game: "Game", years: Sequence[int], settings: Settings, watch: Watch
) -> tuple[dict[Any, Any], Any]:
    """Return the answers of every draw and coalition that the game asks for, each the mean of its replicates; and what was asked."""
    from simulation.cases import Case
    from simulation.decisions.attribution.game import background_of
    from simulation.decisions.attribution.players import backgrounds, silenced
    from simulation.decisions.quantities import ASKED, answers_of

    grounds = backgrounds(scenario, base)
    place, asked = {names: number for number, names in enumerate(grounds)}, game.asked()
    cases = [Case(place[background_of(game.players, acting)], draw, silenced(game.players, acting)) for draw, acting in asked]
    ensemble = simulate_cases(list(grounds.values()), cases, settings.replicates, settings, watch, ASKED)
    answers = answers_of(ensemble, scenario, years)
    means = answers.values.reshape(len(cases), settings.replicates, -1).mean(axis=1)
    return dict(zip(asked, means, strict=True)), answers.quantities
