"""Fitting and validating as a user goes it: a file of values in, draws and scores out; made-up rows after the last fitted list."""

import csv
import json

import pytest

from calibration import asked, calibrating, fit, keeping, validating
from calibration.study import Bench
from simulation.files import InputErrors
from simulation.progress import watching
from simulation.report.fit_text import scores_text
from simulation.scenario import load
from simulation.scenario.sources import fitted_folder
from tests.end_to_end.test_run import ROOT, blandetby

PLACE = load("reference").place
PUBLISHED = ROOT / "scenarios" / "places" / PLACE / "published.csv"
HEAD = "area,list_year,residents,outside_labour_market_pct,convicted_pct\n"
FEW = 12  # members


def rows(tmp_path, text, name="mine.csv"):
    path = tmp_path / name
    path.write_text(HEAD + text, encoding="utf-8")
    return path


@pytest.fixture
def name():
    return next(area["name"] for area in load("reference").tree["place"]["areas"] if area["list_area"])


@pytest.mark.parametrize(
    ("command", "text", "told"),
    [
        ("validate", "{name},2020,7700,144,x\n", [(2, 4, "outside_labour_market_pct"), (2, 5, "convicted_pct")]),
        ("calibrate", "{name},2020,7700,44,\n{name},20x1,7700,44,\n", [(3, 2, "list_year")]),
        ("validate", "{name}e,2020,7700,44,\n", [(2, None, "area")]),
        ("calibrate", "Bispehaven,2020,7700,44,\n", [(None, None, "area")]),
    ],
)
def test_a_file_with_errors_is_told_by_line_and_column(tmp_path, name, command, text, told):
    path = rows(tmp_path, text.format(name=name))
    until = ("--until", "2019") if command == "validate" else ()
    done = blandetby(command, *until, "--against", path, "--out", tmp_path / "out", "--json")
    assert done.returncode == 2
    errors = json.loads(done.stdout)["errors"]
    assert [(e["line"], e["column"], e["key"]) for e in errors] == told
    assert all(e["file"] == str(path) for e in errors)
    assert [e["nearest"] for e in errors if e["code"] == "no_such_area"] == [name] * (told == [(2, None, "area")])


def test_nothing_to_score_is_told(tmp_path):
    done = blandetby("validate", "--until", "2030", "--against", PUBLISHED, "--out", tmp_path, "--lang", "da")
    assert (done.returncode, done.stdout) == (2, "")
    assert str(PUBLISHED) in done.stderr and "2030" in done.stderr


def test_made_up_later_lists_are_predicted_from_the_earlier_of_them(tmp_path, name, monkeypatch):
    monkeypatch.setattr(validating, "QUICK_MEMBERS", FEW)
    path = rows(tmp_path, f"{name},2020,7700,48.0,2.5\n{name},2021,7600,46.0,2.4\n")
    found = validating.validated("plan", 2020, path, True, Bench(tmp_path, 1))
    assert {(row["list_year"], row["indicator"], row["known"]) for row in found["scores"]} == {
        (2021, "residents", 3),
        (2021, "outside_labour_market", 5),
        (2021, "convicted", 2),
    }
    outside = next(row for row in found["scores"] if row["indicator"] == "outside_labour_market")
    assert outside["last_value"] == 48.0 and 46.0 < outside["straight_line"] < 49.5
    assert found["summary"][-1]["enough"] is False
    blind = validating.validated("plan", 2019, path, True, Bench(tmp_path, 1))
    before = next(row for row in blind["scores"] if (row["indicator"], row["list_year"]) == ("outside_labour_market", 2021))
    assert before["last_value"] == 49.5 and before["width"] > outside["width"]


@pytest.fixture
def small(monkeypatch):
    """As little work as a calibration can be done with: more points than numbers, and few of everything else."""
    monkeypatch.setattr(calibrating, "QUICK", fit.Effort(136, 0))
    monkeypatch.setattr(calibrating, "HINDCASTS", 1)
    monkeypatch.setattr(calibrating, "QUICK_MEMBERS", FEW)
    monkeypatch.setattr(asked.before_after, "QUICK_MEMBERS", 3)
    for setting, size in {"REPEATS": 4, "WARM_UP": 50, "DRAWS": 60}.items():
        monkeypatch.setattr(fit, setting, size)


def calibrated(out, more=None):
    with watching("en", quiet=True) as watch:
        return asked.calibrate("plan", more, keep=False, quick=True, seed=1, out=out, workers=1, watch=watch)


@pytest.mark.slow
def test_a_new_list_is_entered_refitted_and_shown_before_and_after(small, tmp_path, name):
    found = calibrated(tmp_path / "out", rows(tmp_path, f"{name},2020,7700,40.0,2.0\n"))
    folder = tmp_path / "out" / "calibration" / PLACE
    assert found["last_fitted"] == 2019 and all(row["list_year"] <= 2019 for row in found["residuals"])
    assert {(v["list_year"], v["value"]) for v in found["later"]["values"]} == {(2020, 7700.0), (2020, 40.0), (2020, 2.0)}
    assert {row["list_year"] for row in found["before_after"]} == {2025, 2030}
    assert all({"before_p50", "after_p50", "difference"} <= row.keys() for row in found["before_after"])
    with (folder / f"{PLACE}.csv").open(encoding="utf-8") as stream:
        assert next(csv.reader(stream))[0] == "draw"
    assert (folder / keeping.PAST / f"{PLACE}.csv").is_file()
    load("plan", fitted=folder)
    of_the_past = (folder / keeping.PAST / f"{PLACE}.csv").read_bytes()
    without = calibrated(tmp_path / "out")  # the runs are there already
    assert without["later"] is None and (folder / f"{PLACE}.csv").read_bytes() == of_the_past
    assert without["residuals"] == found["residuals"]


@pytest.mark.slow
def test_lists_of_the_past_are_predicted_with_both_vintages(tmp_path, monkeypatch, small):
    monkeypatch.setattr(validating, "QUICK_POINTS", 136)
    found = validating.validated("plan", 2018, PUBLISHED, True, Bench(tmp_path, 1))
    assert {row["list_year"] for row in found["scores"]} == {2019}
    assert {row["vintage"] for row in found["scores"]} == {"now", "then"}
    outside = [row for row in found["scores"] if row["indicator"] == "outside_labour_market"]
    assert len(outside) == 2 and all(row["last_value"] == 52.2 and row["known"] == 3 for row in outside)
    assert outside[0]["predicted"] != outside[1]["predicted"]
    assert not any(row["enough"] for row in found["summary"])
    assert scores_text(found, "en").count("as known then") >= 2


def test_the_draws_of_before_are_kept_where_new_ones_take_their_place(tmp_path, monkeypatch):
    own, made, attic = (tmp_path / part for part in ("own", "made", "attic"))
    for folder, text in ((own, "draw,a\n0,1\n"), (made, "draw,a\n0,2\n"), (made / keeping.PAST, "draw,a\n0,3\n")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{PLACE}.csv").write_text(text)
    monkeypatch.setattr(keeping, "fitted_folder", lambda: own)
    assert keeping.of_the_past(PLACE) is None
    earlier = keeping.keep(made, PLACE, attic)
    assert (earlier / f"{PLACE}.csv").read_text() == "draw,a\n0,1\n"
    assert (own / f"{PLACE}.csv").read_text() == "draw,a\n0,2\n"
    assert (keeping.of_the_past(PLACE) / f"{PLACE}.csv").read_text() == "draw,a\n0,3\n"
    (made / keeping.PAST / f"{PLACE}.csv").unlink()
    again = keeping.keep(made, PLACE, attic)
    assert keeping.of_the_past(PLACE) is None and again != earlier and len(list(attic.iterdir())) == 2


def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_run(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputErrors, match="cannot_write"):
        calibrated(tmp_path / "file")


def test_the_shipped_draws_are_fitted_to_no_value_after_2019():
    told = json.loads((fitted_folder() / f"{PLACE}.json").read_text(encoding="utf-8"))
    assert told["later"] is None and told["last_fitted"] == 2019
    assert max(row["list_year"] for row in told["residuals"]) == 2019
    assert max(row["list_year"] for row in told["scorecard"]) == 2019
    assert not (fitted_folder() / keeping.PAST).exists()
