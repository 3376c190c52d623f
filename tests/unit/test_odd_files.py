"""Devices, pipes, links that lead nowhere, folders of inputs, more mistakes than anybody reads: told, and soon."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.__main__ import MOST_TOLD, main
from tests.end_to_end.test_second_place import EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [["run"], ["compare"], ["goal", "--lever", "homes"], ["budget", "--frame", "1"], ["sensitivity", "--quick"], ["attribution"]]
SHORT = ["--set", "last_year=2020", "--workers", "1", "--quiet"]


@pytest.fixture
def own(tmp_path):
    """Return a folder with the made-up place and its scenario."""
    shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("out", ["places", "places/eksempelby", "places/eksempelby/below"])
@pytest.mark.parametrize("command", COMMANDS)
def test_outputs_are_not_put_among_places(own, capsys, command, out):
    """They were, and the next run said that the place has far too many files."""
    name, *more = command
    assert main([name, str(own / "eksempelby.yaml"), *more, *SHORT, "--out", str(own / out)]) == 2
    assert "holds places" in capsys.readouterr().err
    assert [path.name for path in (own / "places" / "eksempelby").iterdir()] == ["place.yaml"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_cannot_be_written_is_told_by_every_command_before_any_work(capsys, command):
    name, *more = command
    assert main([name, "plan", *more, *SHORT, "--out", "/dev/null/below"]) == 2
    assert "--out: this folder cannot be written to" in capsys.readouterr().err


def test_the_page_says_at_once_that_its_folder_cannot_be_written(capsys):
    assert main(["web", "--port", "0", "--out", "/dev/null/below"]) == 2
    assert "--out: this folder cannot be written to" in capsys.readouterr().err


def test_outputs_may_lie_beside_places(own, capsys):
    assert main(["run", str(own / "eksempelby.yaml"), *SHORT, "--draws", "1", "--replicates", "1", "--out", str(own)]) == 0
    assert main(["check", str(own / "eksempelby.yaml")]) == 0
    capsys.readouterr()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("given", [["verify", "run"], ["compare", "run", "run"], ["run", "--from", "run"], ["check", "pipe.yaml"]])
def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path, given):
    (tmp_path / "run").mkdir()
    for name in ("provenance.json", "study.json", "comparison.json"):
        os.mkfifo(tmp_path / "run" / name)
    os.mkfifo(tmp_path / "pipe.yaml")
    told = {"cwd": tmp_path, "env": os.environ | {"PYTHONPATH": str(ROOT)}, "capture_output": True, "text": True, "timeout": 60}
    done = subprocess.run([sys.executable, "-m", "simulation", *given], check=False, **told)
    assert done.returncode == 2
    assert "finished run" in done.stderr or "no file that can be read" in done.stderr


@pytest.mark.parametrize("target", ["nowhere", "self.yaml", "/dev/zero"])
def test_a_link_to_what_is_no_file_is_not_told_to_be_like_itself(tmp_path, capsys, target):
    (tmp_path / "self.yaml").symlink_to(target)
    assert main(["check", str(tmp_path / "self.yaml")]) == 2
    told = capsys.readouterr().err
    assert "no file that can be read" in told
    assert "did you mean" not in told


def test_more_mistakes_than_anybody_reads_are_counted(tmp_path, capsys):
    path = tmp_path / "many.csv"
    path.write_text("area,list_year\n" + "A,2024\n" * (MOST_TOLD + 1002), encoding="utf-8")
    assert main(["judge", str(path)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == MOST_TOLD + 1
    assert told[-1] == "… and 1,001 errors more; --json tells all"
    assert main(["judge", str(path), "--json"]) == 2
    assert capsys.readouterr().out.count('"code"') == MOST_TOLD + 1001


@pytest.mark.skipif(sys.platform == "win32", reason="there no name has such letters")
@pytest.mark.parametrize("name", [b"new\nline.yaml", b"red\x1b[31m.yaml", b"other\xffcode.yaml"])
def test_a_name_that_cannot_be_shown_is_told(own, capsys, name):
    path = own / os.fsdecode(name)
    shutil.copy(own / "eksempelby.yaml", path)
    assert main(["run", str(path), *SHORT, "--out", str(own)]) == 2
    told = capsys.readouterr().err
    assert "a letter that cannot be shown" in told
    assert told.count("\n") == 1
    assert "\x1b" not in told


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Return the outputs of a short run."""
    out = tmp_path_factory.mktemp("out")
    assert main(["run", str(EXAMPLES / "eksempelby.yaml"), *SHORT, "--draws", "1", "--replicates", "1", "--out", str(out)]) == 0
    return out


def again(out, capsys):
    status = main(["run", str(EXAMPLES / "eksempelby.yaml"), *SHORT, "--draws", "1", "--replicates", "1", "--out", str(out)])
    return status, capsys.readouterr().err


@pytest.mark.parametrize("what", ["/dev/zero", "pipe"])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_member_that_is_no_file_is_simulated_again(done, tmp_path, capsys, what):
    """It was read without end."""
    out = tmp_path / "out"
    shutil.copytree(done / ".members", out / ".members")
    (stored,) = out.glob(".members/*/*.npz")
    stored.unlink()
    os.mkfifo(stored) if what == "pipe" else stored.symlink_to(what)
    assert again(out, capsys) == (0, "")
    assert stored.is_file()
    assert not stored.is_symlink()


@pytest.mark.parametrize("place", [".members", "eksempelby", "eksempelby/{}", "eksempelby/{}/summary.csv", "eksempelby/{}/provenance.json"])
def test_something_else_where_outputs_go_is_told_with_its_place(done, tmp_path, capsys, place):
    (run,) = done.glob("eksempelby/*")
    path = tmp_path / place.format(run.name)
    if path.suffix:
        path.mkdir(parents=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    status, told = again(tmp_path, capsys)
    assert status == 1
    assert told.startswith(str(path))
    assert "cannot be written" in told
