"""Published values are judged as published, and left undecided where they do not decide."""

import csv
import errno
import os
from itertools import product

import pytest
from law_cases import CATEGORIES, HEADER, LIMITS, hundredths, write_csv

import scenarios
from simulation import law
from simulation.files import InputErrors
from simulation.law.published import PERCENTAGES, read_published
from simulation.problems import line
from simulation.words import catalogue

NATIONAL = LIMITS["national_convicted_pct"]
THRESHOLD = hundredths(3 * NATIONAL)
VALUES = HEADER.split(",")[3:8]
FAR = dict(zip(law.CRITERIA, ("10.00", "0.10", "10.00", "90.00", "10.00"), strict=True))


def published_csv():
    from importlib.resources import files

    return files(scenarios) / "places" / "vollsmose" / "published.csv"


def published_rows():
    with published_csv().open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def row(area="A", list_year=2019, residents="2000", listed_since=None, threshold=THRESHOLD, **cells):
    values = {**FAR, **cells}
    return (area, list_year, residents, *(values[name] for name in law.CRITERIA), listed_since, threshold)


def judged(folder, *rows, **more):
    return law.judge_csv(write_csv(folder, *rows), **more)


GHETTO = {"outside_labour_market": "45.0", "basic_schooling_only": "70.0", "non_western": "60.0"}
GHETTO_2014 = {**GHETTO, "convicted": "3.00"}


def test_every_published_row_gets_its_status_where_it_can_be_decided():
    for given, found in zip(published_rows(), law.judge_csv(published_csv()), strict=True):
        assert (found["area"], found["list_year"]) == (given["area"], int(given["list_year"]))
        wanted = given["status"] if given["decidable"] == "yes" else "undecided"
        assert found["category"] == wanted, found
        assert given["status"] in found["possible"], found
        assert found["reason"]


def test_the_published_answer_is_not_read(tmp_path):
    rows = published_rows()
    for each in rows:
        each.update(status="vulnerable", decidable="no", source="")
    path = tmp_path / "scrambled.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert law.judge_csv(path) == law.judge_csv(published_csv())


def test_a_changed_value_changes_the_answer(tmp_path):
    """Negative control: the answers above do not come by themselves."""
    text = published_csv().read_text(encoding="utf-8")
    assert "49.5,2.70,77.2,53.3,76.6" in text
    path = tmp_path / "changed.csv"
    path.write_text(text.replace("49.5,2.70,77.2,53.3,76.6", "39.5,2.00,77.2,56.3,76.6"), encoding="utf-8")
    found = [each for each in law.judge_csv(path) if each["area"] == "Vollsmose" and each["list_year"] == 2019]
    assert found[0]["category"] == "none" and found[0]["criteria_met"] == ["basic_schooling_only", "non_western"]


def expected(case, position):
    """At a limit, a printed value does not decide; beside it, it does."""
    return None if position == 1 else case["met"][position]


@pytest.mark.parametrize("position", [0, 1, 2], ids=["below", "at", "above"])
@pytest.mark.parametrize("case", LIMITS["limits"], ids=lambda case: f"{case['list']}-{case['bar']}-{case['criterion']}")
def test_each_limit_with_printed_values(tmp_path, case, position):
    value = hundredths(case["at"] + (-0.01, 0, 0.01)[position])
    threshold = None if case["list"] < 2018 else THRESHOLD
    found = judged(tmp_path, row(list_year=case["list"], threshold=threshold, **{case["criterion"]: value}))[0]
    wanted = expected(case, position)
    assert (case["criterion"] in found["criteria_unknown"]) == (wanted is None)
    if case["bar"] == "main":
        assert (case["criterion"] in found["criteria_met"]) == bool(wanted)


@pytest.mark.parametrize("case", CATEGORIES, ids=lambda case: f"{case['list']}: {case['about']}")
def test_categories(tmp_path, case):
    since = case["list"] - case["years"] if case["years"] else None
    if since is not None and since < 2010:
        pytest.skip("more years on the list than there were lists")
    cells = dict(zip(law.CRITERIA, map(hundredths, case["values"]), strict=True))
    threshold = hundredths(case["limit"]) if "limit" in case else None
    found = judged(tmp_path, row(list_year=case["list"], residents=case["residents"], listed_since=since, threshold=threshold, **cells))[0]
    assert (found["category"], found["possible"]) == (case["category"], [case["category"]])
    assert found["prevention"] is case.get("prevention", False)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("39", "none"), ("40", "undecided"), ("41", "vulnerable"),
        ("39.9", "none"), ("40.0", "undecided"), ("40.1", "vulnerable"),
        ("39.99", "none"), ("40.00", "undecided"), ("40.01", "vulnerable"),
        ("39.5", "none"), ("40.5", "vulnerable"), ("40,1", "vulnerable"), ("40,1 %", "vulnerable"),
    ],
)  # fmt: skip
def test_rounding_is_half_a_unit_of_the_last_printed_digit(tmp_path, text, answer):
    cells = {"outside_labour_market": f'"{text}"', "basic_schooling_only": "70.0"}
    found = judged(tmp_path, row(**cells))[0]
    assert found["category"] == answer
    if answer == "undecided":
        assert found["possible"] == ["none", "vulnerable"] and found["reason"].startswith("undecided (rounding)")
        assert found["criteria_unknown"] == ["outside_labour_market"]


@pytest.mark.parametrize(
    ("text", "threshold", "met"),
    [
        ("2.0", "2.03", None),
        ("2.1", "2.03", True),
        ("2.3", "2.27", None),
        ("2.2", "2.27", False),
        ("2.1", "2.27", False),
        ("2.0", "2.05", None),
    ],
)
def test_the_ends_of_the_rounding_belong_to_it(tmp_path, text, threshold, met):
    """A value of 2.0 may stand for 2.05, which meets a limit of `at least 2.05`."""
    found = judged(tmp_path, row(convicted=text, threshold=threshold))[0]
    assert ("convicted" in found["criteria_met"], "convicted" in found["criteria_unknown"]) == (met is True, met is None)


def test_rounding_does_not_matter_where_it_changes_nothing(tmp_path):
    found = judged(tmp_path, row(**{**GHETTO, "mean_income": "55.0"}))[0]
    assert found["category"] == "ghetto" and found["criteria_unknown"] == ["mean_income"]


def test_a_count_of_residents_is_not_rounded(tmp_path):
    found = judged(tmp_path, *(row(f"A{count}", residents=count, **GHETTO) for count in ("999", "1000", "1001", "1.000", "7750.0")))
    assert [each["category"] for each in found] == ["none", "ghetto", "ghetto", "ghetto", "ghetto"]


def test_unknown_residents_leave_it_open_unless_years_on_the_list_prove_them(tmp_path):
    alone, since, earlier, later = judged(
        tmp_path,
        row("A", residents=None, **GHETTO),
        row("B", residents=None, listed_since=2018, **GHETTO),
        row("C", list_year=2018, **GHETTO),
        row("C", residents=None, **GHETTO),
    )
    assert (alone["category"], alone["possible"]) == ("undecided", ["none", "ghetto"])
    assert since["category"] == earlier["category"] == later["category"] == "ghetto"


def test_solbakken_was_hard_in_2020_and_not_in_2019(tmp_path):
    years = [row(list_year=year, **(GHETTO if year >= 2018 else GHETTO_2014), threshold=None) for year in range(2016, 2021)]
    assert [each["category"] for each in judged(tmp_path, *years)] == ["ghetto"] * 4 + ["hard_ghetto"]
    assert [each["category"] for each in judged(tmp_path, *reversed(years))] == ["hard_ghetto"] + ["ghetto"] * 4
    given = [row(f"A{year}", list_year=year, listed_since=2016, **GHETTO) for year in (2019, 2020)]
    assert [each["category"] for each in judged(tmp_path, *given)] == ["ghetto", "hard_ghetto"]


@pytest.mark.parametrize("off", [{"residents": "999"}, {"non_western": "40.0"}])
def test_a_list_without_the_area_starts_the_years_again(tmp_path, off):
    rows = [row(list_year=year, **{**GHETTO, **(off if year == 2020 else {})}) for year in range(2018, 2025)]
    assert [each["category"] for each in judged(tmp_path, *rows)][3:] == ["parallel_society"] * 4
    rows[-1] = row(list_year=2024, listed_since=2018, **GHETTO)
    assert judged(tmp_path, *rows)[-1]["category"] == "parallel_society"  # its own values go before `listed_since`
    without = [each for each in rows if each[1] != 2020]
    assert judged(tmp_path, *without)[-1]["category"] == "conversion"


def test_an_undecided_list_leaves_the_years_open(tmp_path):
    rows = [row(list_year=year, **{**GHETTO, **({"non_western": None} if year == 2020 else {})}) for year in range(2018, 2023)]
    last = judged(tmp_path, *rows)[-1]
    assert (last["category"], last["possible"]) == ("undecided", ["parallel_society", "conversion"])
    assert "years in a row" in last["reason"]


def test_areas_do_not_share_a_history(tmp_path):
    rows = [row(area, list_year=year, **GHETTO) for area, year in product("AB", range(2018, 2022))]
    assert {each["category"] for each in judged(tmp_path, *rows)} == {"ghetto", "parallel_society"}


def test_a_list_whose_limit_on_convictions_is_open_needs_it_only_where_it_matters(tmp_path):
    open_limit = {"list_year": 2021, "threshold": None}
    needed, free = judged(
        tmp_path,
        row("A", **open_limit, **{**GHETTO, "basic_schooling_only": "50.0", "convicted": "2.00"}),
        row("B", **open_limit, **GHETTO),
    )
    assert (needed["category"], needed["possible"]) == ("undecided", ["none", "prevention", "parallel_society"])
    assert needed["criteria_unknown"] == ["convicted"]
    assert free["category"] == "parallel_society"


def test_the_prevention_list_takes_two_thirds_of_the_limit_given(tmp_path):
    cells = {"list_year": 2021, "threshold": "2.10", "outside_labour_market": "35.0", "non_western": "35.0"}
    found = judged(tmp_path, *(row(text, **cells, convicted=text) for text in ("1.39", "1.40", "1.41")))
    assert [(each["category"], each["prevention"]) for each in found] == [("none", False), ("undecided", None), ("prevention", True)]


def test_every_way_to_fill_an_unknown_cell_gives_a_possible_category(tmp_path):
    """What is called possible is what the fillings of the empty cells give, no more and no less."""
    known = {"outside_labour_market": "45.0", "convicted": "0.10", "basic_schooling_only": None, "mean_income": "90.0", "non_western": None}
    at = {"list_year": 2022, "listed_since": 2015, "threshold": "2.18"}
    open_row = judged(tmp_path, row(**at, **known))[0]
    fillings = [
        row(f"{basic}/{origin}", **at, **{**known, "basic_schooling_only": basic, "non_western": origin})
        for basic, origin in product(("10.0", "70.0"), ("10.0", "40.0", "60.0"))
    ]  # fmt: skip
    assert set(open_row["possible"]) == {each["category"] for each in judged(tmp_path, *fillings)}
    assert open_row["criteria_unknown"] == ["basic_schooling_only", "non_western"] and open_row["prevention"] is None


def test_only_area_and_list_year_are_required_and_other_columns_are_ignored(tmp_path):
    found = law.judge_csv(write_csv(tmp_path, ("A", 2019, "x"), header="area,list_year,colour"))
    assert found[0]["category"] == "undecided" and found[0]["possible"] == ["none", "vulnerable", "ghetto"]
    assert found[0]["criteria_unknown"] == list(law.CRITERIA)


DANISH = (
    "area;list_year;residents;outside_labour_market_pct;basic_schooling_only_pct;non_western_pct\r\n"
    "Åparken;2019;7.750;49,5;77,2;76,6 %\r\n\r\n"
)


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("utf-8", ";"), ("cp1252", ";"), ("utf-16", "\t")])
def test_tables_of_a_danish_spreadsheet(tmp_path, encoding, delimiter):
    path = tmp_path / "dansk.csv"
    path.write_bytes(DANISH.replace(";", delimiter).encode(encoding))
    found = law.judge_csv(path, "da")
    assert [(each["area"], each["category"]) for each in found] == [("Åparken", "ghetto")]
    assert found[0]["reason"].startswith("opfyldte kriterier: 3")


@pytest.mark.parametrize(
    ("cells", "en", "da"),
    [
        ({"residents": "12"}, "under 1,000 residents: on no list", "under 1.000 beboere: på ingen liste"),
        ({}, "no criterion is met for certain; too few for any list", "intet kriterium er med sikkerhed opfyldt; for få til nogen liste"),
        (
            {"outside_labour_market": "40", "convicted": "5.0"},
            "undecided (rounding): outside the labour market is printed as 40 and rounds to the limit 40",
            "uafgjort (afrunding): uden for arbejdsmarkedet er trykt som 40 og afrunder til grænsen 40",
        ),
        (
            {"outside_labour_market": None, "convicted": "5.0"},
            "undecided: unknown outside the labour market",
            "uafgjort: ukendt er uden for arbejdsmarkedet",
        ),
    ],
)
def test_reasons_in_both_languages(tmp_path, cells, en, da):
    assert [judged(tmp_path, row(**cells), lang=lang)[0]["reason"] for lang in ("en", "da")] == [en, da]


def problems_of(path, **more):
    with pytest.raises(InputErrors) as caught:
        law.judge_csv(path, **more)
    for problem in caught.value.problems:
        assert line(problem, "en") and line(problem, "da")
    return [(problem.line, problem.column, problem.key, problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("cells", "column", "key", "code"),
    [
        ({"area": ""}, 1, "area", "cell_empty"),
        ({"list_year": ""}, 2, "list_year", "cell_empty"),
        ({"list_year": "2009"}, 2, "list_year", "list_unknown"),
        ({"list_year": "2025"}, 2, "list_year", "list_later"),
        ({"list_year": "soon"}, 2, "list_year", "not_a_year"),
        ({"residents": "many"}, 3, "residents", "not_a_count"),
        ({"residents": "-5"}, 3, "residents", "not_a_count"),
        ({"residents": "1000.5"}, 3, "residents", "not_a_count"),
        ({"outside_labour_market": "abc"}, 4, "outside_labour_market_pct", "not_a_number"),
        ({"outside_labour_market": "nan"}, 4, "outside_labour_market_pct", "not_a_number"),
        ({"outside_labour_market": "1e1"}, 4, "outside_labour_market_pct", "not_a_number"),
        ({"outside_labour_market": "9" * 5000}, 4, "outside_labour_market_pct", "not_a_number"),
        ({"convicted": "100.1"}, 5, "convicted_pct", "not_a_percentage"),
        ({"mean_income": "-1"}, 7, "mean_income_pct_of_region", "not_a_percentage"),
        ({"listed_since": "2020"}, 9, "listed_since", "not_a_year"),
        ({"listed_since": "2009"}, 9, "listed_since", "not_a_year"),
        ({"threshold": "x"}, 10, "convicted_threshold_pct", "not_a_number"),
        ({"threshold": "100.1"}, 10, "convicted_threshold_pct", "not_a_percentage"),
    ],
)
def test_each_wrong_cell_is_told_with_its_place(tmp_path, cells, column, key, code):
    assert problems_of(write_csv(tmp_path, row("B"), row(**cells))) == [(3, column, key, code)]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path):
    path = write_csv(tmp_path, row(residents="x", convicted="y"), row(list_year="z"), row(), (*row("C"), "too", "long"), row())
    assert problems_of(path) == [
        (2, 3, "residents", "not_a_count"),
        (2, 5, "convicted_pct", "not_a_number"),
        (3, 2, "list_year", "not_a_year"),
        (4, 2, "list_year", "row_twice"),
        (5, 11, "too", "row_too_long"),
        (6, 2, "list_year", "row_twice"),
    ]


def test_rows_whose_year_is_wrong_are_not_called_the_same_list(tmp_path):
    path = write_csv(tmp_path, row(list_year="z"), row(list_year="y"))
    assert problems_of(path) == [(2, 2, "list_year", "not_a_year"), (3, 2, "list_year", "not_a_year")]


def test_an_income_above_the_mean_of_the_region_is_no_error(tmp_path):
    assert judged(tmp_path, row(mean_income="104.5"))[0]["category"] == "none"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", [(1, 0, "area", "column_missing"), (1, 0, "list_year", "column_missing")]),
        (b"area,listyear\nA,2019\n", [(1, 0, "list_year", "column_missing")]),
        (b"area,list_year,area\nA,2019,B\n", [(1, 3, "area", "column_twice")]),
        (b"\x00\x01\x02\xff", [(0, 0, "", "table_not_text")]),
        (b'area,list_year\n"A,2019\n', [(0, 0, "", "table_broken")]),
    ],
)
def test_files_that_are_no_such_table(tmp_path, content, wanted):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    assert problems_of(path) == wanted


def test_a_misspelt_column_gets_its_nearest_match(tmp_path):
    path = write_csv(tmp_path, ("A", 2019), header="area,listyear")
    with pytest.raises(InputErrors) as caught:
        law.judge_csv(path)
    assert "did you mean listyear?" in line(caught.value.problems[0])


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    assert problems_of(tmp_path / "none.csv") == [(0, 0, "", "not_readable")]
    assert problems_of(tmp_path) == [(0, 0, "", "not_readable")]


def values_told(path):
    with pytest.raises(InputErrors) as caught:
        law.judge_csv(path)
    return [(problem.code, dict(problem.values)) for problem in caught.value.problems]


def test_why_a_file_cannot_be_read_is_told_without_its_name_again(tmp_path):
    assert values_told(tmp_path / "none.csv") == [("not_readable", {"told": os.strerror(errno.ENOENT)})]
    ((code, values),) = values_told(tmp_path / "no\0name.csv")  # the system is not asked for such a name and says nothing
    assert code == "not_readable" and "null" in values["told"]


def test_ten_megabytes_are_read_and_not_a_byte_more(tmp_path):
    path = tmp_path / "large.csv"
    table = b"area,list_year\nA,2019\n"
    lines = (b" " * 99_999 + b"\n") * 100  # ten million bytes of lines that are empty
    path.write_bytes(table + lines[len(table) :])
    assert [each["area"] for each in law.judge_csv(path)] == ["A"]
    path.write_bytes(table + lines[len(table) :] + b"\n")
    assert values_told(path) == [("file_too_large", {"allowed": "10 MB"})]


def test_a_table_without_rows_is_told(tmp_path):
    assert problems_of(write_csv(tmp_path)) == [(1, 0, "", "table_empty")]


def test_a_spreadsheet_s_word_on_its_separator_is_passed_over(tmp_path):
    path = tmp_path / "danish.csv"
    path.write_text("sep=;\nOmråde;Listeår\nA;2019\nB;19\n", encoding="utf-8")
    assert problems_of(path) == [(4, 2, "Listeår", "list_unknown")]


@pytest.mark.parametrize("lang", ["en", "da"])
def test_headings_in_each_language_mean_the_same(tmp_path, lang):
    path = write_csv(tmp_path, row(**GHETTO))
    wanted = law.judge_csv(path)
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    headings = [catalogue("table", lang).get(f"published.{name}", name).replace(" ", "_") for name in first.strip().split(",")]
    assert headings != first.strip().split(",")
    path.write_text(",".join(headings) + "\n" + rest, encoding="utf-8")
    assert law.judge_csv(path) == wanted


def test_a_unit_may_stand_in_a_heading(tmp_path):
    path = tmp_path / "units.csv"
    path.write_text("OMRÅDE;liste år;listeår;Dømte (%)\nA;;2019;abc\n", encoding="utf-8")
    assert problems_of(path) == [(2, 4, "Dømte (%)", "not_a_number")]  # told by the heading that the user sees


def test_later_lists_are_judged_only_where_the_law_is_chosen_to_hold(tmp_path):
    path = write_csv(tmp_path, row(list_year=2026, **GHETTO))
    assert problems_of(path) == [(2, 2, "list_year", "list_later")]
    assert law.judge_csv(path, after_last_list="hold")[0]["category"] == "parallel_society"
    assert [each.list_year for each in read_published(path, beyond=True)] == [2026]
    with pytest.raises(InputErrors, match="list_later"):
        read_published(path)


def test_every_column_of_the_published_table_that_is_a_value_is_read():
    assert set(PERCENTAGES.values()) == {name for name in published_rows()[0] if name.endswith(("_pct", "_pct_of_region"))}
