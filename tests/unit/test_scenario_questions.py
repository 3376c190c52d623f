"""The scenarios that ask what if: late investors, slow rehousing, an end to demolition, nobody rehoused here, from today."""

import numpy as np
import pytest

from simulation.engine import simulate
from simulation.records import CHANGES, HOUSING, REHOUSING, STOCK
from simulation.start import CENTRAL
from tests.core import scenario

NAMES = ("plan", "late_investors", "slow_rehousing", "stop_demolition", "plan_without_rehousing")


@pytest.fixture(scope="module")
def members():
    return {name: simulate(scenario(name), 1, CENTRAL, 0) for name in NAMES}


def homes(member, name):
    return member.stock[:, 0, STOCK.index(name)]


def private(member):
    return homes(member, "homes_owned") + homes(member, "homes_private_let")


def share(member):
    family = homes(member, "homes_social_family")
    return family / (family + homes(member, "other_equivalents") + private(member) + homes(member, "demolished_total"))


def test_late_investors_build_later_and_nothing_else_changes():
    late, plan = scenario("late_investors").sections, scenario("plan").sections
    of = {item.id: item for item in late.new_homes if item.tenure in ("owned", "private_let")}
    assert len(of) == 4 and all(item.delay_years.value == 4 and item.count.value == 400 for item in of.values())
    assert late.demolition == plan.demolition and late.rehousing == plan.rehousing and late.measures == plan.measures


def test_late_investors_leave_the_family_share_higher(members):
    assert private(members["late_investors"])[-1] < private(members["plan"])[-1]
    assert share(members["late_investors"])[-1] > share(members["plan"])[-1]


def test_slow_rehousing_is_half_the_pace():
    half = {p.id: p.households_per_year.value for p in scenario("slow_rehousing").sections.rehousing.pace}
    whole = {p.id: p.households_per_year.value for p in scenario("plan").sections.rehousing.pace}
    assert half == pytest.approx({name: value / 2 for name, value in whole.items()}, abs=1e-3)


def test_slow_rehousing_lets_households_wait_and_demolitions_slip(members):
    def waiting(name):
        return members[name].rehousing[..., REHOUSING.index("waiting")].sum()

    def delayed(name):
        return members[name].changes[..., CHANGES.index("delayed")].sum()

    assert waiting("slow_rehousing") > 1.5 * waiting("plan")
    assert delayed("slow_rehousing") > delayed("plan")


def test_after_2024_nothing_is_pulled_down(members):
    asked = sum(item.dwellings.value for item in scenario("stop_demolition").sections.demolition)
    replaced = sum(item.count.value for item in scenario("stop_demolition").sections.new_homes if item.replacement)
    assert asked == replaced == 26 + 191 + 150 + 40
    gone = members["stop_demolition"].changes[..., CHANGES.index("demolished")].sum(axis=1)
    assert gone[:6].sum() + gone[6:].sum() <= asked and gone[:6].sum() > 380
    assert share(members["stop_demolition"])[-1] > share(members["plan"])[-1]


def test_where_nobody_is_rehoused_everybody_leaves(members):
    alone = members["plan_without_rehousing"]
    assert alone.housing[..., HOUSING.index("let_rehoused")].sum() == 0 and not alone.rehoused.any()
    assert np.array_equal(alone.criteria, alone.criteria_without_rehoused)
    assert alone.changes[..., CHANGES.index("emptied_left")].sum() == alone.changes[..., CHANGES.index("emptied")].sum() == 1000


def test_from_today_is_the_plan_where_the_table_says_nothing():
    today, plan = scenario("plan_from_today").sections, scenario("plan").sections
    assert today.demolition == plan.demolition and today.new_homes == plan.new_homes and today.rehousing == plan.rehousing
    assert today.observed is not None and today.observed.start_from <= today.last_year
    assert all(listed.list_year <= today.observed.start_from and listed.source for listed in today.observed.published)
