"""What the actors decide for a year and hand to the processes: how homes are let, and what is built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.records import LABOUR
from simulation.state import TENURE_CODE

PRIVATE = (TENURE_CODE["private_let"], TENURE_CODE["owned"])
AT_WORK = (LABOUR.index("employed"), LABOUR.index("student"))
REFUSALS = ("compulsory", "optional", "municipal")  # in the order in which an application is turned away


def is_private(tenure: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Return which tenures are private: let or owned."""
    return (tenure == PRIVATE[0]) | (tenure == PRIVATE[1])


@dataclass(frozen=True, eq=False)
class Rules:
    """By area; ``refused`` and ``waiting`` have a second axis."""

    refused: dict[str, NDArray[np.bool_]]  # REFUSALS: areas, labour states that the rule turns away
    municipal_share: float  # of vacant social homes to which the municipality allocates
    flexible: NDArray[np.float64]  # share of lettings that go first to applicants in work or education
    clean: NDArray[np.bool_]  # a clean record is asked for
    take_up: NDArray[np.float64]  # share of empty private homes let or sold in a year
    waiting: NDArray[np.float64]  # areas, landlords: applicants of the year


@dataclass(frozen=True, eq=False)
class Works:
    """What is built in a year."""

    homes: list[tuple[Any, int, int, int, int]]  # item, department, landlord, first ordinal, count
    floors: list[tuple[int, str, float]]  # area, use, m2
    wait: NDArray[np.float64]  # areas: private homes that the dates allow and investors hold back
