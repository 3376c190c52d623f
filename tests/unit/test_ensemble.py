import os
import shutil
import signal
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from simulation import records
from simulation.chunks import chunks_of
from simulation.ensemble import members_of, run_ensemble
from simulation.workers import WorkersLostError
from simulation.workers.local import REBUILDS, Alone, Pool
from tests.unit.stub_members import LAYOUT, Stub

MEMBERS = members_of(draws=4, replicates=2)


class Killed(Stub):
    """The worker that takes draw 2 dies, the first time."""

    def __call__(self, draw, replicate):
        if draw == 2 and not (self.marks / "2-0").exists():
            (self.marks / "2-0").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(draw, replicate)


class AlwaysKilled(Stub):
    def __call__(self, draw, replicate):
        os.kill(os.getpid(), signal.SIGKILL)


class Failing(Stub):
    def __call__(self, draw, replicate):
        if draw == 2:
            raise ValueError("balance")
        return super().__call__(draw, replicate)


@pytest.fixture
def stub(tmp_path):
    (tmp_path / "marks").mkdir()
    return Stub(tmp_path / "marks")


def stored(store):
    return {path.name: path.read_bytes() for path in store.iterdir()}


def assert_same(one, other):
    assert one.arrays.keys() == other.arrays.keys()
    for name, array in one.arrays.items():
        np.testing.assert_array_equal(array, other.arrays[name])


def test_members_come_in_order_with_their_arrays(stub, tmp_path):
    ensemble = run_ensemble(stub, list(reversed(MEMBERS)), tmp_path / "store")
    assert list(zip(ensemble.draws.tolist(), ensemble.replicates.tolist(), strict=True)) == MEMBERS
    assert ensemble.layout == LAYOUT
    for row, member in enumerate(MEMBERS):
        np.testing.assert_array_equal(ensemble.arrays["flows"][row], Stub.numbers(*member, 2, 2, len(records.FLOWS)))
    assert ensemble.arrays["breached"].dtype == bool


def test_a_draw_is_never_divided():
    assert [chunk.members for chunk in chunks_of(members_of(2, 3))] == [((0, 0), (0, 1), (0, 2)), ((1, 0), (1, 1), (1, 2))]


def test_any_number_of_workers_gives_the_same_bytes(stub, tmp_path):
    alone = run_ensemble(stub, MEMBERS, tmp_path / "one", Alone())
    together = run_ensemble(stub, MEMBERS, tmp_path / "two", Pool(2))
    assert_same(alone, together)
    assert stored(tmp_path / "one") == stored(tmp_path / "two")
    assert len(stored(tmp_path / "one")) == 4


def test_what_is_stored_is_not_simulated_again(stub, tmp_path):
    first = run_ensemble(stub, MEMBERS[:6], tmp_path / "store")
    told = []
    again = run_ensemble(stub, MEMBERS, tmp_path / "store", progress=lambda done, total: told.append((done, total)))
    assert set(stub.simulated().values()) == {1}
    assert told == [(6, 8), (8, 8)]
    np.testing.assert_array_equal(again.arrays["stock"][:6], first.arrays["stock"])


@pytest.mark.parametrize("damage", ["cut", "changed", "part left", "other members"])
def test_damage_is_noticed_told_and_mended(stub, tmp_path, damage):
    store = tmp_path / "store"
    whole = run_ensemble(stub, MEMBERS, store)
    before = stored(store)
    path = sorted(store.iterdir())[1]
    if damage == "part left":
        path.rename(path.with_name(f".{path.name}.abc.part"))
    elif damage == "other members":
        data = sorted(store.iterdir())[2].read_bytes()
        path.unlink()
        (store / f"00001.{sorted(before)[2].split('.')[1]}.npz").write_bytes(data)
    else:
        data = bytearray(path.read_bytes())
        data[200] ^= 1
        path.write_bytes(data[: 300 if damage == "cut" else None])
    told = []
    again = run_ensemble(stub, MEMBERS, store, notice=lambda code, values: told.append((code, values)))
    assert told == [("chunk_redone", {"draw": 1})]
    assert_same(whole, again)
    assert stored(store) == before
    assert stub.simulated()["1-0"] == 2
    assert stub.simulated()["0-0"] == 1


def test_a_killed_worker_costs_no_result(stub, tmp_path):
    told = []
    killed = run_ensemble(Killed(stub.marks), MEMBERS, tmp_path / "two", Pool(2), notice=lambda code, values: told.append(code))
    assert told == ["worker_lost"]
    assert {member: times for member, times in stub.simulated().items() if times > 1} == {}, "another's work was lost with it"
    assert_same(killed, run_ensemble(stub, MEMBERS, tmp_path / "one"))


def test_workers_that_always_die_are_given_up(stub, tmp_path):
    told = []
    with pytest.raises(WorkersLostError):
        run_ensemble(AlwaysKilled(stub.marks), MEMBERS, tmp_path / "store", Pool(2), notice=lambda code, values: told.append(code))
    assert len(told) == REBUILDS + 1


@pytest.mark.parametrize("count", [1, 2])
def test_an_error_of_a_member_is_raised_and_the_finished_kept(stub, tmp_path, count):
    with pytest.raises(ValueError, match="balance"):
        run_ensemble(Failing(stub.marks), MEMBERS, tmp_path / "store", Pool(count))
    assert any(name.startswith("00000.") for name in stored(tmp_path / "store"))


class Large(Stub):
    """Members of about a megabyte."""

    def __call__(self, draw, replicate):
        return replace(super().__call__(draw, replicate), stock=np.full((3, 2, 20_000), float(draw)))


def peak(task, members, store):
    """Return the most bytes that an ensemble takes at any time; the pages of its files are not among them."""
    tracemalloc.start()
    try:
        ensemble = run_ensemble(task, members, store)
        assert ensemble.arrays["stock"].nbytes > 900_000 * len(members)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_members(stub, tmp_path):
    large = Large(stub.marks)
    few, many = peak(large, members_of(3, 1), tmp_path / "few"), peak(large, members_of(24, 1), tmp_path / "many")
    assert few > 1_900_000, "the measure sees the arrays of a member"
    assert many < few + 1_000_000


def test_the_arrays_outlive_their_files(stub, tmp_path):
    ensemble = run_ensemble(stub, MEMBERS, tmp_path / "store")
    shutil.rmtree(tmp_path / "store")
    np.testing.assert_array_equal(ensemble.arrays["flows"][0], Stub.numbers(0, 0, 2, 2, len(records.FLOWS)))
    assert not ensemble.arrays["flows"].flags.writeable
