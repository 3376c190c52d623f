"""The edges that a mistake of one would move: nought and a hundred per cent, nobody, one home, the largest number, what is allowed."""

import numpy as np
import pytest
from law_cases import write_csv

from simulation import law
from simulation.files import InputErrors
from simulation.law.family import MOST


def refused(folder, *cells, header):
    """Return what is said of a wrong row: code and what is allowed."""
    with pytest.raises(InputErrors) as caught:
        law.judge_csv(write_csv(folder, cells, header=header))
    return [(problem.code, problem.values.get("allowed")) for problem in caught.value.problems]


def test_nobody_and_everybody_are_percentages(tmp_path):
    (found,) = law.judge_csv(write_csv(tmp_path, ("A", 2019, 2000, 100, 0, 100, 0, 0, None, "2.00")))
    assert (found["category"], found["criteria_met"]) == ("vulnerable", ["outside_labour_market", "basic_schooling_only", "mean_income"])


def test_what_is_allowed_is_told(tmp_path):
    assert refused(tmp_path, "A", 2019, 101, header="area,list_year,outside_labour_market_pct") == [("not_a_percentage", "0–100")]
    assert refused(tmp_path, "A", 2019, -1, header="area,list_year,mean_income_pct_of_region") == [("not_a_percentage", "0–")]
    first, last = law.known_lists()
    assert refused(tmp_path, "A", last + 1, header="area,list_year") == [("list_later", f"{first}–{last}")]
    assert refused(tmp_path, "A", first - 1, header="area,list_year") == [("list_unknown", f"{first}–{last}")]


def test_where_nobody_is_counted_nothing_is_divided():
    none = np.zeros(1)
    with np.errstate(all="raise"):
        assert np.isnan(law.percentages(law.Counts(*[none] * 7, np.full(1, np.nan), none))).all()
        assert np.isnan(law.family_share(0, 0, 0))


def test_one_home_is_a_share():
    assert float(law.family_share(1, 0, 0)) == 1
    assert law.share_table(1, 0, 0, 0)["shares"][0]["share_pct"] == 100


def test_floor_that_nobody_states_is_none():
    assert float(law.family_share(1, 1, 0, count_municipal_floor=True)) == 0.5


def test_the_case_of_today_counts_what_stands():
    now = law.share_table(60, 40, 10, 0)["shares"][0]
    assert (now["case"], now["count_demolished"], now["family"], now["denominator"], now["share_pct"]) == ("now", True, 60, 100, 60)


@pytest.mark.parametrize("target", [0.5, 1, 100])
def test_every_part_of_a_hundred_is_a_target(target):
    """Of 50 family homes among 100, a target takes 50 / target homes in all, less the 100 that stand."""
    (row, _) = law.share_table(50, 50, 0, 0, targets=[target])["targets"]
    assert row["needed"] == pytest.approx(50 / (target / 100) - 100)


def test_the_largest_number_is_a_number_and_one_more_is_not():
    assert law.share_table(MOST, 0, 0, 0)["shares"]
    with pytest.raises(InputErrors) as caught:
        law.share_table(1_000_000_001, 0, 0, 0)
    assert [problem.values["allowed"] for problem in caught.value.problems] == ["0–1000000000"]


def test_a_list_without_a_row_counts_as_a_year_on_it(tmp_path):
    """2018, 2020, 2021 and 2022 are given and lie in a row with 2019 between them: the fifth year is that of conversion."""
    header = "area,list_year,residents,outside_labour_market_pct,basic_schooling_only_pct,non_western_pct"
    rows = [("A", year, 2000, 45, 70, 60) for year in (2018, 2020, 2021, 2022)]
    found = law.judge_csv(write_csv(tmp_path, *rows, header=header))
    assert [each["category"] for each in found] == ["ghetto", "ghetto", "parallel_society", "conversion"]
