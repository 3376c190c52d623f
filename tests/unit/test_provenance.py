import json
import platform
from dataclasses import fields, replace

import pytest

from simulation import installed, provenance
from simulation.files import sha256_of

INPUTS = provenance.Inputs(
    scenario="plan",
    resolved_sha256=sha256_of(b"first_year: 2019\n"),
    files={"rates/moving.yaml": "ab"},
    seed=1,
    draws=50,
    replicates=2,
    lang="en",
    model={"code": "cd", "numpy": "2.4.6"},
)
CHANGES = {
    "scenario": "other",
    "resolved_sha256": "0",
    "files": {"rates/moving.yaml": "00"},
    "seed": 0,
    "draws": 51,
    "replicates": 1,
    "lang": "da",
    "model": {"code": "cd", "numpy": "2.4.7"},
}


@pytest.fixture
def finished(tmp_path):
    """A folder with two outputs and its provenance."""
    outputs = {provenance.RESOLVED: b"first_year: 2019\n", "figures/outside.png": b"png"}
    for name, data in outputs.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    provenance.write_provenance(tmp_path, INPUTS, [tmp_path / name for name in outputs], {"by_basis": {"assumed": 3}})
    return tmp_path


def codes(folder):
    return [problem.code for problem in provenance.verify_folder(folder)]


def test_every_input_is_changed_here():
    assert CHANGES.keys() == {field.name for field in fields(provenance.Inputs)}


@pytest.mark.parametrize("name", CHANGES)
def test_the_id_follows_every_input(name):
    assert replace(INPUTS, **{name: CHANGES[name]}).run_id != INPUTS.run_id


@pytest.mark.parametrize("name", CHANGES)
def test_the_members_are_the_same_in_every_language_alone(name):
    same = replace(INPUTS, **{name: CHANGES[name]}).members_id == INPUTS.members_id
    assert same == (name == "lang")


def test_an_id_has_twelve_hexadecimal_digits_and_no_order_of_files():
    assert len(INPUTS.run_id) == 12
    int(INPUTS.run_id, 16)
    one, other = {"a": "1", "b": "2"}, {"b": "2", "a": "1"}
    assert replace(INPUTS, files=one).run_id == replace(INPUTS, files=other).run_id


def test_a_finished_folder_is_sound(finished):
    assert codes(finished) == []
    told = provenance.read_provenance(finished)
    assert told["run_id"] == INPUTS.run_id
    assert told["parameters"] == {"by_basis": {"assumed": 3}}
    assert set(told["outputs"]) == {provenance.RESOLVED, "figures/outside.png"}


def test_the_same_run_gives_the_same_bytes(finished):
    first = (finished / provenance.FILE).read_bytes()
    provenance.write_provenance(finished, INPUTS, sorted(finished.rglob("*.[py][na]*")), {"by_basis": {"assumed": 3}})
    assert (finished / provenance.FILE).read_bytes() == first


def test_a_changed_or_missing_output_is_noticed(finished):
    (finished / "figures/outside.png").write_bytes(b"gnp")
    assert codes(finished) == ["output_changed"]
    (finished / "figures/outside.png").unlink()
    assert codes(finished) == ["output_missing"]


def test_a_changed_account_is_noticed(finished):
    told = json.loads((finished / provenance.FILE).read_text())
    (finished / provenance.FILE).write_text(json.dumps(told | {"seed": 2}))
    assert codes(finished) == ["run_id_differs"]


def test_a_scenario_exchanged_with_its_hash_is_noticed(finished):
    (finished / provenance.RESOLVED).write_bytes(b"first_year: 2020\n")
    told = json.loads((finished / provenance.FILE).read_text())
    told["outputs"][provenance.RESOLVED] = sha256_of(b"first_year: 2020\n")
    (finished / provenance.FILE).write_text(json.dumps(told))
    assert codes(finished) == ["output_changed"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"finished": false}'])
def test_what_is_not_finished_is_no_run(tmp_path, text):
    (tmp_path / provenance.FILE).write_text(text)
    assert provenance.read_provenance(tmp_path) is None
    assert codes(tmp_path) == ["not_finished"]


def test_the_installed_model_covers_code_law_and_words():
    listed = dict(installed._installed("simulation"))
    assert {"simulation/chance.py", "simulation/law/data/criteria.yaml", "simulation/words/da/cli.yaml"} <= listed.keys()
    assert not any("__pycache__" in name for name in listed)
    assert installed.installed_model().keys() == {"code", "law", "python", *installed.LIBRARIES}


@pytest.mark.parametrize(("name", "part"), [("simulation/law/data/criteria.yaml", "law"), ("simulation/law/rules.py", "code")])
def test_the_laws_own_numbers_have_a_hash_of_their_own(monkeypatch, name, part):
    before, listed = installed.installed_model(), installed._installed
    changed = lambda package: ((each, "0" * 64 if each == name else digest) for each, digest in listed(package))  # noqa: E731
    monkeypatch.setattr(installed, "_installed", changed)
    after = installed.installed_model.__wrapped__()
    assert {key for key in before if before[key] != after[key]} == {part}


def test_all_that_the_account_says_of_versions_is_in_the_id():
    """Else two installations would write different bytes under one id."""
    model = installed.installed_model()
    said = provenance.installed_versions()
    assert said.pop("blandetby") in (installed.files("simulation") / "__init__.py").read_text()  # which the hash of the code covers
    assert said == {name: value for name, value in model.items() if name not in ("code", "law")}
    assert model["python"] == ".".join(platform.python_version_tuple()[:2])
    for name in said:
        assert replace(INPUTS, model=model).run_id != replace(INPUTS, model=model | {name: "0"}).run_id
