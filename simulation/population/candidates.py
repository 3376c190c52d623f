"""Candidate households: a wide pool of believable households, before any of them is given a weight.

Adults come first, children are theirs: nobody is dealt at random. Within a household, origin goes together; schooling
and work are drawn for each person by age, origin and schooling. The pool is made once; what tells one area from another
is the weights (:mod:`simulation.population.raking`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import chance
from simulation.population.profiles import AGES, at_ages, cell_of, is_non_western, labour_stock, pick
from simulation.records import LABOUR, ORIGIN

OLDEST_CHILD, YOUNGEST_PARENT = 27, 17  # years; the bounds of living at home, and of the gap to a parent
MOST_CHILDREN = 5
HEAD, PARTNER, CHILD = 0, 1, 2


@dataclass(frozen=True)
class Candidates:
    """Persons of all candidate households as columns, grouped by household; ``start`` has one entry more than households."""

    start: NDArray[np.int64]
    household: NDArray[np.int32]
    role: NDArray[np.int8]
    age: NDArray[np.int16]
    female: NDArray[np.bool_]
    origin: NDArray[np.int8]
    citizen: NDArray[np.bool_]
    schooling: NDArray[np.int8]
    labour: NDArray[np.int8]
    children_born: NDArray[np.int8]

    @cached_property
    def size(self) -> NDArray[np.int64]:
        """Persons in each household."""
        return np.diff(self.start)

    def sum(self, of_person: NDArray[Any]) -> NDArray[np.float64]:
        """Add a number of each person up to households."""
        return np.bincount(self.household, of_person, minlength=len(self.start) - 1).astype(np.float64)


def _u(name: str, ids: NDArray[np.uint64]) -> NDArray[np.float64]:
    return chance.draws_of(chance.key("candidates", name), ids)


def _adults(ids: NDArray[np.uint64], rates: Any) -> dict[str, NDArray[Any]]:
    """Draw structure, ages and sexes of head and partner."""
    kinds = rates["structure"]
    kind = pick([kinds[k] for k in ("single", "couple", "lone_parent", "couple_children")], _u("kind", ids))
    quantile = _u("head age", ids)
    age = np.choose(
        np.minimum(kind, 2),
        [np.interp(quantile, np.linspace(0, 1, 5), rates["head_age_quartiles"][k]) for k in ("single", "couple", "parent")],
    ).astype(np.int16)
    partnered = (kind == 1) | (kind == 3)
    gap = np.rint(rates["partner_age_gap"] * (2 * _u("partner age", ids) - 1)).astype(np.int16)
    female = _u("female", ids) < np.where(kind == 2, rates["lone_parent_female"], 0.5)
    return {"kind": kind, "age": age, "partner_age": np.maximum(age + gap, 18), "partnered": partnered, "female": female}


def _children(ids: NDArray[np.uint64], adults: dict[str, NDArray[Any]], rates: Any) -> NDArray[np.int16]:
    """Draw the ages of the children at home: households, ``MOST_CHILDREN``; -1 where there is none."""
    parent_age = np.where(adults["partnered"], np.minimum(adults["age"], adults["partner_age"]), adults["age"])
    wanted = 1 + pick(rates["children"]["share"], _u("children", ids))
    oldest_possible = np.minimum(parent_age - YOUNGEST_PARENT - 1, OLDEST_CHILD)
    ages = np.full((len(ids), MOST_CHILDREN), -1, np.int16)
    age = np.floor(_u("youngest", ids) * (np.minimum(oldest_possible, 21) + 1)).astype(np.int16)
    for order in range(MOST_CHILDREN):
        here = (adults["kind"] >= 2) & (order < wanted) & (age <= oldest_possible)
        ages[here, order] = age[here]
        age = age + 1 + np.floor(_u(f"spacing {order}", ids) * rates["child_spacing_years"]).astype(np.int16)
    return ages


def adult_origin(group: NDArray[np.int8], age: NDArray[np.int16], u: NDArray[np.float64], rates: Any) -> NDArray[np.int8]:
    """Turn an origin group (0 Danish, 1 western, 2 non-western) into immigrant or descendant by age and the draw ``u``."""
    descendant = u < at_ages(rates["descendant_share"], "share", age)
    return np.where(group == 0, 0, 2 * group - 1 + descendant).astype(np.int8)


def child_origin(
    head: NDArray[np.int8],
    head_citizen: NDArray[np.bool_],
    other: NDArray[np.int8],
    other_citizen: NDArray[np.bool_],
    known: NDArray[np.bool_],
) -> NDArray[np.int8]:
    """Return the origin of a child born in Denmark, by the official definition.

    One parent who is born in Denmark and a Danish citizen makes the child one of Danish origin. Else it is a descendant
    of the group of the first parent, or of the second where the first is of Danish origin without being a citizen.
    ``known`` says where the second parent is known.
    """
    danish = _makes_danish(head, head_citizen) | (known & _makes_danish(other, other_citizen))
    group = np.maximum((head + 1) // 2, np.where(known & (head == 0), (other + 1) // 2, 0))
    return np.where(danish, 0, 2 * group).astype(np.int8)


def _makes_danish(origin: NDArray[np.int8], citizen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return citizen & ((origin == 0) | (origin == 2) | (origin == 4))


def make(count: int, rates: Any, labour: Any) -> Candidates:
    """Make ``count`` candidate households from ``rates.population`` and ``rates.labour``."""
    ids = chance.identify(np.arange(count))
    adults = _adults(ids, rates)
    child_ages = _children(ids, adults, rates)
    groups = [rates["origin_group"][g] for g in ("danish", "western", "non_western")]
    head_group = pick(groups, _u("group", ids))
    mixed = _u("mixed", ids) < rates["mixed_couples"]
    partner_group = np.where(mixed, pick(groups, _u("partner group", ids)), head_group).astype(np.int8)
    present = np.concatenate([np.ones((count, 1), bool), adults["partnered"][:, None], child_ages >= 0], axis=1)
    row, place = np.nonzero(present)
    age = np.concatenate([adults["age"][:, None], adults["partner_age"][:, None], child_ages], axis=1)[row, place].astype(np.int16)
    uid = chance.child(ids[row], "candidate", place.astype(np.uint64))
    role = np.minimum(place, CHILD).astype(np.int8)

    origin, citizen = _origins(ids, row, role, age, uid, head_group, partner_group, adults, rates)
    female = np.where(role == HEAD, adults["female"][row], np.where(role == PARTNER, ~adults["female"][row], _u("girl", uid) < 0.5))
    schooling = _schooling(uid, age, origin, rates)
    mother = female & (role != CHILD)
    return Candidates(
        start=np.concatenate([[0], present.sum(axis=1).cumsum()]),
        household=row.astype(np.int32),
        role=role,
        age=age,
        female=female,
        origin=origin,
        citizen=citizen,
        schooling=schooling,
        labour=_labour(uid, age, origin, schooling, labour),
        children_born=np.where(mother, (child_ages >= 0).sum(axis=1)[row], 0).astype(np.int8),
    )


def _origins(
    ids: NDArray[np.uint64],
    row: NDArray[np.intp],
    role: NDArray[np.int8],
    age: NDArray[np.int16],
    uid: NDArray[np.uint64],
    head_group: NDArray[np.int8],
    partner_group: NDArray[np.int8],
    adults: dict[str, NDArray[Any]],
    rates: Any,
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    head = adult_origin(head_group, adults["age"], _u("descendant head", ids), rates)
    partner = adult_origin(partner_group, adults["partner_age"], _u("descendant partner", ids), rates)
    shares = np.array([rates["citizen_share"][o] for o in ORIGIN])
    head_citizen, partner_citizen = (_u(f"citizen {w}", ids) < shares[o] for w, o in (("head", head), ("partner", partner)))
    absent_danish = ~adults["partnered"] & (_u("absent parent", ids) < rates["absent_parent_danish"])
    second = np.where(absent_danish, 0, partner).astype(np.int8)
    born_here = child_origin(head, head_citizen, second, partner_citizen | absent_danish, adults["partnered"] | absent_danish)
    foreign = (_u("born abroad", uid) < rates["child_born_abroad"]) & (born_here[row] > 0)
    child = np.where(foreign, born_here[row] - 1, born_here[row])
    origin = np.choose(role, [head[row], partner[row], child]).astype(np.int8)
    citizen = np.choose(role, [head_citizen[row], partner_citizen[row], (origin == 0) | (_u("citizen child", uid) < shares[origin])])
    return origin, citizen.astype(bool)


def _schooling(uid: NDArray[np.uint64], age: NDArray[np.int16], origin: NDArray[np.int8], rates: Any) -> NDArray[np.int8]:
    table = rates["more_than_basic"]
    more = np.where(is_non_western(origin), at_ages(table, "non_western", age), at_ages(table, "other", age))
    level = 1 + pick(rates["level_above_basic"]["share"], _u("level", uid))
    return np.where((age >= 18) & (_u("schooling", uid) < more), level, 0).astype(np.int8)


def _labour(
    uid: NDArray[np.uint64], age: NDArray[np.int16], origin: NDArray[np.int8], schooling: NDArray[np.int8], labour: Any
) -> NDArray[np.int8]:
    stock = labour_stock(labour)
    shares = stock[np.clip(age, AGES[0], AGES[-1]) - AGES[0], cell_of(schooling, origin)]
    return np.where(age < AGES[0], LABOUR.index("child"), pick(shares, _u("labour", uid))).astype(np.int8)
