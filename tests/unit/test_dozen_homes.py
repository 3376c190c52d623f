"""A district of a dozen homes, followed by hand on paper, move by move.

    old   0 1 2 3 4 5   landlord a, all let; 2 rooms, but for 4 and 5 with 4 rooms
    near  6 7 8 9       landlord a; 6 is new and stands in for a home pulled down (3 rooms, empty), 7 has 2 rooms and is let,
                        8 has 4 rooms and is empty, 9 has 4 rooms and is let
    far   10 11         landlord b; 10 has 2 rooms and is empty, 11 has 2 rooms and is let

Home 6 goes to the tenants of home 7, who are on the list for three rooms; so home 7 becomes vacant, reserved for rehousing, one
link into its chain. Homes 0, 4 and 5 get notice in 2020, to be pulled down in 2021. In home 0 lives one person, in 4 a family of
six, in 5 a couple. Of what is reserved (7, 8 and 10), the family is served first: only home 8 holds it. The couple and the
single both fit homes 7 and 10; the landlord's own home 7 goes to the one who can bear the lowest rent, and the other gets 10.
"""

import numpy as np
import pytest

from simulation.processes.demolishing import demolishing
from simulation.processes.giving_notice import giving_notice
from simulation.processes.moving_up import moving_up
from simulation.processes.rehousing import rehousing
from simulation.records import CHANGES, FLOWS, HOUSING, REHOUSING, Layout
from simulation.scenario import load
from simulation.state import CHILD, CLOSED, DEMOLISHED, HEAD, LETTABLE, NOTICED, PARTNER, State
from tests.district import changed

LAYOUT = Layout(("old", "near", "far"), ("old",), ("old", "near", "far"), ("old", "near", "far"), 2020, 2023, (), ("a", "b"))
DEPARTMENT = [0] * 6 + [1] * 4 + [2] * 2
ROOMS = [2, 2, 2, 2, 4, 4, 3, 2, 4, 4, 2, 2]
SINGLE, COUPLE, FAMILY = ((HEAD, 40),), ((HEAD, 40), (PARTNER, 41)), ((HEAD, 40), (PARTNER, 41), *[(CHILD, 5)] * 4)
LIVES = {0: SINGLE, 1: SINGLE, 2: SINGLE, 3: SINGLE, 4: FAMILY, 5: COUPLE, 7: COUPLE, 9: FAMILY, 11: SINGLE}


class Scripted:
    """A year in which chance does as it is told; what is not told never happens (1)."""

    def __init__(self, told, year=2020, **new):
        base = load("reference").values(1, None)
        settings = {"rates__moving__sitting_share": 0.5, "rehousing__leave_share": 0.2, "rates__rehousing__offers_a_year": 2}
        self.values, self.told, self.year = changed(base, **(settings | new)), told, year

    def u(self, process, uids):
        return np.array([self.told.get(process, {}).get(int(uid), 1.0) for uid in uids])


@pytest.fixture
def state():
    made = State(LAYOUT)
    landlord = [0] * 10 + [1] * 2
    made.dwellings.add(12, uid=np.arange(12), department=DEPARTMENT, landlord=landlord, rooms=ROOMS, m2=60.0, rent_m2=600.0)
    reserved = made.dwellings.reserved
    reserved[6] = True
    for home, members in LIVES.items():
        row = made.households.add(1, uid=100 + home, dwelling=home).start
        roles, ages = zip(*members, strict=True)
        uids = 1000 * (home + 1) + np.arange(len(members))
        made.persons.add(len(members), uid=uids, household=row, role=roles, age=ages, income=0.2)
    return made


def homes_of(state):
    return {int(uid) - 100: int(home) for uid, home in zip(state.households.uid, state.households.dwelling, strict=True)}


def account(state, name, names, of):
    return getattr(state, of)[..., names.index(name)].tolist()


def test_the_tenants_of_seven_move_into_the_new_home_and_theirs_is_reserved(state):
    now = Scripted({"on the list": {107: 0.0}, "wanted rooms": {107: 0.5}})
    moving_up(state, now)
    assert homes_of(state)[7] == 6
    d = state.dwellings
    assert d.reserved.nonzero()[0].tolist() == [7] and d.links[7] == 1 and d.links[6] == 0
    assert account(state, "let_sitting", HOUSING, "housing") == [0, 1, 0]
    state.check_links()


def test_a_chain_is_followed_from_link_to_link(state):
    """8 is offered to tenants: those of 9 want fewer rooms and cannot; those of 7 want four. Their home is offered next, to nobody."""
    now = Scripted({"offered to tenants": {8: 0.0, 7: 0.0}, "on the list": {107: 0.0, 109: 0.0}, "wanted rooms": {107: 0.99, 109: 0.1}})
    reserved = state.dwellings.reserved
    reserved[6] = False
    moving_up(state, now)
    assert homes_of(state)[7] == 8 and homes_of(state)[9] == 9
    assert state.dwellings.links.tolist() == [0] * 7 + [1] + [0] * 4
    assert not state.dwellings.reserved.any()


@pytest.fixture
def told(state):
    """Live to the offers: move up, give notice, rehouse."""
    now = Scripted(
        {
            "on the list": {107: 0.0},
            "wanted rooms": {107: 0.5},
            "reserved": {8: 0.0, 10: 0.0},
            "leaving by themselves": {100: 0.5, 104: 0.5, 105: 0.5},
        }
    )
    rent = state.dwellings.rent_m2
    rent[7] = 640.0  # home 7 is dearer than home 10, so both fit whoever can bear it
    moving_up(state, now)
    giving_notice(state, now, (np.array([0, 4, 5]), np.full(3, 2021, np.int16)))
    return state, now


def test_notice_is_given_to_those_who_live_there(told):
    state, _ = told
    assert (state.dwellings.status[[0, 4, 5]] == NOTICED).all() and (state.dwellings.notice[[0, 4, 5]] == 2020).all()
    assert account(state, "noticed", REHOUSING, "rehousing") == [3, 0]


def test_each_household_with_notice_finds_the_home_that_the_paper_says(told):
    state, now = told
    rehousing(state, now, (np.array([10, 10]), np.array([0, 1]), np.array([False, True, True])))
    found = homes_of(state)
    assert found[4] == 8 and {found[0], found[5]} == {7, 10}
    assert (state.dwellings.status[[0, 4, 5]] == CLOSED).all()
    assert account(state, "rehoused_own", REHOUSING, "rehousing") == [2, 0]
    assert account(state, "rehoused_other", REHOUSING, "rehousing") == [1, 0]
    assert account(state, "waiting", REHOUSING, "rehousing") == [0, 0]
    assert account(state, "rehoused_out", FLOWS, "flows") == [9, 0, 0]
    own = [home for who, home in found.items() if who in (0, 5) and home == 7]
    size = {0: 1, 5: 2}
    near = 6 + next(size[who] for who, home in found.items() if home == 7)
    assert account(state, "rehoused_in", FLOWS, "flows") == [0, near, 9 - near] and own == [7]
    # Chains: home 8 and home 10 are chains of one, home 7 the second link of the chain that began with home 6.
    assert state.chains[:3].tolist() == [2, 1, 0]
    state.check_links()


def test_the_pace_decides_who_is_called(told):
    state, now = told
    now.told["rehousing queue"] = {104: 0.1, 100: 0.2, 105: 0.3}
    rehousing(state, now, (np.array([1, 10]), np.array([0, 1]), np.array([False, True, True])))
    assert homes_of(state)[4] == 8
    assert account(state, "waiting", REHOUSING, "rehousing") == [2, 0]
    assert (state.dwellings.status[[0, 5]] == NOTICED).all()


def test_nobody_is_offered_a_home_in_an_area_that_may_not_receive(told):
    state, now = told
    rehousing(state, now, (np.array([10, 10]), np.array([0, 1]), np.array([False, False, True])))
    found = homes_of(state)
    assert found[4] == 4 and sorted((found[0], found[5]))[-1] == 10
    assert account(state, "no_home_fits", REHOUSING, "rehousing") == [2, 0]


def test_who_refuses_waits_and_the_home_goes_to_the_next(told):
    state, now = told
    now.told["refusing offer 0"] = {104: 0.0}
    now.told["refusing offer 1"] = {104: 0.0}
    rehousing(state, now, (np.array([10, 10]), np.array([0, 1]), np.array([False, True, True])))
    assert homes_of(state)[4] == 4
    assert account(state, "refused_offers", REHOUSING, "rehousing") == [2, 0]
    assert account(state, "offers", REHOUSING, "rehousing") == [4, 0]


def test_an_offer_that_nobody_can_bear_does_not_fit(told):
    state, now = told
    rent, income = state.dwellings.rent_m2, state.persons.income
    rent[8], income[:] = 600.0 * 1.7, 0.0  # more than 60 per cent above the present rent, and no income to carry it
    rehousing(state, now, (np.array([10, 10]), np.array([0, 1]), np.array([False, True, True])))
    assert homes_of(state)[4] == 4
    assert account(state, "no_home_fits", REHOUSING, "rehousing") == [1, 0]


def test_those_who_leave_by_themselves_are_counted_as_such(told):
    state, now = told
    now.told["leaving by themselves"][100] = 0.1
    rehousing(state, now, (np.array([10, 10]), np.array([0, 1]), np.array([False, True, True])))
    assert 0 in homes_of(state) and homes_of(state)[0] == -1
    assert account(state, "left", REHOUSING, "rehousing") == [1, 0]
    assert account(state, "moved_out", FLOWS, "flows") == [1, 0, 0]
    assert account(state, "emptied_left", CHANGES, "changes") == [1, 0, 0]


def test_only_empty_homes_are_pulled_down_and_what_is_late_is_told(told):
    state, now = told
    rehousing(state, now, (np.array([10, 10]), np.array([0, 1]), np.array([False, False, True])))
    state.clear()
    demolishing(state, Scripted({}, year=2021), np.array([3.0, 0.0, 0.0]))
    assert (state.dwellings.status == DEMOLISHED).sum() == 1
    assert account(state, "delayed", CHANGES, "changes") == [2, 0, 0]
    assert (state.dwellings.status[[1, 2, 3]] == LETTABLE).all()


def test_a_home_with_notice_whose_tenant_has_died_is_closed(told):
    state, now = told
    state.remove(np.flatnonzero(state.persons.household == 0), "died")
    state.clear()
    giving_notice(state, now, (np.empty(0, np.intp), np.empty(0, np.int16)))
    assert state.dwellings.status[0] == CLOSED
    assert account(state, "dissolved", REHOUSING, "rehousing") == [1, 0]
