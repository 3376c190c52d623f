"""Counts of people under five stand in no table: of a city so small that there are many to hide."""

import numpy as np
import pandas as pd
import pytest

from simulation.indicators.small import OF_PEOPLE, is_small, without_small
from tests import district


def small_cells(name, frame):
    """Return the small counts of people that a table shows."""
    counts = OF_PEOPLE[name]
    rows = frame[frame[counts.key].isin(counts.names)] if counts.key else frame
    return [value for column in counts.columns for value in rows[column][is_small(rows[column])]]


@pytest.fixture(scope="module")
def results():
    return district.results()


def test_no_table_of_a_tiny_district_shows_a_small_count(results):
    assert results.frames.keys() >= OF_PEOPLE.keys()
    assert {name: found for name in OF_PEOPLE if (found := small_cells(name, results.frames[name]))} == {}


def test_the_search_has_power(results):
    """Without the hiding there would be small counts in the same city."""
    records = results.frames["records"]
    assert is_small(pd.Series(records[["died", "born", "moved_in"]].to_numpy(float).ravel())).any()
    assert results.frames["flows"]["persons"].isna().any() and results.frames["composition"]["suppressed"].any()


def test_every_table_that_counts_is_declared_or_counts_no_people(results):
    """A new table must be declared, or named here as one that counts no people."""
    no_people = {"indicators", "summary", "status", "status_without_origin", "milestones", "decomposition", "gap", "lag", "city"}
    no_people |= {
        "populations",
        "spread",
        "arithmetic",
        "correlations",
        "explained",
        "vacancy",
        "first_met",
        "building",
        "family_share",
        "assumed_part",
        "promises",
    }
    assert set(results.frames) - set(OF_PEOPLE) - no_people == {"records"}


def test_what_is_hidden_is_the_small_and_nothing_else():
    frame = pd.DataFrame({"flow": ["a"] * 4, "persons": [0.0, 4.0, 5.0, np.nan]})
    assert without_small("flows", frame)["persons"].fillna(-1).tolist() == [0.0, -1.0, 5.0, -1.0]
    other = pd.DataFrame({"change": ["built", "emptied_persons"], "dwellings": [3.0, 3.0]})
    assert without_small("homes", other)["dwellings"].fillna(-1).tolist() == [3.0, -1.0]
    assert small_cells("flows", frame) == [4.0]
