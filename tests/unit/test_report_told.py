"""What the report tells beside the criteria: goals, changes, elsewhere, what moves the answer, what is taken for granted."""

from dataclasses import replace

import numpy as np
import pytest
import report_frames
from scenario_files import toy

from simulation.law import CRITERIA
from simulation.report.asked import SHIPPED, asked
from simulation.report.chances import FEW, futures, signed
from simulation.report.changes import changes_table
from simulation.report.content import own_place
from simulation.report.elsewhere import elsewhere_table
from simulation.report.goals import goals_tables
from simulation.report.granted import granted
from simulation.report.labels import labels_of
from simulation.report.limit_sources import limit_sources
from simulation.report.movers import movers
from simulation.scenario import load
from simulation.words import MINUS, languages, say


@pytest.mark.parametrize(
    ("probability", "members", "said"),
    [(0.31, 100, "3 of 10"), (0.75, 4, "3 of 4"), (1.0, FEW - 1, "19 of 19"), (1.0, FEW, "over 9 of 10"), (0.5, None, "5 of 10")],
)
def test_futures_are_tenths_only_where_there_are_enough(probability, members, said):
    assert futures(probability, members, "en") == said


@pytest.mark.parametrize("unknown", [None, float("nan")])
def test_an_unknown_chance_is_a_dash(unknown):
    assert futures(unknown, 100, "en") == "–"
    assert signed(float("nan"), "en", 1) == "–"


@pytest.mark.parametrize(
    ("value", "decimals", "said"), [(1234.4, 0, "+1,234"), (-0.4, 0, "0"), (-0.44, 1, f"{MINUS}0.4"), (0.0, 2, "0.00")]
)
def test_signs(value, decimals, said):
    assert signed(value, "en", decimals) == said


def goals(lang="en", milestones=None):
    titles = {"share": "A small share", "support": "Fewer on support"}
    return goals_tables(report_frames.milestones() if milestones is None else milestones, titles, {"storby": "Storby"}, 100, lang)


def test_of_a_series_of_goals_the_last_is_shown_first():
    main, everything = goals()
    assert [(row[0], row[2]) for row in main.rows] == [
        ("A small share", "2030"),
        ("Fewer on support", "2023"),
        ("Off the conversion list", "2030"),
    ]
    assert len(everything.rows) == len(report_frames.milestones()) - 1  # one lies beyond the run
    assert any("wherever they live" in row[0] for row in everything.rows)


def test_goals_say_how_far_and_by_what():
    rows = {row[0]: row for row in goals()[0].rows}
    assert rows["A small share"][3:6] == ["39.1 %", "8 of 10", f"+44 family homes ({MINUS}10 to +90)"]
    assert rows["Fewer on support"][6] == f"own change +7, moved away +4, newcomers {MINUS}6, rest of the city +2; together +7"


def test_without_goals_there_are_no_tables():
    assert goals(milestones=report_frames.milestones().assign(probability_met=np.nan)) == []


def test_changes_add_up_the_lists_and_leave_out_what_is_nothing():
    table = changes_table(report_frames.decomposition(), "storby", "en")
    assert table.heads == ["Criterion", "Moved in", "Moved out", "Residents' own change", "Change"]
    assert table.rows[0] == ["Outside the labour market", f"{MINUS}4.0", "+1.0", "+2.0", f"{MINUS}1.0"]
    assert changes_table(report_frames.decomposition().assign(mean=0.0), "storby", "en") is None
    assert changes_table(report_frames.decomposition(), "nowhere", "en") is None


def test_elsewhere_tells_where_the_rehoused_came_to_live():
    table = elsewhere_table(report_frames.frames(), {"resten": "Resten", "mange": "Mange"}, 100, "en")
    assert table.rows == [
        ["Resten", "20", "640 → 640 (638 to 642)", "41.0 → 41.0 (39.0 to 43.0)", "2 of 10 → 2 of 10"],
        ["Mange", "0", "640 → 640 (638 to 642)", "41.0 → 41.0 (39.0 to 43.0)", "several areas"],
    ]
    assert elsewhere_table({"city": report_frames.city().iloc[:0]}, {}, 100, "en") is None


def test_what_moves_the_answer_shows_only_what_chance_does_not_give():
    told = movers(report_frames.frames(), report_frames.AREAS, {"rehousing.leave": "who leaves"}, "en")
    rows = {row[0]: row[1:] for row in told["tables"][0].rows}
    assert rows["Outside the labour market"] == ["55 %", "48 %", "who leaves (+0.71)"]
    assert rows["Convicted"][1:] == ["–", "–"]
    assert "133" in told["lines"][0] and "50 draws" in told["lines"][0]


def test_too_few_draws_are_said_to_be_too_few():
    told = movers({"explained": report_frames.explained().iloc[:0]}, report_frames.AREAS, {}, "en")
    assert told["tables"] == [] and "at least 30 draws" in told["lines"][0]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", ["plan_all_measures", "historical"])
def test_every_number_that_is_drawn_has_a_name(name, lang):
    scenario = load(name)
    labels = labels_of(scenario.ranged(), scenario.values(0, None), lang)
    assert [path for path, text in labels.items() if text == path] == []


@pytest.mark.parametrize("lang", languages())
def test_numbers_are_named_by_their_paths(lang, tmp_path):
    values = report_frames.Scenario(tmp_path).values(0, None)
    paths = ["rates.labour.exit.disability_pension", "new_homes.villas.delay_years", "measures.talks.effect", "no.such.path"]
    paths += ["place.populations.storby.outside_split.disability_pension", "place.areas.storby.other_equivalents"]
    labels = labels_of(paths, values, lang)
    assert labels["no.such.path"] == "no.such.path"
    assert "2023-2030" in labels["new_homes.villas.delay_years"]
    assert {"en": "(Talks)", "da": "(Samtaler)"}[lang] in labels["measures.talks.effect"]
    both = labels["place.populations.storby.outside_split.disability_pension"]
    assert "Storby" in both and {"en": "disability pension", "da": "førtidspension"}[lang] in both
    assert not [text for text in labels.values() if "{" in text]


@pytest.mark.parametrize("lang", languages())
def test_what_is_taken_for_granted_follows_the_scenario(lang, tmp_path):
    scenario = report_frames.Scenario(tmp_path)
    values, parameters = scenario.values(0, None), scenario.parameters()
    series = granted(values, parameters, lang)
    held = granted({**values, "city": {**values["city"], "labour_market": "hold"}}, parameters, lang)
    assert [one == other for one, other in zip(series, held, strict=True)] == [True, True, True, False, True]
    assert "2019-2024" in series[3] and "2019-2024" not in held[3]


def test_a_fit_is_told_where_there_is_one(tmp_path):
    scenario = report_frames.Scenario(tmp_path)
    values, parameters = scenario.values(0, None), scenario.parameters()
    assert "No number has been fitted" in granted(values, parameters, "en")[-1]
    fitted = [replace(parameters[0], fitted=True), *parameters[1:]]
    assert granted(values, fitted, "en")[-1].startswith("1 of the 2 numbers drawn come from a fit")


def test_questions_of_a_readers_own_place_name_no_scenario_of_another_place():
    ours, own = ([each.command for each in asked("mine", "town", "en", own=own)] for own in (False, True))
    assert "blandetby compare mine stop_demolition" in ours and "blandetby run plan_from_today" in ours
    assert "blandetby compare mine SCENARIO" in own and "blandetby run SCENARIO" in own
    assert not any(name in command for command in own for name in SHIPPED)
    assert len(own) == len(ours)


def test_a_place_beside_the_users_scenario_is_the_readers_own(tmp_path):
    assert own_place(load(toy(tmp_path)))
    assert not own_place(load("plan"))


def test_every_limit_on_the_page_is_told_with_its_source():
    said = limit_sources(2030, "en")
    for name in (*CRITERIA, "social_family_share"):
        assert f"{say(f'indicator.{name}', 'en')} (Almenboligloven § " in said
    assert "list of 2024" in said and "sonderborgnyt" not in said  # the limit of the lists before 2018
    assert "sonderborgnyt" in limit_sources(2016, "en")
