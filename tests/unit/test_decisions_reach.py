"""Which lists money can still move: by the law's reference years, by the measures' data, and by a trial that confirms it."""

import pytest

from simulation.decisions.budget.trying import reach, tried_measures
from simulation.decisions.reach import CRITERIA, counted_part, last_start, reach_of
from simulation.decisions.reach_told import reach_line, reach_table
from simulation.scenario import load
from tests.unit.budget_scenario import write_scenario


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return load(write_scenario(tmp_path_factory.mktemp("reach")))


@pytest.mark.parametrize(
    ("criterion", "effect", "parts"),
    [
        ("outside_labour_market", 2028, {2028: 0, 2029: 0.5, 2030: 1}),
        ("convicted", 2028, {2028: 0, 2029: 0.5, 2030: 1}),
        ("mean_income", 2028, {2028: 0, 2029: 1, 2030: 1}),
        ("basic_schooling_only", 2029, {2028: 0, 2029: 0, 2030: 1}),
    ],
)
def test_a_list_counts_the_years_that_the_law_names(criterion, effect, parts):
    assert {year: counted_part(criterion, year, effect, "hold") for year in parts} == parts


def test_what_must_have_begun_to_be_counted():
    assert last_start("outside_labour_market", 2030, 1.0, "hold") == 2027
    assert last_start("outside_labour_market", 2030, 0.5, "hold") == 2028
    assert last_start("mean_income", 2030, 1.0, "hold") == 2028


def test_by_the_measures_own_data():
    plan = load("plan_all_measures", [])
    found = {each.criterion: each for each in reach_of(plan, tried_measures(plan, frozenset()), 2027, {})}
    assert (found["outside_labour_market"].first, found["outside_labour_market"].whole) == (2029, 2030)
    # Children at school are counted from 30 on: no list of this plan sees them.
    assert found["basic_schooling_only"].measures > 0
    assert (found["basic_schooling_only"].first, found["basic_schooling_only"].first_effect > 2030) == (None, True)


def test_money_that_comes_too_late_moves_nothing(scenario):
    found = reach_of(scenario, tried_measures(scenario, frozenset()), 2022, {})
    assert found[0].first is None
    assert "moves no list up to 2022" in reach_line(found, 2022, 2022, "en")
    assert reach_table(found, 2022, 2022, "da").rows[1][1] == "0"  # no measure on convictions


def simulating(out):
    from simulation.budgeting import _Stages
    from simulation.runs import Settings
    from simulation.workers.local import Pool
    from tests.end_to_end.test_same_bytes import Heard

    return _Stages(Settings(draws=2, replicates=1, seed=1, out=out), out, Pool(1, "simulation.engine"), Heard())


def test_a_trial_moves_the_list_that_the_law_says_and_none_before(scenario, tmp_path):
    """Begun in 2020, felt from 2021: of the lists of this run that of 2022 alone counts a year of it."""
    found = {each.criterion: each for each in reach(scenario, frozenset(), 2020, range(2), simulating(tmp_path))}
    assert set(found) == set(CRITERIA)
    outside = found["outside_labour_market"]
    assert (outside.first, outside.whole, outside.seen) == (2022, None, 2022)
    assert outside.points < 0
    assert "50 % of what the 2022 list counts" in reach_line(tuple(found.values()), 2020, 2022, "en")


def test_a_trial_that_begins_too_late_moves_nothing(scenario, tmp_path):
    """The negative control: the same measures, begun in 2022, and no list of the run is otherwise."""
    assert all((each.seen, each.points) == (None, 0.0) for each in reach(scenario, frozenset(), 2022, range(2), simulating(tmp_path)))
