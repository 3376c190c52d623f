"""The account of a fit as the page shows it, in both languages; and the part of the spread that rests on assumed numbers."""

from types import SimpleNamespace

import numpy as np
import pytest

from simulation.indicators.assumed_part import assumed_part_frame
from simulation.indicators.drivers import Numbers
from simulation.indicators.measures import INDICATORS, Measures
from simulation.report.assumed_part import assumed_part_table
from simulation.report.fit_tables import significant
from simulation.report.fit_text import fit_text, fit_text_of, scores_text
from simulation.report.score_tables import beaten, scores_table, sums_table
from simulation.report.scorecard import hits, scorecard
from simulation.report.trial_tables import ranks_table
from simulation.scenario import load
from simulation.words import number, say
from tests.unit.report_frames import assumed_part

SCORE = {
    "until": 2017,
    "vintage": "then",
    "area": "Storby",
    "list_year": 2018,
    "indicator": "outside_labour_market",
    "published": 52.2,
    "predicted": 53.8,
    "low": 52.0,
    "high": 55.6,
    "covered": True,
    "width": 3.6,
    "error": 1.6,
    "crps": 1.0,
    "last_value": 52.5,
    "last_value_error": 0.3,
    "straight_line": None,
    "straight_line_error": None,
    "known": 2,
    "boundary": True,
}
MISSED = SCORE | {"published": 49.5, "covered": False, "list_year": 2019}
BLIND = SCORE | {"known": 0, "last_value": None, "last_value_error": None}
ALL = {"vintage": "then", "indicator": "all", "values": 3, "informed": 2, "covered": 2, "with_last_value": 2, "better_than_last_value": 0}
ALL |= {"with_straight_line": 0, "better_than_straight_line": 0, "enough": False}
SUMMED = ALL | {"indicator": "outside_labour_market", "width": 3.6, "error": 1.6, "crps": 1.0, "crps_beside_last_value": 1.0}
SUMMED |= {"last_value_error": 0.3, "straight_line_error": None}
TRIAL = {"sets": 200, "coverage_50": 0.5, "coverage_90": 0.89, "rmse_by_sd": 1.01, "contraction": 0.3, "noticed": False, "ranks": [20] * 10}
TRIED = TRIAL | {"numbers": [{"path": path, "ranks": [2] * 10} for path in ("rates.labour.trend", "place.level")]}


def account():
    target = {"area": "Storby", "list_year": 2015, "indicator": "convicted", "areas": ["storby"], "published": 2.7, "fitted": 2.71}
    number = {"basis": "assumed", "prior_mean": 0.0, "prior_sd": 0.02, "mean": 0.01, "sd": 0.01, "contraction": 0.24}
    check = {
        "id": "births",
        "year": 2017,
        "value": 150.0,
        "half": 25.0,
        "model": 122.0,
        "low": 104.0,
        "high": 142.0,
        "source": "x",
        "basis": "assumed",
    }
    return {
        "last_fitted": 2019,
        "runs": 1536,
        "sampling": {"r_hat": 1.01, "effective_draws": 2000, "accepted": 0.8},
        "residuals": [target | {"residual": -0.01, "spread": 0.3, "within": True}],
        "parameters": [
            number | {"path": "rates.labour.trend", "handed_on": True, "fitted": True},
            number | {"path": "rates.moving.in_work", "handed_on": True, "fitted": False},
        ],
        "unfelt": ["rates.moving.got_work", "city.path"],
        "checks": [check],
        "trials": {"drawn": TRIED, "simulated": TRIED, "planted": {"target_shifted": TRIAL | {"noticed": True}, "prior_too_narrow": TRIAL}},
        "later": None,
        "scorecard": [SCORE, MISSED, BLIND],
        "summary": [ALL, SUMMED],
    }


def drawn(path, fitted=False):
    return SimpleNamespace(path=path, drawn=True, fitted=fitted)


@pytest.mark.parametrize("lang", ["en", "da"])
def test_the_section_names_what_nobody_informs_and_says_that_there_is_too_little(lang):
    parameters = [drawn("rates.labour.trend", True), drawn("rates.moving.in_work"), drawn("measures.ips.effect")]
    shown = scorecard(account(), parameters, load("plan").values(1, None), lang)
    silent = shown["more"][-1]
    assert [int(row[1]) for row in silent.rows] == [1, 1] and "IPS" in silent.rows[0][2] + silent.rows[1][2]
    told = " ".join(shown["lines"])
    assert say("fit.too_few", lang) in told and say("fit.checks_note", lang) in told
    assert say("fit.beaten_one", lang, list=2018, until=2017, vintage=say("fit.then", lang)) in told
    for table in (*shown["tables"], *shown["more"]):
        assert {len(row) for row in table.rows} == {len(table.heads)}


CHANGE = {"area": "storby", "name": "Storby", "list_year": 2030, "indicator": "residents", "difference": 3.0, "difference_se": 1.0}
CHANGE |= {f"{name}_p{end}": 7000.0 for name in ("before", "after") for end in (10, 50, 90)}
LATER = {"values": [{}], "effective_draws": 30, "means": [{"path": "rates.labour.trend_beyond_city", "before": 0.0123, "after": 0.0234}]}


def test_a_page_with_draws_that_a_later_list_has_moved_shows_what_it_did():
    found = account() | {"later": LATER, "before_after": [CHANGE]}
    shown = scorecard(found, [], load("plan").values(1, None), "en")
    assert any("0.01230 → 0.02340" in line and "trend_beyond" not in line for line in shown["lines"])
    assert shown["more"][-1].rows[0][0] == "Storby" and shown["more"][-1].rows[0][-1] == "3 ± 1"


def test_the_count_of_the_first_screen_stands_in_the_scorecard_too():
    shown = scorecard(account() | {"later": None}, [], load("plan").values(1, None), "en")
    assert any("1 of 2 lay within the 90 % interval" in line and "first screen" in line for line in shown["lines"])


def test_vintages_stand_side_by_side():
    rows = [SCORE | {"vintage": "now", "crps": 0.25}, SCORE]
    shown = scores_table(rows, "en")
    assert len(shown.rows) == 1 and "0.25 / 1.00" in shown.rows[0]
    summed = sums_table([SUMMED | {"vintage": "now", "covered": 1}, SUMMED], "en")
    assert [row[2] for row in summed.rows] == ["1 / 2"] and "as known now / as known then" in summed.caption


def test_a_prediction_no_nearer_than_the_last_value_is_told():
    assert beaten([SCORE, SCORE | {"crps": 0.2}, BLIND]) == [SCORE]


def test_rank_histograms_stand_for_rates_and_for_all_together():
    shown = ranks_table({"drawn": TRIED, "simulated": TRIED}, "en")
    assert [row[1] for row in shown.rows] == ["rates.labour.trend", "all felt numbers together"] * 2
    assert len(shown.heads) == 12


@pytest.mark.parametrize(("value", "digits", "text"), [(0.0096153, 4, "0,009615"), (7750.4, 4, "7.750"), (101.8, 2, "102"), (0, 4, "0")])
def test_numbers_are_told_with_so_many_digits(value, digits, text):
    assert significant(value, "da", digits) == text


def test_only_values_with_an_earlier_one_of_their_kind_count_as_hit_or_missed():
    assert hits(account()) == {"known_values": 2, "known_hit": 1}
    assert hits(None) == {"known_values": 0, "known_hit": 0}


def test_numbers_are_called_as_the_scenario_calls_them():
    found = account() | {
        "later": None,
        "before_after": [CHANGE],
        "draws": "fitted.csv",
        "kept": False,
        "unfelt": ["rates.moving.turnover_social"],
    }
    assert "fraflytning fra andre almene boliger" in fit_text_of("plan")(found, "da")
    assert "fraflytning" not in fit_text(found, "da")  # by their paths where nobody names them


@pytest.mark.parametrize("lang", ["en", "da"])
def test_what_the_commands_print(lang):
    found = account() | {"later": None, "before_after": [CHANGE], "draws": "fitted.csv", "kept": False}
    text = fit_text(found, lang)
    assert "rates.moving" in text and "fitted.csv" in text
    assert f"{number(0.0123, lang, 5)} → {number(0.0234, lang, 5)}" in fit_text(found | {"later": LATER}, lang)
    assert ("as known then" if lang == "en" else "som kendt dengang") in scores_text({"scores": [SCORE], "summary": [ALL]}, lang)


def test_the_table_of_assumed_parts():
    table = assumed_part_table(assumed_part(), {"storby": "Storby"}, "en")
    assert [row[-2:] for row in table.rows] == [["55 %", "26 % to 50 %"]] * 2
    assert assumed_part_table(assumed_part().iloc[:0], {}, "en") is None


def measured(outcome):
    members = len(outcome)
    values = np.zeros((members, 2, 1, len(INDICATORS)))
    values[..., 0] = outcome[:, None, None]
    return Measures(("storby",), (2025, 2030), values, values, values, values, values)


def test_assumed_numbers_account_for_what_they_foretell():
    rng = np.random.default_rng(1)
    draws = np.repeat(np.arange(60), 2)
    numbers = rng.random((60, 3))
    outcome = (10 * numbers[:, 0])[draws] + 0.1 * rng.normal(size=120)
    told = Numbers(("a", "b", "c"), ("assumed", "sourced", "fitted"), numbers)
    frame = assumed_part_frame(measured(outcome), draws, told, "plan")
    assert frame["list_year"].tolist() == [2025, 2030]
    row = frame.iloc[-1]
    assert row["assumed_least"] > 0.8 and row["assumed_most"] >= row["assumed_least"]
    other = Numbers(("a", "b", "c"), ("fitted", "assumed", "assumed"), numbers)
    row = assumed_part_frame(measured(outcome), draws, other, "plan").iloc[-1]
    assert row["assumed_least"] < 0.1 and row["assumed_most"] < 0.2
    assert assumed_part_frame(measured(outcome[:20]), draws[:20], told, "plan").empty
