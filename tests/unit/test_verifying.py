"""`verify` proves the folders of comparisons and studies as it proves those of runs."""

import json

import pytest

from simulation import comparing, route, studying
from simulation.files import InputErrors, sha256_of
from simulation.installed import installed_model

TOLD = {"scenario": "plan", "content": 2**80 + 1, "years": (2025, 2030), "seed": 1, "lang": "da", "files": {"plan.yaml": "0" * 64}}
TABLE = b"a;b\n1;2\n"


def codes(folder):
    with pytest.raises(InputErrors) as caught:
        route.verify(folder)
    return [problem.code for problem in caught.value.problems]


@pytest.fixture
def study(tmp_path):
    (tmp_path / "indices.csv").write_bytes(TABLE)
    told = TOLD | {"study_id": studying.study_name(TOLD), "areas": {"here": "Here"}}
    studying.finish(tmp_path, told, [tmp_path / "indices.csv"], 1.0)
    return tmp_path


@pytest.fixture
def comparison(tmp_path):
    (tmp_path / "differences.csv").write_bytes(TABLE)
    sides = [{"name": name, "members": made, "files": {}} for name, made in (("a", "1" * 12), ("b", "2" * 12))]
    made = comparing.comparison_id(["1" * 12, "2" * 12], "en")
    told = {"comparison_id": made, "sides": sides, "lang": "en", "model": installed_model(), "versions": {}}
    outputs = {"differences.csv": sha256_of(TABLE)}
    (tmp_path / comparing.FILE).write_text(json.dumps(told | {"outputs": outputs}), encoding="utf-8")
    return tmp_path


@pytest.fixture(params=["study", "comparison"])
def folder(request):
    return request.getfixturevalue(request.param)


def account(folder):
    return next(path for path in (folder / studying.FILE, folder / comparing.FILE) if path.is_file())


def test_a_sound_folder_is_proved(folder):
    found = route.verify(folder)
    assert (found["files"], found["same_model_installed"], len(found["run_id"])) == (1, True, 12)


def test_a_changed_and_a_missing_output_are_noticed(folder):
    table = next(folder.glob("*.csv"))
    table.write_bytes(TABLE + b"3;4\n")
    assert codes(folder) == ["output_changed"]
    table.unlink()
    assert codes(folder) == ["output_missing"]


@pytest.mark.parametrize("change", [{"lang": "fr"}, {"model": {"code": "0" * 64}}])
def test_a_changed_account_is_noticed(folder, change):
    told = json.loads(account(folder).read_text(encoding="utf-8"))
    account(folder).write_text(json.dumps(told | change), encoding="utf-8")
    assert codes(folder) == ["run_id_differs"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"study_id": "1", "comparison_id": "1"}'])
def test_what_is_not_whole_is_not_finished(folder, text):
    account(folder).write_text(text, encoding="utf-8")
    assert codes(folder) == ["not_finished"]


def test_an_output_that_leads_out_of_the_folder_is_not_followed(folder):
    told = json.loads(account(folder).read_text(encoding="utf-8"))
    account(folder).write_text(json.dumps(told | {"outputs": {"../there": "0" * 64}}), encoding="utf-8")
    assert codes(folder) == ["not_finished"]


def test_what_other_model_made_it_is_told(folder, monkeypatch):
    monkeypatch.setattr("simulation.verifying.installed_model", lambda: {"code": "0" * 64})
    assert not route.verify(folder)["same_model_installed"]
