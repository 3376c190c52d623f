"""What a scenario calls things is text wherever it is shown: no markup, no formula, no mathematics."""

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from tests import district

ROOT = Path(__file__).resolve().parents[2]
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>'\"& $\\\\frac{$ =1+1"
ALIVE = {"script", "img", "iframe", "object", "embed", "form", "input", "base", "audio", "video"}
SCENARIO = """
extends: small.yaml
title: {title}
description: {title}
demolition:
  - {{id: gran, department: granparken, dwellings: 18, from: 2020, to: 2023, source: {title}, note: {title}}}
new_homes:
  - id: own
    area: vollsmose
    tenure: owned
    count: {{value: 6, low: 3, high: 9, unit: {title}, basis: assumed, source: {title}}}
    from: 2021
    to: 2022
    delay_years: 0
measures:
  - id: jobs
    subprogramme: jobs_and_education
    title: {{en: {title}, da: {title}}}
    decided: true
    funded: true
    from: 2020
    to: 2024
    acts_on: none
goals:
  - {{id: off, title: {{en: {title}, da: {title}}}, indicator: public_support_excess, fewer: 5, list_year: 2025}}
"""


class Tags(HTMLParser):
    """The elements of a page, and their attributes that would run something."""

    def __init__(self):
        super().__init__()
        self.found, self.handlers, self.text = set(), [], []

    def handle_starttag(self, tag, attributes):
        self.found.add(tag)
        self.handlers += [f"{tag} {name}" for name, value in attributes if name.startswith("on") or "javascript:" in (value or "")]

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Give the folders of a run and of a comparison of a scenario, in a place, with the worst of names."""
    district.district()
    here = tmp_path_factory.mktemp("nasty")
    place = json.loads((Path(district.FOLDER.name) / "places" / "small" / "place.yaml").read_text())
    for items in ("departments", "areas"):
        for item in place[items]:
            item["name"] = f"{item['name']} {NASTY}"
    (here / "places" / "small").mkdir(parents=True)
    (here / "places" / "small" / "place.yaml").write_text(json.dumps(place), encoding="utf-8")
    (here / "small.yaml").write_text("extends: reference.yaml\nplace: small\nlast_year: 2025\ngoals: []\n", encoding="utf-8")
    (here / "nasty.yaml").write_text(SCENARIO.format(title=json.dumps(NASTY)), encoding="utf-8")
    counts = ("--draws", "2", "--replicates", "1", "--workers", "1", "--json", "--out", str(here / "out"))
    found = {}
    for given in (("run", "nasty.yaml"), ("compare", "small.yaml", "nasty.yaml")):
        names = [given[0], *(str(here / name) for name in given[1:])]
        done = subprocess.run([sys.executable, "-m", "simulation", *names, *counts], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found[given[0]] = Path(json.loads(done.stdout)["folder"])
    return found


@pytest.mark.parametrize("name", ["run", "compare"])
def test_no_text_of_a_scenario_or_a_place_is_markup(folders, name):
    tags = Tags()
    tags.feed((folders[name] / "report.html").read_text(encoding="utf-8"))
    assert tags.found & ALIVE == set() and tags.handlers == []
    assert "<script>alert(1)</script>" in "".join(tags.text)  # and it is told


def test_the_workbook_calculates_nothing_that_is_a_name(folders):
    book = openpyxl.load_workbook(folders["run"] / "workbook.xlsx")
    formulas = [
        (sheet.title, cell.coordinate) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert formulas and {title for title, _ in formulas} == {book.worksheets[1].title}  # those of the calculator


def test_the_search_has_power():
    tags = Tags()
    tags.feed(f"<p>{NASTY}</p>")
    assert tags.found & ALIVE == {"script", "img"} and tags.handlers == ["img onerror"]
