"""The distance to the rest of the city and the goals that rest on it, on small numbers that can be followed by hand."""

import numpy as np
import pytest

from simulation.indicators.decomposition import decompose
from simulation.indicators.gap import PARTS, gap_frame, gap_of
from simulation.indicators.goals import milestones_frame
from simulation.indicators.measures import measure
from simulation.indicators.milestones import milestones
from simulation.indicators.setting import setting_of
from simulation.records import CITY, LABOUR, STOCK, WHEREABOUTS, Ensemble, Layout
from simulation.scenario import Values, load
from tests.unit import ensembles

LAYOUT = Layout(("here", "there"), ("here",), ("a",), ("here",), 2019, 2021)
SUPPORT = {
    "states": ("disability_pension", "insured_unemployed"),
    "unemployed": ("insured_unemployed",),
    "gap_points": 30.0,
    "gap_year": 2020,
}
# By 1 January: adults, on disability pension, insured unemployed, employed.
HERE = [(1000, 400, 100, 400), (1000, 380, 100, 420), (1100, 300, 80, 600)]
# Residents of the start: pensioned and employed, by whereabouts.
FOLLOWED = [[(400, 500), (0, 0), (0, 0)], [(360, 500), (10, 10), (50, 60)], [(250, 400), (30, 40), (130, 140)]]


def made(change=(0.0, 0.0, -1.0)):
    stock = np.zeros((1, 3, 2, len(STOCK)))
    for column, name in enumerate(("adults_18_64", "labour_disability_pension", "labour_insured_unemployed", "labour_employed")):
        stock[0, :, 0, STOCK.index(name)] = [row[column] for row in HERE]
    followed = np.zeros((1, 3, 1, len(WHEREABOUTS), len(LABOUR)))
    for column, state in enumerate(("disability_pension", "employed")):
        followed[0, :, 0, :, LABOUR.index(state)] = [[place[column] for place in year] for year in FOLLOWED]
    city = np.zeros((1, 3, len(CITY)))
    city[0, :, 0], city[0, :, 1] = change, (4.0, 5.0, 6.0)
    arrays = {"stock": stock, "followed": followed, "city": city, "changes": np.zeros((1, 2, 1, 11))}
    return Ensemble(LAYOUT, np.array([0]), np.array([0]), arrays)


def values(goals=()):
    return Values(
        {
            "rates": Values({"city": Values({"public_support": Values(SUPPORT)})}),
            "place": Values({}),
            "goals": tuple(Values(g) for g in goals),
        }
    )


def goal(**said):
    return {"id": "aim", "area": None, "at_most": None, "below": None, "fewer": None, "list_year": 2021} | said


@pytest.fixture(scope="module")
def gap():
    return gap_of(made(), values())


def test_the_rest_of_the_city_lies_the_plans_distance_below_on_the_plans_day(gap):
    assert gap.support[0].tolist() == [50.0, 48.0, pytest.approx(100 * 380 / 1100)]
    assert gap.rest[0].tolist() == [18.0, 18.0, 17.0], "30 points below 48, then a point less"
    assert gap.points[0, 1] == 30.0
    assert gap.excess[0].tolist() == [500 - 180, 480 - 180, pytest.approx(380 - 187)]


def test_the_residents_of_the_start_are_held_against_the_same_level(gap):
    assert gap.excess_of_start[0, 2] == pytest.approx((250 + 30 + 130) - 0.17 * (650 + 70 + 270))


def test_the_fall_is_split_without_a_rest(gap):
    fall = gap.excess[:, [1]] - gap.excess
    assert np.allclose(gap.parts.sum(axis=-1), fall)
    own, moved, new, rest = gap.parts[0, 2]
    assert own == pytest.approx((420 - 0.18 * 990) - (410 - 0.18 * 990)), "ten fewer of the start are on support, wherever they live"
    assert moved == pytest.approx((30 + 130 - 0.18 * 340) - (10 + 50 - 0.18 * 130))
    assert rest == pytest.approx(-0.01 * 1100)
    assert new == pytest.approx(fall[0, 2] - own - moved - rest)
    assert np.allclose(gap.parts[0, 1], 0)


def test_unemployment_is_a_measure_of_its_own(gap):
    assert gap.unemployment[0, 0] == pytest.approx(100 * 100 / 500)
    assert gap.unemployment_points[0, 2] == pytest.approx(100 * 80 / 680 - 6)


def test_the_table_tells_every_quantity_of_every_list(gap):
    frame = gap_frame(gap, "plan")
    assert set(PARTS) < set(frame.quantity) and len(frame) == 3 * frame.quantity.nunique()
    assert frame.set_index(["quantity", "list_year"]).loc[("excess", 2020), "p50"] == 300


def rows_of(*goals):
    listed = milestones_frame(*_empty())
    return milestones(listed, gap_of(made(), values()), np.zeros((1, 2, 1, 7, 10)), made(), values(goals)).set_index(
        ["goal", "counted_for"]
    )


def _empty():
    whole, setting = ensembles.ensemble(draws=1, replicates=1), setting_of(ensembles.scenario())
    return measure(whole, setting), whole, setting


def test_fewer_is_counted_for_those_who_live_there_and_for_those_of_the_start():
    rows = rows_of(goal(indicator="public_support_excess", fewer=100.0))
    day, start = rows.loc[("aim", "residents")], rows.loc[("aim", "residents_of_start")]
    assert day.value_p50 == pytest.approx(300 - 193) and day.probability_met == 1 and day.short_p50 == pytest.approx(-7)
    assert day[list(PARTS)].sum() == pytest.approx(day.value_p50)
    assert start.value_p50 < 100 and start.probability_met == 0, "the area's goal is met by those who moved, not by the people"


def test_a_goal_outside_the_run_is_listed_and_not_judged():
    rows = rows_of(goal(indicator="public_support_gap", at_most=0.0, list_year=2029))
    assert np.isnan(rows.loc[("aim", "residents")].probability_met)


def test_each_of_the_three_measures_has_its_own_goal():
    found = {g.indicator for g in load("plan").sections.goals}
    assert {"public_support_excess", "public_support_gap", "unemployment_gap", "outside_labour_market", "social_family_share"} <= found
    fewer = {g.list_year: g.fewer.value for g in load("plan").sections.goals if g.fewer is not None}
    assert fewer == {year: 150 + 195 * (year - 2021) for year in range(2021, 2030)}


def test_the_milestones_agree_with_the_indicators():
    measures, whole, setting = _empty()
    listed = milestones_frame(measures, whole, setting)
    frame = milestones(listed, gap_of(whole, ensembles.scenario().values(0, None)), decompose(whole, setting), whole, values())
    row = frame.set_index("goal").loc["outside"]
    value = measures.series("outside_labour_market", "storby")[0][:, measures.list_years.index(2024)]
    assert row.value_p50 == pytest.approx(float(np.median(value)))
    assert row.probability_met == (value < 40).mean()
    change = value - measures.series("outside_labour_market", "storby")[0][:, 0]
    assert row.own_change + row.moved_away + row.newcomers == pytest.approx(change.mean() - _definition(whole, setting), abs=1e-9)


def _definition(whole, setting):
    from simulation.indicators.decomposition import ALL

    return decompose(whole, setting)[:, :5, 0, 0, ALL.index("definition")].sum(axis=1).mean()
