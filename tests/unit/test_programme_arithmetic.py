"""The plan's own arithmetic: what is pulled down, at what pace, what that makes of the family share; and its tensions, shown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.engine import BlandetBy, simulate
from simulation.law import family_share
from simulation.population.matching import Homes, Seekers, affordable, match
from simulation.records import CHANGES, REHOUSING, STOCK
from simulation.schedule import by_end_of, during
from simulation.start import CENTRAL, layout
from tests.core import scenario
from tests.district import item, model

PLANNED = {"fyrreparken": 26, "boegeparken": 287, "birkeparken": 200, "granparken": 160, "laerkeparken": 136, "egeparken": 191}
WHOLE = st.integers(0, 400)


@given(WHOLE, st.integers(2019, 2030), st.integers(0, 10), st.floats(0, 5))
def test_an_item_is_done_whole_once_and_at_an_even_pace(count, first, length, delay):
    work = item(dwellings=count, from_=first, to=first + length, delay_years=delay)
    yearly = [during(work, year) for year in range(2015, 2055)]
    assert sum(yearly) == count and min(yearly) >= 0
    assert max(yearly) - min(yearly[first - 2015 + round(delay) : first - 2015 + round(delay) + length + 1]) <= 1
    assert by_end_of(work, first + round(delay) - 1) == 0


@given(st.integers(1, 400), st.integers(2019, 2030), st.integers(0, 10), st.integers(2019, 2032), st.integers(1, 8))
def test_what_is_left_begins_no_sooner_than_it_may_and_takes_its_time(count, first, length, not_before, left):
    work = item(dwellings=count, from_=first, to=first + length, not_before=not_before, years_left=left)
    done = [year for year in range(2015, 2060) if during(work, year)]
    assert sum(during(work, year) for year in range(2015, 2060)) == count
    assert done[0] >= max(first, not_before)
    begins = max(first, not_before)
    assert by_end_of(work, max(first + length, begins + left - 1)) == count


@pytest.fixture(scope="module")
def plan():
    return simulate(scenario("plan", "rehousing.leave_share=0.2"), 1, CENTRAL, 0)


def changes(member, name):
    return member.changes[..., CHANGES.index(name)]


def test_the_plan_asks_for_26_287_200_160_136_and_191_demolitions_in_its_years(plan):
    departments = layout(scenario("plan")).departments
    asked = dict(zip(departments, changes(plan, "planned").sum(axis=0), strict=True))
    assert {name: asked[name] for name in PLANNED} == PLANNED and sum(asked.values()) == 1000
    boegeparken = changes(plan, "planned")[:, departments.index("boegeparken")]
    assert boegeparken.nonzero()[0].tolist() == list(range(2, 8)) and boegeparken.max() - boegeparken[2:8].min() <= 1


def test_what_is_emptied_is_rehoused_or_left_and_what_is_late_is_told(plan):
    assert np.array_equal(changes(plan, "emptied"), changes(plan, "emptied_rehoused") + changes(plan, "emptied_left"))
    feasible = changes(plan, "demolished").sum()
    waiting = plan.rehousing[-1, :, REHOUSING.index("waiting")].sum()
    assert changes(plan, "emptied").sum() + waiting == 1000
    assert feasible + changes(plan, "delayed")[-1].sum() == 1000
    # Fyrreparken is to be pulled down in 2020 and to be rehoused until 2022: the plan's own tension is a delay here.
    assert changes(plan, "delayed")[1].sum() > 0


def test_about_two_and_a_half_persons_live_in_each_home_that_is_emptied(plan):
    assert 2200 < changes(plan, "emptied_persons").sum() < 2800


def test_the_landlords_rehouse_97_67_and_26_households_a_year_on_average():
    made = BlandetBy(scenario("plan"), 1, CENTRAL, 0)
    civica, fab, _ = made.landlords
    paces = {landlord: [landlord.capacity(made.now.in_year(year)) for year in range(2019, 2029)] for landlord in (civica, fab)}
    assert sum(paces[civica][2:]) == 97 * 8 and paces[civica][:2] == [0, 0]
    assert sum(paces[fab][1:4]) == 26 and paces[fab][4:7] == [67] * 3
    assert fab.capacity(made.now.in_year(2027)) == 67, "who still waits is helped at the last pace"


def test_no_landlord_rehouses_more_than_its_pace(plan):
    moved = sum(plan.rehousing[..., REHOUSING.index(name)] for name in ("rehoused_own", "rehoused_other"))
    assert (moved <= plan.rehousing[..., REHOUSING.index("capacity")]).all()
    assert (moved[:, 0] <= 97).all() and (moved[:, 1] <= 67).all() and moved.sum() > 400


@pytest.mark.parametrize("pace", [0.0, 1.0, 12.5])
def test_any_other_pace_can_be_asked_for(pace):
    said = item(id="slow", landlord="civica", households_per_year=pace, from_=2019, to=2030)
    made = model(
        demolition=(item(id="d", department="granparken", dwellings=50, from_=2020, to=2020),),
        rehousing__pace=(said,),
        rehousing__leave_share=0.0,
    )
    for _ in range(4):
        made.step()
    moved = sum(account["rehousing"][0, REHOUSING.index("rehoused_own")] for account in made.accounts)
    assert moved <= 4 * pace and (moved > 0) == (pace > 0)


def test_the_family_share_is_what_the_formula_makes_of_the_homes(plan):
    stock = {name: plan.stock[:, 0, STOCK.index(name)] for name in STOCK}
    private = stock["homes_owned"] + stock["homes_private_let"]
    share = 100 * family_share(
        family=stock["homes_social_family"], other=stock["other_equivalents"] + private, demolished=stock["demolished_total"]
    )
    by_hand = 100 * stock["homes_social_family"] / (2872 + 907 + private)
    assert share == pytest.approx(by_hand)
    assert share[0] == pytest.approx(76.0, abs=0.05)
    under = np.flatnonzero(share <= 40)
    assert (np.diff(share) <= 1e-9).all() and (len(under) == 0 or share[under[0] - 1] > 40)


# --- who is offered which home ---

RENTS = st.lists(st.integers(1, 12).map(float), max_size=7)


def best_by_trying(limits, rents):
    """The most households that can be served, by trying every order (the slow, plain way)."""
    if not limits or not rents:
        return 0
    first, rest = limits[0], limits[1:]
    without = best_by_trying(rest, rents)
    served = [1 + best_by_trying(rest, rents[:i] + rents[i + 1 :]) for i, rent in enumerate(rents) if rent <= first]
    return max([without, *served])


@given(RENTS.map(lambda x: x[:5]), RENTS.map(lambda x: sorted(x[:5])))
def test_no_other_order_would_serve_more_households(limits, rents):
    who, home = affordable(np.array(limits, float), np.array(rents, float))
    assert len(set(who.tolist())) == len(who) and len(set(home.tolist())) == len(home)
    assert all(rents[h] <= limits[w] for w, h in zip(who, home, strict=True))
    assert len(who) == best_by_trying(limits, rents)


MOST = np.array([0, 0, 2, 4, 99])
SEEKERS = st.lists(st.tuples(st.integers(1, 8), st.integers(0, 1), st.integers(2020, 2022), st.integers(3, 9)), min_size=1, max_size=12)
FREE = st.lists(st.tuples(st.integers(2, 4), st.integers(0, 1), st.integers(3, 9)), max_size=12)


@given(SEEKERS, FREE)
def test_every_offer_fits_in_size_and_rent_and_no_home_is_offered_twice(seekers, free):
    s = Seekers(*(np.array(column) for column in zip(*seekers, strict=True)))
    h = Homes(*(np.array(column) for column in zip(*free, strict=True))) if free else Homes(*(np.empty(0, int) for _ in range(3)))
    target = match(s, h, MOST)
    got = np.flatnonzero(target >= 0)
    assert len(set(target[got].tolist())) == len(got)
    assert (s.size[got] <= MOST[h.rooms[target[got]]]).all() and (s.rent_most[got] >= h.rent[target[got]]).all()
    for one in np.flatnonzero(target < 0):  # nobody is passed over for whom a home is left
        left = np.setdiff1d(np.arange(len(free)), target[got])
        assert not ((MOST[h.rooms[left]] >= s.size[one]) & (h.rent[left] <= s.rent_most[one])).any()


def test_the_own_landlords_home_comes_first():
    s = Seekers(np.array([1, 1]), np.array([0, 1]), np.array([2020, 2020]), np.array([9.0, 9.0]))
    h = Homes(np.array([2, 2]), np.array([1, 0]), np.array([1.0, 5.0]))
    assert match(s, h, MOST).tolist() == [1, 0]


def test_who_must_be_out_first_is_served_first():
    s = Seekers(np.array([1, 1]), np.array([0, 0]), np.array([2022, 2021]), np.array([9.0, 9.0]))
    assert match(s, Homes(np.array([2]), np.array([0]), np.array([1.0])), MOST).tolist() == [-1, 0]
