"""The documents say what is true: their example loads, and they name every shipped scenario and every table."""

import re
from pathlib import Path

from simulation.scenario import load, shipped_names

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_example_scenario_is_sound(tmp_path):
    example = re.search(r"```yaml my_scenario.yaml\n(.*?)```", (DOCS / "scenarios.md").read_text(encoding="utf-8"), re.S)
    path = tmp_path / "example.yaml"
    path.write_text(example.group(1), encoding="utf-8")
    scenario = load(path)
    assert {item.delay_years.value for item in scenario.sections.new_homes if item.tenure in ("owned", "private_let")} == {3}
    assert next(item for item in scenario.sections.demolition if item.id == "egeparken").dwellings.value == 100
    assert "laerkeparken" not in {item.id for item in scenario.sections.demolition}


def test_every_shipped_scenario_is_named():
    text = (DOCS / "scenarios.md").read_text(encoding="utf-8")
    assert [name for name in shipped_names() if f"`{name}`" not in text] == []


def test_every_document_is_linked():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DOCS.glob("*.md") if path.name != "README.md" and f"({path.name})" not in index] == []


def test_every_guide_in_danish_is_linked():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in (DOCS / "da").glob("*.md") if f"(da/{path.name})" not in index] == []


def test_the_danish_guide_names_every_shipped_scenario():
    text = (DOCS / "da" / "scenarier.md").read_text(encoding="utf-8")
    assert [name for name in shipped_names() if f"`{name}`" not in text] == []
