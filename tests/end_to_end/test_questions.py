"""Every question that has been asked has an answer where the list says: on the page, in a table, by a command; on a real, small run."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from simulation import words
from simulation.__main__ import _command, main
from simulation.report.asked import OF_AREA, QUESTIONS, asked
from simulation.scenario import load, shipped_names
from simulation.web.changing import KEPT_BY_WINDOWS
from tests.documents import ROOT
from tests.unit.budget_scenario import write_scenario, write_workbook

DOCUMENTS = {"en": "docs/questions.md", "da": "docs/da/spoergsmaal.md"}
FILE = re.compile(r"`([a-z_]+\.(?:csv|json))`(?: \(([a-z0-9_, ]+)\))?")
LATER = ("differences.csv", "packages.csv", "measures_by_year.csv", "goal.csv", "attribution.csv")  # of other commands than `run`
OF_A_BUDGET = {"million": ["measures"], "package": ["packages"]}  # places on its page
OF_OTHERS = OF_A_BUDGET | {"latest_list": ["area-vollsmose"]}  # of other commands than `run plan`
WORDS_ALONE = "never"  # the one place whose answer has no number
ORIGIN = {"ghetto", "hard_ghetto", "parallel_society", "conversion", "prevention"}  # categories that rest on origin
EVERY = [question.code for question in QUESTIONS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("asked")
    assert main(["run", "plan", "--draws", "4", "--replicates", "1", "--workers", "1", "--quiet", "--out", str(out)]) == 0
    return next((out / "plan").iterdir())


@pytest.fixture(scope="module")
def page(folder):
    return (folder / "report.html").read_text(encoding="utf-8")


def table(folder, name):
    return pd.read_csv(folder / f"{name}.csv")


def rows(lang):
    """Return the rows of the list in a document: question, page, tables, command."""
    text = (ROOT / DOCUMENTS[lang]).read_text(encoding="utf-8")
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("| ")]
    return [[*(row + ["", "", ""])[:4]] for row in cells[1:]]


@pytest.mark.parametrize("lang", words.languages())
def test_the_documents_ask_what_the_page_asks(lang):
    assert [row[0] for row in rows(lang)] == [words.say(f"asked.question.{code}", lang) for code in EVERY]


def test_both_documents_send_to_the_same_places():
    found = [[(FILE.findall(row[2]), re.findall(r"`([^`]+)`", row[1] + row[3])) for row in rows(lang)] for lang in words.languages()]
    assert found[0] == found[1]


def shown_at(page, place):
    """Return what a reader sees without opening anything, from a place of the page to the next heading of its rank."""
    found = re.search(rf'<section id="{place}">(.*?)</section>|<h3 id="{place}">(.*?)(?:<h[23]|<details|</section>)', page, re.S)
    assert found, place
    return re.sub(r"<[^>]+>", " ", re.sub(r"<details.*?</details>", "", found[1] or found[2], flags=re.S))


def test_a_place_that_is_not_there_is_noticed(page):
    with pytest.raises(AssertionError):
        shown_at(page, "nowhere")


def test_the_places_of_a_budget_are_on_its_page():
    page = (ROOT / "simulation/decisions/page_files/budget.html.j2").read_text(encoding="utf-8")
    assert all(f'<section id="{place}">' in page for places in OF_A_BUDGET.values() for place in places)


def test_in_which_year_off_which_list_is_seen_without_opening_anything(page):
    said = shown_at(page, "lists-vollsmose").replace("\N{NO-BREAK SPACE}", " ")
    assert all(part in said for part in ("2019", "2030", "conversion area (hard ghetto)", "on no list", "of 4"))


@pytest.mark.parametrize("place", range(len(QUESTIONS)), ids=EVERY)
def test_every_place_exists_and_holds_something(folder, page, place):
    question, (_, sections, tables, command) = QUESTIONS[place], rows("en")[place]
    sections = re.findall(r"`#([\w-]+)`", sections)
    expected = f"{question.section}-vollsmose" if question.section in OF_AREA else question.section
    assert sections == OF_OTHERS.get(question.code, [expected] if expected else [])
    for section in sections if question.section else ():
        said = shown_at(page, section)
        assert len(said) > 80 and (re.search(r"\d", said) or section == WORDS_ALONE), section
    for name, columns in FILE.findall(tables):
        if name not in LATER and name.endswith("csv"):
            found = pd.read_csv(folder / name)
            asked = [column.strip() for column in columns.split(",") if column.strip()]
            assert set(asked) <= set(found.columns), name
            waits_for_draws = name in ("assumed_part.csv", "correlations.csv")
            assert waits_for_draws or all(found[column].notna().any() for column in asked), name
    assert sections or tables or command
    assert {*question.files} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("place", range(len(QUESTIONS)), ids=EVERY)
def test_every_command_and_its_scenarios_exist(place):
    known = _command("en").commands
    for given in (rows("en")[place][3], asked("plan", "vollsmose", "en")[place].command):
        for command in re.findall(r"blandetby ([^`]+)", given):
            first, *rest = command.split()
            assert first in known
            named = [word for word in rest if not re.search(r"[./-]|FOLDER", word)]
            assert set(named) <= set(shipped_names())


def test_every_file_has_a_name_that_windows_takes_and_a_path_that_is_not_too_long(folder):
    """Of the 260 letters that a path may have there, half are for where the outputs lie."""
    paths = [path.relative_to(folder.parents[1]) for path in folder.rglob("*")]
    assert len(paths) > 40
    for path in paths:
        assert all(
            re.fullmatch(r"[A-Za-z0-9_.-]*[A-Za-z0-9_]", part) and part.partition(".")[0].lower() not in KEPT_BY_WINDOWS
            for part in path.parts
        )
        assert len(str(path)) < 130


def last(frame, **where):
    for name, value in where.items():
        frame = frame[frame[name] == value]
    return frame[frame["list_year"] == frame["list_year"].max()]


def test_off_which_list_in_which_year(folder):
    frame = table(folder, "status")
    assert (frame.groupby(["area", "list_year"])["probability"].sum().sub(1).abs() < 1e-3).all()


def test_how_many_are_short(folder):
    frame = last(table(folder, "summary"), area="vollsmose").set_index("indicator")
    for name in ("outside_labour_market", "social_family_share"):
        assert frame.loc[name, ["short_p10", "short_p50", "short_p90"]].notna().all()


def test_what_can_be_promised(folder):
    assert last(table(folder, "promises"), area="vollsmose")["promise_80"].notna().all()


def test_households_by_rooms_rent_and_year_where_to_and_how_long(folder, page):
    frame, total = table(folder, "rehousing"), table(folder, "rehousing_total").set_index("measure")["mean"]
    years = frame[(frame["landlord"] == "all") & (frame["measure"] == "noticed")].set_index("year")["mean"]
    assert years.sum() == pytest.approx(total["noticed"], abs=0.1)
    rooms = total[total.index.str.startswith("rehoused_rooms")]
    assert rooms.notna().all() and rooms.sum() == pytest.approx(total["let_rehoused"], abs=0.1)
    assert {"rehoused_rent_lower", "rehoused_rent_middle", "rehoused_rent_higher"} <= set(total.index)
    assert (frame[(frame["side"] == "to") & (frame["measure"] == "let_rehoused")].groupby("area")["mean"].sum() > 0).sum() > 1
    assert frame[frame["measure"] == "mean_wait_years"]["mean"].max() > 0
    told = re.sub(r"<[^>]+>", " ", re.search(r'<section id="rehousing">(.*?)</section>', page, re.S)[1])
    assert words.number(total["noticed"]) in told and words.number(total["rehoused_rooms_3"]) in told


def test_vacancy_costs(folder, page):
    frame = table(folder, "vacancy")
    assert set(frame["cause"]) == {"refusal", "demand", "not_taken_up", "awaiting_demolition"}
    cost = frame["cost_1000_dkk_mean"].sum() / 1000
    assert cost > 0 and words.number(cost, "en", 1) in re.search(r'<section id="rehousing">(.*?)</section>', page, re.S)[1]


def test_lift_or_displacement(folder):
    goals, city = table(folder, "milestones"), table(folder, "city")
    assert goals[["own_change", "moved_away", "newcomers"]].notna().all(axis=1).any()
    assert {"residents", "residents_of_start"} <= set(goals["counted_for"])
    assert (city["mean"] - city["mean_without_rehoused"]).abs().max() > 0


def test_how_the_rehoused_fare(folder, page):
    frame = last(table(folder, "rehoused"), area="all").set_index("measure")["mean"]
    assert frame[["in_work_pct", "outside_pct", "area_outside_pct", "distance_outside_pct", "rent_before_dkk", "rent_dkk"]].notna().all()
    assert words.number(frame["rent_dkk"]) in page
    assert not any(re.search("western|origin|convict", name) for name in frame.index)


def test_no_recommendation_rests_on_origin(folder, tmp_path, capsys):
    assert not ORIGIN & set(table(folder, "status_without_origin").query("probability > 0")["category"])
    path = write_scenario(tmp_path)
    filled = write_workbook(tmp_path, path, 1000)
    from openpyxl import load_workbook

    book = load_workbook(filled)
    goals = book.worksheets[3]
    goals.cell(2, 1).value = "non_western"
    book.save(filled)
    assert main(["budget", str(path), "--table", str(filled), "--out", str(tmp_path)]) == 2
    assert "origin" in capsys.readouterr().err


def test_which_numbers_are_guesses_and_that_an_outsider_can_run_it_again(folder, capsys):
    told = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert {"basis", "source", "path"} <= set(told["parameters"]["parameters"][0])
    assert main(["verify", str(folder)]) == 0
    capsys.readouterr()


@pytest.mark.slow
def test_what_hangs_on_guesses_needs_thirty_draws(tmp_path):
    assert main(["run", "plan", "--draws", "30", "--replicates", "2", "--workers", "2", "--quiet", "--out", str(tmp_path)]) == 0
    made = next((tmp_path / "plan").iterdir())
    assert table(made, "assumed_part")[["assumed_least", "assumed_most"]].notna().all(axis=None)
    assert len(table(made, "correlations"))


@pytest.mark.slow
def test_from_the_latest_list(tmp_path):
    assert main(["run", "plan_from_today", "--draws", "2", "--replicates", "1", "--quiet", "--out", str(tmp_path)]) == 0
    assert load("plan_from_today").sections.observed.start_from > load("plan").first_year
    assert last(table(next((tmp_path / "plan_from_today").iterdir()), "summary"))["p50"].notna().all()


@pytest.mark.slow
def test_what_a_million_buys_and_which_package(tmp_path, capsys):
    path = write_scenario(tmp_path)
    filled = write_workbook(tmp_path, path, 1100)
    assert (
        main(["budget", str(path), "--table", str(filled), "--draws", "2", "--out", str(tmp_path / "out"), "--workers", "1", "--json"]) == 0
    )
    made = Path(json.loads(capsys.readouterr().out)["folder"])
    assert table(made, "measures")["unit_cost_thousand_dkk"].notna().any()
    assert {"cost_thousand_dkk", "net_thousand_dkk", "package"} <= set(table(made, "packages").columns)
    years = table(made, "measures_by_year")
    assert set(years["year"]) == {2019, 2020, 2021, 2022} and years["first_list"].notna().all()
    whole = table(made, "measures").drop_duplicates("measure").set_index("measure")
    for name, each in years.groupby("measure"):
        assert each["cost_thousand_dkk"].sum() == whole.loc[name, "cost_thousand_dkk"]
        assert each["net_thousand_dkk"].to_numpy() == pytest.approx(
            (each["cost_thousand_dkk"] - each["saved_thousand_dkk"]).to_numpy(), nan_ok=True
        )
