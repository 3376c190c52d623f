import json
import os
import re
import signal
import subprocess
import sys

import pytest

from simulation import problems, words
from simulation.__main__ import app, main
from simulation.files import InputErrors, Problem
from simulation.law.published import READ

COMMANDS = sorted(command.callback.__name__ for command in app.registered_commands)
LISTED = ", ".join(command.callback.__name__ for command in app.registered_commands)
PLAN_SHARE = ["share", "--family", "2872", "--other", "907", "--demolished", "1000", "--new", "1600"]


def told(capsys, *given):
    """Run a command; return its status and what it printed."""
    status = main([str(word) for word in given])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return status, printed.out, printed.err


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (["rum"], f"rum: there is no such command; allowed: {LISTED}; did you mean run?"),
        (["run", "--draw", "3"], "--draw: there is no such option; did you mean --draws?"),
        (["run", "plan", "--draws", "many"], "--draws: this value cannot be used; allowed: a whole number, 1 or more"),
        (["run", "plan", "--draws", "0"], "--draws: this value cannot be used; allowed: a whole number, 1 or more"),
        (["run", "plan", "--seed", "-1"], "--seed: this value cannot be used; allowed: a whole number, 0 or more"),
        (["run", "plan", "--lang", "dk"], "--lang: this value cannot be used; allowed: en or da"),
        (["run"], "SCENARIO: this must be given"),
        (["attribution", "plan", "--by", "x"], "--by: this value cannot be used; allowed: group, subprogramme, measure"),
        (["sensitivity", "plan", "--size", "1"], "--size: this value cannot be used; allowed: 2–65,536"),
        (["goal", "plan", "--sure", "2"], "--sure: this value cannot be used; allowed: 0.01–0.99"),
        (["run", "plan", "--draws"], "--draws: this must be given"),
        (
            ["share", "--family", "many"],
            "--family: this value cannot be used; allowed: a whole number from 0 to 1,000,000,000, without separators",
        ),
        (
            ["rum", "--lang=da"],
            f"rum: der er ingen sådan kommando; tilladt: {LISTED}; mente du run?",
        ),
    ],
)
def test_mistakes_of_usage_are_told_in_one_line(capsys, given, line):
    assert told(capsys, *given) == (2, "", line + "\n")


def test_more_than_a_command_takes_is_told(capsys):
    status, out, err = told(capsys, "run", "plan", "physical_only")
    assert (status, out) == (2, "")
    assert err.startswith("run: this is more than the command takes")


def test_mistakes_as_json_are_one_document(capsys):
    status, out, err = told(capsys, "run", "plan", "--draw", "3", "--json")
    assert (status, err) == (2, "")
    assert json.loads(out) == {
        "errors": [
            {
                "file": None,
                "line": None,
                "column": None,
                "key": "--draw",
                "code": "no_such_option",
                "message": "there is no such option",
                "allowed": None,
                "nearest": "--draws",
            }
        ]
    }


@pytest.mark.parametrize("lang", words.languages())
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_has_its_words(capsys, command, lang):
    status, out, _ = told(capsys, command, "--help", "--lang", lang) if lang == "en" else told(capsys, "--lang", lang, command, "--help")
    del status
    assert words.say(f"cli.command.{command}", "en")[:30] in out or lang != "en"


def test_bad_files_are_all_told_at_once(capsys, tmp_path):
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text("extends: reference.yaml\nlettting: {}\n")
    status, out, err = told(capsys, "check", tmp_path / "one.yaml", "reference", tmp_path / "two.yaml")
    assert (status, out) == (2, "")
    assert [line.split("/")[-1][:13] for line in err.splitlines()] == ["one.yaml:2:1:", "two.yaml:2:1:"]
    assert all("did you mean letting?" in line for line in err.splitlines())


def test_an_override_is_told_by_its_number(capsys):
    status, _, err = told(capsys, "run", "reference", "--set", "seed=1", "--set", "lettting.active=true")
    assert status == 2
    assert "--set 2" in err


def test_the_share_of_the_plan(capsys):
    status, out, _ = told(capsys, *PLAN_SHARE, "--target", "38.4", "--json")
    found = json.loads(out)
    shares = {(row["case"], row["count_demolished"]): round(row["share_pct"], 1) for row in found["shares"]}
    assert status == 0
    assert shares["now", True] == 76.0
    assert shares["built", True] == 34.8
    assert {row["target_pct"] for row in found["targets"]} == {38.4}


def test_what_is_not_known_is_null(capsys):
    _, out, _ = told(capsys, "share", "--family", "0", "--json")
    assert json.loads(out)["shares"][0]["share_pct"] is None


@pytest.mark.parametrize("lang", words.languages())
def test_the_share_is_told_as_text(capsys, lang):
    status, out, _ = told(capsys, *PLAN_SHARE, "--lang", lang)
    assert status == 0
    assert words.percent(34.8, lang) in out


def test_judge_keeps_the_order_of_the_rows(capsys, tmp_path):
    table = tmp_path / "lists.csv"
    table.write_text("area,list_year\nB,2019\nA,2019\nA,2018\n")
    status, out, _ = told(capsys, "judge", table, "--json")
    assert status == 0
    assert [(row["area"], row["list_year"]) for row in json.loads(out)] == [("B", 2019), ("A", 2019), ("A", 2018)]


def test_a_folder_without_a_finished_run_is_told(capsys, tmp_path):
    status, _, err = told(capsys, "verify", tmp_path)
    assert status == 2
    assert "provenance.json" in err


@pytest.mark.parametrize(("failure", "status"), [(KeyboardInterrupt(), 130), (ValueError("balance"), 1), (BrokenPipeError(), 0)])
def test_a_failure_is_told_without_a_traceback(capsys, monkeypatch, failure, status):
    def fails(*given, **named):
        raise failure

    monkeypatch.setattr("simulation.route.verify", fails)
    monkeypatch.setattr(os, "dup2", lambda *handles: None)
    assert told(capsys, "verify", ".")[0] == status


def test_a_failure_shows_where_on_request(monkeypatch):
    def fails(*given):
        raise ValueError("balance")

    monkeypatch.setattr("simulation.route.verify", fails)
    monkeypatch.setenv("BLANDETBY_RAISE", "1")
    with pytest.raises(ValueError, match="balance"):
        main(["verify", "."])


def test_a_problem_is_one_line():
    problem = Problem("plan.yaml", 7, 20, "run_id", "not_finished", {"name": "x", "allowed": ["a", "b"], "nearest": "b"})
    said = "plan.yaml:7:20: run_id: there is no finished run here: x is missing or incomplete; allowed: a, b; did you mean b?"
    assert problems.line(problem) == said


def test_a_problem_without_words_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        problems.line(Problem(code="never_heard_of"))


def test_no_code_has_two_sentences():
    for lang in words.languages():
        codes = [code for topic in words.topics(lang) if topic.startswith("errors") for code in words.catalogue(topic, lang)]
        assert len(codes) == len(set(codes))


def test_errors_keep_their_order(capsys, monkeypatch):
    def fails(folder):
        raise InputErrors([Problem(file=f"{name}.csv", code="output_missing") for name in "ba"])

    monkeypatch.setattr("simulation.route.verify", fails)
    assert [line[0] for line in told(capsys, "verify", ".")[2].splitlines()] == ["b", "a"]


@pytest.mark.parametrize("given", ["1e308", "inf", "nan", "2.5", "-1", "1000000001"])
@pytest.mark.parametrize("option", ["--family", "--other", "--demolished", "--new"])
def test_homes_are_whole_and_not_without_end(capsys, option, given):
    status, out, err = told(capsys, "share", "--family", "1", option, given)
    assert (status, out) == (2, "")
    assert err == f"{option}: this value cannot be used; allowed: a whole number from 0 to 1,000,000,000, without separators\n"


@pytest.mark.parametrize("given", ["1e308", "inf", "nan"])
def test_floor_space_has_an_end(capsys, given):
    status, out, err = told(capsys, "share", "--family", "1", "--floor-m2", given)
    assert (status, out) == (2, "")
    assert "1,000,000,000" in err


def test_nothing_given_shows_the_help(capsys):
    status, out, err = told(capsys)
    assert (status, err) == (0, "")
    assert out.startswith("Usage: blandetby")


@pytest.mark.parametrize("lang", words.languages())
def test_the_help_of_judge_names_every_column(lang):
    said = words.say("cli.option.table", lang)
    assert all(name in said for name in READ)
    assert all(words.say(f"table.published.{name}", "da") in said for name in READ)


def test_a_later_list_is_judged_on_request(capsys, tmp_path):
    table = tmp_path / "lists.csv"
    table.write_text("area,list_year\nA,2025\n")
    status, _, err = told(capsys, "judge", table)
    assert status == 2 and "--after-last-list hold" in err
    status, out, _ = told(capsys, "judge", table, "--after-last-list", "hold", "--json")
    assert (status, json.loads(out)[0]["list_year"]) == (0, 2025)
    status, _, err = told(capsys, "judge", table, "--after-last-list", "hope")
    assert (status, err) == (2, "--after-last-list: this value cannot be used; allowed: stop or hold\n")


def failing(monkeypatch, failure):
    def fails(*given, **named):
        raise failure

    monkeypatch.setattr("simulation.route.verify", fails)


@pytest.mark.parametrize("lang", words.languages())
def test_an_interrupt_is_told_in_one_line(capsys, monkeypatch, lang):
    failing(monkeypatch, KeyboardInterrupt())
    assert told(capsys, "verify", ".", "--lang", lang) == (130, "", words.say("cli.failure.interrupted", lang) + "\n")


def test_an_interrupt_that_was_turned_into_another_failure_is_one(capsys, monkeypatch):
    turned = ImportError("half loaded")
    turned.__cause__ = KeyboardInterrupt()
    failing(monkeypatch, turned)
    assert told(capsys, "verify", ".")[0] == 130


def test_a_signal_interrupts_a_command(capsys, monkeypatch):
    monkeypatch.setattr("simulation.route.verify", lambda folder: signal.raise_signal(signal.SIGINT))
    assert told(capsys, "verify", ".")[0] == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_reader_who_leaves_is_no_failure():
    reading, writing = os.pipe()
    os.close(reading)
    given = [sys.executable, "-m", "simulation", "share", "--family", "1"]
    done = subprocess.run(given, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_interrupts_reach_the_program():
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("given", [["--lang", "da"], ["--help", "--lang", "da"], ["--lang=da", "--help"]])
def test_the_help_of_all_commands_is_told_in_danish(capsys, given):
    status, out, _ = told(capsys, *given)
    assert status == 0
    assert out.startswith("Brug:") and words.say("cli.command.share", "da")[:30] in out


@pytest.mark.parametrize("command", COMMANDS)
def test_no_english_is_left_in_the_help_in_danish(capsys, command):
    out = told(capsys, command, "--help", "--lang", "da")[1]
    left = re.findall(r"Usage|Options|Arguments|Commands|Show this|required|default|<(?!tal|heltal|sti|stier|ord)[^>=|]+>|OPTIONS", out)
    assert left == []
