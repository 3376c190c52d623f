"""Every mistake in a scenario file is told with its place, its key and a way out; all of them at once."""

import pytest
from scenario_files import PLACE, toy, write

from simulation.files import InputErrors, Problem
from simulation.problems import line
from simulation.scenario import load


def problems_of(path, overrides=()) -> list[Problem]:
    with pytest.raises(InputErrors) as caught:
        load(path, overrides)
    return caught.value.problems


# text from line 4 on; code, line, column, key; nearest
MISTAKES = [
    ("citi: {}", "unknown_key", 4, 1, "citi", "city"),
    ("city: {labour_markt: hold}", "unknown_key", 4, 8, "city.labour_markt", "labour_market"),
    ("city: {labour_market: holds}", "not_allowed", 4, 23, "city.labour_market", "hold"),
    ("city: {benefit_lag: 0,5}", "decimal_comma", 4, 21, "city.benefit_lag", "0.5"),
    ("city:\n  benefit_lag: 0,5", "decimal_comma", 5, 16, "city.benefit_lag", "0.5"),
    ("city:\n  benefit_lag: {value: 0,5, low: 0, high: 1}", "decimal_comma", 5, 24, "city.benefit_lag.value", "0.5"),
    ("city:\n  benefit_lag: much", "expected_number", 5, 16, "city.benefit_lag", None),
    ("city:\n  benefit_lag: [1]", "expected_number", 5, 16, "city.benefit_lag", None),
    ("city:\n  benefit_lag: true", "expected_number", 5, 16, "city.benefit_lag", None),
    ("city:\n  benefit_lag: .nan", "not_finite", 5, 16, "city.benefit_lag", None),
    ("city:\n  benefit_lag: 1e400", "not_finite", 5, 16, "city.benefit_lag", None),
    ("city:\n  benefit_lag: 1e30", "out_of_range", 5, 16, "city.benefit_lag", None),
    ("city:\n  benefit_lag: {value: 1, low: 0}", "half_range", 5, 16, "city.benefit_lag", None),
    ("city:\n  benefit_lag: {value: 3, low: 0, high: 1}", "range_order", 5, 16, "city.benefit_lag", None),
    ("city:\n  benefit_lag: {value: 3, basis: sourced}", "source_missing", 5, 16, "city.benefit_lag", None),
    ("city:\n  benefit_lag: {value: 3, basis: sorced}", "not_allowed", 5, 34, "city.benefit_lag.basis", "sourced"),
    ("city:\n  benefit_lag: {value: 3, hihg: 4}", "unknown_key", 5, 27, "city.benefit_lag.hihg", "high"),
    ("city:\n  benefit_lag: {value: 3, source: one, and two more}", "unquoted_comma", 5, 40, "city.benefit_lag.and two more", None),
    ("letting: {flexible_share: 1.2}", "out_of_range", 4, 27, "letting.flexible_share", None),
    ("letting: {flexible_share: {value: 0.5, low: -0.1, high: 1}}", "out_of_range", 4, 27, "letting.flexible_share", None),
    ("letting: {clean_record: yes}", "expected_truth", 4, 25, "letting.clean_record", "true"),
    ("letting: {clean_record: 1}", "expected_truth", 4, 25, "letting.clean_record", None),
    ("letting: 3", "expected_mapping", 4, 10, "letting", None),
    ("measures: 3", "expected_list", 4, 11, "measures", None),
    ("first_year: 2019.5", "expected_year", 4, 13, "first_year", None),
    ("first_year: '2019'", "expected_year", 4, 13, "first_year", None),
    ("last_year: 2040", "horizon", 4, 12, "last_year", None),
    ("first_year: 2031", "horizon", 4, 13, "first_year", None),
    ("law: {population: residents}\nlaw: {}", "duplicate_key", 5, 1, "law", None),
    ("title: [a]", "expected_mapping", 4, 8, "title", None),
    ("budget: {file: frames.xlsx}", "later_version", 4, 9, "budget", None),
    ("observed: {file: real.csv}", "missing", 4, 11, "observed.start_from", None),
    ("demolition: [{id: A1, department: first, dwellings: 1, from: 2020, to: 2020}]", "bad_id", 4, 19, "demolition.A1.id", None),
    (
        "demolition: [{id: a, department: frist, dwellings: 1, from: 2020, to: 2020}]",
        "not_allowed",
        4,
        34,
        "demolition.a.department",
        "first",
    ),
    (
        "demolition: [{id: a, department: first, dwellings: 1.5, from: 2020, to: 2020}]",
        "expected_whole",
        4,
        52,
        "demolition.a.dwellings",
        None,
    ),
    (
        "demolition: [{id: a, department: first, dwellings: -1, from: 2020, to: 2020}]",
        "out_of_range",
        4,
        52,
        "demolition.a.dwellings",
        None,
    ),
    ("demolition: [{id: a, department: first, dwellings: 1, from: 2021, to: 2020}]", "years_order", 4, 14, "demolition.a", None),
    ("demolition: [{id: a, department: first, dwellings: 101, from: 2020, to: 2020}]", "too_many_homes", 4, 13, "demolition", None),
    ("demolition: [{id: a, department: first, from: 2020, to: 2020}]", "missing_of_new", 4, 14, "demolition.a.dwellings", None),
    ("demolition: [{id: a, department: first, dwellings: 1, from: 2018, to: 2020}]", "begins_too_early", 4, 61, "demolition.a.from", None),
    ("demolition: [{id: a, department: first, dwellings: 1, from: 2036, to: 2037}]", "begins_too_late", 4, 61, "demolition.a.from", None),
    ("renovation: [{id: a, department: first, from: 1990, to: 2020}]", "begins_too_early", 4, 47, "renovation.a.from", None),
    (
        "rehousing:\n  pace: [{id: a, landlord: north, households_per_year: 1, from: 2018, to: 2020}]",
        "begins_too_early",
        5,
        65,
        "rehousing.pace.a.from",
        None,
    ),
    (
        "renovation: [{id: a, department: first, from: 1 January 2025, to: 2030}]",
        "expected_year",
        4,
        47,
        "renovation.a.from",
        None,
    ),
    ("demolition: [{id: a, drop: true}]", "unknown_item", 4, 14, "demolition.a", None),
    ("demolition: [{match: {department: [first]}, dwellings: 1}]", "no_match", 4, 35, "demolition.match.department", None),
    ("output: {lists: [2020, 2031]}", "out_of_range", 4, 24, "output.lists", None),
    ("goals: [{id: a, area: town, indicator: residents, list_year: 2030}]", "goal_limit", 4, 9, "goals.a", None),
    (
        "goals: [{id: a, area: town, indicator: resident, list_year: 2030, below: 3}]",
        "not_allowed",
        4,
        40,
        "goals.a.indicator",
        "residents",
    ),
    ("rates: {movin: {}}", "unknown_key", 4, 9, "rates.movin", "moving"),
    ("place_values: {level: high}", "expected_number", 4, 23, "place.level", None),
    ("place_values: {binding: 1}", "expected_truth", 4, 25, "place.binding", None),
    ("place_values: {name: [a]}", "expected_text", 4, 22, "place.name", None),
    ("place_values: {letters: 3}", "expected_mapping", 4, 25, "place.letters", None),
    ("place_values: {letters: {a: 0,5}}", "decimal_comma", 4, 29, "place_values.letters.a", "0.5"),
    ("city: {benefit_lag: *nothing}", "yaml_syntax", 4, 21, "", None),
    ("city: {benefit_lag: 1", "yaml_syntax", 5, 1, "", None),
    ("? [a, b]\n: 3", "key_not_text", 4, 3, "", None),
]


@pytest.mark.parametrize(("text", "code", "row", "column", "key", "nearest"), MISTAKES, ids=[f"{m[1]}-{n}" for n, m in enumerate(MISTAKES)])
def test_a_mistake_is_told_where_it_stands(tmp_path, text, code, row, column, key, nearest):
    path = toy(tmp_path, text + "\n")
    found = problems_of(path)
    assert [(p.code, p.line, p.column, p.key) for p in found] == [(code, row, column, key)]
    assert found[0].file == str(path)
    assert found[0].values.get("nearest") == nearest
    assert all(line(found[0], lang).startswith(f"{path}:{row}:{column}: ") for lang in ("en", "da"))


def test_the_toy_itself_is_sound(tmp_path):
    """Negative control of every mistake above."""
    assert load(toy(tmp_path)).place == "toy"


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path):
    text = "citi: 1\nletting: {flexible_share: 0,5}\nmeasures: 3\nrates: {movin: 1}\nplace_values: {binding: 3}\n"
    assert [p.line for p in problems_of(toy(tmp_path, text))] == [4, 5, 6, 7, 8]


def test_a_department_a_year_and_a_type_are_told_together(tmp_path):
    text = """
    demolition:
      - {id: a, department: frist, dwellings: 1, from: 2020, to: 2020}
      - {id: b, department: first, dwellings: 1, from: 2021, to: 2020}
      - {id: c, department: first, dwellings: 1, from: 2010, to: 2020}
    law: 3
    """
    found = problems_of(toy(tmp_path, text))
    assert [(p.line, p.code) for p in found] == [
        (5, "not_allowed"),
        (6, "years_order"),
        (7, "begins_too_early"),
        (8, "expected_mapping"),
    ]


@pytest.mark.parametrize("last", [2021, 2030, 2035])
def test_what_begins_after_a_shorter_horizon_or_ends_after_the_last_list_is_let_be(tmp_path, last):
    text = "demolition:\n  - {id: a, department: first, dwellings: 1, from: 2019, to: 2019}\n"
    text += "  - {id: b, department: first, dwellings: 1, from: 2035, to: 2040}\n"
    assert load(toy(tmp_path, text), [f"last_year={last}"]).last_year == last


def test_what_stands_in_place_of_keys_is_told_as_it_is_written(tmp_path):
    text = "law: [a, b]\ncity: [1.5, {c: true}, null]\n"
    assert [p.values["given"] for p in problems_of(toy(tmp_path, text))] == ["[a, b]", "[1.5, {c: true}, null]"]
    path = write(tmp_path, "list.yaml", "[a, b]\n")
    assert "[a, b]" in line(problems_of(path)[0])


def test_an_effect_without_evidence_names_the_grades(tmp_path):
    said = "id: a, subprogramme: x, decided: true, funded: true, from: 2020, to: 2021, acts_on: job_entry, effect: 0.2"
    found = problems_of(toy(tmp_path, f"measures: [{{{said}}}]\n"))
    assert [p.code for p in found] == ["effect_without_evidence"]
    assert "weak, moderate, strong" in line(found[0])


def test_a_mistake_in_an_extended_file_is_told_there(tmp_path):
    toy(tmp_path, "citi: 1\n", "base.yaml")
    top = write(tmp_path, "top.yaml", "extends: base.yaml\nlettin: {}\n")
    found = problems_of(top)
    assert {(p.file, p.line, p.key) for p in found} == {(str(top), 2, "lettin"), (str(tmp_path / "base.yaml"), 4, "citi")}


def test_an_alias_that_contains_itself_is_told(tmp_path):
    found = problems_of(toy(tmp_path, "city: &a {benefit_lag: *a}\n"))
    assert (found[0].code, found[0].line, found[0].key) == ("alias_without_end", 4, "city.benefit_lag")


def test_a_circle_of_files_is_told(tmp_path):
    write(tmp_path, "a.yaml", "extends: b.yaml\n")
    write(tmp_path, "b.yaml", "extends: a.yaml\ndemolition: [{id: none_such, drop: true}]\n")  # nothing follows from the circle
    found = problems_of(tmp_path / "a.yaml")
    assert [(p.code, p.file, p.line, p.column) for p in found] == [("cycle", str(tmp_path / "b.yaml"), 1, 10)]
    assert found[0].values["chain"] == "a.yaml -> b.yaml -> a.yaml"


def test_a_scenario_that_is_not_there_is_told_with_the_nearest(tmp_path):
    assert [(p.code, p.values["nearest"]) for p in problems_of("plann")] == [("scenario_not_found", "plan")]
    path = write(tmp_path, "a.yaml", "extends: referense.yaml\n")
    assert [(p.code, p.line, p.values["nearest"]) for p in problems_of(path)] == [("scenario_not_found", 1, "reference")]


@pytest.mark.parametrize(
    ("given", "code", "near"),
    [("missing/x.yaml", "no_such_file", None), ("plann.yaml", "no_such_file", "plan"), ("folder", "not_a_file", None)],
)
def test_a_path_that_is_no_file_is_told_without_the_names_of_the_shipped(tmp_path, monkeypatch, given, code, near):
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    found = problems_of(given)
    assert [(p.file, p.code, p.values.get("nearest"), p.values.get("allowed")) for p in found] == [(given, code, near, None)]


def test_a_file_that_forgets_extends_is_told_in_one_sentence(tmp_path):
    path = write(tmp_path, "a.yaml", "title: My own\nlettin: {}\n")
    assert [p.code for p in problems_of(path)] == ["extends_missing", "unknown_key"]
    path = write(tmp_path, "b.yaml", "extnds: plan.yaml\nletting: {flexibel_share: 0.6}\ndemolition: [{id: a, dwellings: 1}]\n")
    assert [p.code for p in problems_of(path)] == ["unknown_key", "extends_missing", "unknown_key"]  # not all that plan.yaml would say


def test_an_item_with_a_misspelt_id_is_told_as_a_new_one_with_the_nearest(tmp_path):
    path = write(tmp_path, "a.yaml", "extends: plan.yaml\nnew_homes: [{id: private_owned_207, count: 800}]\n")
    assert {(p.code, p.values["nearest"]) for p in problems_of(path)} == {("missing_of_new", "private_owned_2027")}


def test_a_match_of_no_item_is_told_with_what_the_items_have(tmp_path):
    path = write(tmp_path, "a.yaml", "extends: plan.yaml\nnew_homes: [{match: {tenure: [owned, private_let], area: vollsmos}, count: 8}]\n")
    (found,) = problems_of(path)
    assert (found.key, found.values["nearest"]) == ("new_homes.match.area", "vollsmose")
    assert "vollsmose" in found.values["allowed"]


def test_a_file_that_is_not_there_is_told_with_the_nearest_beside_it(tmp_path):
    write(tmp_path, "forslag.yaml", "extends: plan.yaml\n")
    assert [(p.code, p.values["nearest"]) for p in problems_of(str(tmp_path / "forslg.yaml"))] == [
        ("no_such_file", str(tmp_path / "forslag.yaml"))
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_scenario_saved_by_notepad_is_read(tmp_path, encoding):
    path = toy(tmp_path)
    path.write_bytes((path.read_text() + "title: Rødgrød på Ærø\n").replace("\n", "\r\n").encode(encoding))
    assert load(path).sections.title.da == "Rødgrød på Ærø"


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"", "empty_file", 1),
        (b"# nothing\n", "empty_file", 1),
        (b"- 1\n", "expected_mapping", 1),
        (b"title: x\nplace: \xe6\n", "not_utf8", 2),
        (b"a: b\n\tc: d\n", "yaml_syntax", 2),
        (b"a: \x00\n", "yaml_syntax", 0),
        (b"a: 1\n---\nb: 2\n", "yaml_syntax", 2),
        (b"[" * 5000, "too_deep", 0),
    ],
)
def test_a_file_that_is_no_scenario_is_told(tmp_path, content, code, row):
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    found = problems_of(path)
    assert [(p.code, p.line) for p in found] == [(code, row)]
    assert line(found[0], "da")


@pytest.mark.parametrize(
    ("override", "code", "key", "nearest"),
    [
        ("letting", "set_form", "letting", None),
        ("=3", "set_form", "", None),
        ("letting..x=3", "set_form", "letting..x", None),
        ("lettin.clean_record=true", "unknown_key", "lettin", "letting"),
        ("letting.flexible_share=0,5", "decimal_comma", "letting.flexible_share", "0.5"),
        ("letting.flexible_share=", "expected_number", "letting.flexible_share", None),
        ("place.levl=3", "unknown_key", "place.levl", "level"),
        ("place.departments.frist.homes=3", "unknown_item", "place.departments.frist", "first"),
        ("letting.clean_record={", "yaml_syntax", "", None),
    ],
)
def test_a_mistaken_override_is_told_by_its_number(tmp_path, override, code, key, nearest):
    found = problems_of(toy(tmp_path), ["first_year=2019", override])
    assert [(p.place, p.code, p.key) for p in found] == [("--set 2", code, key)]
    assert found[0].values.get("nearest") == nearest


@pytest.mark.parametrize(
    ("leaf", "code"),
    [
        ("x: 0.5", "bare_number"),
        ("x: [0.5, 1]", "bare_number"),
        ("x: {value: 0.5, unit: share, basis: assumed}", "leaf_incomplete"),
        ("x: {value: 0.5, low: 0.6, high: 0.7, unit: share, basis: assumed, source: a toy}", "range_order"),
        ("x: {value: 0.5, unit: share, basis: sourced, source: ''}", "source_missing"),
        ("x: {a: .inf, basis: assumed, source: a toy}", "not_finite"),
    ],
)
def test_a_number_of_a_place_says_what_it_rests_on(tmp_path, leaf, code):
    found = problems_of(toy(tmp_path, place=PLACE + leaf + "\n"))
    assert {p.code for p in found} == {code}
    assert {(p.file, p.line) for p in found} == {("places/toy/place.yaml", PLACE.count("\n"))}


def test_a_place_that_is_not_there_is_told(tmp_path):
    path = write(tmp_path, "a.yaml", "extends: reference.yaml\nplace: vollsmos\n")
    assert [(p.code, p.line, p.values["nearest"]) for p in problems_of(path)] == [("place_not_found", 2, "vollsmose")]
