"""The whole way, as a user goes it: a scenario file in, a folder with an answer out."""

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "scenarios" / "plan.yaml"
SHORT = ("--set", "last_year=2021", "--draws", "3", "--replicates", "1")
TABLES = ("indicators", "summary", "status", "flows", "homes", "composition")
CRITERIA = ("outside_labour_market", "convicted", "basic_schooling_only", "mean_income", "non_western")


def command(*given):
    return [sys.executable, "-m", "simulation", *(str(word) for word in given)]


def blandetby(*given):
    done = subprocess.run(command(*given), cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def same_bytes(one, other):
    """Assert that two finished folders agree in every file but the times."""
    names = {path.relative_to(one) for path in one.rglob("*") if path.is_file() and path.name != "timing.json"}
    assert names == {path.relative_to(other) for path in other.rglob("*") if path.is_file() and path.name != "timing.json"}
    differing = [str(name) for name in names if (one / name).read_bytes() != (other / name).read_bytes()]
    assert differing == []


def folder_of(done):
    return Path(json.loads(done.stdout)["folder"])


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("outputs")


@pytest.fixture(scope="module")
def done(out):
    """A short run of the plan, told as JSON."""
    return blandetby("run", PLAN, *SHORT, "--out", out, "--json")


def test_the_answer_is_one_valid_document(done):
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["scenario"], told["seed"], told["draws"], told["replicates"]) == ("plan", 1, 3, 1)
    places = {(row["area"], row["list_year"]) for row in told["summary"]}
    assert len(places) == 2 * 3
    for row in told["summary"]:
        assert {"mean", "p10", "p50", "p90", "threshold", "probability_breached"} <= row.keys()
    for area, year in places:
        assert {row["indicator"] for row in told["summary"] if (row["area"], row["list_year"]) == (area, year)} >= set(CRITERIA)
        of_place = [row["probability"] for row in told["status"] if (row["area"], row["list_year"]) == (area, year)]
        assert sum(of_place) == pytest.approx(1, abs=1e-3)


def test_every_output_is_there(done):
    folder = folder_of(done)
    names = {path.name for path in folder.iterdir()}
    assert names >= {f"{table}.csv" for table in TABLES}
    assert names >= {"records.parquet", "scenario.resolved.yaml", "provenance.json", "report.html", "figures", "timing.json"}
    for table in TABLES:
        with (folder / f"{table}.csv").open(encoding="utf-8") as stream:
            assert {row["scenario"] for row in csv.DictReader(stream)} == {"plan"}


def test_the_finished_folder_is_sound(done):
    assert blandetby("verify", folder_of(done)).returncode == 0


def test_the_same_command_tells_the_same_and_does_nothing(done, out):
    folder = folder_of(done)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert blandetby("run", PLAN, *SHORT, "--out", out, "--json").stdout == done.stdout
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_workers_and_folder_make_no_difference(done, tmp_path):
    other = blandetby("run", PLAN, *SHORT, "--out", tmp_path, "--workers", "1", "--json")
    same_bytes(folder_of(done), folder_of(other))


def test_the_resolved_scenario_gives_the_same_members(done, tmp_path):
    resolved = folder_of(done) / "scenario.resolved.yaml"
    (tmp_path / "plan.yaml").write_bytes(resolved.read_bytes())
    other = blandetby("run", tmp_path / "plan.yaml", "--draws", "3", "--replicates", "1", "--out", tmp_path, "--json")
    assert json.loads(other.stdout)["summary"] == json.loads(done.stdout)["summary"]


def test_another_seed_gives_another_answer(done, tmp_path):
    other = blandetby("run", PLAN, *SHORT, "--out", tmp_path, "--seed", "0", "--json")
    assert json.loads(other.stdout)["summary"] != json.loads(done.stdout)["summary"]


def test_an_interrupted_run_is_resumed_with_the_same_bytes(done, tmp_path):
    given = command("run", PLAN, *SHORT, "--out", tmp_path)
    running = subprocess.Popen(given, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".members/*/*.npz")) and time.monotonic() < deadline and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert not list(tmp_path.glob("plan/*/provenance.json"))
    same_bytes(folder_of(done), folder_of(blandetby("run", PLAN, *SHORT, "--out", tmp_path, "--json")))


def test_the_table_is_printed_in_both_languages(done, out):
    for lang, word in (("en", "Outside the labour market"), ("da", "Uden for arbejdsmarkedet")):
        said = blandetby("run", PLAN, *SHORT, "--out", out, "--lang", lang)
        assert said.returncode == 0
        assert word.lower() in said.stdout.lower()
        assert "report.html" in said.stdout


def test_quiet_says_nothing(done, out):
    said = blandetby("run", PLAN, *SHORT, "--out", out, "--quiet")
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


@pytest.mark.parametrize(("lang", "step"), [("en", "Rehousing"), ("da", "Genhusning")])
def test_the_year_and_the_plan_are_told(lang, step):
    said = blandetby("plan", PLAN, "--lang", lang)
    assert said.returncode == 0
    assert step in said.stdout
    assert "2019–2030" in said.stdout


@pytest.mark.slow
def test_the_wheel_runs_the_plan_without_the_repository(tmp_path):
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path, ROOT], check=True, capture_output=True)
    target = tmp_path / "installed"
    wheel = next(tmp_path.glob("*.whl"))
    subprocess.run([sys.executable, "-m", "pip", "install", "--no-deps", "--target", target, wheel], check=True, capture_output=True)
    code = f"import sys; sys.path.insert(0, {str(target)!r}); import simulation; assert simulation.__file__.startswith({str(target)!r})\n"
    code += "from simulation.__main__ import main; sys.exit(main(['run', 'plan', '--quick', '--json', '--workers', '1']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["scenario"] == "plan"
