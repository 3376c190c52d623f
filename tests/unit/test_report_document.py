"""The page answers first, says what it rests on, and needs nothing from outside."""

import re

import pandas as pd
import pytest
import report_frames

from simulation.report.answer import answer, verdict_of
from simulation.report.assumptions import counts_of, plain
from simulation.report.document import RunFacts, write_report
from simulation.report.programme import programme
from simulation.report.sections import criteria_table, lists_table, shortage, status_table
from simulation.words import languages

FACTS = RunFacts(run_id="0123456789ab", seed=0, draws=5, replicates=2, versions={"blandetby": "0.1"}, inputs={"plan.yaml": "ab" * 32})


def written(folder, lang, title="Planen"):
    place = folder / "places" / "somewhere"
    place.mkdir(parents=True, exist_ok=True)
    (place / "published.csv").write_text(f"{report_frames.PUBLISHED}\nStorby,2019,7750,49.5,2.70,77.2,53.3,76.6,six\n")
    out = folder / f"out_{lang}"
    scenario = report_frames.Scenario(folder, title)
    return out, write_report(out, report_frames.frames(), scenario, facts=FACTS, headline=report_frames.headline(), lang=lang)


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
    for part in ("storby", "programme", "assumptions", "law", "limits", "run"):
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


def test_the_first_screen_tells_its_numbers():
    found = answer(report_frames.headline(), "Storby", report_frames.without_origin(), "da")
    assert [card.value for card in found.cards] == ["3 af 10", "8 af 10", "43 %", "1 af 10"]
    assert "mangler 130 fuldtidspersoner" in found.cards[2].note
    assert any("120 af de 133" in line for line in found.lines)
    assert any("udsat boligområde (over 9 af 10)" in line for line in found.lines)


def test_the_first_screen_leaves_out_what_is_not_known():
    nobody = dict.fromkeys(report_frames.headline()["outside"])
    unknown = {**report_frames.headline(), "elsewhere": None, "family_share": None, "share_unknown": None, "outside": nobody}
    found = answer(unknown, "Storby", report_frames.without_origin(), "en")
    assert len(found.cards) == 1 and found.verdict.endswith("2030 list.")


def test_tables_tell_the_frames():
    table = criteria_table(report_frames.summary(), "storby", "da")
    rows = {row[0]: row for row in table.rows}
    assert rows["Uden for arbejdsmarkedet"][1:4] == ["44,0", "42,4 til 45,6", "40"]
    assert rows["Uden for arbejdsmarkedet"][4].mark == "over" and rows["Gennemsnitlig bruttoindkomst"][4].mark == ""
    assert rows["Beboere"][4:] == ["–", "–"]
    assert [row[0] for row in lists_table(report_frames.summary(), "storby", "en").rows] == [str(year) for year in range(2019, 2031)]
    status = status_table(report_frames.status(), "storby", "en", "")
    assert status.rows[0] == ["2019", "–", "–", "–", "over 9 of 10"]


@pytest.mark.parametrize(
    ("low", "middle", "high", "text"),
    [
        (69.0, 136.0, 198.0, "136 full-time persons (69 to 198)"),
        (-11.0, 16.0, 45.0, "16 full-time persons (-11 to 45)"),
        (-10.0, -7.0, -3.0, "7 full-time persons (3 to 10) to spare"),
        (float("nan"),) * 3 + ("–",),
    ],
)
def test_what_is_short_and_what_is_to_spare(low, middle, high, text):
    row = {"short_p10": low, "short_p50": middle, "short_p90": high}
    assert shortage(row, "outside_labour_market", "en") == text


def test_the_programme_shows_planned_feasible_and_delayed():
    told = programme(report_frames.homes(), report_frames.programme(), {"nordparken": "Nordparken"}, "en")
    pairs, late = told["tables"]
    assert pairs.heads[1:3] == ["2019", "2020"]
    assert pairs.rows[0][:4] == ["Nordparken", "", "26 → 0", "0 → 13"]  # half of the futures are a year late, half two
    assert [row[0] for row in pairs.rows] == ["Nordparken", "Sydparken", "Total"]
    assert late.rows[-1][2] == "26"
    assert "314 homes should be gone" in told["texts"][0]


def test_without_demolitions_there_is_no_programme():
    nothing = report_frames.programme().assign(mean=0.0)
    assert programme(report_frames.homes(), nothing, {}, "en") is None


def test_numbers_behind_a_run_are_counted(tmp_path):
    counts = counts_of(report_frames.Scenario(tmp_path).parameters())
    assert counts == {"sourced": 1, "derived": 1, "assumed": 1, "choice": 0, "total": 3, "drawn": 2, "drawn_assumed": 1}


@pytest.mark.parametrize(("value", "text"), [(0.125, "0,125"), (1600, "1.600"), (1 / 3, "0,333333"), ("1, 2", "1, 2")])
def test_numbers_are_told_as_they_were_written(value, text):
    assert plain(value, "da") == text


def test_an_area_without_rows_has_no_tables():
    assert criteria_table(report_frames.summary(), "nowhere", "en") is None
    assert lists_table(report_frames.summary(), "nowhere", "en") is None
    assert status_table(pd.DataFrame(columns=["area", "list_year", "category", "probability"]), "nowhere", "en", "") is None
