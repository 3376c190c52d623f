"""A finished run is done again from its folder alone: the same bytes, or it is said what was otherwise."""

import json
import shutil

import pytest

from simulation import again, provenance, route
from simulation.__main__ import main
from simulation.files import InputErrors
from simulation.runs import Settings
from tests.end_to_end.test_same_bytes import Heard
from tests.end_to_end.test_second_place import EXAMPLES


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Run a place of the user's own, in Danish, with a key set; then take the scenario and the place away."""
    here = tmp_path_factory.mktemp("mine")
    shutil.copytree(EXAMPLES, here / "mine")
    given = ["last_year=2020", "place.departments.lindedal.homes=190", "letting.clean_record=true"]
    settings = Settings(draws=2, replicates=1, seed=3, out=here / "out", lang="da")
    done = route.run(str(here / "mine" / "eksempelby.yaml"), given, settings, Heard())
    shutil.rmtree(here / "mine")
    return done


def repeated(folder, out):
    return again.run_again(folder, Settings(out=out), Heard())


def test_the_same_bytes_from_the_folder_alone(first, tmp_path):
    found = repeated(first.folder / provenance.FILE, tmp_path)
    assert (found.run.run_id, found.outputs, found.versions, found.files) == (first.run_id, [], [], [])
    assert found.compared > 30
    assert found.run.folder != first.folder
    assert not found.unexplained


def test_where_it_lies_finished_it_is_simulated_all_the_same(first):
    """Else a run would be compared with itself, and be the same whatever the model does."""
    heard = Heard()
    found = again.run_again(first.folder, Settings(out=first.folder.parents[1]), heard)
    assert not found.run.again
    assert heard.steps
    assert found.run.folder != first.folder
    assert (found.run.run_id, found.outputs) == (first.run_id, [])


def test_another_version_and_another_input_are_said(first, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(first.folder, copy)
    told = json.loads((copy / provenance.FILE).read_text(encoding="utf-8"))
    told["versions"]["numpy"], told["model"]["code"] = "1.0", "0" * 64
    told["files"]["rates/moving.yaml"] = "0" * 64
    (copy / provenance.FILE).write_text(json.dumps(told), encoding="utf-8")
    found = repeated(copy, tmp_path / "out")
    assert [(version.name, version.then) for version in found.versions] == [("numpy", "1.0"), ("model", "0" * 12)]
    assert found.files == ["rates/moving.yaml"]
    assert not found.unexplained


def test_what_comes_out_otherwise_without_a_reason_is_a_failure(first, tmp_path, capsys):
    copy = tmp_path / "copy"
    shutil.copytree(first.folder, copy)
    told = json.loads((copy / provenance.FILE).read_text(encoding="utf-8"))
    told["outputs"]["summary.csv"] = "0" * 64
    (copy / provenance.FILE).write_text(json.dumps(told), encoding="utf-8")
    assert main(["run", "--from", str(copy), "--out", str(tmp_path / "out"), "--quiet"]) == 1
    assert "summary.csv" in capsys.readouterr().out


def test_a_scenario_that_was_changed_is_refused(first, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(first.folder, copy)
    with (copy / provenance.RESOLVED).open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    with pytest.raises(InputErrors) as caught:
        repeated(copy, tmp_path / "out")
    assert [problem.code for problem in caught.value.problems] == ["output_changed"]


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (["run"], {"missing_argument"}),
        (["run", "--from", "nowhere"], {"not_finished"}),
        (["run", "plan", "--from", "nowhere", "--seed", "2", "--quick", "--set", "a=1"], {"not_with_from"}),
    ],
)
def test_what_cannot_be_done_again_is_told(given, codes, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([*given, "--json"]) == 2
    assert {error["code"] for error in json.loads(capsys.readouterr().out)["errors"]} == codes
    assert not list(tmp_path.iterdir())
