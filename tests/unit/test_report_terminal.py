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


def line_of(text, name):
    return next(line for line in text.splitlines() if name in line)


def test_to_have_residents_enough_is_no_breach(rows):
    line = line_of(run_text(*rows, "en"), "Residents")
    assert "of 10" not in line and "1,000" not in line


def test_distances_bear_a_sign_and_income_is_told_in_points(rows):
    text = run_text(*rows, "en")
    assert "\N{MINUS SIGN}1.7 points" in line_of(text, "Mean gross income")
    assert "\N{MINUS SIGN}" in line_of(text, "Non-western")
    assert "+" in line_of(text, "Social family homes")


def test_a_share_that_no_limit_binds_is_left_out(rows):
    shares = [row for row in rows[0] if "share" in row["indicator"]]
    unbound = [{**row, "threshold": None} if row["area"] == "lilleby" else row for row in shares]
    others = [row for row in rows[0] if "share" not in row["indicator"]]
    storby, lilleby = run_text([*others, *unbound], rows[1], "en").split("lilleby on the list")
    assert "Social family homes" in storby and "Social family homes" not in lilleby


def test_few_futures_are_counted(rows):
    few = run_text(*rows, "en", members=4)
    assert "4 of 4" in few and "of 10" not in few.replace("8 of 10 futures", "") and "Only 4 futures" in few
    assert "Only" not in run_text(*rows, "en", members=100)


def test_rows_read_back_from_json_have_none_where_nothing_is_known(rows):
    summary = [{key: None if value != value else value for key, value in row.items()} for row in rows[0]]
    assert run_text(summary, rows[1], "en") == run_text(*rows, "en")


def test_it_is_printed_to_standard_output(rows, capsys):
    print_run(*rows, "en")
    assert capsys.readouterr().out == run_text(*rows, "en") + "\n"
