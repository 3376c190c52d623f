"""Households move out by choice."""

import numpy as np

from simulation.columns import rows_where, writes
from simulation.population.departures import leave
from simulation.population.now import Now
from simulation.population.prospects import EMPLOYED, moving_ratio
from simulation.state import HEAD, TENURE_CODE, State


@writes("persons.household", "households.dwelling", "dwellings.status", "flows", "changes", "rehousing", "moved_again")
def moving_out(state: State, now: Now) -> None:
    """Let households leave the model: by the head's age, work, children, whether somebody just got work, and the home's kind.

    A home whose tenants have notice is closed when they go.
    """
    leave(state, rows_where(now.u("moving out", state.households.uid) < chances(state, now)))


def chances(state: State, now: Now) -> np.ndarray:
    """Return each household's chance of moving out in the year."""
    p, rates = state.persons, now.values["rates"]["moving"]
    heads = rows_where(p.role == HEAD)
    order = np.empty(len(state.households), np.intp)
    order[p.household[heads]] = heads
    in_work, with_children, got_work = (_with(state, mask) for mask in (p.labour == EMPLOYED, p.age < 18, p.entered_work))
    ratio = moving_ratio(p.age.take(order), in_work, with_children, rates) * np.where(got_work, rates["got_work"], 1.0)
    return _level(state, now) * ratio / now.population.moving.take(p.background.take(order))


def _with(state: State, mask: np.ndarray) -> np.ndarray:
    """Return which households have a member (``mask`` over persons) in them."""
    found = np.zeros(len(state.households), bool)
    found[state.persons.household.take(rows_where(mask))] = True
    return found


def _level(state: State, now: Now) -> np.ndarray:
    """Return the yearly share that moves from each household's home, by area and tenure, before who it is.

    Of the social homes vacated in a year a part is vacated by sitting tenants who move within their landlord's homes; those
    stay (``moving_up``), so the others are fewer.
    """
    rates, standing = now.values["rates"]["moving"], now.values["standing"]
    areas = np.array([rates[area["turnover"]] for area in now.values["place"]["areas"]]) * (1 - rates["sitting_share"])
    home = state.households.dwelling
    tenure, area = state.dwellings.tenure.take(home), state.home_area().take(home)
    level = areas.take(area)
    level[tenure == TENURE_CODE["owned"]] = rates["turnover_owned"]
    level[tenure == TENURE_CODE["private_let"]] = rates["turnover_let"]
    return level * (1 - standing["attraction_effect"] * state.standing).take(area)
