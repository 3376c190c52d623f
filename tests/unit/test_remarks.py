"""`check` tells what a sound scenario says without effect."""

import json

from simulation.__main__ import main
from simulation.scenario import load
from simulation.scenario.remarks import remarks
from tests.unit.scenario_files import write

TEXT = """
extends: plan.yaml
last_year: 2026
measures:
  - {id: all_aboard, funded: false}
  - {id: all_young_aboard, capacity: 0}
demolition:
  - {id: egeparken, from: 2027}
"""


def codes(scenario):
    return {(remark.key, remark.code) for remark in remarks(scenario)}


def test_what_has_no_effect_is_told(tmp_path):
    assert {
        ("measures.all_aboard.funded", "not_funded"),
        ("measures.all_young_aboard.capacity", "nobody_takes_part"),
        ("demolition.egeparken", "after_the_last"),
    } <= codes(load(write(tmp_path, "a.yaml", TEXT)))


def test_the_plan_itself_says_nothing_without_effect():
    assert not {code for _, code in codes(load("plan"))} & {"not_funded", "nobody_takes_part"}


def test_check_prints_it_in_both_forms(tmp_path, capsys):
    path = str(write(tmp_path, "a.yaml", TEXT))
    assert main(["check", path, "--lang", "da"]) == 0
    assert "measures.all_aboard.funded: ikke finansieret" in capsys.readouterr().out
    assert main(["check", path, "--json"]) == 0
    assert {note["code"] for note in json.loads(capsys.readouterr().out)["notes"][path]} >= {"not_funded"}
