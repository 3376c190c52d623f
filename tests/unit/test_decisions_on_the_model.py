"""Attribution and sensitivity on the model itself, small: who does nothing gets nothing, and doubles share."""

import json
import textwrap
from pathlib import Path

import pytest

from simulation.__main__ import main
from tests.unit.budget_scenario import MEASURE, STRONG
from tests.unit.finished_folders import is_told_apart

pytest.importorskip("SALib")
pytest.importorskip("sklearn")

IDLE = {**STRONG, "effect": 0, "low": 0, "high": 0, "grade": "none"}
OUTSIDE = "outside_labour_market"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Two measures that are doubles, and one for the same people that does nothing."""
    measures = [MEASURE.format(id=name, cost=1, **said) for name, said in (("one", STRONG), ("double", STRONG), ("idle", IDLE))]
    text = f"extends: reference.yaml\ntitle: Doubles\nlast_year: 2022\nmeasures:\n{textwrap.indent(''.join(measures), '  ')}\n"
    found = tmp_path_factory.mktemp("doubles") / "doubles.yaml"
    found.write_text(text, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("out")


def told(capsys, *given):
    assert main([*map(str, given), "--json", "--workers", "1"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.slow
def test_who_does_nothing_gets_nothing_and_doubles_share(path, out, capsys):
    found = told(capsys, "attribution", path, "--by", "measure", "--base", "reference", "--draws", 4, "--list-year", 2022, "--out", out)
    rows = {row["player"]: row for row in found["attribution"] if (row["quantity"], row["area"]) == (OUTSIDE, "vollsmose")}
    assert rows["idle"]["low"] <= 0 <= rows["idle"]["high"] and abs(rows["idle"]["value"]) < 0.02
    one, double = (rows[name] for name in ("one", "double"))
    assert one["high"] < 0 and double["high"] < 0  # the test has power: both are told from nought
    # Each chooses its own people by its own chance, so their shares are alike as far as chance allows, and no nearer.
    assert max(one["low"], double["low"]) <= min(one["high"], double["high"])
    assert max(one["high"], double["high"]) < rows["idle"]["low"]
    parts = sum(row["value"] for name, row in rows.items() if name != "whole")
    assert parts == pytest.approx(rows["whole"]["value"], abs=1e-9)
    is_told_apart(Path(found["folder"]), "attribution", path.stem, capsys)


@pytest.mark.parametrize(("method", "size", "allowed"), [("morris", 40000, "2–33333"), ("sobol", 65536, "2–25000")])
def test_more_futures_than_anybody_waits_for_are_refused_with_the_most(path, out, capsys, few, method, size, allowed):
    assert main(["sensitivity", str(path), "--method", method, "--size", str(size), "--out", str(out)]) == 2
    told = capsys.readouterr().err
    assert "simulated futures; a study has at most 100000" in told
    assert allowed in told


@pytest.fixture
def few(monkeypatch):
    """Move two numbers only."""
    from simulation.decisions.sensitivity import factors

    wanted, every = ("measures.one.effect", "letting.flexible_share"), factors.factors_of
    monkeypatch.setattr(factors, "factors_of", lambda scenario: [each for each in every(scenario) if each.path in wanted])


def test_a_study_of_the_variance_is_whole(path, out, capsys, few):
    found = told(capsys, "sensitivity", path, "--method", "sobol", "--size", 2, "--quick", "--list-year", 2022, "--out", out)
    assert {row["parameter"] for row in found["indices"]} == {"measures.one.effect", "letting.flexible_share"}
    assert {"S1_sum", "ST_sum", "chance", "adds_up"} <= found["chance"][0].keys()
    assert Path(found["folder"], "report.html").read_text(encoding="utf-8").count("chance should sum") == 1
    is_told_apart(Path(found["folder"]), "sensitivity", path.stem, capsys)
