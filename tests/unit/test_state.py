"""The state: links that hold, rows that go, and households that never stand without an adult."""

import numpy as np
import pytest

from simulation.records import CHANGES, FLOWS
from simulation.state import CLOSED, NOTICED
from tests.core import CHILD, HEAD, PARTNER, own, toy

FAMILY = ((HEAD, 45), (PARTNER, 43), (CHILD, 20), (CHILD, 16), (CHILD, 3))
ALONE = ((HEAD, 70),)


def roles_left(state, home):
    """Return role and age of those who still live in a household."""
    p = state.persons
    return [(int(r), int(a)) for r, a in zip(p.role[p.household == home], p.age[p.household == home], strict=True)]


def without(state, *uids):
    """Take persons away by uid and mend the households, as the processes do."""
    state.restore_heads(state.remove(np.flatnonzero(np.isin(state.persons.uid, uids)), "died"))
    return state


def flow(state, name):
    return state.flows[:, FLOWS.index(name)].tolist()


def test_links_lead_from_person_to_area():
    state = toy([FAMILY, (), ALONE], departments=[0, 1, 2])
    assert state.home_area().tolist() == [0, 0, 1]
    assert state.person_area().tolist() == [0] * 5 + [1]
    assert state.occupant().tolist() == [0, -1, 1]


def test_who_is_gone_is_nowhere():
    state = toy([FAMILY, ALONE], departments=[0, 2])
    state.remove(np.array([1, 5]), "died")
    assert state.person_area().tolist() == [0, -1, 0, 0, 0, -1]
    assert flow(state, "died") == [1, 1]
    assert state.flows.sum() == 2


def test_accounts_add_up_and_are_opened_anew():
    state = toy([FAMILY, ALONE], departments=[0, 2])
    state.count_flow("born", np.array([0, 0, 1]))
    state.count_flow("born", np.array([1]))
    state.count_change("built", np.array([1, 1, 2]))
    state.count_change("emptied_persons", np.array([1, 2]), np.array([3.0, 5.0]))
    assert flow(state, "born") == [2, 2]
    assert state.changes[:, CHANGES.index("built")].tolist() == [0, 2, 1]
    assert state.changes[:, CHANGES.index("emptied_persons")].tolist() == [0, 3, 5]
    state.open_accounts()
    assert not state.flows.any() and not state.changes.any()


def test_clearing_drops_the_gone_and_links_the_others_anew():
    state = toy([ALONE, FAMILY, ALONE], departments=[0, 1, 2])
    state.remove(np.array([0, 3]), "moved_out")
    state.clear()
    state.check_links()
    assert state.persons.uid.tolist() == [1005, 1001, 1002, 1006, 1004]  # the last fill the gaps
    assert state.households.uid.tolist() == [202, 201]
    assert state.persons.household.tolist() == [1, 1, 1, 0, 1]
    assert state.households.dwelling.tolist() == [2, 1]
    assert state.occupant().tolist() == [-1, 1, 0]


def test_clearing_a_place_that_everybody_left():
    state = toy([ALONE])
    state.remove(np.array([0]), "died")
    state.clear()
    assert (len(state.persons), len(state.households)) == (0, 0)
    assert state.person_area().tolist() == []
    assert state.occupant().tolist() == [-1]
    state.check_links()


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ((1000,), [(HEAD, 43), (CHILD, 20), (CHILD, 16), (CHILD, 3)]),
        ((1000, 1001), [(HEAD, 20), (CHILD, 16), (CHILD, 3)]),
        ((1001,), [(HEAD, 45), (CHILD, 20), (CHILD, 16), (CHILD, 3)]),
        ((1000, 1001, 1002), []),
        ((1003, 1004), [(HEAD, 45), (PARTNER, 43), (CHILD, 20)]),
    ],
    ids=["the partner leads", "the oldest grown child leads", "the head stays", "children alone go", "no child is missed"],
)
def test_a_household_that_lost_its_head_has_another(gone, left):
    state = without(toy([ALONE, FAMILY]), *(uid + 1 for uid in gone))
    assert roles_left(state, 1) == left
    assert roles_left(state, 0) == [(HEAD, 70)]
    state.clear()
    state.check_links()


def test_children_left_alone_are_counted_as_moved_out():
    state = without(toy([FAMILY, ALONE], departments=[0, 2]), 1000, 1001, 1002)
    assert (flow(state, "died"), flow(state, "moved_out")) == ([3, 0], [2, 0])


def test_of_two_grown_children_the_oldest_leads_and_the_order_of_rows_does_not_matter():
    for order in ((19, 25), (25, 19)):
        state = without(toy([((HEAD, 50), *((CHILD, age) for age in order))]), 1000)
        assert sorted(roles_left(state, 0)) == [(HEAD, 25), (CHILD, 19)]


BROKEN = {
    "a person stands twice": lambda s: setattr(s.persons, "uid", 7),
    "a person without household": lambda s: s.persons.household.__setitem__(0, -1),
    "a household without home": lambda s: s.households.dwelling.__setitem__(0, -1),
    "two households in one home": lambda s: setattr(s.households, "dwelling", 0),
    "closed or demolished home": lambda s: s.dwellings.status.__setitem__(0, CLOSED),
    "without one head": lambda s: s.persons.role.__setitem__(0, PARTNER),
    "a child heads a household": lambda s: s.persons.age.__setitem__(0, 17),
}


@pytest.mark.parametrize("told", BROKEN)
def test_a_broken_link_is_noticed(told):
    state = toy([FAMILY, ALONE])
    state.check_links()
    BROKEN[told](state)
    with pytest.raises(AssertionError, match=told):
        state.check_links()


def test_notice_is_no_broken_link():
    state = toy([FAMILY])
    state.dwellings.status = NOTICED
    state.check_links()


def test_a_state_of_ones_own_changes_nobody_elses():
    state = toy([FAMILY, ALONE])
    other = own(state)
    other.persons.age += 1
    other.remove(np.array([0]), "died")
    other.dwellings.add(1)
    assert state.persons.age[0] == 45
    assert not state.flows.any()
    assert (len(state.dwellings), len(other.dwellings)) == (2, 3)
