"""docs/odd.md says what the code is: its seven elements, its sizes, its order, and nothing that is not there."""

import re
from pathlib import Path

from simulation import state
from simulation.scenario import load
from simulation.year import YEAR
from tests.core import built, scenario

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
ELEMENTS = (
    "Purpose and patterns",
    "Entities, state variables, scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialisation",
)
ELEMENTS += ("Input data", "Submodels")
CONCEPTS = (
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
)
ORDER = {  # what the overview calls each step of the year; the others put rows away
    "ageing": "age,", "dying": "die,", "giving_birth": "be born", "leaving_home": "leave home", "parting": "part,", "pairing": "pair;",
    "completing": "complete schooling", "working": "work,", "earning": "earn", "convicting": "be convicted", "giving_notice": "notice",
    "building": "building", "relabelling": "change of", "moving_out": "moves out", "moving_up": "sitting tenants", "rehousing": "rehousing",
    "demolishing": "demolition", "renovating": "renovation", "letting": "letting;", "enrolling": "measures enrol",
    "gaining_standing": "standing",
}  # fmt: skip


def test_its_elements_and_concepts_are_those_of_the_protocol():
    assert tuple(re.findall(r"^## \d\. (.*)$", TEXT, re.M)) == ELEMENTS
    assert [name for name in (*CONCEPTS, "Collectives", "Observation") if f"**{name}.**" not in TEXT] == []


def test_the_overview_follows_the_order_of_the_year():
    steps = [step.name for step in YEAR if step.name not in ("clearing", "following")]
    assert steps == list(ORDER)
    overview = TEXT.split("In short:")[1]
    places = [overview.index(word) for word in ORDER.values()]
    assert places == sorted(places)


def test_its_sizes_are_those_of_the_start():
    persons, homes = (int(number.replace(",", "")) for number in re.search(r"about ([\d,]+) persons in\s+([\d,]+) homes", TEXT).groups())
    start, _ = built(scenario("plan"))
    assert round(len(start.persons), -3) == persons
    assert round(len(start.dwellings), -2) == homes


def test_every_file_and_number_it_names_is_there():
    for name in re.findall(r"`((?:simulation|scenarios|calibration|population|baseline)/[\w/.]*)`", TEXT):
        assert (ROOT / name).exists() or (ROOT / "simulation" / name).exists(), name
    for name in re.findall(r"`state\.(\w+)`", TEXT):
        assert hasattr(state, name.capitalize() if name == "away" else name), name
    paths = [each.path for each in load("plan").parameters()]
    for name in re.findall(r"`((?:rates|city|rehousing|standing)\.[\w.]+)`", TEXT):
        assert any(path == name or path.startswith(f"{name}.") for path in paths), name
