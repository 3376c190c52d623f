"""The engine proves the balance every year, and nobody's chance depends on anybody else's."""

import gc
import hashlib
import os
import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np
import pytest

from simulation import chance, engine, start
from simulation.balance import BalanceError, prove_balance
from simulation.columns import writes
from simulation.engine import BlandetBy, simulate
from simulation.records import CHANGES, FLOWS, STOCK
from simulation.state import CHILD, DEMOLISHED
from simulation.year import YEAR, Step
from tests.core import CENTRAL, lived, scenario

ROOT = Path(__file__).resolve().parents[2]
TWO_YEARS = "last_year=2021"


def same(one, other):
    """Return the names of the arrays that differ in any byte."""
    return [name for name, array in one.arrays().items() if array.tobytes() != other.arrays()[name].tobytes()]


def digest(member):
    return hashlib.sha256(b"".join(array.tobytes() for array in member.arrays().values())).hexdigest()


# --- the balance ---


def smuggled_in(state, now):
    """Let somebody stand in a household who came from nowhere."""
    state.persons.add(1, uid=12345, household=0, role=CHILD, age=30)


def smuggled_out(state, now):
    """Let a child disappear."""
    stays = np.ones(len(state.persons), bool)
    stays[np.flatnonzero(state.persons.role == CHILD)[0]] = False
    row = state.persons.keep(stays)
    state.participations.person = row[state.participations.person]


def moved_unseen(state, now):
    """Let two households of different size and area change homes without a word."""
    h, size = state.households, np.bincount(state.persons.household, minlength=len(state.households))
    area = state.home_area()[h.dwelling]
    one = np.flatnonzero((area == 0) & (size == 5))[0]
    other = np.flatnonzero((area == 1) & (size == 1))[0]
    dwelling = h.dwelling
    dwelling[[one, other]] = dwelling[[other, one]]


def built_unseen(state, now):
    """Let a home stand that nobody built."""
    state.dwellings.add(1, uid=99, department=0, rooms=3)


def gone_unseen(state, now):
    """Let a home be gone that nobody pulled down."""
    d = state.dwellings
    d.add(1, uid=99, department=0, rooms=3)
    state.count_change("built", np.array([0]))
    state.dwellings.status[-1] = DEMOLISHED


def nothing(state, now):
    """Do nothing: the control."""


def with_step(patch, process):
    patch.setattr(engine, "YEAR", (*YEAR, Step(writes()(process), "a test")))
    return BlandetBy(scenario("historical", TWO_YEARS), 1, CENTRAL, 0)


@pytest.mark.parametrize(
    ("process", "told"),
    [
        (smuggled_in, "persons"),
        (smuggled_out, "persons"),
        (moved_unseen, "persons"),
        (built_unseen, "homes"),
        (gone_unseen, "homes"),
    ],
)
def test_a_year_that_does_not_balance_is_an_error(monkeypatch, process, told):
    model = with_step(monkeypatch, process)
    with pytest.raises(BalanceError, match=f"{told} by area"):
        model.step()


def test_a_year_that_balances_is_none(monkeypatch):
    model = with_step(monkeypatch, nothing)
    model.step()
    model.state.check_links()


@pytest.mark.parametrize("name", FLOWS)
def test_every_flow_of_persons_is_in_the_balance(name):
    before, flows = np.zeros((2, len(STOCK))), np.zeros((2, len(FLOWS)))
    changes, department_area = np.zeros((3, len(CHANGES))), np.array([0, 0, 1])
    flows[1, FLOWS.index(name)] = 3
    comes = name in ("born", "moved_in", "rehoused_in", "temporary_in")
    after = before.copy()
    with pytest.raises(BalanceError, match="persons"):
        prove_balance(before, after, flows, changes, department_area)
    after[1, STOCK.index("residents")] = 3 if comes else -3
    prove_balance(before, after, flows, changes, department_area)


@pytest.mark.parametrize(("name", "sign"), [("built", 1), ("demolished", -1)])
def test_homes_are_those_built_less_those_demolished(name, sign):
    before, flows = np.zeros((2, len(STOCK))), np.zeros((2, len(FLOWS)))
    changes, department_area = np.zeros((3, len(CHANGES))), np.array([0, 0, 1])
    changes[1, CHANGES.index(name)] = 7
    after = before.copy()
    with pytest.raises(BalanceError, match="homes"):
        prove_balance(before, after, flows, changes, department_area)
    after[0, STOCK.index("homes_social_family")] = sign * 7
    prove_balance(before, after, flows, changes, department_area)


@pytest.mark.parametrize("name", ["plan", "historical"])
def test_the_plan_keeps_every_link_in_every_year(name):
    model = lived(scenario(name), 0, draw=2)
    for _ in range(2019, 2030):
        model.step()
        model.state.check_links()
        counted = np.bincount(model.state.person_area(), minlength=len(model.state.layout.areas))
        assert counted.tolist() == model.records[-1]["stock"][:, STOCK.index("residents")].tolist()


# --- chance ---


@pytest.fixture(scope="module")
def plan():
    return scenario("plan", "last_year=2022")


@pytest.fixture(scope="module")
def member(plan):
    return simulate(plan, 1, 2, 1)


def test_the_same_seed_gives_the_same_bytes(plan, member):
    assert same(simulate(plan, 1, 2, 1), member) == []


def test_a_member_is_the_same_whatever_was_simulated_before_it(plan, member):
    simulate(plan, 1, 0, 0)
    simulate(scenario("historical", TWO_YEARS), 3, 2, 1)
    assert same(simulate(plan, 1, 2, 1), member) == []


def test_another_process_gives_the_same_bytes(member):
    code = "from simulation.engine import simulate; from simulation.scenario import load; from tests.unit.test_engine import digest\n"
    code += "print(digest(simulate(load('plan', ['last_year=2022']), 1, 2, 1)))"
    other = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=other, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == digest(member)


@pytest.mark.parametrize(("seed", "draw", "replicate"), [(0, 2, 1), (2, 2, 1), (1, 3, 1), (1, 2, 0)])
def test_another_seed_draw_or_replicate_is_another_member(plan, member, seed, draw, replicate):
    assert {"stock", "flows", "criteria"} <= set(same(simulate(plan, seed, draw, replicate), member))


def test_seed_zero_is_a_seed(plan):
    """It repeats itself, and its draws and replicates differ as any other's."""
    zero = simulate(plan, 0, 0, 0)
    assert same(simulate(plan, 0, 0, 0), zero) == []
    for draw, replicate in ((0, 1), (1, 0)):
        assert "flows" in same(simulate(plan, 0, draw, replicate), zero)
    assert scenario("plan").values(0, 0) != scenario("plan").values(1, 0)


def test_replicates_share_the_values_of_their_draw(plan):
    one, two = (BlandetBy(plan, 1, 4, replicate) for replicate in (0, 1))
    assert one.now.values == two.now.values
    assert one.now.values != BlandetBy(plan, 1, 5, 0).now.values


# --- scenarios are paired ---


def difference(one, other, area):
    """Return the names of stocks, criteria and flows of an area that differ between two members."""
    pairs = {"stock": STOCK, "flows": FLOWS}
    found = [
        name
        for array, names in pairs.items()
        for place, name in enumerate(names)
        if (getattr(one, array)[:, area, place] != getattr(other, array)[:, area, place]).any()
    ]
    return found + ([] if np.array_equal(one.criteria[:, area], other.criteria[:, area]) else ["criteria"])


@pytest.fixture(scope="module")
def paired():
    """Members of the plan and of the law alone, with the same seed, draw and replicate."""
    return {name: simulate(scenario(name, "last_year=2026"), 1, 1, 0) for name in ("plan", "reference", "employment_only", "historical")}


def area_of(name):
    return start.layout(scenario("plan")).areas.index(name)


def test_where_the_plan_cannot_reach_it_differs_by_exactly_nothing(paired):
    """Homes of landlords who take no part in the rehousing, where no measure works and no letting rule changes."""
    assert difference(paired["plan"], paired["reference"], area_of("others_other")) == []


def test_where_it_reaches_it_differs(paired):
    """The control: what is pulled down changes the area, and what is rehoused changes the receiving areas."""
    assert {"residents", "moved_out", "criteria"} <= set(difference(paired["plan"], paired["reference"], area_of("vollsmose")))
    assert "rehoused_in" in difference(paired["plan"], paired["reference"], area_of("civica_other"))


def test_what_a_measure_cannot_touch_differs_by_exactly_nothing(paired):
    """Measures for residents of the two list areas leave every other area as it is, person by person."""
    for area in ("ejerslykke", "solbakken", "others_other", "fab_other"):
        assert difference(paired["employment_only"], paired["reference"], area_of(area)) == [], area


def test_one_year_more_leaves_the_years_before_as_they_are():
    short, long = (simulate(scenario("plan", f"last_year={year}"), 1, 1, 0) for year in (2022, 2023))
    assert (long.stock[:4] == short.stock).all()
    assert (long.flows[:3] == short.flows).all()


# --- one household fewer ---


def without_household(uid):
    """Return a builder that leaves one household out."""

    def build(now):
        from simulation.baseline import build as whole

        state = whole(now)
        gone = np.flatnonzero(state.households.uid == uid)[0]
        state.persons.household[state.persons.household == gone] = -1
        state.clear()
        return state

    return build


def everybody(model, home):
    """Return what is known of each person, by uid, but of those who live in one home."""
    p, h, d = model.state.persons, model.state.households, model.state.dwellings
    links = {"household": h.uid[p.household], "dwelling": d.uid[h.dwelling[p.household]]}
    columns = [name for name in p if name not in ("household", "january")]
    rows = np.flatnonzero(links["dwelling"] != home)
    whole = zip(*(getattr(p, name)[rows].tolist() for name in columns), *(link[rows].tolist() for link in links.values()), strict=True)
    return dict(zip(p.uid[rows].tolist(), whole, strict=True))


@pytest.fixture
def household():
    """A family of Vollsmose, and where it lives."""
    state = BlandetBy(scenario("historical"), 1, CENTRAL, 0).state
    size = np.bincount(state.persons.household, minlength=len(state.households))
    row = np.flatnonzero((size == 4) & (state.home_area()[state.households.dwelling] == 0))[7]
    return state.households.uid[row], state.dwellings.uid[state.households.dwelling[row]]


def two_cities(monkeypatch, household, years=3):
    # A home that stands empty is offered to sitting tenants of the landlord: that is no chance but a chain of moves, so there is none here.
    of = scenario("historical", "rates.moving.sitting_share=0")
    whole = lived(of, years)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "build", without_household(household[0]))
        fewer = lived(of, years)
    return everybody(whole, household[1]), everybody(fewer, household[1])


def test_one_household_fewer_changes_nobody_elses_life(monkeypatch, household):
    """Everybody else is born, works, moves and dies as before; only who lives in that home may be another."""
    whole, fewer = two_cities(monkeypatch, household)
    assert len(whole) > 40_000
    assert whole == fewer


def test_with_chance_by_order_it_would_change_everybody(monkeypatch, household):
    """The control: numbers dealt out in the order of the rows are somebody else's when one row is missing."""

    def dealt(key, uids):
        return np.random.default_rng(int(key)).random(np.shape(uids)).clip(1e-12, 1 - 1e-12)

    monkeypatch.setattr(start, "_SETUPS", {})
    monkeypatch.setattr(start, "_GROUNDS", {})
    monkeypatch.setattr(chance, "draws_of", dealt)
    whole, fewer = two_cities(monkeypatch, household, years=2)
    both = whole.keys() & fewer.keys()
    assert sum(whole[uid] != fewer[uid] for uid in both) > 0.05 * len(both)


def test_nothing_of_a_member_stays_behind(monkeypatch):
    """A thousand members in one process: none may leave its residents in memory."""
    made = []

    class Noted(engine.BlandetBy):
        def __init__(self, *asked):
            super().__init__(*asked)
            made.append(weakref.ref(self))

    monkeypatch.setattr(engine, "BlandetBy", Noted)
    gc.disable()  # workers look for garbage rarely
    try:
        engine.simulate(scenario("historical", "last_year=2020"), 1, 0, 0)
        residents = made[0]() and vars(made[0]())
        assert not residents
    finally:
        gc.enable()
    gc.collect()
    assert [kept() for kept in made] == [None]
