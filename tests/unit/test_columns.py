"""Tables of columns behave as a plain list of rows would, only faster."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.columns import BLOCK, Table, writes

COLUMNS = {"uid": np.uint64, "age": np.int16, "share": np.float32, "here": np.bool_}


def table(count=3):
    found = Table(COLUMNS)
    found.add(count, uid=np.arange(count), age=np.arange(count) * 10)
    return found


def rows(of):
    return [tuple(getattr(of, name)[row].item() for name in of) for row in range(len(of))]


def test_columns_have_the_kind_they_were_given():
    assert {name: getattr(table(), name).dtype.type for name in COLUMNS} == COLUMNS


def test_a_column_is_written_in_place():
    persons = table()
    view = persons.age
    persons.age += 1
    assert view.tolist() == persons.age.tolist() == [1, 11, 21]
    persons.age[1:] = 5
    assert view.tolist() == [1, 5, 5]


def test_columns_that_are_not_named_start_as_zero_even_where_rows_have_gone():
    persons = table()
    persons.share, persons.here = 0.5, True
    persons.keep(np.array([True, False, False]))
    assert persons.add(2, uid=[8, 9]) == slice(1, 3)
    assert rows(persons) == [(0, 0, 0.5, True), (8, 0, 0.0, False), (9, 0, 0.0, False)]


def test_rows_outgrow_the_block():
    persons = table()
    where = persons.add(2 * BLOCK + 1, age=7)
    assert (where.start, where.stop, len(persons)) == (3, 2 * BLOCK + 4, 2 * BLOCK + 4)
    assert persons.age[:3].tolist() == [0, 10, 20]
    assert (persons.age[3:] == 7).all() and persons.age.size == len(persons)


def test_keeping_rows_tells_where_they_went():
    persons = table(4)
    assert persons.keep(np.array([False, True, False, True])).tolist() == [-1, 1, -1, 0]
    assert persons.uid.tolist() == [3, 1]  # the last fills the gap


@pytest.mark.parametrize(
    "mistake",
    [lambda t: t.add(1, agge=3), lambda t: t.agge, lambda t: setattr(t, "agge", 3)],
    ids=["add", "read", "write"],
)
def test_a_column_that_does_not_exist_is_an_error(mistake):
    persons = table()
    with pytest.raises(AttributeError, match="agge"):
        mistake(persons)
    assert len(persons) == 3


def test_rows_of_another_number_are_an_error():
    persons = table()
    with pytest.raises(ValueError, match="broadcast"):
        persons.age = [1, 2]


@pytest.mark.parametrize("of", [Table.copy, lambda t: pickle.loads(pickle.dumps(t))], ids=["copy", "pickle"])
def test_a_copy_is_one_of_its_own_and_can_grow(of):
    persons = table()
    other = of(persons)
    assert rows(other) == rows(persons)
    other.age += 1
    other.add(BLOCK + 1, age=3)
    assert persons.age.tolist() == [0, 10, 20]
    assert len(other) == BLOCK + 4


@given(st.lists(st.one_of(st.integers(0, 9), st.integers(0, 2**32).map(np.random.default_rng)), max_size=12))
def test_any_order_of_coming_and_going_keeps_the_rows_that_stay(changes):
    persons, plain, next_uid = Table(COLUMNS), [], 0
    for change in changes:
        if isinstance(change, int):
            uids = list(range(next_uid, next_uid + change))
            persons.add(change, uid=uids, age=[uid % 90 for uid in uids])
            plain += [(uid, uid % 90, 0.0, False) for uid in uids]
            next_uid += change
        else:
            stays = change.random(len(persons)) < 0.6
            moved = persons.keep(stays)
            assert ((moved >= 0) == stays).all()
            plain = [plain[row] for row in np.argsort(moved)[np.count_nonzero(~stays) :]]
        assert rows(persons) == plain


def test_a_process_says_what_it_writes():
    @writes("persons.age", "+persons")
    def growing(state):
        """Grow."""

    assert growing.writes == {"persons.age", "+persons"}
    assert growing.__name__ == "growing"
