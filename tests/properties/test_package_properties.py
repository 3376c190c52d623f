"""The search for a package finds what trying every package finds."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.decisions.budget.leaving import Leaving
from simulation.decisions.budget.packing import CLOSE, Choice, Rule, best_package, cheapest, needs, not_with
from simulation.decisions.budget.table import COMMON, Frame

NAMES = ("a", "b", "c", "d", "e")
PAYERS = ("one", "two", COMMON)
YEARS = 2
amounts = st.integers(0, 12)
yearly = st.lists(amounts, min_size=YEARS, max_size=YEARS).map(tuple)


def pays(choice, package):
    """Return whether the frames pay a package: what is short in a year comes out of the common room and what others may give."""
    for year in range(YEARS):
        common, short = 0.0, 0.0
        for frame in choice.frames:
            if frame.committee == COMMON:
                common += frame.thousand_dkk[year]
        own = {frame.committee for frame in choice.frames if frame.committee != COMMON}
        for name in package:
            at = choice.names.index(name)
            if choice.payers[at] not in own:
                short += choice.costs[at, year]
        for frame in choice.frames:
            if frame.committee == COMMON:
                continue
            spent = sum(
                choice.costs[choice.names.index(name), year]
                for name in package
                if choice.payers[choice.names.index(name)] == frame.committee
            )
            left = frame.thousand_dkk[year] - spent
            short += max(-left, 0.0)
            common += max(left, 0.0) if frame.movable else 0.0
        if short > common + CLOSE:
            return False
    return True


def allowed(choice, package):
    kept = all(sum(weight for name, weight in rule.weights.items() if name in package) <= rule.most for rule in choice.rules)
    paid = choice.total is None or choice.cost_of(package) <= choice.total + CLOSE
    return kept and paid and package >= choice.forced and (not choice.frames or pays(choice, package))


def every(choice):
    """Return every package that keeps the rules and the frames."""
    found = (frozenset(some) for size in range(len(choice.names) + 1) for some in combinations(choice.names, size))
    return [package for package in found if allowed(choice, package)]


@st.composite
def chances(draw):
    """Return a goal that is a probability: two draws, three criteria, of which two must be kept."""
    numbers = st.integers(-4, 4).map(float)
    margins = np.array(draw(st.lists(numbers, min_size=6, max_size=6))).reshape(2, 3)
    change = np.array(draw(st.lists(numbers, min_size=30, max_size=30))).reshape(2, len(NAMES), 3)
    return Leaving(draw(st.sampled_from([0.01, 0.1])), margins, change, 2, np.array([draw(st.booleans()), False]))


@st.composite
def choices(draw):
    costs = np.array(draw(st.lists(yearly, min_size=len(NAMES), max_size=len(NAMES))), dtype=float)
    frames = tuple(Frame(name, draw(yearly), draw(st.booleans())) for name in PAYERS)
    rules = [not_with(one, other) for one, other in draw(st.lists(st.sampled_from(list(pairwise(NAMES))), max_size=2))]
    rules += [needs(one, other) for one, other in draw(st.lists(st.sampled_from(list(combinations(NAMES, 2))), max_size=2))]
    rules += [Rule({draw(st.sampled_from(NAMES)): 1.0}, 0.0)] if draw(st.booleans()) else []
    return Choice(
        names=NAMES,
        costs=costs,
        payers=tuple(draw(st.lists(st.sampled_from(PAYERS), min_size=len(NAMES), max_size=len(NAMES)))),
        frames=frames if draw(st.booleans()) else (),
        total=draw(st.none() | st.integers(0, 60).map(float)),
        forced=frozenset(draw(st.lists(st.sampled_from(NAMES), max_size=1))),
        rules=tuple(rules),
        pairs=(("a", "b"), ("c", "d")) if draw(st.booleans()) else (),
        leaving=(draw(chances()),) if draw(st.booleans()) else (),
    )


@settings(max_examples=150, deadline=None)
@given(choices(), st.lists(st.integers(-5, 9), min_size=7, max_size=7))
def test_the_best_package_is_the_one_that_enumeration_finds(choice, worth):
    values = np.array(worth[: len(choice.names) + len(choice.pairs)], dtype=float)
    found, known = best_package(choice, values), every(choice)
    if not known:
        assert found is None
        return
    most = max(choice.value_of(package, values) for package in known)
    least = min(choice.cost_of(package) for package in known if choice.value_of(package, values) > most - CLOSE)
    assert found in known
    assert choice.value_of(found, values) == pytest.approx(most)
    assert choice.cost_of(found) == pytest.approx(least)


@settings(max_examples=50, deadline=None)
@given(choices(), st.lists(st.integers(0, 9), min_size=7, max_size=7), st.integers(0, 20))
def test_the_cheapest_package_of_a_worth_is_the_one_that_enumeration_finds(choice, worth, least):
    values = np.array(worth[: len(choice.names) + len(choice.pairs)], dtype=float)
    found = cheapest(choice, values, float(least))
    good = [package for package in every(choice) if choice.value_of(package, values) > least - CLOSE]
    assert (found is None) == (not good)
    if found is not None:
        assert choice.cost_of(found) == pytest.approx(min(choice.cost_of(package) for package in good))


def test_enumeration_tells_packages_apart():
    """Negative control: a greedy choice by worth for money misses what enumeration finds."""
    choice = Choice(("a", "b", "c"), np.array([[6.0], [5.0], [5.0]]), (COMMON,) * 3, total=10.0)
    values = np.array([7.0, 5.0, 5.0])
    greedy = frozenset("a")
    assert best_package(choice, values) == frozenset("bc") != greedy
