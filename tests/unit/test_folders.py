"""What lies in a folder is told where a run is asked for; that of real budgets and studies stands in the tests that make them."""

import json
import shutil

import pandas as pd
import pytest

from simulation import comparing, folders, provenance, route, studying
from simulation.__main__ import main
from simulation.files import sha256_of_file
from simulation.runs import Settings
from tests.end_to_end.test_same_bytes import Heard
from tests.end_to_end.test_second_place import EXAMPLES


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder of a short run."""
    settings = Settings(draws=2, replicates=1, out=tmp_path_factory.mktemp("out"))
    return route.run(str(EXAMPLES / "eksempelby.yaml"), ["last_year=2020"], settings, Heard()).folder


def compared(capsys, *folder):
    assert main(["compare", *map(str, folder), "--out", str(folder[0] / "new")]) == 2
    return capsys.readouterr().err


def test_a_run_is_one(made):
    assert folders.kind_of(made) == "run"
    assert folders.run_of(made)["run_id"] == made.name


def test_a_folder_of_runs_names_them(made, capsys, tmp_path):
    for folder in (made.parent, made.parents[1]):
        assert f"name one of them; allowed: {made}" in compared(capsys, folder, made)
    for number in range(folders.MOST_NAMED + 1):
        shutil.copytree(made, tmp_path / "plan" / str(number))
    assert compared(capsys, tmp_path, made).endswith("4, …\n")


def test_a_folder_in_which_nothing_is_finished(capsys, tmp_path, made):
    assert "there is no finished run here: provenance.json is missing" in compared(capsys, tmp_path, made)


def test_the_draws_of_a_calibration_are_told(capsys, tmp_path, made):
    (tmp_path / "before_after.json").write_text("[]", encoding="utf-8")
    assert "the draws of a calibration lie here" in compared(capsys, tmp_path, made)
    assert main(["verify", str(tmp_path)]) == 2
    assert "the draws of a calibration lie here" in capsys.readouterr().err


@pytest.mark.parametrize("name", [studying.FILE, comparing.FILE])
@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sides": 1, "scenario": 1}', '{"scenario": "a\\u001b[2J"}', "[" * 9000])
def test_an_account_that_is_none_is_told_all_the_same(capsys, tmp_path, made, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    said = compared(capsys, tmp_path, made)
    assert "lies here, not a run" in said
    assert "\x1b" not in said


def with_records(made, to, change):
    """Return a copy of a run with other records, whole by its own account."""
    shutil.copytree(made, to)
    change(to / "records.parquet")
    told = json.loads((to / provenance.FILE).read_text(encoding="utf-8"))
    told["outputs"] = {name: sha256_of_file(to / name) for name in told["outputs"] if (to / name).is_file()}
    (to / provenance.FILE).write_text(json.dumps(told), encoding="utf-8")
    return to


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"PAR1"),
        lambda path: pd.read_parquet(path).drop(columns="area").to_parquet(path),
        lambda path: pd.read_parquet(path).assign(list_year="x").to_parquet(path),
        lambda path: pd.read_parquet(path).assign(category="a place of honour").to_parquet(path),
        lambda path: pd.read_parquet(path).query("list_area").iloc[:-1].to_parquet(path),
        lambda path: pd.read_parquet(path).iloc[:0].to_parquet(path),
    ],
    ids=["none", "bytes", "no_area", "no_year", "no_category", "a_row_less", "no_row"],
)
def test_records_that_cannot_be_read_are_told(capsys, tmp_path, made, change):
    """Their hashes are right, so that nothing but reading them tells."""
    folder = with_records(made, tmp_path / "changed", change)
    assert provenance.verify_folder(folder) == []
    assert f"cannot be read; it is not what this model writes. Have it anew with: blandetby run --from {folder}" in compared(
        capsys, folder, made
    )
