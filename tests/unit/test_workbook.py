"""The workbook holds the tables of a run in words, with units, the same bytes each time, and no small count."""

import io

import openpyxl
import pandas as pd
import pytest

from simulation.indicators.frames import OF_MEMBERS
from simulation.indicators.small import OF_PEOPLE, is_small
from simulation.law.family import share_table
from simulation.report.calculator import GIVEN, calculated
from simulation.report.content import RunFacts, report_of
from simulation.report.sheets import TABLES, sheets_of
from simulation.report.workbook import HEAD_ROW, workbook_of
from simulation.words import catalogue, languages
from tests import district

FACTS = RunFacts(run_id="0123456789ab", seed=1, draws=2, replicates=1, versions={}, inputs={})
# Codes that are names already.
NAMES = {"landlord", "committee", "also_under", "source", "parameter", "length"}


def report_in(lang):
    found = district.results()
    return report_of(found.frames, district.district(), facts=FACTS, headline=found.headline, lang=lang)


@pytest.fixture(scope="module", params=languages())
def book(request):
    content = workbook_of(report_in(request.param))
    return request.param, content, openpyxl.load_workbook(io.BytesIO(content))


def test_it_begins_with_what_it_is_and_names_every_sheet(book):
    lang, _, workbook = book
    front = [cell for row in workbook.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert workbook.sheetnames[0] == {"en": "Read me", "da": "Læs mig"}[lang]
    assert set(workbook.sheetnames[1:]) <= set(front)
    assert any("0123456789ab" in str(cell) for cell in front) and "indicators.csv" in " ".join(map(str, front))


def test_each_table_has_a_sheet_with_headings_that_stay(book):
    lang, _, workbook = book
    tables = sheets_of(district.results().frames)
    assert len(workbook.sheetnames) == len(tables) + 2 and len(tables) >= 20
    for table, name in zip(tables, workbook.sheetnames[2:], strict=True):
        sheet = workbook[name]
        heads = [cell.value for cell in sheet[HEAD_ROW + 1]]
        assert all(heads) and len(set(heads)) == len(heads), name
        assert sheet.freeze_panes == f"{'ABCD'[table.naming]}{HEAD_ROW + 2}" and sheet.auto_filter.ref, name
        assert not any(isinstance(cell, bool) for row in sheet.iter_rows(values_only=True) for cell in row), name
        assert sheet.max_row > HEAD_ROW + 1, name


def test_every_table_of_a_run_is_in_the_workbook_or_said_to_be_beside_it():
    assert set(district.results().frames) - set(OF_MEMBERS) == set(TABLES)


def test_no_code_is_left_in_the_cells(book):
    """Every text in a column of codes is in words: none looks like an identifier."""
    _, _, workbook = book
    left = set()
    for sheet, name in zip(sheets_of(district.results().frames), workbook.sheetnames[2:], strict=True):
        for column, cells in zip(sheet.frame, workbook[name].iter_cols(min_row=HEAD_ROW + 2, values_only=True), strict=True):
            left |= {(sheet.table, column, cell) for cell in cells if isinstance(cell, str) and "_" in cell and column not in NAMES}
    assert left == set()


def test_numbers_are_those_of_the_tables(book):
    lang, _, workbook = book
    sheet = workbook[catalogue("sheet", lang)["table.summary.name"]]
    means = [row[4] for row in sheet.iter_rows(min_row=HEAD_ROW + 2, values_only=True)]
    wanted = district.results().frames["summary"]["mean"]
    pd.testing.assert_series_equal(pd.Series(means, dtype=float), wanted.reset_index(drop=True), check_names=False)
    formats = {cell.number_format for cell in sheet["E"][HEAD_ROW + 1 :]}
    assert formats == {"#,##0", "#,##0.0", "#,##0.00"}


def test_the_same_run_gives_the_same_bytes(book):
    lang, content, _ = book
    assert workbook_of(report_in(lang)) == content
    assert content != workbook_of(report_in(next(other for other in languages() if other != lang)))


def test_the_calculator_follows_the_law():
    given = {"family": 2872, "other": 907, "demolished": 0, "floor": 750.0, "per_home": 75, "limit": 40}
    assert set(given) == set(GIVEN)
    told = calculated(given)
    row = share_table(2872, 907, 0, 0, 750.0)["shares"][-1]
    assert told["share"] == pytest.approx(row["share_pct"]) and told["denominator"] == pytest.approx(row["denominator"])
    assert 100 * 2872 / (told["denominator"] + told["missing"]) == pytest.approx(40)


def test_no_small_count_is_shown():
    for sheet in sheets_of(district.results().frames):
        counts = OF_PEOPLE.get(sheet.table)
        if sheet.table == "composition":
            cells = pd.concat([sheet.frame[column] for column in sheet.frame.columns[2:]])
            assert cells.isna().any() and not is_small(cells).any()
        elif counts and not counts.key:
            assert not any(is_small(sheet.frame[column]).any() for column in counts.columns), sheet.table
