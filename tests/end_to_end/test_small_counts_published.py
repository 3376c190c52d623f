"""No count of one to four people in any file that a run, a comparison, a budget or an attribution of a tiny district leaves behind."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests import district, few

ROOT = Path(__file__).resolve().parents[2]
PLAN = """
extends: small.yaml
title: {en: Small plan, da: Lille plan}
demolition:
  - {id: gran, department: granparken, dwellings: 18, from: 2020, to: 2023}
renovation:
  - {id: birk, department: birkeparken, from: 2021, to: 2023}
new_homes:
  - {id: own, area: vollsmose, tenure: owned, count: 2, from: 2021, to: 2022, delay_years: 0}
measures:
  - id: jobs
    subprogramme: jobs_and_education
    title: {en: Jobs, da: Job}
    decided: false
    funded: true
    from: 2020
    to: 2024
    areas: [vollsmose]
    acts_on: job_entry
    effect: {value: 0.9, low: 0.8, high: 1.0, unit: relative change, basis: assumed, source: made up}
    grade: strong
    capacity: 6
    target: {labour: [cash_benefit_activity_ready], age_from: 18, age_to: 64}
goals:
  - {id: off, title: {en: Fewer, da: Færre}, indicator: public_support_excess, fewer: 5, list_year: 2025}
"""
RUNS = {
    "run": ("run", "{plan}", "--lang", "en"),
    "compare": ("compare", "{base}", "{plan}", "--lang", "da"),
    "budget": ("budget", "{plan}", "--frame", "1", "--lang", "en"),
    "attribution": ("attribution", "{plan}", "--base", "{base}", "--lang", "da"),
}
TABLE = "<table><tr><th>Year</th><th>a</th></tr><tr><th>2020</th><td>4</td></tr></table>"
EDGES = (1, 4, 4.9, -3)


@pytest.fixture(scope="module")
def scenarios():
    district.district()
    base = Path(district.FOLDER.name) / "small.yaml"
    plan = base.with_name("small_plan.yaml")
    plan.write_text(PLAN, encoding="utf-8")
    return {"base": str(base), "plan": str(plan)}


@pytest.fixture(scope="module", params=RUNS)
def folder(request, scenarios, tmp_path_factory):
    given = [part.format(**scenarios) for part in RUNS[request.param]]
    counts = ("--draws", "2", "--replicates", "1", "--workers", "1", "--json", "--out", str(tmp_path_factory.mktemp("tiny")))
    done = subprocess.run([sys.executable, "-m", "simulation", *given, *counts], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Path(json.loads(done.stdout)["folder"])


def test_no_file_of_a_tiny_district_tells_a_small_count(folder):
    assert few.in_folder(folder) == {}


def test_there_would_be_small_counts_to_tell(scenarios):
    """The same district has few of many kinds: what is hidden there is the tables' doing, not the district's."""
    records = district.results().frames["records"]
    assert few.in_table("movements", pd.DataFrame({"flow": ["born"] * len(records), "mean": records["born"]}))


@pytest.mark.parametrize("count", EDGES)
@pytest.mark.parametrize("name", few.PEOPLE)
def test_a_planted_count_is_found_in_every_table(name, count):
    columns, key, _ = few.PEOPLE[name]
    code = {"decomposition": "residents", "programme": "emptied_persons", "city": "residents", "summary": "residents"}
    code |= {"indicators": "residents", "differences": "persons", "rehoused": "households"}
    for column in columns:
        row = {column: count, "source": "moved_in", **({key: code.get(name, "any")} if key else {})}
        assert few.in_table(name, pd.DataFrame([row])), column
        assert not few.in_table(name, pd.DataFrame([row | {column: 5}]))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>About 3 persons move.</p>", True),
        ("<p>Omkring 3 personer flytter.</p>", True),
        ("<p>Her bor 4 beboere.</p>", True),
        ("<p>About 13 persons move; 3 of 4 futures; 2.3 persons</p>", True),
        ("<p>About 13 persons move, 2,003 residents stay, 3 homes go, 3 full-time persons to spare, short by 2 persons.</p>", False),
        ("<p>That is 4 persons fewer; 2 personer flere.</p>", False),
        (f"<p class='caption'>Residents by work, persons, mean</p>{TABLE}", True),
        (f"<p class='caption'>Homes by year</p>{TABLE}", False),
        ("<svg aria-label='born 12 → 14'><text>Storby; persons in the year</text><text>born</text><text>3</text></svg>", True),
        ("<svg aria-label='born 12 → 3.'><text>Storby; persons in the year</text><text>14</text></svg>", True),
        ("<svg aria-label='born 12 → 14.'><text>Storby; persons in the year</text><text>14</text></svg>", False),
        ("<table><tr><th>Area</th><th>Rehoused there</th></tr><tr><th>a</th><td>2</td></tr></table>", True),
    ],
)  # fmt: skip
def test_a_planted_count_is_found_on_a_page_and_what_counts_nobody_is_not(html, found):
    assert bool(few.in_page(html)) == found


def test_a_planted_count_is_found_in_a_workbook(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.create_sheet("Moves")
    for row in (["Moves, by year."], [], ["Area", "Flow", "Unit", "Mean"], ["a", "born", "persons", 12], ["a", "died", "persons", None]):
        book["Moves"].append(row)
    book.save(tmp_path / "a.xlsx")
    assert few.in_workbook(tmp_path / "a.xlsx") == []
    book["Moves"]["D5"] = 3
    book.save(tmp_path / "a.xlsx")
    assert few.in_workbook(tmp_path / "a.xlsx") == ["Moves / Mean: 3"]
