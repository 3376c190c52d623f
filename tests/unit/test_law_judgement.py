"""Full counts are judged as the law says, at every limit, and as the slow reference judges them."""

import law_reference
import numpy as np
import pytest
from law_cases import CATEGORIES, LIMITS, counts_of

from simulation import law
from simulation.law.book import book
from simulation.law.judgement import breaches

NATIONAL = LIMITS["national_convicted_pct"]
LOW_HIGH = {"mean_income": (90.0, 20.0)}  # not met, met


def with_one(criterion, value):
    """Return the five values with one given and the others far from any limit."""
    values = [LOW_HIGH.get(name, (0.0, 100.0))[0] for name in law.CRITERIA]
    values[law.CRITERIA.index(criterion)] = value
    return values


@pytest.mark.parametrize("case", LIMITS["limits"], ids=lambda case: f"{case['list']}-{case['bar']}-{case['criterion']}")
def test_each_limit_just_below_at_and_just_above(case):
    rules = law.rules_for(case["list"])
    values = np.array([with_one(case["criterion"], case["at"] + step) for step in (-0.01, 0, 0.01)]).T
    found = law.judge_counts(rules, counts_of(values), NATIONAL, np.zeros(3, dtype=int))
    breached = found.breached
    if case["bar"] == "prevention":
        breached = breaches(rules.prevention_bar, found.values, rules.prevention_bar.thresholds(NATIONAL))
    assert breached[law.CRITERIA.index(case["criterion"])].tolist() == case["met"]


def test_worked_examples_stand_at_the_first_and_last_list_of_every_limit_in_the_data():
    shown = {(case["bar"], case["criterion"], case["list"]) for case in LIMITS["limits"]}
    for criterion in law.CRITERIA:
        for entry in book("criteria")[criterion]["limits"]:
            wanted = {(entry["bar"], criterion, entry[end]) for end in ("valid_from_list", "valid_to_list")}
            assert wanted <= shown, wanted - shown


@pytest.mark.parametrize("case", CATEGORIES, ids=lambda case: f"{case['list']}: {case['about']}")
def test_categories(case):
    counts = counts_of([[value] for value in case["values"]], case["residents"])
    national = case["limit"] / 3 if "limit" in case else None
    found = law.judge_counts(law.rules_for(case["list"]), counts, national, np.array([case["years"]]))
    assert law.category_name(int(found.category[0]), case["list"]) == case["category"]
    assert bool(found.prevention[0]) is case.get("prevention", False)
    on_list = case["category"] in ("ghetto", "hard_ghetto", "parallel_society", "conversion")
    assert found.years_listed_next.tolist() == [case["years"] + 1 if on_list else 0]
    without = law.judge_counts(law.rules_for(case["list"]), counts, national, np.array([case["years"]]), origin_criterion=False)
    assert law.category_name(int(without.category[0]), case["list"]) == case["without_origin"]
    assert without.years_listed_next.tolist() == [0] and not without.prevention.any()


def random_areas(count, seed=5):
    """Draw values that often lie on a limit or a hundredth beside it."""
    rng = np.random.default_rng(seed)
    grids = ([30, 40], [1.4, 2.1, 2.7], [50, 60], [55, 65], [30, 50])
    values = np.array([rng.choice(grid, count) + rng.choice([-5, -0.01, 0, 0.01, 5], count) for grid in grids]).clip(0)
    return values, rng.choice([999, 1000, 1001, 8000], count), rng.integers(0, 8, count)


ORIGIN_CRITERION = {
    "for every area": lambda areas: True,
    "for no area": lambda areas: False,
    "for every other area": lambda areas: np.arange(areas) % 2 == 0,
}


def disagreements(list_year, origin_criterion, reference_national):
    values, residents, years = random_areas(1500)
    # 100 persons to a per cent: residents in ten thousands keep origin at exact hundredths.
    counts = counts_of(values, 10_000)
    object.__setattr__(counts, "residents", residents.astype(float))
    object.__setattr__(counts, "non_western", values[4] / 100 * residents)
    found = law.judge_counts(law.rules_for(list_year), counts, NATIONAL, years, ORIGIN_CRITERION[origin_criterion](len(residents)))
    applies = np.broadcast_to(ORIGIN_CRITERION[origin_criterion](len(residents)), len(residents))
    wrong = 0
    for index in range(len(residents)):
        shown = found.values[:, index]
        category, following = law_reference.judge(
            list_year, residents[index], shown, reference_national, int(years[index]), bool(applies[index])
        )
        wrong += (category, following) != (found.category[index], found.years_listed_next[index])
    return wrong


@pytest.mark.parametrize("origin_criterion", list(ORIGIN_CRITERION))
@pytest.mark.parametrize("list_year", [2010, 2013, 2014, 2017, 2018, 2020, 2021, 2024, 2030])
def test_arrays_agree_with_the_slow_reference(list_year, origin_criterion):
    assert disagreements(list_year, origin_criterion, NATIONAL) == 0


def test_the_comparison_with_the_reference_notices_a_limit_that_is_a_little_off():
    assert disagreements(2019, "for every area", NATIONAL + 0.002) > 0


def test_an_area_without_people_has_no_values_and_is_on_no_list():
    none = np.zeros(2)
    found = law.judge_counts(law.rules_for(2022), law.Counts(*[none] * 7, np.full(2, np.nan), none), 0.7, np.array([6, 0]))
    assert np.isnan(found.values).all() and not found.breached.any()
    assert found.category.tolist() == [0, 0] and found.years_listed_next.tolist() == [0, 0]


def test_shapes_follow_the_counts():
    values = np.full((5, 3, 2), 45.0)
    found = law.judge_counts(law.rules_for(2022), law.Counts(*[np.full((3, 2), 2000.0)] * 9), 0.7, np.zeros((3, 2), dtype=int))
    assert found.values.shape == found.breached.shape == values.shape
    assert found.thresholds.shape == (5,) and found.category.shape == found.years_listed_next.shape == (3, 2)
    assert found.category.dtype == np.int8


def test_the_list_of_2019_is_that_of_the_plan():
    counts = counts_of([[49.5], [2.70], [77.2], [53.3], [76.6]], 7750)
    found = law.judge_counts(law.rules_for(2019), counts, None, np.array([9]))
    np.testing.assert_allclose(found.values[:, 0], [49.5, 2.70, 77.2, 53.3, 76.6])
    assert found.thresholds.tolist() == [40, 2.03, 60, 55, 50]
    assert found.breached.all() and law.category_name(int(found.category[0]), 2019) == "hard_ghetto"
    assert found.years_listed_next.tolist() == [10]


def test_a_list_without_a_known_limit_on_convictions_needs_the_national_share():
    counts = counts_of([[10]] * 5)
    with pytest.raises(law.LimitUnknown):
        law.judge_counts(law.rules_for(2021), counts, None, np.array([0]))
    assert law.judge_counts(law.rules_for(2021), counts, 0.5, np.array([0])).thresholds[1] == 1.5
    assert law.judge_counts(law.rules_for(2012), counts, 0.5, np.array([0])).thresholds[1] == 2.70  # fixed then


def test_the_law_ends_and_holds_only_where_that_is_chosen():
    for choice in ("hold", "stop"):
        with pytest.raises(law.LawEnds):
            law.rules_for(2009, choice)
    with pytest.raises(law.LawEnds):
        law.rules_for(2025, "stop")
    held = law.rules_for(2030, "hold")
    assert (held.list_year, held.law_year, held.years_in_a_row) == (2030, 2024, 5)
    assert law.rules_for(2024, "stop").law_year == 2024


@pytest.mark.parametrize(
    ("list_year", "names"),
    [
        (2017, ["none", None, None, "ghetto", None]),
        (2020, ["none", None, "vulnerable", "ghetto", "hard_ghetto"]),
        (2021, ["none", "prevention", "vulnerable", "parallel_society", "conversion"]),
        (2030, ["none", "prevention", "vulnerable", "parallel_society", "conversion"]),
    ],
)
def test_names_of_the_day(list_year, names):
    for code, name in enumerate(names):
        if name is None:
            with pytest.raises(LookupError):
                law.category_name(code, list_year)
        else:
            assert law.category_name(code, list_year) == name


def test_reference_years_are_those_of_the_day():
    assert law.rules_for(2012).reference_years["outside_labour_market"] == (-4, -3, -2, -1)
    assert law.rules_for(2019).reference_years == {
        "outside_labour_market": (-2, -1),
        "convicted": (-2, -1),
        "basic_schooling_only": (-1,),
        "mean_income": (-1,),
        "non_western": (0,),
    }
