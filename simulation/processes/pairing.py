"""Somebody moves in with a single head of household."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from simulation import chance
from simulation.columns import rows_where, writes
from simulation.population.candidates import adult_origin
from simulation.population.history import past
from simulation.population.now import Now
from simulation.population.profiles import AGES, cell_of, is_non_western, pick
from simulation.population.stock import stock_in
from simulation.records import ORIGIN
from simulation.state import HEAD, PARTNER, State

PARTNER_DRAWS = (
    *("partner's age", "partner's group", "mixed", "partner descendant"),
    *("partner's schooling", "partner's level", "partner's work", "partner's citizenship"),
)


@writes("+persons", "flows")
def pairing(state: State, now: Now) -> None:
    """Let a partner of the other sex and about the same age move in from outside the model."""
    p, rates = state.persons, now.values["rates"]
    single = _single_heads(state, int(rates["households"]["pair_until_age"]))
    heads = single[now.u("pairing", p.uid[single]) < rates["households"]["pair"]]
    if len(heads) == 0:
        return
    uid = chance.child(p.uid[heads], f"partner {now.year}", np.uint64(0))
    u = dict(zip(PARTNER_DRAWS, now.u_each(PARTNER_DRAWS, uid), strict=True))
    gap = np.rint(rates["population"]["partner_age_gap"] * (2 * u["partner's age"] - 1))
    age = np.clip(p.age[heads] + gap, AGES[0] + 1, AGES[-2]).astype(np.int16)
    origin = _origins(p.origin[heads], age, u, now)
    background = p.background[heads]
    at = background, age - AGES[0]
    more = now.population.more[(*at, is_non_western(origin).astype(np.int8))]
    levels = rates["population"]["level_above_basic"]["share"]
    schooling = np.where(u["partner's schooling"] < more, 1 + pick(levels, u["partner's level"]), 0).astype(np.int8)
    # The partner lives the year like everybody else: here stands who they were when it began, a year younger.
    stock = stock_in(now, now.year - 1)[background, age - 1 - AGES[0], cell_of(schooling, origin)]
    labour = pick(stock, u["partner's work"])
    female = ~p.female[heads]
    citizen = u["partner's citizenship"] < np.array([rates["population"]["citizen_share"][name] for name in ORIGIN])[origin]
    years = past(uid, age - 1, female, origin, schooling, labour, background, now)
    state.count_flow("moved_in", state.area_of(heads))
    person = {"uid": uid, "household": p.household[heads], "role": PARTNER, "age": age, "female": female, "origin": origin}
    person |= {"background": background, "schooling": schooling, "labour": labour, "citizen": citizen}
    years = replace(years, outside_before=years.outside, convicted_before=years.convicted)
    p.add(len(heads), **person, **vars(years))


def _single_heads(state: State, until: int) -> np.ndarray:
    p = state.persons
    paired = np.zeros(len(state.households) + 1, bool)  # the last entry is for those who are gone, household -1
    paired[p.household[rows_where(p.role == PARTNER)]] = True
    heads = rows_where((p.role == HEAD) & (p.household >= 0) & (p.age < until))
    return heads[~paired[p.household[heads]]]


def _origins(head: np.ndarray, age: np.ndarray, u: Mapping[str, np.ndarray], now: Now) -> np.ndarray:
    """Give the partner the head's origin group, or one drawn by itself for the share of mixed couples."""
    rates = now.values["rates"]["population"]
    shares = [rates["origin_group"][name] for name in ("danish", "western", "non_western")]
    drawn = pick(shares, u["partner's group"])
    group = np.where(u["mixed"] < rates["mixed_couples"], drawn, (head + 1) // 2).astype(np.int8)
    return adult_origin(group, age, u["partner descendant"], rates)
