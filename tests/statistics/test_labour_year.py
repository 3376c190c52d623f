"""The year at work: each rate at several ages and states, and a cohort that is followed through twenty years."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.population.profiles import AGES, cell_of
from simulation.population.spells import exits
from simulation.population.stock import stock_in
from simulation.processes.ageing import ageing
from simulation.processes.completing import completing
from simulation.processes.convicting import convicting
from simulation.processes.earning import earning
from simulation.processes.working import working
from simulation.records import LABOUR
from simulation.state import LABOUR_CODE, State
from tests.assertions import assert_mean, assert_rate
from tests.core import TOY, now_of, scenario

NON_WESTERN, BASIC = 3, 0


def persons(now, count, age, **columns):
    """Return a state of single persons of one background, in states drawn from its stock of the year before."""
    state = State(TOY)
    uid = np.arange(1, count + 1, dtype=np.uint64)
    given = {"origin": NON_WESTERN, "schooling": BASIC, "background": 0, "earning": 0.9} | columns
    state.persons.add(count, uid=uid, household=np.arange(count), age=age, **given)
    state.households.add(count, uid=uid, dwelling=np.arange(count))
    state.dwellings.add(count, uid=uid)
    if "labour" not in columns:
        share = stock_in(now, now.year - 1)[0, age - AGES[0], cell_of(np.array([BASIC]), np.array([NON_WESTERN]))[0]]
        state.persons.labour = np.searchsorted(share.cumsum(), (np.arange(count) + 0.5) / count)
    return state


def flat(name="historical", *overrides):
    """Return the start of a member whose chances of leaving a state do not depend on the years in it."""
    return now_of(scenario(name, "rates.labour.duration_dependence=0", *overrides))


@pytest.mark.parametrize("age", [20, 30, 45, 58])
def test_a_year_in_a_city_that_stands_still_gives_the_stock_of_the_next_age(age):
    now = flat()
    state = persons(now, 60_000, age)
    ageing(state, now)
    working(state, now)
    wanted = stock_in(now, now.year)[0, age + 1 - AGES[0], 1]
    found = np.bincount(state.persons.labour, minlength=len(LABOUR)) / 60_000
    assert np.abs(found - wanted).max() < 0.008
    assert np.abs(wanted - stock_in(now, now.year)[0, min(age + 12, 64) - AGES[0], 1]).max() > 0.01, (
        "the control: another age is another stock"
    )


@pytest.mark.parametrize("state_name", ["employed", "insured_unemployed", "cash_benefit_activity_ready", "disability_pension"])
@pytest.mark.parametrize("age", [32, 45])
def test_a_state_is_left_as_often_as_its_rate_says(state_name, age):
    """Left for another: churn can lead back, and the change to the next age moves some on."""
    now, code = flat(), LABOUR_CODE[state_name]
    state = persons(now, 40_000, age, labour=np.full(40_000, code, np.int8))
    was, becomes = (stock_in(now, year)[0, age - AGES[0] + step, 1] for step, year in ((0, now.year - 1), (1, now.year)))
    leave = exits(now.values)
    back = leave[code] * was[code] / (was * leave).sum()
    ageing(state, now)
    working(state, now)
    moved_on = max(1 - becomes[code] / was[code], 0)
    stays = (1 - leave[code] + leave[code] * back) * (1 - moved_on)
    others_back = 0.03  # at most: those whom churn takes elsewhere and the step to the next age brings back
    left = (state.persons.labour != code).mean()
    assert abs(left - (1 - stays)) < 0.006 + others_back * leave[code]
    assert abs(left - (1 - stays)) < abs(left - 1.5 * (1 - stays)), "the control: half as much again would be noticed"


def test_who_has_been_in_a_state_for_long_leaves_it_more_rarely():
    now, code = now_of(scenario("historical")), LABOUR_CODE["cash_benefit_activity_ready"]
    left = {}
    for years in (0, 10):
        state = persons(now, 30_000, 45, labour=np.full(30_000, code, np.int8), years_in_state=years)
        ageing(state, now)
        working(state, now)
        left[years] = (state.persons.labour != code).mean()
        assert (state.persons.years_in_state[state.persons.labour != code] == 0).all()
    assert left[0] > 1.5 * left[10]
    state = persons(flat(), 30_000, 45, labour=np.full(30_000, code, np.int8), years_in_state=10)
    ageing(state, flat())
    working(state, flat())
    assert left[10] < (state.persons.labour != code).mean() < left[0], "the control: without dependence years make no difference"


def test_a_part_year_counts_as_the_part_of_it_that_was_spent_outside():
    now = flat()
    state = persons(now, 20_000, 40)
    ageing(state, now)
    working(state, now)
    p = state.persons
    counted = now.counted
    whole = counted[p.labour] == counted[p.labour_before]
    assert np.array_equal(p.outside[whole], counted[p.labour][whole].astype(np.float32))
    shared = p.outside[~whole]
    assert ((shared > 0) & (shared < 1)).all()
    assert_mean(shared, 0.5)


@pytest.mark.parametrize("age", [21, 25, 40])
def test_schooling_is_completed_as_the_rates_say(age):
    now = flat()
    state = persons(now, 40_000, age, labour=np.full(40_000, LABOUR_CODE["student"], np.int8))
    ageing(state, now)
    completing(state, now)
    done = (state.persons.schooling > 0).sum()
    if age >= 30:
        rate = now.values["rates"]["schooling"]["adult_completion"]
    else:
        more, students = now.population.more[0, :, 1], now.population.labour[0, age - AGES[0], 1, LABOUR_CODE["student"]]
        at = age - AGES[0]
        rate = min(max(more[at + 1] - more[at], 0) / (1 - more[at]) / students, 0.95)
    assert_rate(done, 40_000, rate)
    with pytest.raises(AssertionError):
        assert_rate(done, 40_000, rate + 0.02)


def test_the_young_who_are_no_students_and_those_over_59_complete_nothing():
    now = flat()
    for age, labour in ((22, "employed"), (62, "student")):
        state = persons(now, 20_000, age, labour=np.full(20_000, LABOUR_CODE[labour], np.int8))
        ageing(state, now)
        completing(state, now)
        assert not state.persons.schooling.any()


@pytest.mark.parametrize("age", [16, 22, 40, 60])
@pytest.mark.parametrize("female", [True, False])
def test_convictions_follow_age_sex_work_and_schooling_and_not_origin(age, female):
    now = flat()
    rates, level = now.values["rates"]["convictions"], now.population.conviction_level[0] * now.city.trend_in(now.year)
    found = {}
    for origin in (0, NON_WESTERN):
        outside = np.full(40_000, LABOUR_CODE["cash_benefit_job_ready"], np.int8)
        state = persons(now, 40_000, age, labour=outside, female=female, origin=origin)
        convicting(state, now)
        found[origin] = state.persons.convicted.copy()
    assert np.array_equal(found[0], found[NON_WESTERN]), "the same person of another origin has the same year"
    by_age = np.interp(age, rates["by_age"]["ages"], rates["by_age"]["risk"])
    expected = level * by_age * rates["outside"] * rates["basic_schooling"] * (rates["women"] if female else 1)
    assert_rate(found[0].sum(), 40_000, expected)


def test_no_child_under_the_age_of_criminal_responsibility_is_convicted():
    now = flat()
    state = persons(now, 40_000, 14, labour=np.zeros(40_000, np.int8))
    convicting(state, now)
    assert not state.persons.convicted.any()


def test_income_is_that_of_the_two_parts_of_the_year():
    now = flat()
    state = persons(now, 4, 40, labour=np.full(4, LABOUR_CODE["employed"], np.int8))
    p, benefit = state.persons, LABOUR_CODE["cash_benefit_job_ready"]
    p.labour_before, p.part = np.array([1, benefit, 1, benefit]), np.array([1.0, 1.0, 0.25, 0.25])
    p.labour = np.array([1, benefit, benefit, 1])
    earning(state, now)
    rates = now.values["rates"]["income"]
    on_benefit = 12 * rates["benefit_month_dkk"]["cash_benefit_job_ready"] / rates["region_mean_dkk"]
    wanted = [0.9, on_benefit, 0.25 * 0.9 + 0.75 * on_benefit, 0.25 * on_benefit + 0.75 * 0.9]
    assert np.allclose(p.income, wanted, atol=1e-6)


@pytest.fixture(scope="module")
def cohort():
    """Twenty years of 12,000 people who are 10 to 59 at first: their labour, schooling and income at each year's end."""
    now = now_of(scenario("historical"))
    city = replace(now.city, odds=np.ones((40, 2)), conviction_trend=np.ones(40))
    now = replace(now, city=city)
    count = 12_000
    state = persons(now, count, 30, labour=np.zeros(count, np.int8))
    p = state.persons
    p.age = 10 + np.arange(count) % 50
    adult = p.age >= 18
    share = now.population.labour[0, np.clip(p.age - 18, 0, 47), cell_of(p.schooling, p.origin)]
    p.labour = np.where(adult, (share.cumsum(axis=1) < ((np.arange(count) * 0.618) % 1)[:, None]).sum(axis=1), 0)
    first = p.age.copy()
    seen = []
    for year in range(now.year, now.year + 20):
        this = now.in_year(year)
        for process in (ageing, completing, working, earning, convicting):
            process(state, this)
        seen.append({name: getattr(p, name).copy() for name in ("age", "labour", "schooling", "income", "outside", "years_in_state")})
    return first, seen


def test_a_cohort_keeps_believable_lives(cohort):
    first, seen = cohort
    for years, now in enumerate(seen, start=1):
        age, labour = now["age"], now["labour"]
        assert np.array_equal(age, first + years)
        assert ((labour == LABOUR_CODE["pensioner"]) == (age >= 65)).all(), "pensioners are those of pension age, and all of them"
        assert ((labour == LABOUR_CODE["child"]) == (age < 18)).all(), "children are children, and none works full time"
        assert not now["schooling"][age < 18].any() and not now["income"][age < 18].any()
        assert (labour[(age < 55)] != LABOUR_CODE["early_retirement"]).mean() > 0.99
        assert ((now["outside"] >= 0) & (now["outside"] <= 1)).all()
        assert (now["years_in_state"] <= 10).all()


def test_schooling_is_never_lost_and_the_young_gain_it(cohort):
    first, seen = cohort
    for before, after in zip(seen[:-1], seen[1:], strict=True):
        assert (after["schooling"] >= before["schooling"]).all()
    grown = (first >= 10) & (first <= 14)  # 30 to 34 at the end
    with_more = (seen[-1]["schooling"][grown] > 0).mean()
    assert 0.1 < with_more < 0.5


def test_lives_are_neither_frozen_nor_dealt_anew_every_year(cohort):
    first, seen = cohort
    middle = (first >= 30) & (first <= 44)
    same_after_one = (seen[0]["labour"] == seen[1]["labour"])[middle].mean()
    same_at_the_end = (seen[0]["labour"] == seen[-1]["labour"])[middle].mean()
    assert 0.75 < same_after_one < 0.97
    assert 0.3 < same_at_the_end < same_after_one
    shuffled = np.roll(seen[1]["labour"][middle], 1)
    assert (seen[0]["labour"][middle] == shuffled).mean() < 0.5, "the control: lives dealt anew"
