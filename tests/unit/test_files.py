import multiprocessing
import os

import pytest

from simulation import files
from simulation.files import InputErrors, Problem


@pytest.mark.parametrize(
    ("problem", "place"),
    [
        (Problem(file="plan.yaml", line=7, column=20), "plan.yaml:7:20"),
        (Problem(file="plan.yaml", line=7), "plan.yaml:7"),
        (Problem(file="plan.yaml"), "plan.yaml"),
        (Problem(), ""),
    ],
)
def test_a_place_is_told_as_far_as_it_is_known(problem, place):
    assert problem.place == place


def test_errors_carry_every_problem():
    problems = [Problem(file="a.yaml", code="one"), Problem(file="b.yaml", code="two")]
    error = InputErrors(iter(problems))
    assert error.problems == problems
    assert "a.yaml" in str(error)
    assert "two" in str(error)


def test_a_file_is_written_whole(tmp_path):
    path = tmp_path / "new" / "table.csv"
    files.write_atomic(path, "æ\n")
    files.write_atomic(path, "ø\n")
    assert path.read_bytes() == "ø\n".encode()
    assert [file.name for file in path.parent.iterdir()] == ["table.csv"]
    assert files.sha256_of_file(path) == files.sha256_of("ø\n".encode())


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    files.write_atomic(path, "old")

    def fails(handle):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="disk full"):
        files.write_atomic(path, "new")
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["table.csv"]


def _hold(path, ours, free):
    with files.locked(path):
        ours.set()
        free.wait(30)


def test_a_second_process_waits_for_the_lock(tmp_path):
    context = multiprocessing.get_context("spawn")
    ours, free = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(tmp_path / "lock", ours, free))
    other.start()
    assert ours.wait(30)
    waited = []
    with files.locked(tmp_path / "lock", on_wait=lambda: (waited.append(True), free.set())):
        other.join(30)
    assert waited
    assert other.exitcode == 0


def test_a_free_lock_is_taken_at_once(tmp_path):
    for _ in range(2):
        with files.locked(tmp_path / "lock", on_wait=lambda: pytest.fail("waited")):
            pass
