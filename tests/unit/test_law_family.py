"""The 40 % share by the law's formula."""

import numpy as np
import pytest

from simulation import law
from simulation.files import InputErrors

PLAN = {"family": 2872, "other": 907, "demolished": 1000, "new": 1600}


def only(rows, **wanted):
    found = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
    assert len(found) == 1
    return found[0]


def test_the_plan_goes_from_76_to_34_8_per_cent():
    shares = law.share_table(**PLAN)["shares"]
    assert round(only(shares, case="now")["share_pct"], 1) == 76.0
    built = only(shares, case="built", count_demolished=True)
    assert (built["family"], built["denominator"]) == (1872, 5379) and round(built["share_pct"], 1) == 34.8
    assert round(only(shares, case="demolished", count_demolished=True)["share_pct"], 1) == 49.5


@pytest.mark.parametrize(
    ("target", "counted", "needed", "slip"),
    [(38.4, True, 1096, 1 / 0.384), (38.4, False, 2096, 1 / 0.384 - 1), (40, True, 901, 2.5), (40, False, 1901, 1.5)],
)
def test_what_a_target_takes(target, counted, needed, slip):
    row = only(law.share_table(**PLAN, targets=(40, 38.4))["targets"], target_pct=target, count_demolished=counted)
    assert row["needed"] == pytest.approx(needed) and row["missing"] == pytest.approx(needed - 1600)
    assert row["per_demolition_not_done"] == pytest.approx(slip)


@pytest.mark.parametrize("counted", [True, False])
def test_what_a_target_takes_reaches_it_and_one_equivalent_less_does_not(counted):
    needed = only(law.share_table(**PLAN)["targets"], count_demolished=counted)["needed"]
    shares = [float(law.family_share(1872, 907 + needed + step, 1000, count_demolished=counted)) for step in (-1, 0, 1)]
    assert shares[1] == pytest.approx(0.40) and shares[0] > 0.40 > shares[2]


@pytest.mark.parametrize("counted", [True, False])
def test_what_a_demolition_not_done_takes(counted):
    done, slipped = (
        only(law.share_table(**{**PLAN, "demolished": demolished})["targets"], count_demolished=counted) for demolished in (1000, 999)
    )
    assert slipped["needed"] - done["needed"] == pytest.approx(done["per_demolition_not_done"])


def test_75_square_metres_count_as_a_dwelling():
    assert law.family_share(40, 59, 0, 75) == pytest.approx(0.40)
    assert law.family_share(40, 60, 0, 0) == pytest.approx(0.40)
    assert law.family_share(40, 60, 0, 74.9) < 0.40
    table = law.share_table(**{**PLAN, "new": 1599}, floor_m2=75)
    assert only(table["shares"], case="built", count_demolished=True)["denominator"] == pytest.approx(5379)


def test_the_open_questions_are_switches():
    assert law.family_share(1872, 907, 1000) == pytest.approx(1872 / 3779)
    assert law.family_share(1872, 907, 1000, count_demolished=False) == pytest.approx(1872 / 2779)
    assert law.family_share(40, 59, 0, municipal_m2=75) == pytest.approx(40 / 99)
    assert law.family_share(40, 59, 0, municipal_m2=75, count_municipal_floor=True) == pytest.approx(0.40)


def test_the_share_broadcasts_and_has_no_value_where_nothing_stands():
    found = law.family_share(np.array([[40.0], [0.0]]), np.array([60.0, 0.0]), 0)
    np.testing.assert_array_equal(found, [[0.4, 1.0], [0.0, np.nan]])


def test_just_below_at_and_just_above_the_limit():
    limit = law.limit_pct() / 100
    shares = law.family_share(np.array([399, 400, 401]), np.array([601, 600, 599]), 0)
    assert (shares > limit).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("change", "key", "code"),
    [
        ({"family": -1}, "family", "not_a_size"),
        ({"new": float("nan")}, "new", "not_a_size"),
        ({"other": float("inf")}, "other", "not_a_size"),
        ({"demolished": 2873}, "demolished", "more_than_stand"),
        ({"targets": (0,)}, "target", "not_a_target"),
        ({"targets": (101,)}, "target", "not_a_target"),
    ],
)
def test_numbers_that_make_no_share_are_told(change, key, code):
    with pytest.raises(InputErrors) as caught:
        law.share_table(**{**PLAN, **change})
    assert [(problem.key, problem.code) for problem in caught.value.problems] == [(key, code)]


def test_nothing_at_all_has_no_share():
    table = law.share_table(family=0, other=0, demolished=0, new=0)
    assert {row["share_pct"] for row in table["shares"]} == {None}
