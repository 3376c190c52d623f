"""The columns agree in distribution with a plain Mesa model that was written apart: one object for each resident, no arrays.

Which of the two is right, the test cannot say; that two ways of writing the same year come out alike, it can.
"""

import numpy as np
import pytest
from scipy import stats

from benchmarks.places import sized
from benchmarks.plain_mesa import PlainMesa
from simulation.engine import BlandetBy
from simulation.records import FLOWS, HOUSING, LABOUR, STOCK
from simulation.start import CENTRAL
from tests.assertions import FALSE_ALARM

MEMBERS, YEARS, RESIDENTS = 30, 4, 2_000
FLOW_NAMES = ("born", "died", "moved_in", "moved_out", "let_sitting")  # persons; households that move within
CONSTANT = ("homes_", "floor_", "other_", "demolished", "tenure_")
COUNTED = tuple(name for name in STOCK if not name.startswith(CONSTANT))
OUTCOMES = (
    *COUNTED,
    *FLOW_NAMES,
    *(f"followed {where}" for where in ("here", "away")),
    *(f"those of the start {state}" for state in LABOUR[1:11]),
)


def of_columns(model):
    flows = np.zeros(len(FLOW_NAMES))
    for _ in range(YEARS):
        model.step()
        flows[:-1] += model.state.flows[:, [FLOWS.index(name) for name in FLOW_NAMES[:-1]]].sum(axis=0)
        flows[-1] += model.state.housing[:, HOUSING.index(FLOW_NAMES[-1])].sum()
    record = model.records[-1]
    return told(record["stock"], flows, record["followed"])


def of_objects(model):
    flows = np.zeros(len(FLOW_NAMES))
    for _ in range(YEARS):
        model.step()
        flows += [sum(count for (flow, _), count in model.flows.items() if flow == name) for name in FLOW_NAMES]
    return told(np.array(model.stock), flows, np.array(model.followed))


def told(stock, flows, followed):
    """Put the outcomes of a member in one row: of both areas together."""
    counted = stock[:, [STOCK.index(name) for name in COUNTED]].sum(axis=0)
    people = followed.sum(axis=0)  # whereabouts, states
    return np.concatenate([counted, flows, people.sum(axis=1)[[0, 2]], people.sum(axis=0)[1:11]])


def assert_alike(one, other, false_alarm=FALSE_ALARM):
    """Assert that no outcome's mean (Welch) or spread (Brown and Forsythe) tells two samples of members apart."""
    constant = np.ptp(np.concatenate([one, other]), axis=0) == 0
    assert constant.sum() < 0.2 * len(OUTCOMES), "hardly anything varies"
    for what, p in (
        ("mean", stats.ttest_ind(one[:, ~constant], other[:, ~constant], equal_var=False).pvalue),
        ("spread", stats.levene(one[:, ~constant], other[:, ~constant], center="median").pvalue),
    ):
        worst = int(np.argmin(p))
        at = np.flatnonzero(~constant)[worst]
        means = f"{one[:, at].mean():.1f} and {other[:, at].mean():.1f}"
        assert p[worst] > false_alarm / len(OUTCOMES) / 2, f"{what} of {OUTCOMES[at]}: {means}, p = {p[worst]:.2g}"


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return sized(tmp_path_factory.mktemp("places"), RESIDENTS, scenario="reference", last_year=2019 + YEARS)


@pytest.fixture(scope="module")
def columns(scenario):
    return np.array([of_columns(BlandetBy(scenario, 1, CENTRAL, member)) for member in range(MEMBERS)])


def objects(scenario, change=lambda model: None):
    """Live members of the plain model, from the same starts, with other chance."""
    rows = []
    for member in range(MEMBERS):
        model = PlainMesa(BlandetBy(scenario, 1, CENTRAL, member), seed=1_000 + member)
        change(model)
        rows.append(of_objects(model))
    return np.array(rows)


@pytest.mark.slow
def test_columns_and_objects_agree(scenario, columns):
    assert_alike(columns, objects(scenario))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "factor"),
    [("moving", 1.25), ("death", 1.5), ("birth", 1.5), ("sitting_share", 0.3), ("conviction_level", 1.5)],
)
def test_another_rate_is_noticed(scenario, columns, name, factor):
    """The test has power: a rate that is another by a quarter or a half tells the two apart."""

    def change(model):
        found = np.asarray(getattr(model.rates, name)) * factor
        setattr(model.rates, name, found.tolist())

    with pytest.raises(AssertionError):
        assert_alike(columns, objects(scenario, change))


@pytest.mark.slow
def test_what_the_sources_add_is_the_change(scenario):
    """Both count where a change comes from; here the plain model proves its own account, person by person."""
    model = PlainMesa(BlandetBy(scenario, 1, CENTRAL, 0), seed=5)
    before = np.array(model.stock)
    model.step()
    change = (np.array(model.stock) - before)[:, [STOCK.index(name) for name in ("outside_two_years", "residents")]]
    added = np.array(model.sources).sum(axis=1)[:, [0, 9]]
    np.testing.assert_allclose(added, change, atol=1e-6)


def test_what_it_does_not_cover_is_refused(tmp_path):
    scenario = sized(tmp_path, scenario="physical_only", last_year=2021)
    with pytest.raises(ValueError, match="demolition"):
        PlainMesa(BlandetBy(scenario, 1, CENTRAL, 0), seed=1)
