"""The order of the year, and why each step stands where it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from simulation.actors import LandDevelopmentCompany, Landlord, Municipality, planned_demolitions, progress
from simulation.columns import writes
from simulation.population.now import Now
from simulation.processes.ageing import ageing
from simulation.processes.building import building
from simulation.processes.completing import completing
from simulation.processes.convicting import convicting
from simulation.processes.demolishing import demolishing
from simulation.processes.dying import dying
from simulation.processes.earning import earning
from simulation.processes.enrolling import enrolling
from simulation.processes.gaining_standing import gaining_standing
from simulation.processes.giving_birth import giving_birth
from simulation.processes.giving_notice import giving_notice
from simulation.processes.leaving_home import leaving_home
from simulation.processes.letting import letting
from simulation.processes.moving_out import moving_out
from simulation.processes.moving_up import moving_up
from simulation.processes.pairing import pairing
from simulation.processes.parting import parting
from simulation.processes.rehousing import rehousing
from simulation.processes.relabelling import relabelling
from simulation.processes.renovating import renovating
from simulation.processes.working import working
from simulation.state import State

OLDEST_FOLLOWED = 64  # no goal counts anybody older


class Actors(Protocol):
    """Those who decide."""

    landlords: list[Landlord]
    municipality: Municipality
    company: LandDevelopmentCompany


@dataclass(frozen=True)
class Step:
    """One place in the year: what happens, why here, and whose decision it carries out."""

    process: Callable[..., None]
    reason: str
    decide: Callable[[Actors, State, Now], Any] | None = None

    @property
    def name(self) -> str:
        """The name of the process."""
        return self.process.__name__


@writes("-persons", "-households", "-participations")
def clearing(state: State, now: Now) -> None:
    """Drop the rows of those who are gone."""
    state.clear()


@writes("away")
def following(state: State, now: Now) -> None:
    """Let the residents of the start who have moved away study and work on, so that a goal can be counted for them."""
    away = state.away
    away.persons.keep(away.persons.age <= OLDEST_FOLLOWED)
    completing(away, now)
    working(away, now)


def _notices(actors: Actors, state: State, now: Now) -> Any:
    rows, due = zip(*(landlord.notices(state, now) for landlord in actors.landlords), strict=True)
    return np.concatenate(rows), np.concatenate(due)


def _renovations(actors: Actors, state: State, now: Now) -> Any:
    rows, rises = zip(*(landlord.renovations(state, now) for landlord in actors.landlords), strict=True)
    return np.concatenate(rows), np.concatenate(rises)


def _rehousing(actors: Actors, state: State, now: Now) -> Any:
    """Capacity by landlord, who takes part, and which areas receive: none that is on a list or at risk of it."""
    place = now.values["place"]
    capacity = np.array([landlord.capacity(now) for landlord in actors.landlords])
    takes_part = np.array([place["landlords"].index(name) for name in place["rehousing_landlords"]])
    receives = (state.category == 0) & np.array([not area["list_area"] for area in place["areas"]])
    return capacity, takes_part, receives


def _letting(actors: Actors, state: State, now: Now) -> Any:
    waiting = np.stack([landlord.waiting_list(state, now) for landlord in actors.landlords], axis=1)
    return actors.municipality.letting_rules(state, now, waiting)


YEAR = (
    Step(ageing, "first: every rate of the year is read at the age of its end"),
    Step(dying, "before births: the dead bear no children"),
    Step(giving_birth, "before moves: a child is born where its mother lives"),
    Step(leaving_home, "before parting: a home is left by its grown children first"),
    Step(parting, "before pairing: who parts can be joined by another"),
    Step(pairing, "the partner's year outside the model is drawn on arrival"),
    Step(clearing, "before work and homes: homes whose last member is gone are vacant from here on"),
    Step(completing, "before work: who has completed works with the new schooling"),
    Step(working, "before income and convictions, which depend on it"),
    Step(earning, "from the two parts of the year in work or outside"),
    Step(convicting, "by the state of work at the end of the year"),
    Step(following, "as those who live here work on, so do those who have moved away; before this year's leavers join them"),
    Step(giving_notice, "before moves: who has notice is not replaced by new tenants", _notices),
    Step(building, "before rehousing: replacement homes are offered in the year they stand", lambda a, s, n: a.company.works(s, n)),
    Step(relabelling, "before letting: the home is let under its new tenure", lambda a, s, n: a.company.relabels(s, n)),
    Step(moving_out, "before rehousing: the homes vacated in a year are the ones that are offered"),
    Step(moving_up, "before rehousing: who moves into a new home leaves one that is offered to those with notice"),
    Step(rehousing, "before letting: every seventh vacated home is offered to those with notice first", _rehousing),
    Step(demolishing, "after rehousing: only an empty home is pulled down", lambda a, s, n: planned_demolitions(s, n)),
    Step(renovating, "residents are back before 1 January", _renovations),
    Step(letting, "after everybody who moves has moved; by the list of the year before", _letting),
    Step(clearing, "before measures and the record"),
    Step(enrolling, "for the coming year, among those who live here at its start", lambda a, s, n: a.municipality.enrolment(s, n)),
    Step(gaining_standing, "last: what was done this year is seen next year", lambda a, s, n: progress(s, n, a.company.built)),
)
