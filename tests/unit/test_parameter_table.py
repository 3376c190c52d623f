"""docs/parameters.md is what the data say, and holds every number of the scenarios and every entry of the law."""

from simulation.scenario import load
from tests import parameter_table
from tests.unit.test_law_data import BOOKS, book, leaves

TEXT = parameter_table.PAGE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date():
    assert parameter_table.page() == TEXT, "python -m tests.parameter_table"


def test_every_number_of_a_scenario_is_there():
    for name in parameter_table.SCENARIOS:
        assert [each.path for each in load(name).parameters() if f"| `{each.path}` |" not in TEXT] == []


def test_every_source_of_the_law_is_there():
    assert set(parameter_table.BOOKS) == set(BOOKS)
    entries = [entry for name in BOOKS for entry in leaves(book(name))]
    assert len(entries) > 50
    assert [entry for entry in entries if parameter_table._cell(entry["source"]) not in TEXT] == []


def test_every_row_has_the_same_cells_and_a_basis():
    rows = [line for line in TEXT.splitlines() if line.startswith("| `")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {7}
    bases = {row.replace("\\|", "").split("|")[5].strip() for row in rows}
    assert bases == {"sourced", "derived", "assumed", "read", "inferred", "open"}
