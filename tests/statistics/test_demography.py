"""Ageing, deaths, births, leaving home, parting and pairing: each against its rate, and each test against a wrong rate."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from simulation import chance
from simulation.population.candidates import OLDEST_CHILD, child_origin
from simulation.population.profiles import at_ages, is_non_western
from simulation.processes.ageing import ageing
from simulation.processes.dying import dying
from simulation.processes.giving_birth import giving_birth
from simulation.processes.leaving_home import leaving_home
from simulation.processes.pairing import pairing
from simulation.processes.parting import parting
from simulation.records import FLOWS, LABOUR, ORIGIN
from tests.assertions import assert_expected, assert_rate
from tests.core import CHILD, HEAD, PARTNER, built, own, scenario

REPLICATES = 4  # of one process on one state, pooled


@pytest.fixture(scope="module")
def start():
    """Every resident of the city's social housing, a year older than on 1 January 2019."""
    state, now = built(scenario("historical"))
    ageing(state, now)
    return state, now


@pytest.fixture(scope="module")
def table():
    """Read the tables of rates by age as a reader would, one row after the other."""

    def read(name):
        with scenario("historical").path(f"rates/{name}.csv").open(encoding="utf-8") as stream:
            return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(stream)]

    death = {sex: {int(row["age"]): row[sex] for row in read("death_probability")} for sex in ("men", "women")}
    births = {int(row["age"]): row["births_per_1000_women"] / 1000 for row in read("fertility")}
    return death, births


def after(process, start, replicate=0):
    """Return the state after a process, with the balance of persons proved."""
    state, now = own(start[0]), replace(start[1], replicate=replicate)
    here = len(state.persons)
    process(state, now)
    gone = state.persons.household < 0
    came = sum(state.flows[:, FLOWS.index(name)].sum() for name in ("born", "moved_in"))
    went = sum(state.flows[:, FLOWS.index(name)].sum() for name in ("died", "moved_out"))
    assert (len(state.persons) - here, gone.sum()) == (came, went)
    cleared = own(state)
    cleared.clear()
    cleared.check_links()
    return state


@pytest.fixture(scope="module")
def four(start):
    """Run a process in each of the replicates; the states after it."""
    return lambda process: [after(process, start, replicate) for replicate in range(REPLICATES)]


def gone(states, rows):
    """Count those of `rows` who are gone, over the replicates."""
    return sum(int((state.persons.household[rows] < 0).sum()) for state in states)


def pooled(chances):
    return np.tile(chances, REPLICATES)


# --- ageing ---


def test_everybody_grows_a_year_older_and_the_years_move_back():
    state, now = built(scenario("historical"))
    before = own(state)
    state.persons.entered_work = True
    ageing(state, now)
    p, q = state.persons, before.persons
    assert (p.age == q.age + 1).all()
    assert (p.outside_before == q.outside).all()
    assert (p.convicted_before == q.convicted).all()
    assert not p.entered_work.any()
    assert (p.outside == q.outside).all()


# --- dying ---


def death_chances(state, table, factor=1.0):
    """Half a year at the age before the birthday, half at the age after it."""
    death, p = table[0], state.persons
    yearly = {sex: np.array([death[sex][min(age, 99)] for age in range(130)]) for sex in death}
    both = {sex: (rates + np.insert(rates[:-1], 0, rates[0])) / 2 for sex, rates in yearly.items()}
    return factor * np.where(p.female, both["women"][p.age], both["men"][p.age])


@pytest.fixture(scope="module")
def dead(four):
    return four(dying)


def groups(state):
    p = state.persons
    yield "all", np.arange(len(p))
    yield "women", np.flatnonzero(p.female)
    yield "men", np.flatnonzero(~p.female)
    for low, high in ((18, 64), (65, 79), (80, 130)):
        yield f"{low}-{high}", np.flatnonzero((p.age >= low) & (p.age <= high))


def test_deaths_are_those_of_the_table(start, dead, table):
    chances = death_chances(start[0], table) * start[1].values["rates"]["demography"]["mortality"]
    for name, rows in groups(start[0]):
        # Only deaths take people away here, but for children whom no adult is left with.
        count = sum(int(state.flows[:, FLOWS.index("died")].sum()) for state in dead) if name == "all" else gone(dead, rows)
        assert_expected(count, pooled(chances[rows]))


def test_the_test_of_deaths_notices_a_wrong_table(start, dead, table):
    died = sum(int(state.flows[:, FLOWS.index("died")].sum()) for state in dead)
    for factor in (0.87, 1.15):
        with pytest.raises(AssertionError, match="expected"):
            assert_expected(died, pooled(death_chances(start[0], table, factor)))
    women = np.flatnonzero(start[0].persons.female)
    men = death_chances(start[0], (dict.fromkeys(("men", "women"), table[0]["men"]), {}))
    with pytest.raises(AssertionError, match="expected"):
        assert_expected(gone(dead, women), pooled(men[women]))


def test_mortality_is_a_factor(start):
    state, now = own(start[0]), start[1]
    demography = {**vars(now.values["rates"]["demography"]), "mortality": 0.0}
    dying(state, replace(now, values={"rates": {"demography": demography}}))
    assert (state.persons.household >= 0).all()


def test_who_survives_is_led_by_the_partner_or_the_oldest_child(dead, start):
    before = start[0].persons
    for state in dead:
        p = state.persons
        raised = np.flatnonzero((p.household >= 0) & (p.role == HEAD) & (before.role[: len(p)] != HEAD))
        assert len(raised) > 20
        assert (before.household[raised] == p.household[raised]).all()
        assert (p.age[raised] >= 18).all()
        assert (before.role[raised] == PARTNER).sum() > 20


# --- giving birth ---


def birth_chances(state, now, table, factor=1.0):
    births, p = table[1], state.persons
    yearly = np.array([births.get(age, 0.0) for age in range(130)])
    both = (yearly + np.insert(yearly[:-1], 0, 0.0)) / 2
    ratio = np.array([now.values["rates"]["demography"]["fertility"][origin] for origin in ORIGIN])
    return factor * np.where(p.female, both[p.age] * ratio[p.origin], 0.0)


@pytest.fixture(scope="module")
def born(four):
    return four(giving_birth)


def children(state, start):
    """Return the rows of the newborn and of their mothers."""
    new = np.arange(len(start[0].persons), len(state.persons))
    mothers = np.flatnonzero(state.persons.children_born[: new[0]] != start[0].persons.children_born)
    return new, mothers


def test_births_are_those_of_the_table(start, born, table):
    chances, p = birth_chances(*start, table), start[0].persons
    mothers = np.concatenate([children(state, start)[1] for state in born])
    assert_expected(len(mothers), pooled(chances))
    for rows in (p.age < 30, p.age >= 30, p.origin == 0, p.origin == ORIGIN.index("non_western_immigrant")):
        assert_expected(rows[mothers].sum(), pooled(chances[rows]))


def test_the_test_of_births_notices_a_wrong_table(start, born, table):
    mothers = np.concatenate([children(state, start)[1] for state in born])
    for factor in (0.88, 1.12):
        with pytest.raises(AssertionError, match="expected"):
            assert_expected(len(mothers), pooled(birth_chances(*start, table, factor)))
    older = {age + 2: rate for age, rate in table[1].items()}
    young = start[0].persons.age < 27
    with pytest.raises(AssertionError, match="expected"):
        assert_expected(young[mothers].sum(), pooled(birth_chances(*start, ({}, older))[young]))


def test_women_bear_as_many_children_as_the_sources_say(start, table):
    """1.73 in Denmark 2018 (FOD33), 1.978 for non-western immigrants 2015-19, scaled to the year of the table."""
    total = sum(table[1].values())
    assert total == pytest.approx(1.7295, abs=1e-3)
    assert total * start[1].values["rates"]["demography"]["fertility"]["non_western_immigrant"] == pytest.approx(
        1.978 * 1.7295 / 1.736, abs=0.01
    )


def test_a_child_is_born_where_its_mother_lives(born, start):
    for state in born:
        new, mothers = children(state, start)
        p = state.persons
        assert len(new) == len(mothers)
        assert sorted(p.household[new]) == sorted(p.household[mothers])
        assert (p.age[new] == 0).all() and (p.role[new] == CHILD).all() and (p.labour[new] == LABOUR.index("child")).all()
        assert (p.children_born[mothers] == start[0].persons.children_born[mothers] + 1).all()
        uids = chance.child(p.uid[mothers], "born", start[0].persons.children_born[mothers].astype(np.uint64))
        assert set(uids.tolist()) == set(p.uid[new].tolist())
        by_household = dict(zip(p.household[mothers].tolist(), p.background[mothers].tolist(), strict=True))
        assert [by_household[h] for h in p.household[new].tolist()] == p.background[new].tolist()


def test_girls_are_a_little_fewer(born, start):
    girls = np.concatenate([state.persons.female[children(state, start)[0]] for state in born])
    share = start[1].values["rates"]["demography"]["girls"]
    assert_rate(girls.sum(), len(girls), share)
    with pytest.raises(AssertionError):
        assert_rate(girls.sum(), len(girls), share + 0.1)


def test_origin_follows_the_parents_at_home(born, start):
    """Of couples: the official definition, for each child. Of lone mothers: Danish where the absent father is, by its share."""
    lone, danish, expected = 0, 0, start[1].values["rates"]["population"]["absent_parent_danish"]
    for state in born:
        new, mothers = children(state, start)
        p = state.persons
        # Where a mother and her grown daughter bear in the same year, which child is whose cannot be told from outside.
        one = np.bincount(p.household[mothers], minlength=len(state.households))[p.household] == 1
        new, mothers = new[one[new]], mothers[one[mothers]]
        mother_of = dict(zip(p.household[mothers].tolist(), mothers.tolist(), strict=True))
        couple = {}
        for row in np.flatnonzero((p.role != CHILD) & np.isin(p.household, p.household[mothers])):
            couple.setdefault(int(p.household[row]), []).append(row)
        for row in new:
            mother = mother_of[int(p.household[row])]
            others = [other for other in couple[int(p.household[row])] if other != mother and p.role[mother] != CHILD]
            if others:
                pair = [np.array([column[m]]) for m in (mother, others[0]) for column in (p.origin, p.citizen)]
                assert p.origin[row] == child_origin(*pair, np.array([True]))[0]
            elif p.origin[mother] == ORIGIN.index("non_western_immigrant"):
                lone, danish = lone + 1, danish + int(p.origin[row] == 0)
    assert lone > 100
    assert_rate(danish, lone, expected)
    with pytest.raises(AssertionError):
        assert_rate(danish, lone, expected + 0.25)


# --- leaving home ---


@pytest.fixture(scope="module")
def left(four):
    return four(leaving_home)


def leaving_chances(state, now, factor=1.0):
    p, rates = state.persons, now.values["rates"]["households"]
    yearly = at_ages(rates["leave_home"], "share", p.age) * rates["leave_home_level"] * factor
    return np.where((p.role == CHILD) & (p.age >= 18), yearly, 0.0)


def test_grown_children_leave_at_their_rate(start, left):
    chances, everybody = leaving_chances(*start), np.arange(len(start[0].persons))
    assert_expected(gone(left, everybody), pooled(chances[chances > 0]))
    assert gone(left, np.flatnonzero(chances == 0)) == 0
    young = np.flatnonzero((chances > 0) & (start[0].persons.age <= 19))
    assert_expected(gone(left, young), pooled(chances[young]))
    for factor in (0.85, 1.15):
        with pytest.raises(AssertionError, match="expected"):
            assert_expected(gone(left, everybody), pooled(leaving_chances(*start, factor)[chances > 0]))


# --- parting ---


@pytest.fixture(scope="module")
def parted(four):
    return four(parting)


def couples(state):
    """Return the rows of both of each couple: head, partner."""
    p = state.persons
    head, partner = (np.full(len(state.households), -1) for _ in range(2))
    for role, rows in ((HEAD, head), (PARTNER, partner)):
        found = np.flatnonzero(p.role == role)
        rows[p.household[found]] = found
    both = (head >= 0) & (partner >= 0)
    return head[both], partner[both]


def test_couples_part_at_their_rate(start, parted):
    pairs = len(couples(start[0])[0]) * REPLICATES
    separated = sum(int(state.flows[:, FLOWS.index("moved_out")].sum()) for state in parted)
    rate = start[1].values["rates"]["households"]["part"]
    assert_rate(separated, pairs, rate)
    with pytest.raises(AssertionError):
        assert_rate(separated, pairs, rate * 1.25)


def test_one_of_two_goes_and_the_other_leads(start, parted):
    head, partner = couples(start[0])
    for state in parted:
        p = state.persons
        away = np.stack([p.household[head] < 0, p.household[partner] < 0])
        assert away.sum(axis=0).max() == 1
        stays = np.where(away[0], partner, head)[away.any(axis=0)]
        assert (p.role[stays] == HEAD).all()


def test_who_stays_with_the_children_is_as_a_rule_the_mother(start, parted):
    """By the share of lone parents who are women; without children it is either of the two."""
    state, now = start
    head, partner = couples(state)
    minors = np.bincount(state.persons.household[state.persons.age < 18], minlength=len(state.households)) > 0
    for family, expected in ((True, now.values["rates"]["population"]["lone_parent_female"]), (False, 0.5)):
        of = minors[state.persons.household[head]] == family
        counts = [0, 0]
        for after_it in parted:
            for rows in (head[of], partner[of]):
                leaving = rows[after_it.persons.household[rows] < 0]
                counts[0] += int((~state.persons.female[leaving]).sum())
                counts[1] += len(leaving)
        assert_rate(*counts, expected)
        with pytest.raises(AssertionError):
            assert_rate(*counts, 0.5 if family else 0.85)


# --- pairing ---


@pytest.fixture(scope="module")
def paired(four):
    return four(pairing)


def singles(state, until):
    head, partner = (np.zeros(len(state.households), bool) for _ in range(2))
    p = state.persons
    partner[p.household[p.role == PARTNER]] = True
    head = np.flatnonzero((p.role == HEAD) & (p.age < until))
    return head[~partner[p.household[head]]]


def test_single_heads_are_joined_at_their_rate(start, paired):
    rates = start[1].values["rates"]["households"]
    single = singles(start[0], rates["pair_until_age"])
    joined = sum(int(state.flows[:, FLOWS.index("moved_in")].sum()) for state in paired)
    assert_rate(joined, len(single) * REPLICATES, rates["pair"])
    with pytest.raises(AssertionError):
        assert_rate(joined, len(single) * REPLICATES, rates["pair"] * 1.2)


def test_a_partner_is_an_adult_of_the_other_sex_and_about_the_same_age(start, paired):
    until = start[1].values["rates"]["households"]["pair_until_age"]
    gap = start[1].values["rates"]["population"]["partner_age_gap"]
    single = set(singles(start[0], until).tolist())
    for state in paired:
        p = state.persons
        new = np.arange(len(start[0].persons), len(p))
        head_of = np.full(len(state.households), -1)
        head_of[p.household[p.role == HEAD]] = np.flatnonzero(p.role == HEAD)
        heads = head_of[p.household[new]]
        assert set(heads.tolist()) <= single
        assert len(np.unique(heads)) == len(heads)
        assert (p.role[new] == PARTNER).all() and (p.female[new] != p.female[heads]).all()
        assert (p.age[new] >= 18).all() and np.abs(p.age[new] - p.age[heads]).max() <= gap
        assert (p.background[new] == p.background[heads]).all()
        assert ((p.outside_before[new] >= 0) & (p.outside_before[new] <= 1)).all()


def test_couples_are_mixed_as_often_as_told(start, paired):
    rates, mixed, pairs = start[1].values["rates"]["population"], 0, 0
    shares = np.array([rates["origin_group"][name] for name in ("danish", "western", "non_western")])
    expected = 0.0
    for state in paired:
        p = state.persons
        new = np.arange(len(start[0].persons), len(p))
        head_of = np.full(len(state.households), -1)
        head_of[p.household[p.role == HEAD]] = np.flatnonzero(p.role == HEAD)
        groups_of = [(p.origin[rows] + 1) // 2 for rows in (new, head_of[p.household[new]])]
        mixed += int((groups_of[0] != groups_of[1]).sum())
        pairs += len(new)
        expected += float((1 - shares[groups_of[1]]).sum())
    expected *= rates["mixed_couples"] / pairs
    assert_rate(mixed, pairs, expected)
    with pytest.raises(AssertionError):
        assert_rate(mixed, pairs, expected * 1.8)


def test_partners_have_the_schooling_of_the_background(start, paired):
    """By age and origin, those of the profile of the head's background."""
    more, profile = 0, []
    for state in paired:
        p = state.persons
        new = np.arange(len(start[0].persons), len(p))
        at = p.background[new], p.age[new] - 18, is_non_western(p.origin[new]).astype(int)
        profile.append(start[1].population.more[at])
        more += int((p.schooling[new] > 0).sum())
    assert_expected(more, np.concatenate(profile))
    with pytest.raises(AssertionError, match="expected"):
        assert_expected(more, np.concatenate(profile) * 0.75)


def test_children_stay_at_home_no_longer_than_they_may(start):
    p = start[0].persons
    assert p.age[p.role == CHILD].max() <= OLDEST_CHILD + 1
