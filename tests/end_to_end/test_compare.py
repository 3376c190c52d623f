"""A comparison as a user makes it: what differs, on the members that runs share, and what cannot be compared."""

import csv
import json

import pytest

from tests.end_to_end.test_run import PLAN, ROOT, blandetby, folder_of

SHORT = ("--set", "last_year=2021", "--draws", "3", "--replicates", "2")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("outputs")


@pytest.fixture(scope="module")
def run(out):
    return blandetby("run", PLAN, *SHORT, "--out", out, "--json")


@pytest.fixture(scope="module")
def compared(out, run):
    return blandetby("compare", PLAN, "reference", *SHORT, "--out", out, "--json")


def rows(folder):
    with (folder / "differences.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_answer_is_one_document(compared):
    assert (compared.returncode, compared.stderr) == (0, "")
    told = json.loads(compared.stdout)
    assert (told["base"], told["scenarios"], told["draws"], told["replicates"]) == ("plan", ["reference"], 3, 2)
    assert told["verdicts"][0]["verdict"] == "cannot be told apart"  # three draws are too few
    assert any("rives ned" in line["base"] or "pulled down" in line["base"] for line in told["verdicts"][0]["lines"])


def test_the_members_are_those_of_a_run(out, run, compared):
    stores = [path for path in (out / ".members").iterdir() if path.is_dir()]
    assert len(stores) == 2  # the run's and the other scenario's


def test_the_difference_is_that_of_the_runs(out, run, compared):
    with (folder_of(run) / "summary.csv").open(encoding="utf-8", newline="") as stream:
        own = {(row["area"], row["list_year"], row["indicator"]): float(row["mean"]) for row in csv.DictReader(stream) if row["mean"]}
    found = {(row["area"], row["list_year"], row["measure"]): row for row in rows(folder_of(compared))}
    for key, mean in own.items():
        assert float(found[key]["base_value"]) == pytest.approx(mean, abs=1e-3), key
        difference = float(found[key]["scenario_value"]) - float(found[key]["base_value"])
        assert float(found[key]["difference"]) == pytest.approx(difference, abs=2e-4), key


def test_files_and_pictures_are_there(compared):
    folder = folder_of(compared)
    told = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    assert {"differences.csv", "report.html"} <= told["outputs"].keys()
    assert len(list((folder / "figures").glob("*.png"))) >= 20
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "://" not in page.replace("http://www.w3.org", "")


def test_what_if_without_a_file(out):
    done = blandetby("compare", PLAN, *SHORT[2:], "--set", "last_year=2021", "--set", "letting.flexible_share=0.6", "--out", out, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["scenarios"] == ["plan_2"]
    assert any("0.6" in line["other"] or "60 %" in line["other"] for line in told["verdicts"][0]["lines"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("plan",), "one scenario only"),
        (("plan", "plann"), "plan"),
        (("plan", "--set", "letting.flexibel_share=0.6"), "flexible_share"),
    ],
)
def test_what_cannot_be_compared_is_said(out, given, said):
    done = blandetby("compare", *given, "--out", out)
    assert done.returncode == 2
    assert said in done.stderr


def test_another_place_is_refused_with_the_reason(out):
    done = blandetby("compare", PLAN, ROOT / "docs" / "examples" / "eksempelby.yaml", "--out", out)
    assert done.returncode == 2
    assert "another place" in done.stderr
