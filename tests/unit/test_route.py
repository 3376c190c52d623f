"""The frame of a run: finished once, resumed, redone where damaged, and the same in every language's members."""

import json
from dataclasses import replace

import pytest

from simulation import ensemble, files, provenance, route
from simulation.files import InputErrors
from simulation.runs import Settings, settings_of
from tests.unit.stub_members import Stub


class Heard:
    """A watch that remembers."""

    def __init__(self):
        self.steps, self.notices = [], []

    def progress(self, done, total):
        self.steps.append((done, total))

    def notice(self, code, values):
        self.notices.append(code)


def write_little(folder, scenario, ensemble, inputs, workers):
    mean = float(ensemble.arrays["stock"].mean())
    summary = f"scenario,area,list_year,indicator,mean,threshold\n{scenario.name},one,2019,convicted,{mean},\n"
    outputs = {"summary.csv": summary, "status.csv": "scenario,category\nplan,none\n", provenance.RESOLVED: scenario.resolved_yaml()}
    for name, text in outputs.items():
        files.write_atomic(folder / name, text)
    return [folder / name for name in outputs]


@pytest.fixture
def stub(tmp_path, monkeypatch):
    (tmp_path / "marks").mkdir()
    stub = Stub(tmp_path / "marks")
    monkeypatch.setattr(ensemble, "SimulateTask", lambda scenario, seed: stub)
    monkeypatch.setattr(route, "_write", write_little)
    return stub


@pytest.fixture
def settings(tmp_path):
    return Settings(draws=2, replicates=1, out=tmp_path / "out")


def go(settings, watch=None, *overrides):
    return route.run("reference", overrides, settings, watch or Heard())


def test_a_run_is_written_with_its_provenance_and_its_times(stub, settings):
    heard = Heard()
    done = go(settings, heard)
    assert not done.again
    assert done.folder == settings.out / "reference" / done.run_id
    assert done.summary[0]["list_year"] == 2019
    assert done.summary[0]["threshold"] is None
    assert heard.steps == [(0, 2), (1, 2), (2, 2)]
    assert provenance.verify_folder(done.folder) == []
    assert "timing.json" not in provenance.read_provenance(done.folder)["outputs"]
    assert set(json.loads((done.folder / "timing.json").read_text())["seconds"]) == {"load", "simulate", "write"}
    assert done.as_json().keys() == {"scenario", "run_id", "folder", "seed", "draws", "replicates", "summary", "status"}


def test_a_finished_run_is_not_done_again(stub, settings):
    first, second = go(settings), go(settings)
    assert second.again
    assert second.as_json() == first.as_json()
    assert set(stub.simulated().values()) == {1}


def test_another_language_takes_the_same_members(stub, settings):
    first, second = go(settings), go(replace(settings, lang="da"))
    assert first.run_id != second.run_id
    assert not second.again
    assert set(stub.simulated().values()) == {1}


def test_another_seed_or_value_takes_others(stub, settings):
    go(settings)
    go(replace(settings, seed=0))
    go(settings, None, "letting.optional_refusal=true")
    assert set(stub.simulated().values()) == {3}


def test_where_and_by_how_many_makes_no_difference(stub, settings, tmp_path):
    elsewhere = go(replace(settings, out=tmp_path / "elsewhere", workers=2))
    here = go(settings)
    assert here.run_id == elsewhere.run_id
    for path in here.folder.iterdir():
        if path.name != "timing.json":
            assert path.read_bytes() == (elsewhere.folder / path.name).read_bytes()


def test_a_damaged_folder_is_told_and_written_again(stub, settings):
    first = go(settings)
    whole = (first.folder / "summary.csv").read_bytes()
    (first.folder / "summary.csv").write_text("cut")
    heard = Heard()
    again = go(settings, heard)
    assert heard.notices == ["folder_redone"]
    assert not again.again
    assert (first.folder / "summary.csv").read_bytes() == whole
    assert set(stub.simulated().values()) == {1}


def test_a_run_that_fails_as_it_writes_is_not_finished(stub, settings, monkeypatch):
    def fails(*given):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(route, "_write", fails)
        with pytest.raises(OSError, match="disk full"):
            go(settings)
    assert not go(settings).again
    assert set(stub.simulated().values()) == {1}


def test_a_second_process_waits_and_finds_the_run_finished(stub, settings):
    first = go(settings)
    lock = next((settings.out / ".members").glob("*.lock"))
    held = files.locked(lock)

    class Freeing(Heard):
        """A watch that lets go of the lock once it hears that somebody waits for it."""

        def notice(self, code, values):
            super().notice(code, values)
            held.__exit__(None, None, None)

    heard = Freeing()
    held.__enter__()
    assert go(settings, heard).run_id == first.run_id
    assert heard.notices == ["waiting"]


def test_a_folder_that_cannot_be_written_is_told(stub, settings, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InputErrors) as errors:
        go(replace(settings, out=tmp_path / "file" / "out"))
    assert [problem.code for problem in errors.value.problems] == ["cannot_write"]


@pytest.mark.parametrize(
    ("given", "members"),
    [({}, (50, 2)), ({"quick": True}, (4, 1)), ({"quick": True, "draws": 7}, (7, 1)), ({"replicates": 3}, (50, 3))],
)
def test_what_is_not_given_is_filled_in(tmp_path, given, members):
    whole = {"draws": None, "replicates": None, "workers": None, "quick": False, "seed": 1, "out": tmp_path, "lang": "en"} | given
    settings = settings_of(**whole)
    assert (settings.draws, settings.replicates) == members
    assert settings.workers >= 1
