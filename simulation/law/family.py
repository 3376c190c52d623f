"""The share of social family dwellings by the law's own formula, and what a target takes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.files import InputErrors, Problem
from simulation.law.book import book

MOST = 1_000_000_000  # dwellings or square metres; more is a slip of the hand


class ShareRow(TypedDict):
    """The share in one case: dwellings and equivalents, per cent."""

    case: str  # now | demolished | built
    count_demolished: bool
    family: float
    denominator: float
    share_pct: float | None  # None where nothing stands


class TargetRow(TypedDict):
    """What a target takes once the demolitions are done: equivalents that are not social family dwellings."""

    target_pct: float
    count_demolished: bool
    needed: float  # new equivalents in all; negative = to spare
    planned: float  # equivalents of the new homes and the floor space given
    missing: float  # needed beyond those planned; negative = to spare
    per_demolition_not_done: float  # more of them for each demolition that slips


class ShareTable(TypedDict):
    """Both tables."""

    shares: list[ShareRow]
    targets: list[TargetRow]


def limit_pct() -> float:
    """Return the law's limit on the share, per cent at most."""
    return float(book("family_share")["limit"]["value"])


def m2_per_dwelling() -> float:
    """Return the business floor space that counts as one dwelling, m²."""
    return float(book("family_share")["m2_per_dwelling"]["value"])


def family_share(
    family: ArrayLike,
    other: ArrayLike,
    demolished: ArrayLike,
    floor_m2: ArrayLike = 0.0,
    count_demolished: bool = True,
    municipal_m2: ArrayLike = 0.0,
    count_municipal_floor: bool = False,
) -> NDArray[np.float64]:
    """Return the share of social family dwellings, a fraction; NaN where nothing stands.

    `family` stand today; `other` are social youth, social elderly and private dwellings; `demolished` those since 2010 not
    replaced by social family dwellings; floor space in m². All broadcast.
    """
    floor = np.asarray(floor_m2, dtype=np.float64) + (np.asarray(municipal_m2) if count_municipal_floor else 0.0)
    gone = np.asarray(demolished, dtype=np.float64) if count_demolished else 0.0
    family = np.asarray(family, dtype=np.float64)
    family, denominator = np.broadcast_arrays(family, family + np.asarray(other) + gone + floor / m2_per_dwelling())
    return np.divide(family, denominator, out=np.full(denominator.shape, np.nan), where=denominator > 0)


def share_table(
    family: float,
    other: float,
    demolished: float,
    new: float,
    floor_m2: float = 0.0,
    targets: Sequence[float] = (),
) -> ShareTable:
    """Return the share now, after the demolitions and with what is built, and what each target takes.

    `family` stand now, `demolished` of them go; `new` private homes and `floor_m2` of business floor are added. Each case
    stands with the demolished counted in the denominator and without. Without targets the law's own limit is taken. Raise
    InputErrors for numbers that make no share.
    """
    targets = tuple(targets) or (limit_pct(),)
    _check({"family": family, "other": other, "demolished": demolished, "new": new, "floor_m2": floor_m2}, targets)
    added = new + floor_m2 / m2_per_dwelling()
    shares, wanted = [_share("now", True, family, family + other)], []
    for counted in (True, False):
        left, standing = family - demolished, family + other - (0 if counted else demolished)
        shares += [_share("demolished", counted, left, standing), _share("built", counted, left, standing + added)]
        wanted += [_target(target, counted, left, standing, added) for target in targets]
    return {"shares": shares, "targets": wanted}


def _check(given: Mapping[str, float], targets: Sequence[float]) -> None:
    wrong = [name for name, value in given.items() if not (math.isfinite(value) and 0 <= value <= MOST)]
    problems = [Problem(key=name, code="not_a_size", values={"given": given[name], "allowed": f"0–{MOST}"}) for name in wrong]
    if not wrong and given["demolished"] > given["family"]:
        values = {"family": given["family"], "allowed": f"0–{given['family']:g}"}
        problems.append(Problem(key="demolished", code="more_than_stand", values=values))
    for target in targets:
        if not 0 < target <= 100:
            problems.append(Problem(key="target", code="not_a_target", values={"given": target, "allowed": ">0–100"}))
    if problems:
        raise InputErrors(problems)


def _share(case: str, counted: bool, family: float, denominator: float) -> ShareRow:
    share = 100 * family / denominator if denominator > 0 else None
    return {"case": case, "count_demolished": counted, "family": family, "denominator": denominator, "share_pct": share}


def _target(target: float, counted: bool, family: float, standing: float, added: float) -> TargetRow:
    needed = family / (target / 100) - standing
    slipped = 1 / (target / 100) - (0 if counted else 1)  # uncounted, a home that stays also stays in the denominator
    return {
        "target_pct": target,
        "count_demolished": counted,
        "needed": needed,
        "planned": added,
        "missing": needed - added,
        "per_demolition_not_done": slipped,
    }
