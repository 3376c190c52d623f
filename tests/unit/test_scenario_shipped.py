"""The shipped scenarios say what the realisation plan says, and what each number rests on."""

import re
from typing import get_args

import pytest

from simulation import records
from simulation.scenario import describe, load, shipped_names
from simulation.scenario.items import LabourState, Tenure

DEMOLITION = {"fyrreparken": 26, "boegeparken": 287, "birkeparken": 200, "granparken": 160, "laerkeparken": 136, "egeparken": 191}


@pytest.fixture(scope="module")
def plan():
    return load("plan")


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_loads_and_draws(name):
    scenario = load(name)
    assert scenario.name == name
    assert (scenario.first_year, scenario.last_year) == (2019, 2030)
    assert scenario.values(1, 0) != scenario.values(1, 1)
    assert scenario.title("en") != scenario.title("da")


def test_all_scenarios_of_the_main_job_are_shipped():
    named = {"historical", "reference", "plan", "physical_only", "employment_only", "letting_only", "no_origin_criterion"}
    assert named <= set(shipped_names())


@pytest.mark.parametrize("name", shipped_names())
def test_every_drawn_number_says_its_unit_basis_and_source(name):
    for path, number in load(name).ranged().items():
        assert number.unit and number.basis and number.source, path
        assert not re.search(r"https?://\S+@", number.source)


def test_the_plan_pulls_down_a_thousand_homes_where_and_when_it_says(plan):
    found = {item.department: item.dwellings.value for item in plan.sections.demolition}
    assert found == DEMOLITION
    assert sum(found.values()) == 1000
    years = {item.department: (item.from_, item.to) for item in plan.sections.demolition}
    assert years["boegeparken"] == (2021, 2026) and years["egeparken"] == (2026, 2029)
    assert {item.basis for item in plan.sections.demolition} == {"sourced"}


def test_the_plan_builds_sixteen_hundred_private_homes_and_replaces_the_thousand(plan):
    private = [item for item in plan.sections.new_homes if item.tenure in ("owned", "private_let")]
    assert sum(item.count.value for item in private) == 1600
    assert {(item.from_, item.to) for item in private} == {(2023, 2026), (2027, 2030)}
    assert sum(item.count.value for item in plan.sections.new_homes if item.replacement) == 1000


def test_rehousing_keeps_the_pace_of_the_plan_with_its_surplus(plan):
    households = sum(pace.households_per_year.value * (pace.to - pace.from_ + 1) for pace in plan.sections.rehousing.pace)
    assert round(households) == 97 * 8 + 67 * 3 + 26 == 1003


def test_no_measure_has_an_invented_effect(plan):
    for measure in plan.sections.measures:
        if measure.grade == "none":
            effect = measure.effect
            assert effect.value == 0 and (effect.low or 0) == -(effect.high or 0), measure.id
    assert sum(measure.acts_on != "none" for measure in plan.sections.measures) == 6


def test_the_parts_of_the_plan_are_parts_of_it(plan):
    physical, employment, letting = (load(name).sections for name in ("physical_only", "employment_only", "letting_only"))
    whole, reference = plan.sections, load("reference").sections
    assert physical.demolition == whole.demolition and physical.new_homes == whole.new_homes and physical.measures == ()
    assert employment.measures == tuple(m for m in whole.measures if m.subprogramme == "jobs_and_education")
    assert employment.demolition == employment.new_homes == employment.rehousing.pace == ()
    assert letting.letting == whole.letting.model_copy(update={"clean_record": True})
    assert letting.demolition == letting.measures == ()
    assert physical.letting == employment.letting == reference.letting


def test_law_in_force_is_never_the_plans_doing(plan):
    reference = load("reference").sections
    assert plan.sections.law == reference.law
    assert plan.sections.letting.compulsory_refusal and reference.letting.compulsory_refusal
    assert plan.sections.letting.flexible_share == reference.letting.flexible_share
    assert not load("historical").sections.letting.compulsory_refusal
    assert not load("no_origin_criterion").sections.law.origin_criterion


def test_the_words_of_scenarios_are_those_of_the_records():
    assert get_args(LabourState) == records.LABOUR
    assert get_args(Tenure) == records.TENURE


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_scenario_is_told_alike_in_both_languages(name):
    scenario = load(name)
    english, danish = describe(scenario, "en"), describe(scenario, "da")
    assert [(line.first, line.section, line.item) for line in english] == [(line.first, line.section, line.item) for line in danish]
    assert all(left.text != right.text for left, right in zip(english, danish, strict=True) if left.section == "demolition")


@pytest.mark.parametrize("name", shipped_names())
def test_a_resolved_scenario_is_the_same_scenario(name, tmp_path):
    scenario = load(name)
    path = tmp_path / f"{name}.yaml"
    path.write_text(scenario.resolved_yaml(), encoding="utf-8")
    again = load(path)
    assert again.sections == scenario.sections
    assert again.values(1, 3) == scenario.values(1, 3)


def test_drawing_is_quick(plan):
    """A draw costs under 3 ms: generous here, for a busy machine; building the tree anew from the files costs 100 ms."""
    import timeit

    plan.values(1, 0)
    assert min(timeit.repeat(lambda: plan.values(1, 5), number=5, repeat=5)) / 5 < 0.01
