"""Counts of people under five are in no published table: which cells of which table count people, and how they are left empty.

Homes, distances to a limit, differences and percentages are no counts of people. ``composition``, the moves, ``decomposition`` and
``rehousing`` hide, with a small cell, what would give it away; they do so themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.indicators.suppression import FEWEST_SHOWN

SUMMARY = ("mean", "p10", "p50", "p90")


@dataclass(frozen=True)
class Counts:
    """The columns of a table that count people, in the rows whose ``key`` is one of ``names``; in all rows where there is no key."""

    columns: tuple[str, ...] = SUMMARY
    key: str = ""
    names: tuple[str, ...] = ()


OF_PEOPLE: Mapping[str, Counts] = {
    "flows": Counts(("persons",)),
    "movements": Counts(),
    "composition": Counts(("persons",)),
    "homes": Counts(("dwellings",), "change", ("emptied_persons",)),
    "programme": Counts(key="change", names=("emptied_persons",)),
    "lettings": Counts(
        key="measure",
        names=(
            *("applicants", "let_newcomers", "let_sitting", "let_rehoused"),
            *("refused_compulsory", "refused_optional", "refused_municipal", "work_first"),
        ),
    ),
    "rehousing": Counts(
        key="measure",
        names=(
            *("noticed", "capacity", "offers", "refused_offers", "no_home_fits", "rehoused_own", "rehoused_other", "left", "dissolved"),
            *("waiting", "overdue", "let_rehoused", "rehoused_rooms_2", "rehoused_rooms_3", "rehoused_rooms_4"),
            *("rehoused_rent_lower", "rehoused_rent_middle", "rehoused_rent_higher"),
        ),
    ),
    "rehousing_total": Counts(),
    "rehoused": Counts(key="measure", names=("households", "persons", "children_0_17", "moved_again")),
    "families": Counts(key="quantity", names=("daycare_age", "school_age", "parents_18_64", "parents_outside", "intake_from_vulnerable")),
    "chains": Counts(),
    "measures": Counts(("participants",)),
    "city": Counts(("rehoused_in_all",)),
    "arithmetic": Counts(("staying", "newcomers"), "lever", ("new_homes_modelled", "new_homes_planned")),
}


def is_small(values: pd.Series) -> pd.Series:
    """Return where a count is of somebody, and of fewer than five."""
    numbers = values.to_numpy(float)
    return pd.Series((numbers > 0) & (numbers < FEWEST_SHOWN), index=values.index)


def without_small(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its counts of people under five left empty."""
    if name not in OF_PEOPLE or frame.empty:
        return frame
    counts = OF_PEOPLE[name]
    rows = frame[counts.key].isin(counts.names) if counts.key else pd.Series(True, index=frame.index)
    emptied = {column: frame[column].mask(rows & is_small(frame[column]), np.nan) for column in counts.columns}
    return frame.assign(**emptied)
