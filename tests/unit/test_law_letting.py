"""Which letting rules apply where."""

import numpy as np
import pytest

from simulation import law

ALL = np.arange(len(law.CATEGORIES), dtype=np.int8)  # one area of each category
NO_PLAN = np.zeros(5, dtype=bool)
OUTSIDE = np.full(5, 45.0)
CHOICES = {"compulsory_refusal": True, "optional_refusal": True}


def rules(list_year=2019, category=ALL, outside=OUTSIDE, plan=NO_PLAN, choices=CHOICES, **more):
    return law.letting_rules(list_year, category, outside, plan, choices, **more)


def names(found):
    return {law.CATEGORIES[index] for index in np.flatnonzero(found)}


def test_compulsory_refusal_is_for_conversion_areas_only():
    assert names(rules().compulsory_refusal) == {"conversion"}
    assert names(rules(2017).compulsory_refusal) == set()


def test_flexible_letting_is_for_vulnerable_areas_and_above():
    assert names(rules().flexible_required) == {"vulnerable", "parallel", "conversion"}


@pytest.mark.parametrize(
    ("list_year", "limited"),
    [(2020, {"vulnerable", "parallel", "conversion"}), (2021, {"prevention", "vulnerable", "parallel", "conversion"})],
)
def test_municipal_allocation_is_limited_in_prevention_areas_since_2021(list_year, limited):
    assert names(rules(list_year).municipal_limited) == limited


def test_optional_refusal_needs_40_per_cent_outside_and_a_choice():
    outside = np.array([39.99, 40.0, 40.01, np.nan, 50.0])
    assert rules(outside=outside).optional_refusal.tolist() == [False, True, True, False, True]
    assert not rules(outside=outside, choices={**CHOICES, "optional_refusal": False}).optional_refusal.any()


def test_refusals_can_be_switched_off_together_with_the_plan():
    found = rules(plan=~NO_PLAN, choices={**CHOICES, "compulsory_refusal": False})
    assert not found.compulsory_refusal.any()


def test_an_approved_plan_keeps_the_refusals_after_the_area_has_left_the_list():
    category = np.array([law.PARALLEL, law.NONE], dtype=np.int8)
    plan = np.array([True, False])
    assert rules(2023, category, OUTSIDE[:2], plan).compulsory_refusal.tolist() == [True, False]


def test_four_lists_off_end_the_plans_refusals():
    category = np.full(3, law.NONE, dtype=np.int8)
    found = rules(2024, category, OUTSIDE[:3], ~NO_PLAN[:3], years_off=np.array([3, 4, 5]))
    assert found.compulsory_refusal.tolist() == [True, False, False]


@pytest.mark.parametrize(("list_year", "bound"), [(2027, True), (2028, True), (2029, False), (2030, False)])
def test_the_plans_refusals_end_on_1_january_2030(list_year, bound):
    """Lettings of a year read the list of the year before."""
    category = np.array([law.NONE, law.CONVERSION], dtype=np.int8)
    found = rules(list_year, category, OUTSIDE[:2], ~NO_PLAN[:2])
    assert found.compulsory_refusal.tolist() == [bound, True]


def test_who_is_refused():
    compulsory = law.refused_states("compulsory_refusal", 2019)
    assert set(compulsory) == {"integration_benefit", "education_benefit", "cash_benefit_job_ready", "cash_benefit_activity_ready"}
    assert set(law.refused_states("optional_refusal", 2019)) == {"disability_pension", "insured_unemployed"}
    assert law.refused_states("compulsory_refusal", 2017) == ()
    assert set(compulsory) <= set(law.counted_states())


def test_after_the_last_list_the_rules_hold_only_where_that_is_chosen():
    assert names(rules(2030).flexible_required) == names(rules(2024).flexible_required)
    with pytest.raises(law.LawEnds):
        rules(2030, after_last_list="stop")
    with pytest.raises(law.LawEnds):
        law.refused_states("compulsory_refusal", 2030, "stop")
