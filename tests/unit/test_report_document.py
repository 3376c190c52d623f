"""The page answers first, says what it rests on, and needs nothing from outside."""

import re
from dataclasses import replace

import pandas as pd
import pytest
import report_frames

from simulation.report.answer import answer, verdict_of
from simulation.report.assumptions import counts_of, plain
from simulation.report.document import RunFacts, write_report
from simulation.report.programme import programme
from simulation.report.sections import criteria_table, distance, lists_table, status_table
from simulation.words import MINUS, languages

FACTS = RunFacts(run_id="0123456789ab", seed=0, draws=50, replicates=2, versions={"blandetby": "0.1"}, inputs={"plan.yaml": "ab" * 32})


def written(folder, lang, title="Planen", facts=FACTS, headline=None):
    place = folder / "places" / "somewhere"
    place.mkdir(parents=True, exist_ok=True)
    (place / "published.csv").write_text(f"{report_frames.PUBLISHED}\nStorby,2019,7750,49.5,2.70,77.2,53.3,76.6,six\n")
    out = folder / f"out_{lang}"
    scenario = report_frames.Scenario(folder, title)
    return out, write_report(out, report_frames.frames(), scenario, facts=facts, headline=headline or report_frames.headline(), lang=lang)


@pytest.fixture(scope="module", params=languages())
def report(request, tmp_path_factory):
    out, paths = written(tmp_path_factory.mktemp("report"), request.param, title="<script>alert(1)</script>")
    return request.param, out, paths, (out / "report.html").read_text(encoding="utf-8")


def test_page_and_figures_lie_where_they_are_said_to(report):
    _, out, paths, _ = report
    assert set(paths) == {path for path in out.rglob("*") if path.is_file()}
    assert out / "figures" / "outside_labour_market_storby.png" in paths


def test_the_page_fetches_nothing_and_runs_nothing(report):
    page = report[3]
    assert not re.search(r"https?://(?!www\.w3\.org)|<script|<link|<img|@import|\burl\((?!#)", page)
    assert "&lt;script&gt;" in page  # a title is text, whatever stands in it


def test_the_answer_comes_first(report):
    lang, _, _, page = report
    verdict = {
        "en": "No, probably not: Storby is still a conversion area",
        "da": "Nej, sandsynligvis ikke: Storby er stadig omdannelsesområde",
    }
    heading = re.search(r"<h1>(.*?)</h1>", page).group(1)
    assert verdict[lang] in heading
    assert page.index("<h1>") < page.index("<section") < page.index("<svg")


def test_the_page_says_what_must_be_said(report):
    lang, _, _, page = report
    for part in ("goals", "storby", "programme", "elsewhere", "movers", "granted", "assumptions", "scorecard", "law", "limits", "run"):
        assert re.search(rf'id="(area-)?{part}"', page), part
    assert "C-417/23" in page and FACTS.run_id in page and "ab" * 32 in page and "--seed 0" in page
    assert {"en": "Without the criterion on origin", "da": "Uden herkomstkriteriet"}[lang] in page
    assert "rehousing.leave" in page and "&lt;none&gt;" in page


def test_the_same_run_gives_the_same_bytes(tmp_path):
    first, _ = written(tmp_path / "one", "en")
    again, _ = written(tmp_path / "two", "en")
    names = sorted(path.relative_to(first) for path in first.rglob("*.*"))
    assert [(first / name).read_bytes() for name in names] == [(again / name).read_bytes() for name in names]


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0, "almost_never"),
        (0.0999, "almost_never"),
        (0.1, "probably_not"),
        (0.4, "open"),
        (0.6, "probably"),
        (0.9, "almost_surely"),
        (1, "almost_surely"),
    ],
)
def test_words_for_probabilities(probability, word):
    assert verdict_of(probability) == word


LABELS = {"rehousing.leave": "who leaves"}


def first_screen(lang="en", **changed):
    return answer({**report_frames.headline(), **changed}, "Storby", report_frames.without_origin(), LABELS, lang)


def test_the_first_screen_tells_its_numbers():
    found = first_screen("da")
    assert [card.value for card in found.cards] == ["3 af 10", "8 af 10", "43,2 %", "1 af 10"]
    assert "mangler 130 fuldtidspersoner" in found.cards[2].note
    assert found.cards[2].interval == "(40,4–46,1)" and "grænse 40" in found.cards[2].note
    assert "Helt uden for listerne: under 1 af 10" in found.cards[0].note
    assert found.verdict.startswith("Nej, sandsynligvis ikke: Storby er stadig omdannelsesområde på listen 2030. 40 %")
    assert any("120 af de 133" in line and "Intet tal er tilpasset" in line for line in found.lines)
    assert any("udsat boligområde (over 9 af 10)" in line for line in found.lines)
    assert any("1,3 point højere" in line for line in found.lines)


def test_the_first_screen_leaves_out_what_is_not_known():
    nobody = dict.fromkeys(report_frames.headline()["outside"])
    found = first_screen(elsewhere=None, receiving=0, family_share=None, share_unknown=None, outside=nobody, population_difference=None)
    assert len(found.cards) == 1 and found.verdict.endswith("on the 2030 list.")
    assert not any("snapshots" in line for line in found.lines)


def test_what_cannot_be_told_is_not_told_as_under_one_of_ten():
    card = first_screen(elsewhere=None).cards[-1]
    assert card.value == "–" and "cannot be told" in card.note


def test_the_plan_binds_only_where_there_is_one():
    bound, free = first_screen().lines, first_screen(bound=False).lines
    assert len(bound) == len(free) + 1 and sum("development plan" in line for line in bound) == 1


def test_what_matters_most_is_named_or_said_to_be_unknown():
    assert "who leaves" in first_screen().lines[0] and "family share" not in first_screen().lines[0]
    of_share = {"outside_labour_market": [], "social_family_share": ["rehousing.leave"]}
    certain = {**report_frames.headline()["family_share"], "probability_met": 0.0}
    assert "for the family share, who leaves" in first_screen(matters=of_share).lines[0]
    assert "who leaves" not in first_screen(matters=of_share, family_share=certain).lines[0]
    nothing = {"outside_labour_market": [], "social_family_share": []}
    assert "no single unknown number stands out from chance in 50 draws" in first_screen(matters=nothing).lines[0]
    assert "too few draws" in first_screen(matters=None, explained_assumed=None).lines[0]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Confidence: low. Between 22 % and 55 % of the spread"),
        (
            {"explained_assumed": -0.2},
            "Up to 55 % of the spread of the share outside the labour market rests on assumptions; 45 % is chance",
        ),
        (
            {"assumed_most": 0.4},
            "rests on assumptions; 45 % is chance, at least 15 % comes",
        ),
        ({"assumed_most": 0.03}, "Up to 3 % of the spread"),
        ({"known_values": 9, "known_hit": 8}, "Confidence: low."),
        ({"known_values": 9, "known_hit": 8, "share_unknown": 0.3}, "Confidence: medium."),
        ({"known_values": 9, "known_hit": 6, "share_unknown": 0.3}, "Confidence: low."),
        ({"known_values": 9, "known_hit": 7}, "7 of 9 known values lay within"),
        ({"known_values": None}, "has not been tested"),
        ({"share_unknown": None, "draws": 1}, "All of the spread is chance"),
        ({"share_unknown": None, "replicates": 1}, "cannot be told apart"),
    ],
)
def test_the_spread_is_told_as_far_as_it_can_be(changed, said):
    assert said in first_screen(**changed).lines[1]


def test_few_futures_are_a_first_look():
    found = first_screen(members=4, off_conversion=0.75)
    assert found.verdict.startswith("A first look") and "in 3 of 4" in found.verdict
    assert found.cards[0].value == "3 of 4"
    assert "first look" not in first_screen(members=100).verdict


def test_a_page_of_few_futures_warns_of_it(tmp_path):
    few = replace(FACTS, draws=4, replicates=1)
    out, _ = written(tmp_path, "en", facts=few, headline={**report_frames.headline(), "members": 4})
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Futures computed: only 4" in page and "of 10</td>" not in page.replace("\N{NO-BREAK SPACE}", " ")


def test_tables_tell_the_frames():
    table = criteria_table(report_frames.summary(), "storby", 100, "da")
    rows = {row[0]: row for row in table.rows}
    assert rows["Uden for arbejdsmarkedet"][1:6] == ["49,5", "44,0", "42,4 til 45,6", "40", "30"]
    assert rows["Uden for arbejdsmarkedet"][6].mark == "over" and rows["Gennemsnitlig bruttoindkomst"][6].mark == ""
    assert rows["Beboere"][5:] == ["–", "–", "–"] and rows["Dømte"][5] == "1,35"
    assert "offentliggjort" not in table.caption
    early = report_frames.summary().query("list_year <= 2020")
    assert len(criteria_table(early, "storby", 100, "da").heads) == len(table.heads) - 1  # no prevention list yet
    signed = criteria_table(report_frames.summary(), "storby", 100, "da", frozenset({("storby", "outside_labour_market")}))
    assert signed.rows[0][1] == "49,5*" and signed.rows[1][1] == "2,70" and "* ikke offentliggjort" in signed.caption
    assert [row[0] for row in lists_table(report_frames.summary(), "storby", "en").rows] == [str(year) for year in range(2019, 2031)]
    status = status_table(report_frames.status(), "storby", 100, "en", "")
    assert status.rows[0] == ["2019", "–", "–", "–", "over 9 of 10"]


@pytest.mark.parametrize(
    ("low", "middle", "high", "text"),
    [
        (69.0, 136.0, 198.0, f"{MINUS}136 full-time persons ({MINUS}198 to {MINUS}69)"),
        (-11.0, 16.0, 45.0, f"{MINUS}16 full-time persons ({MINUS}45 to +11)"),
        (-10.0, -7.0, -3.0, "+7 full-time persons (+3 to +10)"),
        (-0.4, 0.0, 0.3, "0 full-time persons (0 to 0)"),
        (float("nan"),) * 3 + ("–",),
    ],
)
def test_what_is_short_and_what_is_to_spare(low, middle, high, text):
    row = {"short_p10": low, "short_p50": middle, "short_p90": high}
    assert distance(row, "outside_labour_market", "en") == text


def test_income_is_told_in_points():
    row = {"short_p10": 50.0, "short_p50": 60.0, "short_p90": 70.0, "p10": 53.0, "p50": 53.3, "p90": 55.4, "threshold": 55.0}
    assert distance(row, "mean_income", "en") == f"{MINUS}1.7 points ({MINUS}2.0 to +0.4)"


def test_a_small_area_is_undecided_where_the_limit_lies_within_the_spread():
    summary = report_frames.summary()
    at_limit = (summary["indicator"] == "outside_labour_market") & (summary["area"] == "storby")
    summary.loc[at_limit, "threshold"] = summary.loc[at_limit, "p50"]
    small = summary.assign(denominator=850.0)
    rows = {row[0]: row for row in criteria_table(small, "storby", 100, "en").rows}
    assert rows["Outside the labour market"][6].startswith("undecided (")
    assert "undecided" not in rows["Non-western background"][6]
    assert "undecided" not in criteria_table(summary, "storby", 100, "en").rows[0][6]  # with adults enough chance does not decide


def test_the_programme_shows_planned_feasible_and_delayed():
    told = programme(report_frames.frames(), {"nordparken": "Nordparken"}, {"storby": "Storby"}, "en")
    pairs, late, building = told["tables"]
    assert pairs.heads[1:3] == ["2020", "2021"]
    assert pairs.rows[0][:4] == ["Nordparken", "26 → 0", "0 → 13", "0 → 13"]  # half of the futures are a year late, half two
    assert [row[0] for row in pairs.rows] == ["Nordparken", "Sydparken", "Total"]
    assert late.rows[-1][1] == "26"
    assert "314 homes should be gone" in told["texts"][0]
    assert building.rows == [["Storby: private homes", "40 → 0", "80 → 20", "120 → 60", "160 → 100", "200 → 140", "240 → 180", "280 → 220"]]
    assert "by the end of 2029 280 should stand by the scenario's own dates (320 in all); feasible are 220" in told["texts"][2]


def test_departments_stand_in_the_order_in_which_their_demolition_begins():
    frames = report_frames.frames()
    named = {"nordparken": "ypark", "sydparken": "xpark"}
    for name in ("homes", "programme"):
        frames[name] = frames[name].assign(department=frames[name]["department"].map(named))
    assert [row[0] for row in programme(frames, {}, {}, "en")["tables"][0].rows] == ["Ypark", "Xpark", "Total"]


def test_without_demolitions_and_building_there_is_no_programme():
    frames = report_frames.frames()
    still = {**frames, "programme": frames["programme"].assign(mean=0.0), "building": frames["building"].iloc[:0]}
    assert programme(still, {}, {}, "en") is None
    assert programme({**still, "building": frames["building"]}, {}, {}, "en") is not None


def test_numbers_behind_a_run_are_counted(tmp_path):
    counts = counts_of(report_frames.Scenario(tmp_path).parameters())
    assert counts == {"sourced": 1, "derived": 1, "assumed": 1, "fitted": 0, "choice": 0, "total": 3, "drawn": 2, "drawn_assumed": 1}


@pytest.mark.parametrize(("value", "text"), [(0.125, "0,125"), (1600, "1.600"), (1 / 3, "0,333333"), ("1, 2", "1, 2")])
def test_numbers_are_told_as_they_were_written(value, text):
    assert plain(value, "da") == text


def test_an_area_without_rows_has_no_tables():
    assert criteria_table(report_frames.summary(), "nowhere", 100, "en") is None
    assert lists_table(report_frames.summary(), "nowhere", "en") is None
    assert status_table(pd.DataFrame(columns=["area", "list_year", "category", "probability"]), "nowhere", 100, "en", "") is None
