"""What newcomers and letting would have to bring: checked by putting the answer back into the sum."""

import ensembles
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.indicators.arithmetic import in_movers_needed, newcomers_needed
from simulation.indicators.frames import results_of
from simulation.law import share_table
from simulation.records import FLOWS
from simulation.report.arithmetic import arithmetic_lines


def test_half_non_western_with_all_homes_taken_asks_for_about_six_per_cent():
    """1,600 homes of two persons beside 7,750 less 2,500 residents, who stay at 76.6 per cent."""
    assert newcomers_needed(76.6, 50.0, 7750 - 2500, 3200) == pytest.approx(6.4, abs=0.05)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(1, 1e4), st.floats(1, 1e4))
def test_newcomers_at_the_level_needed_bring_all_to_the_threshold(level, threshold, staying, newcomers):
    needed = newcomers_needed(level, threshold, staying, newcomers)
    assert (level * staying + needed * newcomers) / (staying + newcomers) == pytest.approx(threshold, abs=1e-6)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0.02, 0.5), st.integers(1, 16))
def test_letting_at_the_level_needed_comes_to_the_threshold(level, threshold, turnover, years):
    needed = in_movers_needed(level, threshold, turnover, years)
    for _ in range(years):
        level = (1 - turnover) * level + turnover * needed
    assert level == pytest.approx(threshold, abs=1e-6)


def test_without_newcomers_or_moves_nothing_is_known():
    assert np.isnan(newcomers_needed(50, 40, 1000, 0))
    assert np.isnan(in_movers_needed(50, 40, 0.0, 11))


@pytest.fixture(scope="module")
def frame():
    return results_of(ensembles.ensemble(), ensembles.scenario()).frames["arithmetic"]


def test_planned_homes_are_taken_whole_and_the_demolished_leave(frame):
    row = frame[(frame["lever"] == "new_homes_planned") & (frame["indicator"] == "non_western")].iloc[0]
    assert (row["homes"], row["newcomers"]) == (1600, 3200)
    assert row["staying"] == pytest.approx(7750 - 1000 * 112 / 45)
    assert row["needed"] == pytest.approx(newcomers_needed(76.6, 50, row["staying"], 3200))


def test_what_no_newcomer_can_be_is_not_possible(frame):
    rows = frame[frame["lever"].str.startswith("new_homes")]
    impossible = rows[~rows["possible"]]
    assert len(impossible)
    assert (impossible["needed"] < 0).all()
    assert rows.loc[rows["indicator"] == "mean_income", "possible"].all()


def test_new_equivalents_are_told_where_the_limit_binds(frame):
    rows = frame[frame["lever"] == "new_equivalents"].set_index("area")
    assert rows.loc["storby", "needed"] == pytest.approx((2872 - 990) / 0.4 - (2872 + 907 + 1.7 * 990))


def test_the_whole_programme_gives_the_share_of_the_calculator(frame):
    """2,872 family homes, 1,000 pulled down and 1,600 others: `blandetby share` says the same."""
    rows = frame[frame["lever"] == "equivalents_planned"].set_index("area")
    assert list(rows.index) == ["storby"]  # nothing is planned elsewhere
    expected = share_table(family=2872, other=907, demolished=1000, new=1600, floor_m2=0, targets=[40])
    whole = [row["share_pct"] for row in expected["shares"] if row["count_demolished"]][-1]
    assert rows.loc["storby", "level"] == pytest.approx(whole)
    assert rows.loc["storby", "needed"] == pytest.approx((2872 - 1000) / 0.4 - (2872 + 907 + 1600))


def test_what_is_missing_is_the_same_told_in_other_homes_or_in_family_homes(frame):
    """Adding the homes that are missing, or turning the family homes that are too many, both come to the limit."""
    row = frame[(frame["lever"] == "new_equivalents") & (frame["area"] == "storby")].iloc[0]
    turned = row["homes"] - 0.4 * row["staying"]
    assert row["homes"] / (row["staying"] + row["needed"]) == pytest.approx(0.4)
    assert (row["homes"] - turned) / row["staying"] == pytest.approx(0.4)


def test_the_turnover_is_that_of_the_first_year(frame):
    made = ensembles.ensemble()
    row = frame[(frame["lever"] == "letting") & (frame["area"] == "storby")].iloc[0]
    assert row["turnover"] == pytest.approx(made.arrays["flows"][:, 0, 0, FLOWS.index("moved_out")].mean() / 7750)


@pytest.mark.parametrize("lang", ["en", "da"])
def test_every_lever_becomes_a_sentence(frame, lang):
    lines = arithmetic_lines(frame, {"storby": "Storby"}, 2019, lang)
    assert len(lines) == frame.groupby(["area", "lever"]).ngroups
    assert any("1,600" in line or "1.600" in line for line in lines)
    assert not any("nan" in line or "None" in line for line in lines)


def test_criteria_the_area_keeps_are_left_out(frame):
    kept = frame[frame["lever"] == "letting"].assign(level=30.0)
    lines = arithmetic_lines(kept[kept["indicator"] == "outside_labour_market"], {}, 2019, "en")
    assert lines == []
