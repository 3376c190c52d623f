"""Small counts and what would give them away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.indicators.suppression import hidden


def hide(*counts, groups=None):
    return hidden(np.array(counts, dtype=float), groups or [range(len(counts))]).tolist()


def test_nothing_small_hides_nothing():
    assert hide(5, 12, 300) == [False, False, False]


def test_a_zero_counts_nobody_and_stays():
    assert hide(0, 12, 300) == [False, False, False]


@pytest.mark.parametrize("small", [0.3, 1, 4, 4.99])
def test_a_small_cell_takes_the_smallest_other_with_it(small):
    assert hide(small, 300, 12) == [True, False, True]


def test_small_cells_that_sum_to_few_take_one_more():
    assert hide(1, 2, 9, 300) == [True, True, True, False]
    assert hide(4, 4, 9, 300) == [True, True, False, False]


def test_a_small_total_hides_even_the_zeros():
    assert hide(3, 0, 0) == [True, True, True]
    assert hide(3, 0, 0, 7) == [True, False, False, True]


def test_a_cell_hidden_for_one_total_is_guarded_in_the_other():
    assert hide(2, 50, 60, 70, groups=[[0, 1], [2, 3], [0, 1, 2, 3]]) == [True, True, False, False]
    assert hide(2, 0, 9, 60, groups=[[0, 2], [2, 3]]) == [True, False, True, True]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_no_hidden_cell_can_be_computed_from_the_total(counts):
    found = np.array(hide(*counts))
    small = [0 < count < 5 for count in counts]
    assert all(found[small])
    if found.any():
        assert found.sum() >= 2
        assert found.all() or sum(np.array(counts)[found]) >= 5
    else:
        assert not any(small)
