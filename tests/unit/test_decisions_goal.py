"""Goal-seek: cases that arithmetic solves, levers found by what they are, and levers that do nothing and say so."""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from simulation.__main__ import main
from simulation.decisions.goal.levers import LEVERS, lever_of
from simulation.decisions.goal.points import goal_of
from simulation.decisions.goal.search import ALWAYS, FOUND, HALVINGS, NEVER, TRIED, moves, sought, tried_values
from simulation.files import InputErrors
from simulation.scenario import load
from tests.end_to_end.test_second_place import EXAMPLES
from tests.unit.finished_folders import is_told_apart

FUTURES = np.arange(20)  # each is half a point worse than the one before
SHORT = ("--set", "last_year=2021", "--draws", "2", "--workers", "1")


def kept_where(level, limit=40.0):
    """Return which part of the futures keeps a limit at each value; ``level``: value -> level by future."""
    return lambda values: [float((level(value) <= limit).mean()) for value in values]


def line(value):
    """Return levels that fall by a point for every 100 homes."""
    return 41 + FUTURES / 2 - value / 100


@pytest.mark.parametrize(("sure", "answer"), [(0.5, 100 + 50 * 9), (0.8, 100 + 50 * 15), (1.0, 100 + 50 * 19)])
def test_the_value_that_arithmetic_gives_is_found(sure, answer):
    found = sought(kept_where(line), tried_values(0, 3200, 1600, True), 0 + 1600, sure, True)
    step = 3200 / (TRIED - 1) / 2**HALVINGS
    assert (found.kind, found.now, found.turns, found.upwards) == (FOUND, True, 1, True)
    assert answer <= found.value <= answer + step + 1
    assert found.missed < answer <= found.value
    assert found.kept >= sure


def test_a_lever_that_must_go_down_is_found_too():
    found = sought(kept_where(lambda value: 30 + FUTURES * 0 + value), tried_values(0.0, 40.0, 30.0, False), 30.0, 0.8)
    assert (found.kind, found.upwards, found.now) == (FOUND, False, False)
    assert 10 - 40 / (TRIED - 1) / 2**HALVINGS <= found.value <= 10 < found.missed


def test_what_cannot_be_reached_says_where_it_is_best():
    found = sought(kept_where(line), tried_values(0, 700, 300, True), 300, 0.8, True)
    assert (found.kind, found.value) == (NEVER, 700)
    assert found.kept == pytest.approx(13 / 20)  # 41 + n/2 - 7 <= 40 for n up to 12
    assert sought(kept_where(line), tried_values(0, 700, 300, True), 300, 0.6, True).kind == FOUND


def test_what_is_kept_everywhere_or_nowhere_is_no_answer_of_the_lever():
    always, never = (sought(kept_where(lambda value, at=at: at + 0 * FUTURES), [0.0, 1.0, 2.0], 1.0, 0.8) for at in (39, 41))
    assert (always.kind, always.value, always.kept) == (ALWAYS, 1.0, 1.0)
    assert (never.kind, never.value, never.kept, never.missed) == (NEVER, 1.0, 0.0, None)


def test_each_value_is_asked_for_once_in_whole_steps():
    asked = []

    def kept(values):
        asked.extend(values)
        return kept_where(line)(values)

    sought(kept, tried_values(0, 8, 4, True), 4, 0.8, True)
    assert all(float(value).is_integer() for value in asked)
    assert len(asked) <= TRIED + HALVINGS


def test_noise_turns_more_than_once_and_is_no_movement():
    """The negative control: a lever that does nothing but shuffle chance has no direction, whatever the search makes of it."""
    rng, told = np.random.default_rng(3), []
    for _ in range(200):
        low, high = rng.normal(40, 2, (2, 20))
        told.append(moves(low, high, 0.8))
    assert told.count("chance") > 190
    parts = dict(zip(range(5), (0.6, 0.4, 0.6, 0.4, 0.6), strict=True))
    found = sought(lambda values: [parts[value] for value in values], sorted(parts), 2, 0.5, whole=True)
    assert (found.kind, found.turns) == (FOUND, 4)


def test_what_a_lever_does_from_end_to_end():
    still = np.full(20, 41.0)
    assert moves(still, still, 0.8) == "nothing"
    assert moves(still, still + 1, 0.8) == "up"
    assert moves(still, still - (FUTURES > 2), 0.8) == "down"
    assert moves(still, still - (FUTURES > 10), 0.8) == "chance"


@pytest.fixture(scope="module")
def plan():
    return load("plan", [])


def test_levers_are_found_by_what_they_are(plan):
    homes = lever_of(plan, "homes", None, "vollsmose")
    assert (homes.now, homes.low, homes.high, homes.since, homes.whole) == (1600, 0, 3200, 2023, True)
    assert all("private" in path for path in homes.paths)
    letting = lever_of(plan, "letting", None, "vollsmose")
    assert (letting.now, letting.low, letting.high) == (0.26, 0, 0.9)
    jobs, places = (lever_of(plan, name, None, "vollsmose") for name in ("jobs", "places"))
    assert "measures.ips.effect" not in jobs.paths  # evidence gives it one
    assert "measures.ips.capacity" in places.paths
    own = lever_of(load(EXAMPLES / "eksempelby.yaml", []), "letting", (0.2, 0.4), "lindedal")
    assert (own.low, own.high) == (0.2, 0.4)


@pytest.mark.parametrize("value", [0, 1, 7, 1601, 3199])
def test_parts_sum_to_the_lever_and_keep_their_proportions(plan, value):
    lever = lever_of(plan, "homes", None, "vollsmose")
    given = dict(lever.given(value))
    assert sum(given.values()) == value
    assert max(given.values()) - min(given.values()) <= 1  # four equal parts
    assert set(dict(lever_of(plan, "jobs", None, "vollsmose").given(0.2)).values()) == {0.2}


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (partial(goal_of, criterion="origin", area=None, list_year=None), ["goal_origin"]),
        (partial(goal_of, criterion="non_western", area="here", list_year=None), ["goal_origin", "goal_unknown_area"]),
        (partial(goal_of, criterion="work", area=None, list_year=2050), ["goal_unknown_criterion", "unknown_list"]),
        (partial(lever_of, name="hoems", ends=None, area="vollsmose"), ["goal_unknown_lever"]),
        (partial(lever_of, name="homes", ends=None, area="kertemindevejkvarteret"), ["goal_no_lever"]),
        (partial(lever_of, name="homes", ends=(5.0, 5.0), area="vollsmose"), ["goal_no_room"]),
    ],
)
def test_what_cannot_be_asked_is_told(plan, asked, codes):
    with pytest.raises(InputErrors) as caught:
        asked(plan)
    assert [problem.code for problem in caught.value.problems] == codes


@pytest.mark.parametrize(("lang", "words"), [("en", "never a goal"), ("da", "aldrig et mål")])
def test_the_share_by_origin_is_refused_with_the_reason(lang, words, capsys):
    assert main(["goal", "plan", "--criterion", "origin", "--lang", lang]) == 2
    assert words in capsys.readouterr().err


def test_no_lever_is_made_of_a_place():
    assert set(LEVERS) == {"homes", "letting", "places", "jobs"}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("out")


def asked(out, capsys, *given):
    assert main(["goal", "plan", *SHORT, *given, "--out", str(out), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_lever_that_moves_is_answered_and_its_folder_proved(out, capsys):
    told = asked(out, capsys, "--lever", "letting", "--set", "letting.flexible_share=0.5")
    assert [each["sure"] for each in told["answers"]] == [0.5, 0.8]
    assert 0.5 in {row["value"] for row in told["points"]}
    levels = [row["level_p50"] for row in told["points"]]
    assert levels[0] > levels[-1]  # more lettings to those in work
    folder = Path(told["folder"])
    assert {"goal.csv", "answers.csv", "report.html", "study.json"} <= {path.name for path in folder.iterdir()}
    is_told_apart(folder, "goal", "plan", capsys)


def test_a_lever_without_an_effect_says_so(out, capsys):
    """No home is built before 2023, so none moves the list of 2021."""
    told = asked(out, capsys, "--lever", "homes", "--criterion", "outside")
    assert {each["moves"] for each in told["answers"]} == {"nothing"}
    assert len({row["level_p50"] for row in told["points"]}) == 1
    assert main(["goal", "plan", *SHORT, "--lever", "homes", "--out", str(out), "--lang", "da"]) == 0
    assert "håndtaget virker ikke på dette" in capsys.readouterr().out


def test_the_lists_are_asked_for_without_the_origin_criterion(out, capsys):
    told = asked(out, capsys, "--lever", "letting", "--criterion", "lists")
    assert told["criterion"] == "off_vulnerable_without_origin"
    assert all(row["level_p50"] is None for row in told["points"])
