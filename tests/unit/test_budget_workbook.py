"""The workbook of the negotiation: written, filled in, read back; every mistake with its cell."""

import io
import json

import pytest
from openpyxl import load_workbook

from simulation.__main__ import main
from simulation.decisions.budget.reading import plain_table, read_table
from simulation.decisions.budget.sheets import SHEETS
from simulation.decisions.budget.table import GOALS, ORIGIN, PEOPLE, Aim, Frame, Wish
from simulation.decisions.budget.template import columns, heading, workbook_of
from simulation.files import InputErrors
from simulation.scenario import load
from simulation.words import say

NAME = "plan_all_measures"
DA = {name: say(f"budget.sheet.{name}", "da") for name in SHEETS}


@pytest.fixture(scope="module")
def template():
    scenario = load(NAME)
    return workbook_of(scenario, plain_table(scenario), "da")


def at(book, sheet, row, column):
    """Return the cell of a row (its first cell) and a column (its heading begins so)."""
    page = book[DA[sheet]]
    across = next(cell.column for cell in page[1] if str(cell.value).startswith(column))
    down = next(number for number in range(2, page.max_row + 1) if page.cell(number, 1).value == row)
    return page.cell(down, across)


def filled(template, folder, *cells):
    """Write the template with cells (sheet, row, column, value) filled in."""
    book = load_workbook(io.BytesIO(template))
    for sheet, row, column, value in cells:
        at(book, sheet, row, column).value = value
    book.save(folder / "mine.xlsx")
    return folder / "mine.xlsx"


def prices(measure, *amounts):
    return [("measures", measure, str(year), amount) for year, amount in zip(range(2027, 2031), amounts, strict=True)]


def wrong(path):
    with pytest.raises(InputErrors) as caught:
        read_table(path, NAME, [])
    return [(problem.place.rpartition("!")[0], problem.code, problem.values.get("nearest")) for problem in caught.value.problems]


def test_the_sheets_have_the_columns_of_the_negotiation(template):
    book = load_workbook(io.BytesIO(template))
    assert book.sheetnames == ["Vejledning", "Indsatser", "Rammer", "Mål", "Effekter"]
    heads = [cell.value for cell in book["Indsatser"][1]]
    assert heads[:7] == ["Id", "Indsats", "Betalende udvalg", "Besluttet", "Drift/anlæg", "Fra", "Pladser"]
    assert heads[7] == "2027 (1.000 kr., 2027-priser)"
    assert heads[11:] == [say("budget.column.saved", "da"), "Skal med", "Udelukket", "Kræver", "Ikke sammen med", "Kilde"]
    assert [book["Rammer"].cell(1, 1).value, book["Rammer"].cell(1, 6).value] == ["Betalende udvalg", "Må flyttes"]
    assert [cell.value for cell in book["Mål"][1]] == ["Mål", "Liste", "Vægt"]
    assert book["Rammer"].cell(book["Rammer"].max_row, 1).value == "Fælles råderum"


def test_an_unknown_cost_is_empty_and_never_nought(template):
    page = load_workbook(io.BytesIO(template))["Indsatser"]
    assert {page.cell(row, column).value for row in range(2, page.max_row + 1) for column in range(8, 12)} == {None}


def test_what_is_not_decided_begins_with_the_budget_at_the_earliest(template):
    book = load_workbook(io.BytesIO(template))
    assert at(book, "measures", "mentors_young", "Fra").value == 2027
    assert at(book, "measures", "ips", "Fra").value == 2020


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_template_read_back_asks_what_no_workbook_asks(tmp_path, lang):
    scenario, path = load(NAME), tmp_path / "again.xlsx"
    path.write_bytes(workbook_of(scenario, plain_table(scenario), lang))
    changed, table = read_table(path, NAME, [])
    assert (table.aims, table.frames, table.own_effects) == ((Aim(GOALS[0], 2030),), (), frozenset())
    assert {name: wish for name, wish in table.wishes.items() if wish != Wish()} == plain_table(scenario).wishes
    starts = {measure.id: measure.from_ for measure in changed.sections.measures if not measure.decided}
    assert set(starts.values()) == {2027}
    assert all(measure.cost is None for measure in changed.sections.measures)


def test_what_is_filled_in_stands_in_the_scenario(template, tmp_path):
    path = filled(
        template,
        tmp_path,
        *prices("mentors_young", 1000, 0, "1500,5", 2000),
        ("measures", "mentors_young", "Pladser", 80),
        ("measures", "mentors_young", "Betalende", "BUU"),
        ("measures", "mentors_young", "Sparet", 120),
        ("measures", "mentors_young", "Kræver", "young_investment; info_box"),
        ("measures", "ips", "Besluttet", "nej"),
        ("measures", "ips", "Fra", 2027),
        ("frames", "BUU", "2027", 5000),
        ("frames", "BUU", "Må flyttes", "ja"),
        ("effects", "mentors_young", "Effekt", 0.2),
        ("effects", "mentors_young", "Lav", "10 %"),
        ("effects", "mentors_young", "Høj", 0.3),
        ("effects", "mentors_young", "Evidens", "svag"),
        ("effects", "mentors_young", "Kilde", "vores egen opgørelse"),
    )
    scenario, table = read_table(path, NAME, [])
    measures = {measure.id: measure for measure in scenario.sections.measures}
    mentors = measures["mentors_young"]
    assert {year: amount.value for year, amount in mentors.cost.thousand_dkk.items()} == {
        "2027": 1000,
        "2028": 0,
        "2029": 1500.5,
        "2030": 2000,
    }
    assert (mentors.cost.payer, mentors.cost.price_level, mentors.capacity.value) == ("BUU", 2027, 80)
    assert (mentors.effect.value, mentors.effect.low, mentors.effect.high, mentors.grade) == (0.2, 0.1, 0.3, "weak")
    assert {mentors.effect.basis, mentors.capacity.basis, mentors.cost.thousand_dkk["2027"].basis} == {"assumed"}
    assert mentors.effect.source == "vores egen opgørelse"
    assert table.own_effects == {"mentors_young"}
    assert not measures["ips"].decided
    assert table.wish("mentors_young").needs == ("young_investment", "info_box")
    assert table.wish("mentors_young").saved == 120
    assert Frame("BUU", (5000.0, 0.0, 0.0, 0.0), True) in table.frames
    assert scenario.resolved_yaml().count("vores egen opgørelse") == 1


def test_every_mistake_is_told_at_once_with_its_cell(template, tmp_path):
    path = filled(
        template,
        tmp_path,
        *prices("mentors_young", "mange", -5, "1.500", 100),
        ("measures", "young_investment", "Kræver", "mentors_yong"),
        ("measures", "young_investment", "Betalende", "BUX"),
        ("measures", "young_investment", "Skal med", "måske"),
        ("measures", "info_box", "Id", "infobox"),
        ("measures", "build_to_growth", "Skal med", "ja"),
        ("measures", "build_to_growth", "Udelukket", "ja"),
        ("goals", say("budget.goal.outside_labour_market", "da"), "Liste", 2055),
        ("effects", "two_teachers", "Effekt", 0.2),
        ("effects", "outreach_ssp", "Effekt", 30),
    )
    found = wrong(path)
    assert sorted(code for _, code, _ in found) == [
        "budget_effect_source",
        "budget_must_and_not",
        "budget_payer",
        "expected_number",
        "not_allowed",
        "number_as_text",
        "out_of_range",
        "out_of_range",
        "out_of_range",
        "unknown_measure",
        "unknown_measure",
    ]
    assert {near for _, code, near in found if code == "unknown_measure"} == {"mentors_young", "info_box"}
    assert {near for _, code, near in found if code == "budget_payer"} == {"BUU"}
    assert all(place.startswith("mine.xlsx!") for place, _, _ in found)


def test_a_cell_that_is_read_more_than_once_is_told_once(template, tmp_path):
    found = wrong(filled(template, tmp_path, ("measures", "job_ready_investment", "Besluttet", "måske")))
    assert [code for _, code, _ in found].count("not_allowed") == 1


def test_what_cannot_stand_as_it_is_wished_is_told(template, tmp_path):
    path = filled(
        template,
        tmp_path,
        ("measures", "all_aboard", "Udelukket", "ja"),
        ("measures", "ips", "Besluttet", "nej"),
        ("frames", "BUU", "Betalende", "SU"),
    )
    assert [code for _, code, _ in wrong(path)] == ["budget_begins_before", "budget_decided_excluded", "duplicate_id", "budget_payer"] or {
        code for _, code, _ in wrong(path)
    } == {"budget_begins_before", "budget_decided_excluded", "duplicate_id", "budget_payer"}


def test_an_effect_without_evidence_is_refused_in_its_cell(template, tmp_path):
    path = filled(template, tmp_path, ("effects", "two_teachers", "Effekt", 0.05), ("effects", "two_teachers", "Kilde", "gæt"))
    assert wrong(path) == [("mine.xlsx!Effekter", "effect_without_evidence", None)]


@pytest.mark.parametrize("told", [ORIGIN, "Ikke-vestlig baggrund"])
def test_the_share_by_origin_is_no_goal(template, tmp_path, told):
    goal = say("budget.goal.outside_labour_market", "da")
    assert wrong(filled(template, tmp_path, ("goals", goal, "Mål", told))) == [("mine.xlsx!Mål", "budget_origin", None)]
    assert ORIGIN not in GOALS
    assert ORIGIN not in PEOPLE


def test_columns_and_headings_in_both_languages():
    table = plain_table(load(NAME))
    assert [heading(name, table, "en") for name in columns("frames", table)][1] == "2027 (1,000 kr., 2027 prices)"


def test_the_command_writes_the_template_once(tmp_path, capsys):
    path = tmp_path / "new.xlsx"
    assert main(["budget", NAME, "--template", str(path), "--lang", "da"]) == 0
    before = path.read_bytes()
    assert main(["budget", NAME, "--template", str(path)]) == 2
    assert path.read_bytes() == before
    assert "written over" in capsys.readouterr().err


def test_mistakes_of_the_workbook_end_with_status_2(template, tmp_path, capsys):
    path = filled(template, tmp_path, ("measures", "mentors_young", "2027", "mange"))
    assert main(["budget", NAME, "--table", str(path), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)["errors"]
    assert [each["code"] for each in told] == ["expected_number"]
    assert told[0]["file"].startswith("mine.xlsx!Indsatser!H")
