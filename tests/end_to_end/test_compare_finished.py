"""Two finished runs beside each other: why has the number changed?"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulation import provenance
from simulation.decisions.differences import differences
from simulation.decisions.finished import finished_outcomes
from simulation.installed import installed_model
from tests.end_to_end.test_run import PLAN, blandetby, folder_of

SHORT = ("--set", "last_year=2021", "--draws", "2", "--replicates", "1")
DECIDES = "outside_labour_market"
ROOT = Path(__file__).parents[2]
OLD = {"code": "0" * 64, "numpy": "1", "scipy": "1"}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("outputs")


def run(out, *more):
    return folder_of(blandetby("run", PLAN, *SHORT, *more, "--out", out, "--json"))


@pytest.fixture(scope="module")
def first(out):
    return run(out)


@pytest.fixture(scope="module")
def otherwise(out):
    """The law reads the population otherwise, and more is let flexibly."""
    return run(out, "--set", "law.population=cross_sections", "--set", "letting.flexible_share=0.9")


def compared(out, *folders):
    done = blandetby("compare", *folders, "--out", out, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def retold(folder, to, **changes):
    """Return a copy of a run that says otherwise of what it was made from, and is sound by its own account."""
    shutil.copytree(folder, to)
    told = json.loads((to / provenance.FILE).read_text(encoding="utf-8")) | changes
    inputs = provenance.Inputs(**{name: told[name] for name in provenance.Inputs.__dataclass_fields__})
    told["run_id"] = inputs.run_id
    (to / provenance.FILE).write_text(json.dumps(told), encoding="utf-8")
    return to


def by_step(told):
    return {(row["area"], row["step"]): row["difference"] for row in told["steps"]}


def test_law_and_choices_are_taken_apart_and_sum_to_the_whole(out, first, otherwise):
    told = compared(out, first, otherwise)
    steps = by_step(told)
    assert {step for _, step in steps} == {"law", "choices"}
    whole = {row["area"]: row["difference"] for row in told["differences"] if row["measure"] == DECIDES}
    for area, difference in whole.items():
        assert sum(value for (where, _), value in steps.items() if where == area) == pytest.approx(difference, abs=1e-9)
    assert any(abs(value) > 0 for (_, step), value in steps.items() if step == "law")


def test_a_run_beside_itself_has_nothing_to_explain(out, first):
    told = compared(out, first, first)
    assert told["steps"] == []
    assert "nothing to explain" in told["notes"][0]
    assert all(row["difference"] in (0, None) for row in told["differences"])


def test_what_an_old_model_did_is_named(out, first, tmp_path):
    old = retold(first, tmp_path / "old", model=OLD | {"law": installed_model()["law"]})
    told = compared(out, old, first)
    assert {step for _, step in by_step(told)} == {"model"}
    assert all(value == pytest.approx(0, abs=1e-9) for value in by_step(told).values())  # it was this very model
    assert any("not installed" in note for note in told["notes"])


def test_data_are_put_back_and_set_apart(out, first, tmp_path):
    told = json.loads((first / provenance.FILE).read_text(encoding="utf-8"))["parameters"]
    row = next(row for row in told["parameters"] if row["path"].startswith("rates.labour.exit.") and row["drawn"] and not row["fitted"])
    row |= {"low": row["high"], "value": row["high"]}
    found = by_step(compared(out, retold(first, tmp_path / "data", parameters=told, model=OLD), first))
    assert {step for _, step in found} == {"model_and_law", "data"}  # an old run does not tell model and law apart
    for area in {area for area, _ in found}:
        assert found[area, "data"] != 0
        assert found[area, "data"] + found[area, "model_and_law"] == pytest.approx(0, abs=1e-9)  # its stored numbers are those of now


def test_a_change_of_the_laws_own_numbers_is_set_apart_from_the_model(out, first, tmp_path):
    """The same model under another law, for real: an installation whose law does not count those on integration benefit."""
    for name in ("simulation", "calibration", "scenarios"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    law, state = tmp_path / "simulation/law/data/labour_states.yaml", 'integration_benefit: {counted: "'
    text = law.read_text(encoding="utf-8")
    assert state + "yes" in text
    law.write_text(text.replace(state + "yes", state + "no"), encoding="utf-8")
    told = [sys.executable, "-m", "simulation", "run", "plan", *SHORT, "--out", str(tmp_path / "out"), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(told, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    found = compared(out, tmp_path / json.loads(done.stdout)["folder"], first)
    whole = {row["area"]: row["difference"] for row in found["differences"] if row["measure"] == DECIDES}
    steps = by_step(found)
    assert {step for _, step in steps} == {"law_numbers"}
    for (area, _), value in steps.items():
        assert value == pytest.approx(whole[area], abs=1e-9)
    assert all(abs(value) > 0.1 for value in whole.values())  # points


def test_numbers_read_from_a_folder_are_those_of_its_summary(first):
    found = finished_outcomes(first)
    frame = differences(found, found, ("a", "b"))
    own = {
        (row[1], int(row[2]), row[3]): float(row[4])
        for row in (line.split(",") for line in (first / "summary.csv").read_text().splitlines()[1:])
        if row[4]
    }
    for row in frame.to_dict("records"):
        if (key := (row["area"], row["list_year"], row["measure"])) in own:
            assert row["base_value"] == pytest.approx(own[key], abs=1e-3), key


def test_folders_and_scenarios_are_not_mixed(out, first):
    done = blandetby("compare", first, "plan", "--out", out)
    assert (done.returncode, "mixed" in done.stderr) == (2, True)


def test_another_seed_is_refused(out, first):
    done = blandetby("compare", first, run(out, "--seed", "2"), "--out", out)
    assert (done.returncode, "same seed" in done.stderr) == (2, True)
