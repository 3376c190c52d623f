"""Profiles by age, the picking of a state, and the fewest steps from one stock to another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulation.population.profiles import AGES, CELLS, at_ages, cell_of, is_non_western, labour_stock, pick
from simulation.population.stock import StockOf, shifted
from simulation.records import LABOUR, ORIGIN
from tests.core import now_of, scenario

STEPS = 40_000
GRID = (np.arange(STEPS) + 0.5) / STEPS
SHARES = arrays(float, 5, elements=st.floats(0.01, 1)).map(lambda a: a / a.sum())


@pytest.fixture(scope="module")
def labour():
    return now_of(scenario("historical")).values["rates"]["labour"]


def test_tables_are_read_along_straight_lines_and_held_at_the_ends():
    table = {"ages": (20, 30), "share": (0.2, 0.4)}
    assert at_ages(table, "share", [10, 20, 25, 30, 90]).tolist() == pytest.approx([0.2, 0.2, 0.3, 0.4, 0.4])


def test_only_two_origins_are_non_western():
    assert [name for code, name in enumerate(ORIGIN) if is_non_western(np.array([code]))[0]] == [
        "non_western_immigrant",
        "non_western_descendant",
    ]


def test_cells_tell_schooling_and_background_apart():
    schooling, origin = np.array([0, 0, 3, 3]), np.array([0, 4, 1, 3])
    assert cell_of(schooling, origin).tolist() == [0, 1, 2, 3]


def test_the_stock_is_shares(labour):
    stock = labour_stock(labour)
    assert stock.shape == (len(AGES), CELLS, len(LABOUR))
    np.testing.assert_allclose(stock.sum(axis=2), 1)
    assert (stock >= 0).all()
    assert (stock[-1, :, LABOUR.index("pensioner")] == 1).all()
    assert not stock[:, :, LABOUR.index("child")].any()


def test_the_stock_of_the_reference_cell_is_the_table(labour):
    """More than basic schooling, not of non-western background: the shares of the file, scaled to sum 1."""
    stock = labour_stock(labour)[30 - AGES[0], 2]
    told = {state: labour["stock"][state][labour["stock"]["ages"].index(30)] for state in LABOUR if state in labour["stock"]}
    for state, share in told.items():
        assert stock[LABOUR.index(state)] == pytest.approx(share / sum(told.values()))


def test_odds_between_cells_are_those_of_the_file(labour):
    stock = labour_stock(labour)[40 - AGES[0]]
    for cell, table in ((0, "basic_odds"), (3, "non_western_odds")):
        for state in ("disability_pension", "cash_benefit_job_ready"):
            at = LABOUR.index(state), LABOUR.index("employed")
            ratio = (stock[cell, at[0]] / stock[cell, at[1]]) / (stock[2, at[0]] / stock[2, at[1]])
            assert ratio == pytest.approx(labour[table][state] / labour[table]["employed"])


@given(SHARES)
def test_picking_gives_each_column_its_share(shares):
    picked = pick(np.tile(shares, (STEPS, 1)), GRID)
    np.testing.assert_allclose(np.bincount(picked, minlength=5) / STEPS, shares, atol=2 / STEPS)


def test_picking_never_gives_a_column_that_does_not_exist():
    """Shares sum to 1 but for rounding: the largest draw must still find a column."""
    shares = np.tile(np.full(10, 0.1), (2, 1))
    assert pick(shares, np.array([1e-300, 1 - 1e-16])).tolist() == [0, 9]


class Dealt:
    """Stands for the year: chance that is dealt out by hand, to rows instead of persons."""

    def __init__(self, u):
        self.dealt = dict(zip(("shift, leaving", "shift, destination"), u, strict=True))

    def u(self, process, rows):
        return self.dealt[process][rows]


@given(SHARES, SHARES)
def test_shifting_turns_one_stock_into_the_other_with_the_fewest_steps(before, after):
    labour = pick(np.tile(before, (STEPS, 1)), GRID).astype(np.int8)
    u = np.random.default_rng(3).permuted(np.tile(GRID, (2, 1)), axis=1)
    first, second = (StockOf(np.array([stock]), np.zeros(STEPS, int)) for stock in (before, after))
    moved = shifted(labour, first, second, Dealt(u), "shift", np.arange(STEPS))
    chance = 5 * np.sqrt(0.25 / STEPS)
    np.testing.assert_allclose(np.bincount(moved, minlength=5) / STEPS, after, atol=chance)
    fewest = np.abs(after - before).sum() / 2
    assert (moved != labour).mean() == pytest.approx(fewest, abs=chance)


def test_where_nothing_changes_nobody_moves():
    labour = pick(np.tile([0.5, 0.5], (100, 1)), GRID[::400]).astype(np.int8)
    same = StockOf(np.array([[0.5, 0.5]]), np.zeros(100, int))
    assert (shifted(labour, same, same, Dealt([GRID, GRID]), "shift", np.arange(100)) == labour).all()
