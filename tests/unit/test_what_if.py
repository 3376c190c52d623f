"""What if, without a file: `--set` in every command that decides, shown in the resolved scenario and in the way to do it again."""

import json
from pathlib import Path

import pytest

from simulation.__main__ import main
from simulation.provenance import RESOLVED
from tests.end_to_end.test_second_place import EXAMPLES
from tests.unit.finished_folders import is_told_apart

SET = "letting.flexible_share=0.6"
SHORT = ("--set", "last_year=2021", "--set", SET, "--workers", "1", "--seed", "1")
ASKED = {
    "budget": ("--draws", "2"),
    "goal": ("--draws", "2", "--criterion", "outside", "--lever", "letting.municipal_share"),
    "attribution": ("--draws", "2", "--base", "reference"),
}


@pytest.mark.parametrize("command", ["run", "compare", "budget", "goal", "sensitivity", "attribution"])
def test_a_key_that_is_none_is_told_with_its_nearest(command, capsys):
    assert main([command, "plan", "--set", "letting.flexible_shar=0.6"]) == 2
    assert "--set 1: letting.flexible_shar:" in (told := capsys.readouterr().err)
    assert "did you mean flexible_share?" in told


@pytest.mark.parametrize("command", ["budget", "goal", pytest.param("attribution", marks=pytest.mark.slow)])
def test_what_was_set_is_shown(command, tmp_path, capsys):
    assert main([command, "plan", *SHORT, *ASKED[command], "--out", str(tmp_path), "--json"]) == 0
    folder = Path(json.loads(capsys.readouterr().out)["folder"])
    resolved = (folder / RESOLVED).read_text(encoding="utf-8")
    assert "flexible_share: 0.6" in resolved or "flexible_share:\n    value: 0.6" in resolved
    assert f"--set {SET}" in (folder / "report.html").read_text(encoding="utf-8")
    assert main(["verify", str(folder)]) == 0
    capsys.readouterr()


def test_a_scenario_beside_itself_so_changed(tmp_path, capsys):
    given = ["compare", "plan", "--set", "last_year=2020", "--set", SET, "--draws", "2", "--replicates", "1", "--workers", "1"]
    assert main([*given, "--out", str(tmp_path), "--json"]) == 0
    folder = Path(json.loads(capsys.readouterr().out)["folder"])
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert f"blandetby compare plan --draws 2 --replicates 1 --seed 1 --lang en --set last_year=2020 --set {SET}" in page
    assert {path.name for path in folder.glob("*.resolved.yaml")} == {"plan.resolved.yaml", "plan_2.resolved.yaml"}
    is_told_apart(folder, "comparison", "plan plan_2", capsys)


def test_different_places_are_refused_with_the_reason(tmp_path, capsys):
    assert main(["compare", "plan", str(EXAMPLES / "eksempelby.yaml"), "--out", str(tmp_path)]) == 2
    assert "only scenarios of the same place can be compared" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
