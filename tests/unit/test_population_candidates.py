"""Candidate households are believable: adults come first, children are theirs, and origin follows the official definition."""

from itertools import pairwise

import numpy as np
import pytest

from simulation.population.candidates import CHILD, HEAD, OLDEST_CHILD, PARTNER, YOUNGEST_PARENT, adult_origin, child_origin, make
from simulation.population.profiles import AGES, at_ages, cell_of, is_non_western, labour_stock
from simulation.records import LABOUR, ORIGIN
from tests.assertions import assert_expected, assert_rate
from tests.core import CENTRAL, now_of, scenario

DANISH, W_IMMIGRANT, W_DESCENDANT, N_IMMIGRANT, N_DESCENDANT = range(len(ORIGIN))


@pytest.fixture(scope="module")
def rates():
    return now_of(scenario("historical"), draw=CENTRAL).values["rates"]


@pytest.fixture(scope="module")
def pool(rates):
    return make(8000, rates["population"], rates["labour"])


def of_role(pool, role, column):
    """Return a number of the household's head or partner, -1 where there is none."""
    found = np.full(len(pool.size), -1)
    rows = pool.role == role
    found[pool.household[rows]] = getattr(pool, column)[rows]
    return found


def test_every_household_has_one_adult_head_and_at_most_one_partner(pool):
    for role, allowed in ((HEAD, {1}), (PARTNER, {0, 1})):
        assert set(np.bincount(pool.household[pool.role == role], minlength=len(pool.size))) == allowed
    assert (pool.age[pool.role != CHILD] >= 18).all()
    assert (pool.size <= 7).all() and (pool.size >= 1).all()


def test_persons_stand_together_head_first_then_partner_then_children(pool):
    assert (np.diff(pool.household) >= 0).all()
    assert (pool.role[pool.start[:-1]] == HEAD).all()
    inside = np.diff(pool.household) == 0
    assert (np.diff(pool.role)[inside] >= 0).all()
    assert pool.start[-1] == len(pool.age)


def test_children_could_be_those_of_either_adult_at_home(pool):
    child = pool.role == CHILD
    youngest_adult = np.full(len(pool.size), 200)
    np.minimum.at(youngest_adult, pool.household[~child], pool.age[~child])
    gap = youngest_adult[pool.household[child]] - pool.age[child]
    assert gap.min() > YOUNGEST_PARENT
    assert pool.age[child].max() <= OLDEST_CHILD
    assert (pool.age[child] >= 0).all()


def test_children_are_no_twins_and_stand_youngest_first(pool):
    child = np.flatnonzero(pool.role == CHILD)
    for first, second in pairwise(child[:3000]):
        if pool.household[first] == pool.household[second]:
            assert pool.age[first] < pool.age[second]


def test_partners_are_of_the_other_sex_and_about_the_same_age(pool, rates):
    pairs = of_role(pool, PARTNER, "age") >= 0
    assert (of_role(pool, HEAD, "female")[pairs] + of_role(pool, PARTNER, "female")[pairs] == 1).all()
    gap = of_role(pool, PARTNER, "age")[pairs] - of_role(pool, HEAD, "age")[pairs]
    # A partner is at least 18, which widens the gap to the youngest heads by nothing (no head is under 18).
    assert np.abs(gap).max() <= rates["population"]["partner_age_gap"]


def test_mothers_carry_the_children_they_have(pool):
    children = np.bincount(pool.household[pool.role == CHILD], minlength=len(pool.size))
    mother = pool.female & (pool.role != CHILD)
    assert (pool.children_born[mother] == children[pool.household[mother]]).all()
    assert (pool.children_born[~mother] == 0).all()


def test_the_kinds_of_household_come_as_often_as_they_should(pool, rates):
    kinds = rates["population"]["structure"]
    partnered = of_role(pool, PARTNER, "age") >= 0
    single_adult = ~partnered & (pool.size == 1)
    assert_rate(partnered.sum(), len(partnered), kinds["couple"] + kinds["couple_children"])
    with pytest.raises(AssertionError):
        assert_rate(partnered.sum(), len(partnered), kinds["couple"] + kinds["couple_children"] + 0.03)
    # A family whose parent is too young for a child stands as single or couple: never fewer of these than asked for.
    assert single_adult.mean() >= kinds["single"] - 0.02


def test_the_young_are_in_no_work_and_have_no_schooling(pool):
    assert ((pool.labour == LABOUR.index("child")) == (pool.age < AGES[0])).all()
    assert (pool.schooling[pool.age < 18] == 0).all()
    assert ((pool.labour == LABOUR.index("pensioner")) == (pool.age >= AGES[-1])).all()


def test_schooling_and_work_follow_their_profiles(pool, rates):
    adult = (pool.age >= 18) & (pool.age < AGES[-1])
    table = rates["population"]["more_than_basic"]
    non_western = is_non_western(pool.origin)
    more = np.where(non_western, at_ages(table, "non_western", pool.age), at_ages(table, "other", pool.age))[adult]
    assert_expected((pool.schooling[adult] > 0).sum(), more)
    with pytest.raises(AssertionError):
        assert_expected((pool.schooling[adult] > 0).sum(), more * 0.93)
    stock = labour_stock(rates["labour"])[pool.age[adult] - AGES[0], cell_of(pool.schooling[adult], pool.origin[adult])]
    for state in ("employed", "student", "disability_pension", "home_without_benefit"):
        found = (pool.labour[adult] == LABOUR.index(state)).sum()
        assert_expected(found, stock[:, LABOUR.index(state)])
        with pytest.raises(AssertionError):
            assert_expected(found, stock[:, LABOUR.index(state)] * 0.8)


def test_origin_goes_together_but_for_mixed_couples(pool, rates):
    pairs = of_role(pool, PARTNER, "age") >= 0
    groups = [(of_role(pool, role, "origin")[pairs] + 1) // 2 for role in (HEAD, PARTNER)]
    shares = np.array([rates["population"]["origin_group"][name] for name in ("danish", "western", "non_western")])
    other = rates["population"]["mixed_couples"] * (1 - shares @ shares)
    assert_rate((groups[0] != groups[1]).sum(), pairs.sum(), other)
    with pytest.raises(AssertionError):
        assert_rate((groups[0] != groups[1]).sum(), pairs.sum(), other * 1.5)


def test_children_born_here_of_two_immigrants_are_descendants(pool):
    """No child of two non-western immigrants is of Danish origin, and none of two Danish-born citizens is anything else."""
    head, partner = (of_role(pool, role, "origin") for role in (HEAD, PARTNER))
    child = np.flatnonzero(pool.role == CHILD)
    parents = head[pool.household[child]], partner[pool.household[child]]
    both = (parents[0] == N_IMMIGRANT) & (parents[1] == N_IMMIGRANT)
    assert set(pool.origin[child[both]]) == {N_IMMIGRANT, N_DESCENDANT}
    both = (parents[0] == DANISH) & (parents[1] == DANISH)
    assert set(pool.origin[child[both]]) == {DANISH}


@pytest.mark.parametrize(
    ("head", "citizen", "other", "other_citizen", "known", "child"),
    [
        (N_IMMIGRANT, False, N_IMMIGRANT, False, True, N_DESCENDANT),
        (N_IMMIGRANT, True, N_IMMIGRANT, True, True, N_DESCENDANT),  # citizens, but born abroad
        (N_DESCENDANT, True, N_IMMIGRANT, False, True, DANISH),  # one parent born in Denmark and a citizen
        (N_DESCENDANT, False, N_IMMIGRANT, False, True, N_DESCENDANT),
        (N_IMMIGRANT, False, N_DESCENDANT, True, True, DANISH),
        (N_IMMIGRANT, False, DANISH, True, True, DANISH),
        (N_IMMIGRANT, False, DANISH, True, False, N_DESCENDANT),  # the other parent is not known
        (N_IMMIGRANT, False, N_DESCENDANT, True, False, N_DESCENDANT),
        (DANISH, True, N_IMMIGRANT, False, True, DANISH),
        (W_IMMIGRANT, False, W_IMMIGRANT, False, True, W_DESCENDANT),
        (W_IMMIGRANT, False, N_IMMIGRANT, False, True, W_DESCENDANT),  # the first parent's group
        (W_DESCENDANT, True, N_IMMIGRANT, False, True, DANISH),
    ],
)
def test_the_origin_of_a_child(head, citizen, other, other_citizen, known, child):
    found = child_origin(
        np.array([head], np.int8), np.array([citizen]), np.array([other], np.int8), np.array([other_citizen]), np.array([known])
    )
    assert ORIGIN[found[0]] == ORIGIN[child]


def test_adults_are_descendants_as_often_as_their_age_says(rates):
    age, table = np.full(20_000, 22, np.int16), rates["population"]["descendant_share"]
    u = (np.arange(20_000) + 0.5) / 20_000
    for group, immigrant, descendant in ((1, W_IMMIGRANT, W_DESCENDANT), (2, N_IMMIGRANT, N_DESCENDANT)):
        found = adult_origin(np.full(20_000, group, np.int8), age, u, rates["population"])
        assert set(found) == {immigrant, descendant}
        assert (found == descendant).mean() == pytest.approx(float(at_ages(table, "share", 22)), abs=1e-4)
    assert set(adult_origin(np.zeros(20_000, np.int8), age, u, rates["population"])) == {DANISH}


def test_a_candidate_is_the_same_in_a_larger_pool(rates, pool):
    few = make(500, rates["population"], rates["labour"])
    persons = few.start[-1]
    for name in ("role", "age", "female", "origin", "citizen", "schooling", "labour", "children_born"):
        assert (getattr(few, name) == getattr(pool, name)[:persons]).all()


def test_sums_over_persons_are_those_of_their_households(pool):
    slow = [int(pool.age[a:b].sum()) for a, b in pairwise(pool.start[:200])]
    assert pool.sum(pool.age)[:199].tolist() == slow
