"""The summary on the terminal."""

import ensembles
import pytest

from simulation.indicators.frames import results_of
from simulation.report.terminal import print_run, run_text


@pytest.fixture(scope="module")
def rows():
    frames = results_of(ensembles.ensemble(), ensembles.scenario()).frames
    return frames["summary"].to_dict("records"), frames["status"].to_dict("records")


def test_it_names_each_area_with_its_values_and_category(rows):
    text = run_text(*rows, "en", {"storby": "Storby"})
    assert "Storby on the list of 1 December 2030" in text
    assert "conversion area over 9 of 10" in text
    line = next(line for line in text.splitlines() if "Non-western" in line)
    assert "76.6" in line
    assert "persons" in line


def test_danish_writes_numbers_as_danes_do(rows):
    text = run_text(*rows, "da")
    assert "76,6" in text
    assert "over 9 af 10" in text


def test_to_have_residents_enough_is_no_breach(rows):
    line = next(line for line in run_text(*rows, "en").splitlines() if "Residents" in line)
    assert "of 10" not in line


def test_rows_read_back_from_json_have_none_where_nothing_is_known(rows):
    summary = [{key: None if value != value else value for key, value in row.items()} for row in rows[0]]
    assert run_text(summary, rows[1], "en") == run_text(*rows, "en")


def test_it_is_printed_to_standard_output(rows, capsys):
    print_run(*rows, "en")
    assert capsys.readouterr().out == run_text(*rows, "en") + "\n"
