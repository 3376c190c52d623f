"""Newcomers keep every background as it is, and the first simulated years do not jump away from the list of 2019."""

import numpy as np
import pytest

from simulation import engine, start
from simulation.population import margins
from simulation.records import COMPOSITION, CRITERIA, STOCK
from simulation.steady import newcomers, settled
from tests.assertions import assert_mean
from tests.core import CENTRAL, now_of, scenario

DRAWS, LAST, POINTS = 12, 2022, 1.5
YEARS = LAST - 2019
# Half of those who move are young, and a share of a margin is what newcomers must at least bring: what this leaves is told here.
DRIFT = 0.15  # per cent of the residents, a year
AREAS = ("vollsmose", "kertemindevejkvarteret")


def members(*overrides, draws=DRAWS):
    of = scenario("historical", f"last_year={LAST}", *overrides)
    return [engine.simulate(of, 1, draw, 0) for draw in range(draws)]


@pytest.fixture(scope="module")
def historical():
    return members()


@pytest.fixture(scope="module")
def unsettled():
    """The control: those who move in are those who are likely to move, whoever has left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(start, "_SETUPS", {})
        patch.setattr(start, "_GROUNDS", {})
        patch.setattr(start, "settled", lambda now, guesses=None: (now, {}))
        return members(draws=8)


def away_from_2019(members, area):
    """Points between a list and that of 2019, mean over members: lists 2020 to 2022, criteria."""
    criteria = np.array([member.criteria[:, area] for member in members])
    return (criteria[:, 1:] - criteria[:, :1]).mean(axis=0)


def assert_seam(members, area):
    apart = away_from_2019(members, area)
    for year, points in zip(range(2020, LAST + 1), apart, strict=True):
        for criterion, value in zip(CRITERIA, points, strict=True):
            assert abs(value) <= POINTS, f"{criterion} of {year} is {value:+.2f} points away from 2019"


@pytest.mark.parametrize("area", [0, 1], ids=AREAS)
def test_the_seam_holds(historical, area):
    assert_seam(historical, area)


def test_the_seam_breaks_where_newcomers_are_not_steady(unsettled):
    with pytest.raises(AssertionError, match="points away from 2019"):
        assert_seam(unsettled, 0)


def test_the_seam_breaks_where_letting_changes_who_comes():
    """A scenario's own control: most lettings go to applicants in work or education."""
    with pytest.raises(AssertionError, match="outside_labour_market"):
        assert_seam(members("letting.flexible_share=0.9", draws=3), 0)


def test_every_list_of_a_member_is_near_the_one_before(historical):
    """No single year jumps: the mean change between two lists is small against the 1.5 points of the seam."""
    for area in (0, 1):
        criteria = np.array([member.criteria[:, area] for member in historical])
        for year in range(YEARS):
            for place, criterion in enumerate(CRITERIA):
                change = criteria[:, year + 1, place] - criteria[:, year, place]
                assert_mean(change, 0.0, tolerance=0.25 if criterion == "convicted" else 0.75)


def drifts(members, area, name):
    """Change a year in a stock, in per cent of the residents of 2019, by member."""
    counts = np.array([member.stock[:, area, STOCK.index(name)] for member in members])
    residents = np.array([member.stock[0, area, STOCK.index("residents")] for member in members])
    return 100 * (counts[:, -1] - counts[:, 0]) / YEARS / residents


STEADY = [name for name in COMPOSITION if name.startswith(("age_", "labour_")) and not name.endswith(("_child", "_pensioner"))] + [
    "residents",
    "non_western",
    "basic_schooling_only",
    "adults_18_64",
]


@pytest.mark.parametrize("area", [0, 1], ids=AREAS)
@pytest.mark.parametrize("name", STEADY)
def test_composition_does_not_drift(historical, area, name):
    assert_mean(drifts(historical, area, name), 0.0, tolerance=DRIFT)


def test_the_test_of_drift_has_power(unsettled):
    """Newcomers who are merely likely movers change ages, schooling and the number of residents."""
    drifting = []
    for name in STEADY:
        try:
            assert_mean(drifts(unsettled, 0, name), 0.0, tolerance=DRIFT)
        except AssertionError:
            drifting.append(name)
    assert {"age_0_6", "age_18_24", "labour_student"} <= set(drifting)


# --- the newcomers themselves ---


@pytest.fixture(scope="module")
def before():
    """The start of a member before its newcomers are inferred."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(start, "_SETUPS", {})
        patch.setattr(start, "_GROUNDS", {})
        patch.setattr(start, "settled", lambda now, guesses=None: (found.setdefault("now", now), {}))
        now_of(scenario("historical"), draw=CENTRAL)
    return found["now"]


def test_newcomers_are_households_in_rooms(before):
    found = newcomers(0, before)
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights >= 0).all()
    assert (found.rooms >= 0).all()
    came = np.bincount(np.clip(before.population.candidates.size, 1, len(found.rooms)) - 1, found.weights, minlength=len(found.rooms))
    np.testing.assert_allclose(found.rooms[came > 1e-6].sum(axis=1), 1, rtol=1e-6)


def test_newcomers_are_no_copy_of_the_residents(before):
    """Who leaves is younger than who stays, so who comes is younger than the residents, and fewer are pensioners."""
    found, population = newcomers(0, before), before.population
    old = margins.NAMES.index("age_65_up")
    assert found.weights @ population.counts[:, old] < 0.8 * population.weights[0] @ population.counts[:, old]


def test_a_guess_changes_nothing(before):
    plain = newcomers(0, before)
    guessed = newcomers(0, before, plain)
    np.testing.assert_allclose(guessed.weights, plain.weights, rtol=2e-2, atol=1e-7)


def test_only_backgrounds_that_live_here_are_settled(before):
    """Who would move into private homes is not inferred from residents that there are not."""
    after = settled(before)[0].population
    for background, homes in enumerate(before.population.homes):
        same = np.array_equal(after.applicants[background], before.population.applicants[background])
        assert same == (homes == 0), before.population.names[background]
    assert (after.weights == before.population.weights).all()


def test_other_areas_newcomers_are_those_of_the_central_values_carried_over(before):
    """At the central values carrying over changes nothing; the list areas are inferred anew in any case."""
    fresh, central = settled(before)
    again = settled(before, central)[0].population
    for background in np.flatnonzero(before.population.homes):
        np.testing.assert_allclose(again.applicants[background], fresh.population.applicants[background], rtol=2e-2, atol=1e-7)
