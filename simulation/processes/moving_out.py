"""Households move out by choice."""

import numpy as np

from simulation.columns import writes
from simulation.population.departures import leave
from simulation.population.now import Now
from simulation.population.prospects import EMPLOYED, moving_ratio
from simulation.state import HEAD, TENURE_CODE, State


@writes("persons.household", "households.dwelling", "dwellings.status", "flows", "changes", "rehousing", "moved_again")
def moving_out(state: State, now: Now) -> None:
    """Let households leave the model: by the head's age, work, children, whether somebody just got work, and the home's kind.

    A home whose tenants have notice is closed when they go.
    """
    leave(state, np.flatnonzero(now.u("moving out", state.households.uid) < chances(state, now)))


def chances(state: State, now: Now) -> np.ndarray:
    """Return each household's chance of moving out in the year."""
    p, rates = state.persons, now.values["rates"]["moving"]
    heads = np.flatnonzero(p.role == HEAD)
    order = np.empty(len(state.households), np.intp)
    order[p.household[heads]] = heads
    some = [
        np.bincount(p.household[mask], minlength=len(state.households)) > 0 for mask in (p.labour == EMPLOYED, p.age < 18, p.entered_work)
    ]
    ratio = moving_ratio(p.age[order], some[0], some[1], rates) * np.where(some[2], rates["got_work"], 1.0)
    return _level(state, now) * ratio / now.population.moving[p.background[order]]


def _level(state: State, now: Now) -> np.ndarray:
    """Return the yearly share that moves from each household's home, by area and tenure, before who it is.

    Of the social homes vacated in a year a part is vacated by sitting tenants who move within their landlord's homes; those
    stay (``moving_up``), so the others are fewer.
    """
    rates, standing = now.values["rates"]["moving"], now.values["standing"]
    areas = np.array([rates[area["turnover"]] for area in now.values["place"]["areas"]]) * (1 - rates["sitting_share"])
    home = state.households.dwelling
    tenure, area = state.dwellings.tenure[home], state.home_area()[home]
    level = np.where(tenure == TENURE_CODE["owned"], rates["turnover_owned"], areas[area])
    level = np.where(tenure == TENURE_CODE["private_let"], rates["turnover_let"], level)
    return level * (1 - standing["attraction_effect"] * state.standing[area])
