"""The edges that a mistake of one would move: nought and a hundred per cent, nobody, one home, the largest number, what is allowed."""

from fractions import Fraction

import numpy as np
import pytest
from law_cases import write_csv

from simulation import law
from simulation.files import InputErrors
from simulation.law.family import MOST
from simulation.law.outcomes import Limit
from simulation.law.printed import printed, whole


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


LIST_OF_2022 = (
    "area,list_year,residents,outside_labour_market_pct,convicted_pct,basic_schooling_only_pct,mean_income_pct_of_region,non_western_pct,"
    "listed_since,convicted_threshold_pct"
)


def judged(folder, **cells):
    """Return the judgement of one row in which nothing is met but what is given; None is an empty cell."""
    far = dict(zip(LIST_OF_2022.split(","), ("A", 2022, 2000, "10.0", "0.10", "10.0", "90.0", "10.0", None, "2.18"), strict=True))
    (found,) = law.judge_csv(write_csv(folder, tuple((far | cells).values()), header=LIST_OF_2022))
    return found


def test_a_limit_itself_is_met_only_where_the_act_says_at_least():
    assert [Limit(Fraction(40), 1, strict).met(Fraction(40)) for strict in (True, False)] == [False, True]
    assert [Limit(Fraction(55), -1, strict).met(Fraction(55)) for strict in (True, False)] == [False, True]


def test_a_fixed_limit_on_convictions_that_a_row_gives_is_taken_as_it_is(tmp_path):
    """Up to 2017 the limit was no multiple: 3.00 given is 3.00, and 3.50 meets it."""
    found = judged(tmp_path, list_year=2015, convicted_pct="3.50", convicted_threshold_pct="3.00")
    assert found["criteria_met"] == ["convicted"]


def test_an_unknown_cell_may_stand_below_both_limits(tmp_path):
    """Above 30 the origin makes it a prevention area, below 30 it is on no list."""
    cells = {"outside_labour_market_pct": "35.0", "basic_schooling_only_pct": "65.0", "non_western_pct": None}
    assert judged(tmp_path, **cells)["possible"] == ["none", "prevention"]


def test_what_is_unknown_is_not_told_as_met(tmp_path):
    cells = {"outside_labour_market_pct": "35.0", "convicted_pct": "1.60", "mean_income_pct_of_region": None, "non_western_pct": "35.0"}
    found = judged(tmp_path, **cells)
    assert found["category"] == "prevention"
    told = found["reason"].split("; ")
    assert [part for part in told if "mean income" in part] == ["unknown, but without weight here: mean income"]


def test_years_are_told_of_every_parallel_society(tmp_path):
    cells = {"outside_labour_market_pct": "45.0", "basic_schooling_only_pct": "70.0", "non_western_pct": "60.0", "listed_since": 2021}
    found = judged(tmp_path, **cells)
    assert found["category"] == "parallel_society"
    assert "year 2 in a row on the list, 5 make a conversion area" in found["reason"]


def test_on_no_list_for_certain_and_on_none_whatever_is_unknown_are_two_reasons(tmp_path):
    sure, open_cell = judged(tmp_path), judged(tmp_path, mean_income_pct_of_region=None)
    assert (sure["category"], open_cell["category"]) == ("none", "none")
    assert "too few for any list" in sure["reason"] and "without weight" not in sure["reason"]
    assert "too few" not in open_cell["reason"] and "without weight here: mean income" in open_cell["reason"]


@pytest.mark.parametrize("read", [printed, whole])
def test_thirty_signs_are_a_number_and_one_more_is_not(read):
    assert read("1" * 30) is not None
    assert read("1" * 31) is None


def test_what_leaves_an_area_undecided_is_named(tmp_path):
    """Its residents where they are unknown; rounding alone where the printed values themselves would decide."""
    met = {"outside_labour_market_pct": "45.0", "basic_schooling_only_pct": "70.0"}
    assert judged(tmp_path, **met, residents=None)["reason"] == "undecided: unknown number of residents"
    both = judged(tmp_path, outside_labour_market_pct="40", basic_schooling_only_pct="70.0", mean_income_pct_of_region=None)
    assert both["reason"].startswith("undecided: unknown mean income")
    assert "rounds to the limit 40" in both["reason"]


def history(folder, *years):
    """Return the last judgement of one area's rows: its list, and the share by origin, None where that is unknown."""
    header = "area,list_year,residents,outside_labour_market_pct,basic_schooling_only_pct,non_western_pct"
    rows = [("A", year, 2000, "45.0", "70.0", origin) for year, origin in years]
    return law.judge_csv(write_csv(folder, *rows, header=header))[-1]


def test_years_are_named_where_they_decide_and_only_there(tmp_path):
    """2018 open, then four years: the fifth or the fourth. Three years, and the fourth open: no conversion area either way."""
    fifth = history(tmp_path, (2018, None), *((year, "60.0") for year in range(2019, 2023)))
    assert fifth["possible"] == ["parallel_society", "conversion"]
    assert fifth["reason"].endswith("years in a row on the list")
    fourth = history(tmp_path, *((year, "60.0") for year in range(2019, 2022)), (2022, None))
    assert fourth["category"] == "undecided"
    assert "years in a row" not in fourth["reason"]


def test_years_that_are_decided_already_are_not_told_as_unknown(tmp_path):
    """Four years stand behind the list of 2018, so it is the fifth whatever origin is: only origin is unknown."""
    told = {"list_year": 2018, "listed_since": "2014", "non_western_pct": None}
    found = judged(tmp_path, **told, **THREE_ELSE)
    assert found["possible"] == ["vulnerable", "hard_ghetto"]
    assert found["reason"] == "undecided: unknown non-western background"


def test_a_limit_at_the_end_of_what_was_rounded_is_named(tmp_path):
    """2.7 stands for 2.65 to 2.75; above 2.65 is met by all of it but 2.65 itself."""
    found = judged(tmp_path, list_year=2016, convicted_pct="2.7", convicted_threshold_pct="2.65", **THREE_ELSE)
    assert found["reason"] == "undecided (rounding): convicted is printed as 2.7 and rounds to the limit 2.65"


THREE_ELSE = {"outside_labour_market_pct": "45.0", "basic_schooling_only_pct": "70.0"}


def test_years_begin_the_year_after_the_last_list_without_the_area(tmp_path):
    """On no list in 2019; `listed_since` 2018 cannot be, so 2024 is the fifth year, 2020 the first."""
    header = "area,list_year,residents,outside_labour_market_pct,basic_schooling_only_pct,mean_income_pct_of_region,convicted_pct,"
    header += "non_western_pct,listed_since"
    rows = [("A", 2019, 999, "45.0", "70.0", "90", "0.1", "60", None), ("A", 2024, 2000, "45.0", "70.0", "90", "0.1", "60", 2018)]
    off, last = law.judge_csv(write_csv(tmp_path, *rows, header=header))
    assert (off["category"], last["category"]) == ("none", "conversion")
