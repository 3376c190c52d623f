"""No room, no right, no such folder, a cache that is damaged: told in one line, nothing half-written taken for whole, and mended."""

import os
import random
import resource
import shutil
import subprocess
import time

import pytest

from simulation import provenance, route
from simulation.__main__ import main
from simulation.runs import Settings
from tests.end_to_end.test_same_bytes import Heard
from tests.faults.runs import ROOT, command, done, folder, parts_left, same_bytes

EXAMPLE = str(ROOT / "docs" / "examples" / "eksempelby.yaml")


def again(out):
    """Do the run in this process; it takes up what is stored."""
    return route.run(EXAMPLE, ["last_year=2020"], Settings(draws=3, replicates=1, out=out), Heard()).folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return the folder of a run that nobody broke."""
    return again(tmp_path_factory.mktemp("whole"))


def limited(most):
    """Return what limits the size of a file in a process that is begun."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@pytest.mark.parametrize("most", [0, 40_000, *(pytest.param(most, marks=pytest.mark.slow) for most in (5_000, 20_000, 80_000, 120_000))])
def test_a_disk_that_is_full_is_told_and_nothing_is_taken_for_whole(whole, tmp_path, most):
    status, said = done(tmp_path, preexec_fn=limited(most))
    assert status in (1, 2)
    assert "cannot be written" in said, said
    assert not list(tmp_path.glob(f"eksempelby/*/{provenance.FILE}"))
    assert not parts_left(tmp_path)
    same_bytes(whole, again(tmp_path))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can make a small disk")
@pytest.mark.slow
@pytest.mark.parametrize("size", ["100k", "400k", "900k"])
def test_a_small_disk(whole, tmp_path, size):
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(small)], check=False, capture_output=True).returncode:
        pytest.skip("no disk can be made here")
    try:
        status, said = done(small)
        assert status in (1, 2)
        assert "cannot be written" in said
        assert not list(small.glob(f"eksempelby/*/{provenance.FILE}"))
        subprocess.run(["mount", "-o", "remount,size=50m", str(small)], check=True)
        same_bytes(whole, again(small))
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.parametrize("out", ["/proc/outputs", "/dev/null", "{}/file/below"])
def test_a_folder_that_cannot_be_written_is_told_before_any_work(out, tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert main(["run", EXAMPLE, "--out", out.format(tmp_path)]) == 2
    assert "--out" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["plan", "plan"], ["share", "--family", "10", "--json"], ["check", "plan"], ["--help"]])
@pytest.mark.parametrize("unbuffered", ["1", ""])  # "": as on a user's machine, where Python tries again at its end
def test_a_full_device_as_the_output_is_told(given, unbuffered):
    told = {"cwd": ROOT, "env": os.environ | {"PYTHONUNBUFFERED": unbuffered}, "stderr": subprocess.PIPE, "text": True}
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        ran = subprocess.run([*command("x")[:3], *given], stdout=full, check=False, **told)
    assert ran.returncode == 1
    assert "Exception ignored" not in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "No space left" in ran.stderr


def damaged(path, chance):
    """Damage a file in one of the ways in which files are damaged."""
    data = bytearray(path.read_bytes())
    what = chance.randrange(5)
    if what == 0 or not data:
        path.unlink()
    elif what == 1:
        path.write_bytes(data[: chance.randrange(len(data))])
    elif what == 2:
        path.write_bytes(data + b"\0")
    elif what == 3:
        path.write_bytes(bytes(len(data)))
    else:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)


@pytest.mark.parametrize("seed", [0, 1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 40))])
def test_any_file_damaged_is_noticed_and_mended(whole, tmp_path, seed):
    """Of the stored members, of the outputs, or of the account of them."""
    chance, out = random.Random(seed), tmp_path / "out"
    shutil.copytree(whole.parents[1], out)
    mine = out / "eksempelby" / whole.name
    stored = sorted(out.rglob("*.npz"))
    for path in chance.sample([*stored, *sorted(p for p in mine.rglob("*") if p.is_file() and p.name != "timing.json")], 3):
        damaged(path, chance)
    shutil.rmtree(mine / "figures")
    assert provenance.verify_folder(mine)
    same_bytes(whole, again(out))
    assert provenance.verify_folder(mine) == []


def test_a_stored_file_that_only_bears_the_right_name_is_not_believed(whole, tmp_path):
    from simulation.files import sha256_of

    out = tmp_path / "out"
    shutil.copytree(whole.parents[1], out)
    shutil.rmtree(out / "eksempelby")
    path = sorted(out.rglob("*.npz"))[0]
    path.unlink()
    for content in (b"no archive", b"PK\x03\x04"):
        (path.parent / f"00000.{sha256_of(content)[:16]}.npz").write_bytes(content)
    same_bytes(whole, again(out))


def test_what_a_killed_run_left_half_written_is_swept_away(whole, tmp_path):
    left = tmp_path / "eksempelby" / whole.name / "figures" / ".outside.png.abc123.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    same_bytes(whole, again(tmp_path))


def test_the_clock_moves(whole, tmp_path, monkeypatch):
    """Years back, and backwards while it runs: no byte hangs on it."""
    ticks = iter(range(10**9, 0, -1))
    monkeypatch.setattr(time, "time", lambda: float(next(ticks)))
    monkeypatch.setattr(time, "perf_counter", lambda: float(next(ticks)))
    monkeypatch.setattr(time, "gmtime", lambda *given: time.struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0)))
    same_bytes(whole, again(tmp_path))


def test_folders_of_the_future_are_believed_all_the_same(whole, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(whole.parents[1], out)
    for path in out.rglob("*"):
        os.utime(path, (2**32, 2**32))
    assert folder(out) == again(out)
