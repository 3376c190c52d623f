"""A task travels with its tables, to where the scenario's own files lie elsewhere or not at all."""

import pickle
import shutil
from pathlib import Path

import pytest

from simulation.ensemble import SimulateTask
from simulation.luggage import packed, unpacked
from simulation.scenario import load


@pytest.fixture
def moved(tmp_path):
    """A scenario whose tables lie in a folder of their own, beside that folder."""
    scenario = load("reference")
    tables = {name: tmp_path / name for name, path in scenario.located.items() if path.suffix == ".csv"}
    for name, path in tables.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(scenario.located[name], path)
    return scenario.model_copy(update={"located": scenario.located | tables}), tmp_path


def test_what_lies_where_it_lay_is_read_there(moved):
    scenario, _ = moved
    assert unpacked(scenario, packed(scenario)) is scenario


@pytest.mark.parametrize("damage", ["gone", "another"])
def test_a_task_finds_its_tables_on_another_machine(moved, damage):
    scenario, folder = moved
    content = {name: path.read_bytes() for name, path in scenario.located.items() if path.suffix == ".csv"}
    sent = pickle.dumps(SimulateTask(scenario, 1))
    if damage == "gone":
        shutil.rmtree(folder)
    else:
        for path in Path(folder).rglob("*.csv"):
            path.write_text("age,men,women\n")
    there = pickle.loads(sent).scenario
    assert {name: there.path(name).read_bytes() for name in content} == content
    assert there.content == scenario.content
    assert pickle.loads(pickle.dumps(SimulateTask(there, 1))).scenario.content == scenario.content


def test_it_simulates_the_same_there(moved):
    scenario, folder = moved
    short = load("reference", ["last_year=2020"])
    scenario = short.model_copy(update={"located": scenario.located})
    here = SimulateTask(scenario, 1)(0, 0)
    sent = pickle.dumps(SimulateTask(scenario, 1))
    shutil.rmtree(folder)
    there = pickle.loads(sent)(0, 0)
    assert (there.stock == here.stock).all()
