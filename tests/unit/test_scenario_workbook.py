"""A scenario as a workbook: written out and read back it is the same scenario, and every mistake names its cell."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from simulation.__main__ import main
from simulation.files import InputErrors
from simulation.scenario import load, shipped_names
from simulation.scenario.keys import ITEMS, key_of, kind_of, label_of, labels
from simulation.scenario.spreadsheet import column_letters
from simulation.scenario.workbook_out import workbook_of
from simulation.words import catalogue
from tests import key_table


def saved(folder, sheets, name="mine.xlsx"):
    """Write a workbook from rows of cells."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


def changed(folder, scenario, lang, **cells):
    """Write a scenario out, change cells (sheet__cell=value), and save it."""
    book = load_workbook(io.BytesIO(workbook_of(load(scenario).sections, f"{scenario}.yaml", lang)))
    for place, value in cells.items():
        sheet, cell = place.split("__")
        book[sheet.replace("_", " ")][cell] = value
    book.save(folder / "changed.xlsx")
    return folder / "changed.xlsx"


def problems_of(path):
    with pytest.raises(InputErrors) as caught:
        load(path)
    return caught.value.problems


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("name", shipped_names())
def test_written_out_and_read_back_it_is_the_same(tmp_path, name, lang):
    scenario = load(name)
    path = tmp_path / "again.xlsx"
    path.write_bytes(workbook_of(scenario.sections, f"{name}.yaml", lang))
    assert load(path).resolved_yaml() == scenario.resolved_yaml()


def test_a_changed_cell_is_a_changed_number(tmp_path):
    book = load_workbook(io.BytesIO(workbook_of(load("plan").sections, "plan.yaml", "da")))
    head = [cell.value for cell in book["Nedrivning"][1]]
    assert {"Id", "Afdeling", "Boliger", "Fra", "Til"} <= set(head)
    place = f"Nedrivning__{column_letters(head.index('Boliger'))}3"
    found = load(changed(tmp_path, "plan", "da", **{place: 250})).sections.demolition
    assert [item.dwellings.value for item in found[:3]] == [26, 250, 200]


def test_a_small_workbook_says_only_what_differs(tmp_path):
    path = saved(
        tmp_path,
        {
            "Scenarie": [
                ["Nøgle", "værdi", "lav", "høj", "enhed", "grundlag", "kilde"],
                ["extends", "plan.yaml"],
                ["letting.flexible_share", "0,6", "0,4", 0.8, "andel", "assumed", "vort eget mål"],
                ["letting.clean_record", "ja"],
                [],
                ["rates.labour.exit.student", 0.1],
            ],
            "Nye boliger": [["Id", "Forsinkelse, år", "Udgår"], ["private_owned_2023", 3], ["private_let_2027", None, True]],
        },
    )
    found = load(path)
    share = found.sections.letting.flexible_share
    assert (share.value, share.low, share.high, share.source) == (0.6, 0.4, 0.8, "vort eget mål")
    assert found.sections.letting.clean_record is True
    assert found.tree["rates"]["labour"]["exit"]["student"].value == 0.1
    homes = {item.id: item for item in found.sections.new_homes}
    assert homes["private_owned_2023"].delay_years.value == 3
    assert "private_let_2027" not in homes
    assert found.sections.title.da == "mine"


def test_every_mistake_names_its_cell(tmp_path):
    path = saved(
        tmp_path,
        {
            "Scenario": [
                ["Key", "value"],
                ["extends", "plan.yaml"],
                ["letting.flexible_shar", 0.5],
                ["letting.municipal_share", 7],
                ["letting.reserved", "1.500"],
            ],
            "Demolition": [["Id", "Homes"], ["fyrreparken", "many"]],
            "Demolishing": [["Id"]],
        },
    )
    found = {problem.file.split("!", 1)[1]: problem.code for problem in problems_of(path)}
    assert found["Scenario!B3"] == "unknown_key"
    assert found["Scenario!B4"] == "out_of_range"
    assert found["Scenario!B5"] == "number_as_text"
    assert found["Demolition!B2"] == "expected_number"
    assert found["Demolishing"] == "unknown_sheet"


def test_a_key_said_twice_and_a_sheet_without_headings(tmp_path):
    twice = saved(tmp_path, {"Scenario": [["Key", "value"], ["extends", "plan.yaml"], ["last_year", 2030], ["last_year", 2031]]})
    assert [(p.file.split("!", 1)[1], p.code) for p in problems_of(twice)] == [("Scenario!A4", "duplicate_key")]
    bare = saved(tmp_path, {"Scenario": [["extends", "plan.yaml"]]}, "bare.xlsx")
    assert "workbook_header" in {problem.code for problem in problems_of(bare)}


def test_what_is_no_workbook_is_told(tmp_path):
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert [problem.code for problem in problems_of(tmp_path / "no.xlsx")] == ["table_broken"]


def test_the_command_writes_what_check_reads(tmp_path, capsys):
    path = tmp_path / "plan.xlsx"
    assert main(["plan", "plan", "--workbook", str(path), "--lang", "da"]) == 0
    assert main(["check", str(path)]) == 0
    capsys.readouterr()


def test_what_is_there_already_is_not_written_over(tmp_path, capsys):
    """The workbook may be filled in; a link that leads nowhere is there too."""
    own, link = tmp_path / "own.yaml", tmp_path / "link.xlsx"
    own.write_text("extends: plan\n", encoding="utf-8")
    link.symlink_to("nowhere")
    for path in (own, link):
        assert main(["plan", str(own), "--workbook", str(path)]) == 2
        assert "not written over" in capsys.readouterr().err
    assert own.read_text(encoding="utf-8") == "extends: plan\n"
    assert link.is_symlink()


def test_every_key_has_its_own_label():
    for lang in ("en", "da"):
        named = {key: text.lower() for key, text in catalogue("key", lang).items() if key.startswith("key_of.")}
        assert len(set(named.values())) == len(named)
    for key in key_table.every_key():
        assert labels()[key.split(".")[-1]] == key.split(".")[-1]
        for lang in ("en", "da"):
            assert key_of(label_of(key, lang)) == key
    assert set(ITEMS) <= set(key_table.every_key())


def test_the_page_of_keys_is_current():
    assert key_table.PAGE.read_text(encoding="utf-8") == key_table.page()


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("title.da", "text"),
        ("demolition.department", "text"),
        ("demolition.dwellings", "value"),
        ("demolition.dwellings.source", "text"),
        ("measures.target.labour", "list"),
        ("measures.decided", "value"),
        ("measures.cost.thousand_dkk.2027", "free"),
        ("rates.labour.exit.student", "free"),
        ("rates.labour.exit.student.unit", "text"),
        ("output.lists", "value"),
    ],
)
def test_the_schema_says_what_stands_where(key, kind):
    assert kind_of(key) == kind


@pytest.mark.parametrize(("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(number, letters):
    assert column_letters(number) == letters
