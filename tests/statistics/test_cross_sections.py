"""Whose two years count: the residents' own, or those of two yearly cross-sections (law.population)."""

import numpy as np
import pytest

from simulation.engine import simulate
from simulation.indicators.decomposition import decompose
from simulation.indicators.setting import setting_of
from simulation.records import CRITERIA, STOCK, Ensemble
from simulation.scenario import load
from simulation.start import CENTRAL, layout

OUTSIDE, CONVICTED = CRITERIA.index("outside_labour_market"), CRITERIA.index("convicted")


@pytest.fixture(scope="module", params=["residents", "cross_sections"])
def run(request):
    scenario = load("reference", [f"law.population={request.param}", "last_year=2022"])
    return scenario, simulate(scenario, 1, CENTRAL, 0)


def stock(member, name):
    return member.stock[..., STOCK.index(name)]


def test_the_list_is_the_mean_of_the_years_it_counts(run):
    scenario, member = run
    shares = {
        OUTSIDE: 100 * stock(member, "outside_last_year") / stock(member, "adults_18_64"),
        CONVICTED: 100 * stock(member, "convicted_last_year") / stock(member, "adults_18"),
    }
    for criterion, yearly in shares.items():
        crossed = (yearly[1:] + yearly[:-1]) / 2
        differ = np.abs(crossed - member.criteria[1:, :, criterion]).max()
        if scenario.sections.law.population == "cross_sections":
            assert differ < 1e-9
        else:
            assert differ > 0.05, "the control: the residents' own years are another number"


def test_the_first_list_is_that_of_the_residents(run):
    _, member = run
    assert member.criteria[0, 0, OUTSIDE] == pytest.approx(49.5, abs=0.01)


def test_the_parts_of_a_change_still_sum_to_it(run):
    scenario, member = run
    ensemble = Ensemble(layout(scenario), np.array([0]), np.array([0]), {name: array[None] for name, array in member.arrays().items()})
    parts = decompose(ensemble, setting_of(scenario))[0, :, :, OUTSIDE, -1]
    np.testing.assert_allclose(parts, np.diff(member.criteria[:, :2, OUTSIDE], axis=0), atol=1e-9)
