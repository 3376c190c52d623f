"""What a study is asked for, and what it takes where the user does not say."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.decisions.sensitivity.designs import MORRIS, ONE, SOBOL
from simulation.files import InputErrors, Problem

SCREENING = 8  # trajectories of Morris; before Sobol too
SIZES = {MORRIS: SCREENING, SOBOL: 128, ONE: 0}
QUICK_SIZES = {MORRIS: 2, SOBOL: 16, ONE: 0}
TOP = 12  # numbers whose variance is parted by Sobol
FUTURES, QUICK_FUTURES = 400, 60  # drawn to find rules
REPEATED, QUICK_REPEATED = (6, 8), (3, 4)  # points lived again and again, and how often


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a study is asked for."""

    method: str
    size: int  # trajectories of Morris, base sample of Sobol
    screening: int  # trajectories of the screening before Sobol
    top: int  # numbers of Sobol
    replicates: int  # at each point
    repeated: tuple[int, int]  # points lived again and again to see chance, and how often
    futures: int  # drawn to find rules and worth; none where 0
    seed: int


def asked_of(
    method: str,
    *,
    size: int | None,
    top: int | None,
    replicates: int | None,
    futures: int | None,
    discover: bool,
    seed: int,
    quick: bool,
) -> Asked:
    """Fill in what was not given. Raises InputErrors for a size of Sobol that is no power of two."""
    sizes = QUICK_SIZES if quick else SIZES
    chosen = size or sizes[method]
    if method == SOBOL and chosen & (chosen - 1):
        below = 2 ** (chosen.bit_length() - 1)
        told = {"given": chosen, "allowed": f"{below}, {2 * below}", "nearest": below}
        raise InputErrors([Problem(key="--size", code="no_power_of_two", values=told)])
    return Asked(
        method=method,
        size=chosen,
        screening=sizes[MORRIS],
        top=top or TOP,
        replicates=replicates or 1,
        repeated=QUICK_REPEATED if quick else REPEATED,
        futures=(futures or (QUICK_FUTURES if quick else FUTURES)) if discover or futures else 0,
        seed=seed,
    )
