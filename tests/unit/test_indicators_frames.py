"""The tables of a run: the columns that users rely on, and numbers that agree with the records they come from."""

from dataclasses import replace

import ensembles
import numpy as np
import pytest

from simulation.indicators.frames import BY_LIST, results_of
from simulation.indicators.measures import INDICATORS
from simulation.records import CHANGES, CRITERIA, FLOWS, STOCK

COLUMNS = {
    "indicators": "scenario, draw, replicate, area, list_year, indicator, value, threshold, breached",
    "summary": "scenario, area, list_year, indicator, mean, p10, p50, p90, threshold, probability_breached, denominator,"
    " short_p10, short_p50, short_p90",
    "status": "scenario, area, list_year, category, probability",
    "status_without_origin": "scenario, area, list_year, category, probability",
    "flows": "scenario, draw, replicate, area, year, flow, persons",
    "homes": "scenario, draw, replicate, area, department, year, change, dwellings",
}


@pytest.fixture(scope="module")
def made():
    return ensembles.ensemble()


@pytest.fixture(scope="module")
def results(made):
    return results_of(made, ensembles.scenario())


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_have_the_columns_of_the_interface(results, name):
    assert list(results.frames[name].columns) == COLUMNS[name].split(", ")


def test_every_member_list_area_and_indicator_has_one_row(results, made):
    frame = results.frames["indicators"]
    keys = ["draw", "replicate", "area", "list_year", "indicator"]
    assert len(frame) == len(made.draws) * 12 * len(ensembles.LIST_AREAS) * len(INDICATORS)
    assert not frame.duplicated(keys).any()


def test_indicators_say_what_the_records_say(results, made):
    frame = results.frames["indicators"].set_index(["draw", "replicate", "area", "list_year", "indicator"])
    for number, criterion in enumerate(CRITERIA):
        row = frame.loc[(made.draws[7], made.replicates[7], "lilleby", 2024, criterion)]
        assert row["value"] == made.arrays["criteria"][7, 5, 1, number]
        assert row["breached"] == made.arrays["breached"][7, 5, 1, number]


def test_summary_is_the_spread_of_the_members(results):
    members = results.frames["indicators"].groupby(["area", "list_year", "indicator"])["value"]
    summary = results.frames["summary"].set_index(["area", "list_year", "indicator"])
    for name, expected in (("mean", members.mean()), ("p10", members.quantile(0.1)), ("p90", members.quantile(0.9))):
        np.testing.assert_allclose(summary[name], expected.reindex(summary.index), rtol=1e-12)


def test_short_persons_are_those_beyond_the_limit(results):
    row = results.frames["summary"].set_index(["area", "list_year", "indicator"]).loc[("storby", 2019, "non_western")]
    assert row["short_p50"] == pytest.approx((0.766 - 0.5) * 7750)


def test_a_low_income_is_short_of_mean_incomes(results):
    row = results.frames["summary"].set_index(["area", "list_year", "indicator"]).loc[("storby", 2019, "mean_income")]
    assert row["probability_breached"] == 1
    assert row["short_p50"] == pytest.approx((0.55 - 0.533) * row["denominator"], rel=0.02)


@pytest.mark.parametrize("name", ["status", "status_without_origin"])
def test_probabilities_of_an_area_on_a_list_sum_to_one(results, name):
    frame = results.frames[name]
    np.testing.assert_allclose(frame.groupby(["area", "list_year"])["probability"].sum(), 1.0)


def test_categories_bear_the_names_of_the_day(results):
    names = results.frames["status"].groupby("list_year")["category"].agg(set)
    assert names[2020] == {"none", "vulnerable", "ghetto", "hard_ghetto"}
    assert names[2021] == {"none", "prevention", "vulnerable", "parallel_society", "conversion"}


def test_without_the_origin_criterion_nobody_is_a_conversion_area(results):
    frame = results.frames["status_without_origin"]
    assert not frame.loc[frame["category"].isin(["conversion", "hard_ghetto", "ghetto", "parallel_society"]), "probability"].any()
    with_origin = results.frames["status"]
    assert with_origin.loc[with_origin["category"] == "hard_ghetto", "probability"].max() == 1


def test_flows_balance_with_the_residents_of_the_records(results):
    flows = results.frames["flows"].pivot_table(index=["draw", "replicate", "area", "year"], columns="flow", values="persons")
    assert set(flows.columns) == set(FLOWS)
    gained = flows[["born", "moved_in", "rehoused_in", "temporary_in"]].sum(axis=1)
    lost = flows[["died", "moved_out", "rehoused_out", "temporary_out"]].sum(axis=1)
    records = results.frames["records"].astype({"area": str}).set_index(["draw", "replicate", "area", "list_year"])["residents"]
    before, after = records.loc[0, 1, "storby", 2022], records.loc[0, 1, "storby", 2023]
    assert after - before == (gained - lost).loc[0, 1, "storby", 2022]


def test_homes_tell_every_change_once(results, made):
    homes = results.frames["homes"]
    keys = ["draw", "replicate", "department", "year", "change"]
    assert not homes.duplicated(keys).any()
    total = homes.groupby("change")["dwellings"].sum()
    assert total["emptied"] == total["emptied_rehoused"] + total["emptied_left"]
    changes = made.arrays["changes"].sum(axis=(0, 1, 2))
    assert total.to_dict() == {name: sum_ for name, sum_ in zip(CHANGES, changes, strict=True) if sum_ and name != "emptied_persons"}


def test_a_department_in_which_nothing_changes_has_no_rows(results):
    assert set(results.frames["homes"]["department"]) == {"nord", "syd"}
    told = results.frames["programme"]
    assert set(told["department"].dropna()) == {"nord", "syd", "haven"}
    persons = told["change"] == "emptied_persons"  # of whole areas: nothing is told of one department's residents
    assert told.loc[persons, "department"].isna().all() and told.loc[~persons, "department"].notna().all()
    assert told[persons & (told["area"] == "storby")]["mean"].tolist() == [224.0] * told["year"].nunique()


def test_new_homes_are_told_by_the_scenarios_own_dates_and_as_built(made):
    changes = made.arrays["changes"].copy()
    changes[..., 0, CHANGES.index("built")] = 50
    built = replace(made, arrays=made.arrays | {"changes": changes})
    rows = results_of(built, ensembles.scenario()).frames["building"].set_index("year")
    assert set(rows["area"]) == {"storby"} and set(rows["kind"]) == {"private"}
    assert rows["planned"].loc[[2022, 2023, 2029]].tolist() == [0, 200, 1400]
    assert rows["mean"].loc[[2019, 2029]].tolist() == [50, 550]
    assert set(rows["planned_in_all"]) == {1600}


def test_records_are_typed_and_complete(results, made):
    frame = results.frames["records"]
    assert len(frame) == len(made.draws) * 12 * len(ensembles.AREAS)
    assert set(STOCK) | set(FLOWS) <= set(frame.columns)
    assert "object" not in set(frame.dtypes.astype(str))
    assert frame.loc[frame["list_year"] == 2030, "born"].isna().all()


def test_no_table_shows_fewer_than_five_residents_of_a_kind(results):
    composition = results.frames["composition"]
    persons = composition["persons"]
    assert composition["suppressed"].any()
    assert persons.isna().equals(composition["suppressed"])
    assert not ((persons > 0) & (persons < 5)).any()
    records = results.frames["records"]
    cells = records[[name for name in records if name.startswith(("age_", "labour_", "schooling_", "origin_", "tenure_"))]]
    assert not ((cells > 0) & (cells < 5)).any(axis=None)
    assert cells.isna().any(axis=None)


def test_no_suppressed_cell_follows_from_its_total(results):
    frame = results.frames["composition"]
    for _, rows in frame.groupby(["area", "year", "dimension"]):
        assert rows["suppressed"].sum() != 1


def test_receiving_areas_stand_in_city_alone(results):
    assert set(results.frames["city"]["area"]) == {"andet"}
    assert set(results.frames["summary"]["area"]) == set(ensembles.LIST_AREAS)
    assert results.frames["city"]["probability_vulnerable"].isna().all()  # a group of departments can be on no list


def test_milestones_measure_each_goal_by_its_own_limit(results, made):
    rows = results.frames["milestones"].set_index(["goal", "area"])
    row = rows.loc[("outside", "storby")]
    values = made.arrays["criteria"][:, 5, 0, 0]
    assert row["probability_met"] == (values < 40).mean()
    assert row["short_p50"] > 0 > rows.loc[("share", "storby"), "short_p50"]
    assert rows.loc[("off_conversion_list", "storby"), "probability_met"] == 0


def test_a_goal_beyond_the_run_is_not_known():
    made = ensembles.ensemble(areas=ensembles.layout(2019, 2023))
    rows = results_of(made, ensembles.scenario()).frames["milestones"].set_index("goal")
    assert np.isnan(rows.loc["share", "probability_met"])


def test_populations_compare_two_readings_of_the_law(results, made):
    frame = results.frames["populations"].set_index(["area", "list_year"])
    yearly = 100 * made.stock("outside_last_year") / made.stock("adults_18_64")
    expected = (yearly[:, 3, 0] + yearly[:, 4, 0]).mean() / 2
    assert frame.loc[("storby", 2023), "cross_sections"] == pytest.approx(expected)
    assert np.isnan(frame.loc[("storby", 2019), "cross_sections"])


def test_a_scenario_may_ask_for_some_lists_only(made):
    frames = results_of(made, ensembles.scenario(lists=(2019, 2030))).frames
    for name in set(BY_LIST) & set(frames):
        assert set(frames[name]["list_year"]) == {2019, 2030}, name
    assert set(frames["records"]["list_year"]) == set(range(2019, 2031))


def test_one_draw_or_one_replicate_still_makes_every_table():
    for draws, replicates in ((1, 1), (4, 1), (1, 3)):
        frames = results_of(ensembles.ensemble(draws, replicates), ensembles.scenario()).frames
        assert frames["spread"]["draws_share"].isna().all()
        assert frames["summary"]["p50"].notna().all()


def test_a_place_without_receiving_areas_has_an_empty_city(made):
    found = results_of(ensembles.narrowed(made, ensembles.LIST_AREAS), ensembles.scenario())
    assert found.frames["city"].empty
    assert found.headline["elsewhere"] is None
    assert "no_new_vulnerable_area" not in set(found.frames["milestones"]["goal"])


def test_a_run_of_one_list_makes_every_table():
    found = results_of(ensembles.ensemble(areas=ensembles.layout(2019, 2019)), ensembles.scenario())
    assert found.frames["flows"].empty
    assert len(found.frames["summary"]) == len(ensembles.LIST_AREAS) * len(INDICATORS)
    assert found.headline["family_share"] is None
    assert found.headline["population_difference"] is None
