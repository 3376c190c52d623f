"""The goal of being off every list: the limits of the prevention list, and the package that keeps as few as it takes."""

import numpy as np

from simulation.decisions.budget.effects import Effects
from simulation.decisions.budget.foretelling import foretold, leaving_of
from simulation.decisions.budget.packing import Choice, best_package
from simulation.decisions.budget.table import COMMON, GOALS, LEAVING, NOWHERE, PEOPLE, Aim
from simulation.decisions.budget.variants import LOWER, POINTS, QUANTITIES, Outcomes, _lower
from simulation.indicators.measures import INDICATORS
from simulation.law import rules_for

YEAR = 2024
ROWS = [INDICATORS.index(name) for name in PEOPLE]
AIM = (Aim(NOWHERE, YEAR),)


def effects(margins, change, names=LOWER):
    """Return effects of two measures: margins of draws and criteria, change of draws, measures and criteria."""
    at = [QUANTITIES.index(name) for name in names]
    base = np.zeros((1, len(margins), 1, len(QUANTITIES)))
    base[0][:, 0, at] = margins
    values = np.zeros((len(margins), 2, 1, len(QUANTITIES)))
    values[:, :, 0, at] = change
    return Effects(("a", "b"), (), (YEAR,), values, Outcomes((YEAR,), base))


# Two limits of the prevention list are broken. In the first draw a alone mends the first; in the second it takes both a and b.
MARGINS = np.array([[-1.0, -1.0, 1.0, 1.0], [-2.0, -2.0, 1.0, 1.0]])
CHANGE = np.array([[[1.5, 0, 0, 0], [0.1, 0, 0, 0]], [[1.5, 0, 0, 0], [0.6, 0, 0, 0]]])


def best(room, found=None):
    found = found or effects(MARGINS, CHANGE)
    choice = Choice(("a", "b"), np.array([[3.0], [1.0]]), (COMMON,) * 2, total=room)
    choice = Choice(**{**vars(choice), "leaving": leaving_of(found, AIM, choice.names, frozenset("ab"))})
    return best_package(choice, np.zeros(2))


def test_it_can_be_a_goal_and_the_share_by_origin_cannot():
    assert NOWHERE in GOALS
    assert not [name for name in GOALS if "western" in name]


def test_the_package_that_keeps_enough_limits_is_found():
    assert best(4.0) == frozenset("ab")  # off in both draws
    assert best(3.0) == frozenset("a")  # off in one
    assert best(2.0) == frozenset()  # b alone is off in none


def test_what_is_foretold_is_the_part_of_the_draws():
    found = effects(MARGINS, CHANGE)
    assert foretold(found, frozenset("a"), AIM).tolist() == [100, 0]
    assert foretold(found, frozenset("ab"), AIM).tolist() == [100, 100]


def test_the_goals_do_not_take_each_others_limits():
    """The negative control: what mends the conversion list's limits alone leaves the prevention list's broken."""
    only_main = effects(MARGINS, CHANGE, POINTS)
    assert best(4.0, only_main) == frozenset()
    assert foretold(only_main, frozenset("ab"), (Aim(LEAVING, YEAR),)).tolist() == [100, 100]


def test_the_limits_are_those_of_the_prevention_list_where_there_is_one():
    rules, main = [rules_for(2020), rules_for(YEAR)], np.array([[[40.0, 2.4, 60.0, 55.0]] * 2])
    before, now = _lower(rules, main, ROWS)[0]
    assert before.tolist() == [40, 2.4, 60, 55]
    assert np.allclose(now, [30, 1.6, 60, 65])  # convictions: twice the country's share, where the other list has three times
