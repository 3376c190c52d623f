"""The workbook in a real spreadsheet program: it opens, calculates anew, and no cell is an error."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from simulation.decisions.budget.reading import read_table
from simulation.report.calculator import GIVEN, calculated

ROOT = Path(__file__).resolve().parents[2]
CALCULATOR = {"en": "40 % calculator", "da": "40 %-regner"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give the Danish workbook of the plan by two members over two years."""
    out = tmp_path_factory.mktemp("out")
    short = ("--draws", "2", "--replicates", "1", "--set", "last_year=2021", "--lang", "da")
    given = [sys.executable, "-m", "simulation", "run", "plan", "--json", *short, "--out", str(out)]
    done = subprocess.run(given, cwd=ROOT, capture_output=True, text=True, check=True)
    return Path(json.loads(done.stdout)["folder"]) / "workbook.xlsx"


def opened(office, path, folder):
    """Return the workbook as LibreOffice saves it, with everything calculated anew."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    given = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "saved"), str(path)]
    subprocess.run(given, check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(folder / "saved" / path.name, data_only=True)


def errors(book):
    cells = [(sheet.title, cell.coordinate, cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    return [each for each in cells if isinstance(each[2], str) and each[2].startswith(("#", "Err:"))]


def test_it_opens_and_calculates_without_error(office, made, tmp_path):
    book, ours = opened(office, made, tmp_path), openpyxl.load_workbook(made)
    assert book.sheetnames == ours.sheetnames and errors(book) == []
    assert [sheet.max_row for sheet in book.worksheets[2:]] == [sheet.max_row for sheet in ours.worksheets[2:]]


def test_the_calculator_calculates_what_is_typed_in(office, made, tmp_path):
    changed = openpyxl.load_workbook(made)  # saved again it has no results, so the program must find them
    sheet = changed[CALCULATOR["da"]]
    given = {"family": 1872.0, "other": 907.0, "demolished": 1000.0, "floor": 7500.0, "per_home": 75.0, "limit": 40.0}
    for row, key in enumerate(GIVEN, start=3):
        sheet.cell(row, 2).value = given[key]
    path = tmp_path / "changed.xlsx"
    changed.save(path)
    found = [opened(office, path, tmp_path)[CALCULATOR["da"]].cell(row, 2).value for row in range(9, 13)]
    assert found == pytest.approx(list(calculated(given).values()))


def test_the_search_for_errors_has_power(office, made, tmp_path):
    broken = openpyxl.load_workbook(made)
    broken[CALCULATOR["da"]]["B9"] = "=1/0"
    path = tmp_path / "broken.xlsx"
    broken.save(path)
    assert errors(opened(office, path, tmp_path))


def test_a_copy_is_left_alone(made, tmp_path):
    """The file itself is a plain ZIP of XML without macros, links to outside or times."""
    shutil.unpack_archive(made, tmp_path / "parts", "zip")
    names = [path.relative_to(tmp_path / "parts").as_posix() for path in (tmp_path / "parts").rglob("*") if path.is_file()]
    assert not [name for name in names if "vba" in name or "externalLink" in name]
    assert "2000-01-01" in (tmp_path / "parts" / "docProps" / "core.xml").read_text()


def test_the_negotiation_opens_is_saved_and_is_read_as_it_was(office, tmp_path):
    """Filled in and saved by a spreadsheet program, with its own names of fonts and its own XML."""
    given = [sys.executable, "-m", "simulation", "budget", "plan_all_measures", "--template", str(tmp_path / "skema.xlsx"), "--lang", "da"]
    subprocess.run(given, cwd=ROOT, capture_output=True, check=True)
    book = openpyxl.load_workbook(tmp_path / "skema.xlsx")
    assert book.active.title == book.sheetnames[0] == "Vejledning"
    frames = book["Rammer"]
    frames.cell(frames.max_row, 2).value = "1.234,5"  # as text, as Danish fingers write it
    book.save(tmp_path / "skema.xlsx")
    saved = opened(office, tmp_path / "skema.xlsx", tmp_path)
    assert errors(saved) == [] and saved.sheetnames == book.sheetnames
    (scenario, table), (ours, _) = (read_table(tmp_path / where / "skema.xlsx", "plan_all_measures", ()) for where in ("saved", "."))
    assert scenario.resolved_yaml() == ours.resolved_yaml()
    assert [frame.thousand_dkk[0] for frame in table.frames if not frame.committee] == [1234.5]
