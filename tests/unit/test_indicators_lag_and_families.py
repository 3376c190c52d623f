"""Which list counts which year; children, parents and the intake of daycare; and when a measure can show."""

import numpy as np
import pytest

from simulation.indicators.families import families_frame
from simulation.indicators.interventions import interventions_frame
from simulation.indicators.lag import lag_frame, lists_of
from simulation.law import VULNERABLE
from simulation.records import STOCK
from simulation.scenario import load
from tests.unit import ensembles


@pytest.mark.parametrize(
    ("criterion", "lists"),
    [
        ("outside_labour_market", {2025: 0.5, 2026: 0.5}),
        ("convicted", {2025: 0.5, 2026: 0.5}),
        ("basic_schooling_only", {2025: 1.0}),
        ("mean_income", {2025: 1.0}),
        ("non_western", {2024: 1.0}),
    ],
)
def test_what_happens_in_2024_is_counted_on(criterion, lists):
    assert lists_of(criterion, 2024, "hold") == lists


def test_no_list_counts_a_year_after_the_last_judged():
    assert lists_of("mean_income", 2028, "stop") == {}


def test_half_of_each_list_is_each_of_its_two_years():
    made = ensembles.ensemble()
    frame = lag_frame(made, "plan", "hold").query("area == 'storby' and indicator == 'outside_labour_market'").set_index("year")
    place = made.layout.areas.index("storby")
    last, adults = (made.stock(name)[:, 3, place] for name in ("outside_last_year", "adults_18_64"))
    year = made.layout.list_years[3] - 1
    assert frame.loc[year, "mean"] == pytest.approx(float((100 * last / adults).mean()))
    assert frame.loc[year, ["first_list", "last_list", "share_of_list"]].tolist() == [year + 1, year + 2, 0.5]


def test_children_and_parents_are_those_of_the_records():
    made = ensembles.ensemble()
    stock = made.arrays["stock"]
    stock[..., STOCK.index("school_age")] = 120.0
    stock[..., STOCK.index("parents_18_64")], stock[..., STOCK.index("parents_outside")] = 50.0, 20.0
    frame = families_frame(made, ensembles.scenario().values(0, None), "plan").set_index(["area", "list_year", "quantity"])["p50"]
    assert frame[("storby", 2024, "school_age")] == 120 and frame[("lilleby", 2024, "parents_outside_pct")] == 40


def test_the_intake_counts_children_of_areas_on_the_list_of_the_year():
    made = ensembles.ensemble(draws=1, replicates=1)
    made.arrays["stock"][..., STOCK.index("intake_age")] = 30.0
    made.arrays["category"] = np.zeros_like(made.arrays["category"])
    made.arrays["category"][:, 5:, 0] = VULNERABLE
    frame = (
        families_frame(made, ensembles.scenario().values(0, None), "plan")
        .query("area == 'city'")
        .set_index(["list_year", "quantity"])["p50"]
    )
    years = made.layout.list_years
    assert frame[(years[4], "intake_from_vulnerable")] == 0
    assert frame[(years[5], "intake_from_vulnerable")] == 30
    assert frame[(years[5], "intake_from_vulnerable_pct")] == pytest.approx(1.5), "of the 2,000 of the stub's city"
    assert frame[(years[5], "intake_places_needed")] == 100, "30 are 30 % of 100"


@pytest.fixture(scope="module")
def shown():
    made, scenario = ensembles.ensemble(), load("plan_all_measures")
    made.arrays["participants"] = np.full((len(made.draws), len(made.layout.step_years), len(scenario.sections.measures)), 12.0)
    return interventions_frame(made, scenario, scenario.values(0, None)).set_index("measure")


def test_a_measure_of_2020_works_in_2021_and_fills_the_list_of_2023(shown):
    row = shown.loc["activity_ready_investment"]
    assert (row.first_effect, row.first_list, row.whole_list) == (2021, 2022, 2023)
    assert row.participants == 12 and (row.effect, row.effect_low, row.effect_high) == (0, -0.3, 0.3)


def test_schooling_of_pupils_waits_until_they_are_thirty(shown):
    row = shown.loc["exam_preparation"]
    assert row.first_list == 2021 + (30 - 16) + 1


def test_what_cannot_be_calculated_has_no_number(shown):
    row = shown.loc["world_festival"]
    assert np.isnan(row.effect) and row.grade == "none" and row.isna()[["first_effect", "first_list", "participants"]].all()


def test_fewer_than_five_participants_are_not_told():
    made, scenario = ensembles.ensemble(), load("plan")
    made.arrays["participants"] = np.full((len(made.draws), len(made.layout.step_years), len(scenario.sections.measures)), 4.0)
    frame = interventions_frame(made, scenario, scenario.values(0, None))
    assert frame["participants"].isna().all()
