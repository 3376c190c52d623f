"""Where each year's change comes from, in whole members: the parts are the change, and each part is what it is called."""

import numpy as np
import pytest

from simulation.engine import simulate
from simulation.indicators.decomposition import ALL, decompose
from simulation.indicators.measures import INDICATORS, measure
from simulation.indicators.setting import setting_of
from simulation.records import CRITERIA, FLOWS, QUANTITIES, SOURCES, STOCK, WHEREABOUTS, Ensemble
from simulation.start import layout
from tests.core import CENTRAL, lived, scenario

NAMES = ("historical", "plan")


@pytest.fixture(scope="module")
def members():
    return {name: simulate(scenario(name), 1, 2, 0) for name in NAMES}


def ensemble_of(name, member):
    arrays = {key: array[None] for key, array in member.arrays().items()}
    return Ensemble(layout(scenario(name)), np.array([2]), np.array([0]), arrays)


def added(member, source, quantity):
    return member.sources[:, :, SOURCES.index(source), QUANTITIES.index(quantity)]


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_every_quantity_are_its_change(members, name):
    """Counted by another process than the parts are: the record counts areas, the parts compare persons."""
    member, places = members[name], len(layout(scenario(name)).list_areas)
    stock = member.stock[:, :places][..., [STOCK.index(quantity) for quantity in QUANTITIES]]
    assert np.abs(np.diff(stock, axis=0) - member.sources.sum(axis=2)).max() < 1e-6
    assert np.abs(member.sources).max() > 100, "the control: there is something to add up"


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_every_indicator_are_its_change(members, name):
    made, setting = ensemble_of(name, members[name]), setting_of(scenario(name))
    found = decompose(made, setting)
    values = measure(made, setting).of(made.layout.list_areas).values
    assert np.abs(np.diff(values, axis=1) - found[..., -1]).max() < 1e-9
    assert np.abs(found[..., :-1].sum(axis=-1) - np.diff(values, axis=1)).max() < 1e-9


@pytest.mark.parametrize("name", NAMES)
def test_residents_of_each_source_are_those_of_the_flows(members, name):
    """But for the few who come and go within one year: partners who move in and the newborn, whose household then moves."""
    member = members[name]
    flows = {flow: member.flows[:, :2, FLOWS.index(flow)] for flow in FLOWS}
    pairs = {
        "moved_in": flows["moved_in"],
        "moved_out": -flows["moved_out"],
        "rehoused": flows["rehoused_in"] - flows["rehoused_out"],
        "age_and_birth": flows["born"] - flows["died"],
    }
    for source, wanted in pairs.items():
        apart = np.abs(added(member, source, "residents") - wanted)
        assert (apart <= 12 + 0.04 * np.abs(flows["moved_out"])).all(), source
        assert apart.mean() < 15 < np.abs(flows["moved_out"]).mean(), source


def test_nobody_is_rehoused_where_nothing_is_pulled_down(members):
    assert not members["historical"].sources[:, :, SOURCES.index("rehoused")].any()
    assert members["plan"].sources[:, 0, SOURCES.index("rehoused")].any()


@pytest.mark.parametrize("name", NAMES)
def test_nobody_changes_origin_and_no_home_ceases_to_count(members, name):
    member = members[name]
    assert not added(member, "changed_state", "non_western").any()
    assert not added(member, "changed_state", "residents").any()
    assert not member.sources[:, :, SOURCES.index("definition")].any()


def test_homes_that_change_tenure_are_a_matter_of_definition(tmp_path):
    path = tmp_path / "sold.yaml"
    path.write_text(
        "extends: reference.yaml\nlast_year: 2021\nlaw: {count_new_private_residents: false}\nrelabel:\n"
        "  - {id: sold, department: birkeparken, dwellings: 60, from: 2019, to: 2020, tenure: owned, basis: assumed, source: a test}\n",
        encoding="utf-8",
    )
    member = simulate(scenario(str(path)), 1, CENTRAL, 0)
    assert added(member, "definition", "residents")[:, 0].min() < -20
    stock = member.stock[:, :2][..., [STOCK.index(quantity) for quantity in QUANTITIES]]
    assert np.abs(np.diff(stock, axis=0) - member.sources.sum(axis=2)).max() < 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_the_residents_of_the_start_are_followed_wherever_they_go(members, name):
    followed = members[name].followed.sum(axis=(1, 3))
    away = followed[:, WHEREABOUTS.index("moved_away")]
    adults = members[name].stock[0, :2, STOCK.index("adults_18_64")].sum()
    assert followed[0].tolist() == [adults, 0, 0]
    assert (np.diff(away) > 0).sum() >= 8 and away[-1] > 0.3 * adults
    total = followed.sum(axis=1)
    assert (np.abs(np.diff(total)) < 0.04 * adults).all(), "only birthdays and deaths change their number"


def test_who_moves_away_goes_on_as_if_he_had_stayed():
    """Moving changes nobody's prospects: a year on, those who left work as often as their own chances say."""
    model = lived(scenario("historical"), 3)
    away, here = model.state.away.persons, model.state.persons
    young = [(p.age >= 25) & (p.age < 45) & (p.from_list > 0) for p in (away, here)]
    outside = [float(model.now.counted[p.labour[rows]].mean()) for p, rows in zip((away, here), young, strict=True)]
    assert young[0].sum() > 200
    assert 0.2 < outside[0] < outside[1] + 0.05, "those who get work leave more often, so fewer of the leavers are outside"


def test_a_criterion_has_every_source_and_the_share_has_homes():
    assert ALL[: len(SOURCES)] == SOURCES and set(CRITERIA) < set(INDICATORS)
