"""What docs/extend.md says is carried out as it stands there: the measure in a scenario, the act in a copy of the law."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation import route
from simulation.engine import simulate
from simulation.records import CRITERIA
from simulation.scenario import load
from tests.core import CENTRAL
from tests.unit.law_cases import HEADER

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "extend.md").read_text(encoding="utf-8")
MEASURE, LIMIT, TALLY = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
TRIED = re.findall(r"--set (measures\.evening_school\.\S+?)[ `]", PAGE)
(SIXTH,) = re.findall(r"```diff\n(.*?)```", PAGE, re.S)
YEAR = 2026  # in which it begins


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "evening.yaml"
    path.write_text(MEASURE, encoding="utf-8")
    return path


def test_the_measure_stands_in_the_catalogue(scenario):
    assert route.check([str(scenario)]) == [str(scenario)]
    (row,) = [row for row in route.plan(str(scenario), ())["measures"] if "evening_school" in row.values()]
    assert "Evening school" in row.values()
    assert any("cannot be calculated" in str(value) for value in row.values())


def test_the_measure_is_attended_and_moves_nothing_before_it_begins(scenario):
    """The same chance with it and without: what it changes begins with it."""
    assert len(TRIED) == 2
    with_it, tried = (load(scenario, ["last_year=2028", *more]) for more in ((), TRIED))
    without = load("plan", ["last_year=2028"])
    runs = [simulate(of, 1, CENTRAL, 0) for of in (without, with_it, tried)]
    at, outside = YEAR - without.first_year, CRITERIA.index("outside_labour_market")
    for run in runs[1:]:
        np.testing.assert_array_equal(run.stock[: at + 1], runs[0].stock[: at + 1])
    attended = runs[1].participants[:, -1]
    assert attended[:at].sum() == 0
    assert attended[at] > 0
    assert runs[2].criteria[-1, 0, outside] < runs[1].criteria[-1, 0, outside]


def test_an_effect_without_a_grade_is_refused(scenario):
    from simulation.files import InputErrors

    with pytest.raises(InputErrors) as refused:
        load(scenario, ["measures.evening_school.effect.value=0.2"])
    assert "effect_without_evidence" in {problem.code for problem in refused.value.problems}


def copied(to):
    """Return the program in a folder of its own."""
    for name in ("simulation", "calibration", "scenarios"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    return to


def asked(where, *given):
    """Ask the program in a folder; return what it says as JSON."""
    command = [sys.executable, "-m", "simulation", *map(str, given), "--json"]
    done = subprocess.run(command, cwd=where, env=os.environ | {"PYTHONPATH": str(where)}, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def hunks():
    """Yield the file, the lines that are there, and the lines that come in their place, of each hunk of the page."""
    for name, body in re.findall(r"^--- (\S+)\n(.*?)(?=^--- |\Z)", SIXTH, re.M | re.S):
        for hunk in body.split("@@\n"):
            lines = hunk.splitlines(keepends=True)
            assert all(line[:1] in " -+" for line in lines), hunk
            old, new = ("".join(line[1:] for line in lines if line[0] != left) for left in "+-")
            yield name, old, new


def test_a_sixth_criterion_is_judged_projected_reported_and_compared(tmp_path):
    """The lines of the page alone are put into a copy of the program; the words in Danish too."""
    where, changed = copied(tmp_path / "program"), 0
    for name, old, new in hunks():
        for path in dict.fromkeys((where / name, where / name.replace("words/en", "words/da"))):
            text = path.read_text(encoding="utf-8")
            if "words/da" in path.as_posix():  # after the same key, whose text is another
                key = old.split(":")[0] + ":"
                (old_line,) = [line for line in text.splitlines(keepends=True) if line.startswith(key)][-1:]
                new = new.replace(old, old_line)
                old = old_line
            assert text.count(old) == 1, (path, old)
            path.write_text(text.replace(old, new), encoding="utf-8")
            changed += 1
    assert changed > 20
    rows = [f"A,{year},2000,45,1.0,50,60,20,,2.0,{young}" for year, young in ((2023, 15), (2024, 25))]
    (tmp_path / "values.csv").write_text("\n".join([HEADER + ",young_idle_pct", *rows]) + "\n", encoding="utf-8")
    judged = asked(where, "judge", tmp_path / "values.csv")
    assert [row["category"] for row in judged] == ["none", "vulnerable"]
    given = (
        ROOT / "docs/examples/eksempelby.yaml",
        "--set",
        "last_year=2020",
        "--draws",
        "1",
        "--replicates",
        "1",
        "--out",
        tmp_path / "out",
    )
    told = asked(where, "run", *given, "--lang", "da")
    summary = pd.read_csv(Path(told["folder"]) / "summary.csv").query("indicator == 'young_idle'")
    assert list(summary["threshold"]) == [20, 20]
    assert summary["mean"].between(1, 99).all()
    assert "Young, neither work nor study" in (Path(told["folder"]) / "report.html").read_text(encoding="utf-8")
    compared = asked(where, "compare", *given, "--set", "letting.flexible_share=0.5")
    assert "young_idle" in {row["measure"] for row in compared["differences"]}


def put(path, entries):
    """Put the second of two entries behind the first."""
    old, new = entries.rstrip("\n").split("\n")
    text = path.read_text(encoding="utf-8").replace("valid_to_list: 2024", "valid_to_list: 2025")
    goes_on = old.replace("valid_to_list: 2024", "valid_to_list: 2025")
    assert text.count(goes_on + "\n") == 1
    path.write_text(text.replace(goes_on, f"{old}\n{new}"), encoding="utf-8")


def test_the_made_up_act_judges_its_own_list_alone(tmp_path):
    """One area meets three of four by the new limit alone, the other two: only the first is vulnerable by the made-up act."""
    shutil.copytree(ROOT / "simulation", tmp_path / "simulation", ignore=shutil.ignore_patterns("__pycache__"))
    data = tmp_path / "simulation" / "law" / "data"
    put(data / "criteria.yaml", LIMIT)
    put(data / "categories.yaml", TALLY)
    for name in ("letting", "labour_states", "family_share", "convictions"):
        path = data / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("valid_to_list: 2024", "valid_to_list: 2025"), encoding="utf-8")
    rows = [f"{name},{year},2000,45,1.0,{basic},54,20,,2.0" for name, basic in (("three", 57), ("two", 50)) for year in (2024, 2025)]
    (tmp_path / "values.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    said = {}
    for where in (tmp_path, ROOT):
        command = [sys.executable, "-m", "simulation", "judge", str(tmp_path / "values.csv"), "--json", "--after-last-list", "hold"]
        done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=True)
        said[where] = [re.sub(r"\s", "", text) for text in re.findall(r'"category":\s*"\w+"', done.stdout)]
    vulnerable, none = '"category":"vulnerable"', '"category":"none"'
    assert said[ROOT] == [vulnerable] * 4
    assert said[tmp_path] == [vulnerable, vulnerable, vulnerable, none]


def test_every_module_that_names_a_criterion_is_named():
    naming = [path for path in (ROOT / "simulation").rglob("*.py") if '"basic_schooling_only"' in path.read_text(encoding="utf-8")]
    names = [path.relative_to(ROOT).as_posix() for path in naming if "simulation/decisions" not in path.as_posix()]
    assert len(names) > 5
    assert "`simulation/decisions/`" in PAGE
    assert [name for name in names if name not in PAGE] == []
    for place, names in re.findall(r"`(simulation/\S+\.py)`: ((?:`\w+`(?:, )?)+)", PAGE):
        text = (ROOT / place).read_text(encoding="utf-8")
        assert [name for name in re.findall(r"`(\w+)`", names) if name not in text] == [], place
