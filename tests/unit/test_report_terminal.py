"""The summary on the terminal."""

import re
from types import SimpleNamespace

import ensembles
import pytest

from simulation.indicators.frames import results_of
from simulation.report.prevention import prevention_limits
from simulation.report.starts import assumed_starts
from simulation.report.terminal import Told, print_run, run_text


@pytest.fixture(scope="module")
def rows():
    frames = results_of(ensembles.ensemble(), ensembles.scenario()).frames
    return frames["summary"].to_dict("records"), frames["status"].to_dict("records")


def test_it_names_each_area_with_its_values_and_category(rows):
    text = run_text(*rows, "en", Told(names={"storby": "Storby"}, title="The plan"))
    assert text.splitlines()[0] == "The plan"
    assert "Storby on the list of 1 December 2030" in text
    assert "conversion area over 9 of 10" in text
    line = next(line for line in text.splitlines() if "Non-western" in line)
    assert "76.6" in line


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
    assert "\N{MINUS SIGN}1.7" in line_of(text, "Mean gross income")
    assert "\N{MINUS SIGN}" in line_of(text, "Non-western")
    assert "+" in line_of(text, "Social family homes")


def test_a_share_that_no_limit_binds_is_left_out(rows):
    shares = [row for row in rows[0] if "share" in row["indicator"]]
    unbound = [{**row, "threshold": None} if row["area"] == "lilleby" else row for row in shares]
    others = [row for row in rows[0] if "share" not in row["indicator"]]
    storby, lilleby = run_text([*others, *unbound], rows[1], "en").split("lilleby on the list")
    assert "Social family homes" in storby and "Social family homes" not in lilleby


def test_few_futures_are_counted(rows):
    few = run_text(*rows, "en", Told(members=4))
    assert "4 of 4" in few and "of 10" not in few.replace("8 of 10", "") and "computed: only 4" in few
    assert "computed: only" not in run_text(*rows, "en", Told(members=100))


def test_rows_read_back_from_json_have_none_where_nothing_is_known(rows):
    summary = [{key: None if value != value else value for key, value in row.items()} for row in rows[0]]
    assert run_text(summary, rows[1], "en") == run_text(*rows, "en")


@pytest.mark.parametrize("lang", ["en", "da"])
def test_the_table_fits_eighty_columns_whole(rows, lang, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FORCE_COLOR", "1")  # as if it were printed to a terminal
    everything = frozenset((row["area"], row["indicator"]) for row in rows[0])
    narrow = run_text(*rows, lang, Told(assumed=everything))
    monkeypatch.delenv("FORCE_COLOR")
    wide = run_text(*rows, lang, Told(assumed=everything))
    assert "\N{HORIZONTAL ELLIPSIS}" not in narrow
    plain = re.sub("\x1b[^m]*m", "", narrow)
    assert [line.rstrip() for line in plain.splitlines()] == wide.splitlines()  # nothing wrapped, nothing cut
    tables = [line for block in wide.split("\n\n")[:-1] for line in block.splitlines()[1:-2]]
    assert max(map(len, tables)) <= 80


def test_off_one_list_and_off_all_lists_are_told_apart(rows):
    status = [row for row in rows[1] if row["area"] == "storby" and row["list_year"] != 2030]
    shares = {"conversion": 0.1, "vulnerable": 0.2, "prevention": 0.4, "none": 0.3}
    status += [{"area": "storby", "list_year": 2030, "category": name, "probability": share} for name, share in shares.items()]
    text = run_text([row for row in rows[0] if row["area"] == "storby"], status, "en")
    assert "Off the conversion list 2030: 9 of 10. On no list at all, the prevention list included: 3 of 10." in text


def test_the_limits_of_the_prevention_list_are_those_of_the_law(rows):
    assert prevention_limits(2020, 2.04) == {}
    found = prevention_limits(2030, 2.04)
    assert found == pytest.approx(
        {"outside_labour_market": 30, "convicted": 1.36, "basic_schooling_only": 60, "mean_income": 65, "non_western": 30}
    )
    line = line_of(run_text(*rows, "en"), "Limits of the prevention list 2030")
    assert "non-western background 30, and at least 2 of: outside the labour market 30, convicted 1.36" in line
    early = [row for row in rows[0] if row["list_year"] <= 2020]
    assert "Limits of the prevention" not in run_text(early, rows[1], "en")


def test_values_of_the_first_list_that_nobody_published_bear_a_sign(rows):
    numbers = [("lilleby.outside", "assumed"), ("lilleby.student", "assumed"), ("storby.outside", "sourced"), ("storby.income", "derived")]
    parameters = [SimpleNamespace(path=f"place.populations.{path}", basis=basis) for path, basis in numbers]
    assumed = assumed_starts([{"id": name, "area": name} for name in ("storby", "lilleby")], parameters)
    assert assumed == {("lilleby", "outside_labour_market"), ("storby", "mean_income")}
    storby, lilleby = run_text(*rows, "en", Told(assumed=assumed)).split("lilleby on the list")
    assert "*" in line_of(lilleby, "Outside") and "*" not in line_of(storby, "Outside") and "* of the first list" in lilleby
    assert "*" not in run_text(*rows, "en")


def test_it_is_printed_to_standard_output(rows, capsys):
    print_run(*rows, "en")
    assert capsys.readouterr().out == run_text(*rows, "en") + "\n"
