"""Tables as a Danish spreadsheet saves them: a construction programme, and what really happened."""

import io
import zipfile

import pytest

from simulation.files import InputErrors
from simulation.scenario import describe, load
from simulation.words import catalogue, languages
from tests.core import scenario

PROGRAMME = (
    "fra;til;antal;art;sted;udlejer;kilde\n2023;2024;1.200;Ejerboliger;Vollsmose;;en køber\n2025;2025;30;nedrivning;Egeparken;Civica;\n"
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")


def folder(path, table, name="program.csv", said="programme: program.csv"):
    content = table if isinstance(table, bytes) else table.encode("utf-8")
    (path / name).write_bytes(content)
    (path / "own.yaml").write_text(f"extends: reference.yaml\n{said}\n", encoding="utf-8")
    return str(path / "own.yaml")


def items(found):
    new, gone = found.sections.new_homes, found.sections.demolition
    return (
        [(i.area, i.tenure, i.count.value, i.from_, i.to, i.basis) for i in new],
        [(i.department, i.dwellings.value, i.from_, i.to, i.basis) for i in gone],
    )


EXPECTED = ([("vollsmose", "owned", 1200, 2023, 2024, "sourced")], [("egeparken", 30, 2025, 2025, "assumed")])


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_programme_is_read_as_a_danish_spreadsheet_saves_it(tmp_path, encoding):
    assert items(load(folder(tmp_path, PROGRAMME.encode(encoding)))) == EXPECTED


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_separator_is_found(tmp_path, separator):
    assert items(load(folder(tmp_path, PROGRAMME.replace(";", separator)))) == EXPECTED


def xlsx(rows, strings=True):
    """Write rows as a workbook, the way spreadsheets do: texts in a list of their own, numbers with a point, in named cells."""
    shared, cells = [], []
    for number, row in enumerate(rows, start=1):
        line = ""
        for column, value in enumerate(row):
            at = f'r="{chr(65 + column)}{number}"'
            if value in ("", None):
                continue
            if isinstance(value, str):
                shared.append(value)
                line += f'<c {at} t="s"><v>{len(shared) - 1}</v></c>' if strings else f'<c {at} t="inlineStr"><is><t>{value}</t></is></c>'
            else:
                line += f"<c {at}><v>{value}</v></c>"
        cells.append(f'<row r="{number}">{line}</row>')
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts = {
        "xl/workbook.xml": f'<workbook {main} {relation}><sheets><sheet name="Ark 1" sheetId="1" r:id="rId7"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId7" Target="worksheets/ark.xml"/></Relationships>',
        "xl/worksheets/ark.xml": f"<worksheet {main}><sheetData>{''.join(cells)}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {main}>{''.join(f'<si><t>{text}</t></si>' for text in shared)}</sst>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


ROWS = [
    ["fra", "til", "antal", "art", "sted", "udlejer", "kilde"],
    [2023, 2024, 1200.0, "Ejerboliger", "Vollsmose", "", "en køber"],
    [],
    [2025, 2025, 30, "nedrivning", "Egeparken", "Civica", ""],
]


@pytest.mark.parametrize("strings", [True, False])
def test_a_programme_is_read_from_a_workbook(tmp_path, strings):
    path = folder(tmp_path, xlsx(ROWS, strings), "program.xlsx", "programme: program.xlsx")
    assert items(load(path)) == EXPECTED


@pytest.mark.parametrize("content", [b"", b"PK no workbook", PROGRAMME.encode()])
def test_what_is_no_workbook_is_told(tmp_path, content):
    path = folder(tmp_path, content, "program.xlsx", "programme: program.xlsx")
    with pytest.raises(InputErrors) as told:
        load(path)
    assert [(p.file, p.code) for p in told.value.problems] == [("program.xlsx", "table_broken")]


MISTAKES = [
    ("2025;2025;30;nedriving;Egeparken;;", "not_allowed", 2, 4, "art"),
    ("2025;2025;30;nedrivning;Egepark;;", "not_allowed", 2, 5, "place"),
    ("2025;2025;mange;nedrivning;Egeparken;;", "not_a_number", 2, 3, "antal"),
    ("snart;2025;30;nedrivning;Egeparken;;", "not_a_year", 2, 1, "fra"),
    ("2026;2025;30;nedrivning;Egeparken;;", "years_order", 2, 4, "demolition.program_2"),
    ("2025;2025;30,5;nedrivning;Egeparken;;", "expected_whole", 2, 3, "demolition.program_2.dwellings"),
    ("2025;2025;3000;nedrivning;Egeparken;;", "too_many_homes", 0, 0, "demolition"),
    ("2025;2025;30;genhusede husstande;Egeparken;;", "not_allowed", 2, 4, "kind"),
]


@pytest.mark.parametrize(("line", "code", "row", "column", "key"), MISTAKES)
def test_a_mistake_is_told_by_row_and_column(tmp_path, line, code, row, column, key):
    with pytest.raises(InputErrors) as told:
        load(folder(tmp_path, PROGRAMME.split("\n")[0] + "\n" + line + "\n"))
    (problem,) = told.value.problems
    assert (problem.code, problem.key) == (code, key)
    if row:
        assert (problem.file, problem.line, problem.column) == ("program.csv", row, column)


def test_a_missing_column_is_told(tmp_path):
    with pytest.raises(InputErrors) as told:
        load(folder(tmp_path, "år;antal;kind\n2025;3;nedrivning\n"))
    assert [(p.code, p.key) for p in told.value.problems if p.line == 1] == [("column_missing", "place")]


def test_what_may_be_written_is_told_in_every_language(tmp_path):
    """And a year that has no column is missed once, not in every row."""
    with pytest.raises(InputErrors) as told:
        load(folder(tmp_path, "aar;antal;art;sted\n2025;3;nedriv;Egeparken\n"))
    assert [(p.code, p.key) for p in told.value.problems] == [("column_missing", "year"), ("not_allowed", "art")]
    assert "year / år" in told.value.problems[0].values["allowed"] and "demolition / nedrivning" in told.value.problems[1].values["allowed"]


def test_a_table_that_is_not_there_is_told(tmp_path):
    (tmp_path / "own.yaml").write_text("extends: reference.yaml\nprogramme: none.csv\n", encoding="utf-8")
    with pytest.raises(InputErrors) as told:
        load(str(tmp_path / "own.yaml"))
    assert [(p.file, p.line, p.key, p.code) for p in told.value.problems] == [
        (str(tmp_path / "own.yaml"), 2, "programme", "table_not_found")
    ]


def test_a_scenario_with_a_table_is_written_out_without_it(tmp_path):
    found = load(folder(tmp_path, PROGRAMME))
    path = tmp_path / "again.yaml"
    path.write_text(found.resolved_yaml(), encoding="utf-8")
    assert load(str(path)).sections == found.sections
    assert "program.csv" in found.files()


def test_labels_differ_within_a_language():
    for lang in languages():
        labels = list(catalogue("table", lang).values())
        assert len(set(labels)) == len(labels)


# --- what really happened ---

OBSERVED = "observed: {file: real.csv, start_from: 2024}"
HEAD = "år;art;sted;antal;kilde\n"


def observed(path, rows, said=OBSERVED, extends="plan.yaml"):
    (path / "real.csv").write_text(HEAD + rows, encoding="utf-8")
    (path / "own.yaml").write_text(f"extends: {extends}\n{said}\n", encoding="utf-8")
    return load(str(path / "own.yaml"))


def demolitions(found, department="boegeparken"):
    return [(i.dwellings.value, i.from_, i.to, i.not_before, i.years_left) for i in found.sections.demolition if i.department == department]


def test_what_happened_replaces_the_plan_and_the_rest_follows(tmp_path):
    found = observed(tmp_path, "2022;nedrivning;Bøgeparken;40;avisen\n2023;nedrivning;Bøgeparken;30;avisen\n")
    # 217 of 287 are left; at the plan's 287 in six years they take five.
    assert demolitions(found) == [(217, 2021, 2026, 2024, 5), (40, 2022, 2022, None, None), (30, 2023, 2023, None, None)]
    assert demolitions(found, "egeparken") == demolitions(scenario("plan"), "egeparken")
    first = [line.first for line in describe(found) if line.section == "demolition" and "Bøgeparken" in line.text]
    assert sorted(first) == [2022, 2023, 2024]


def test_a_zero_says_that_nothing_has_happened(tmp_path):
    found = observed(tmp_path, "2023;ejerboliger;Vollsmose;0;\n")
    homes = [i for i in found.sections.new_homes if i.tenure == "owned"]
    assert [(i.count.value, i.not_before) for i in homes] == [(400, 2024), (400, 2024)]
    let = [i for i in found.sections.new_homes if i.tenure == "private_let"]
    assert all(i.not_before is None for i in let)


def test_more_than_was_planned_leaves_nothing(tmp_path):
    found = observed(tmp_path, "2020;nedrivning;Fyrreparken;30;x\n")
    assert demolitions(found, "fyrreparken") == [(30, 2020, 2020, None, None)]


def test_the_pace_of_rehousing_is_what_it_was_and_then_as_planned(tmp_path):
    found = observed(tmp_path, "2022;genhusede husstande;Bøgeparken;50;x\n2022;genhusede husstande;Granparken;7;x\n")
    paces = [(p.landlord, p.households_per_year.value, p.from_, p.to) for p in found.sections.rehousing.pace if p.landlord == "civica"]
    assert paces == [("civica", 97, 2024, 2028), ("civica", 57, 2022, 2022)]


def test_rows_that_nobody_has_filled_in_say_nothing(tmp_path):
    assert observed(tmp_path, "2020;nedrivning;Fyrreparken;;\n").sections.demolition == scenario("plan").sections.demolition


def test_the_shipped_template_is_sound_and_says_nothing(tmp_path):
    found = observed(tmp_path, "", "observed: {file: observed/template.csv, start_from: 2025}")
    assert found.sections.demolition == scenario("plan").sections.demolition and found.sections.observed.published == ()


@pytest.mark.parametrize(("row", "code"), [("2024;nedrivning;Bøgeparken;4;", "not_a_year"), ("2025;dømte pct;Vollsmose;4;", "not_a_year")])
def test_what_has_not_happened_yet_is_no_fact(tmp_path, row, code):
    with pytest.raises(InputErrors) as told:
        observed(tmp_path, row)
    assert [(p.code, p.line) for p in told.value.problems] == [(code, 2)]


LISTED = {
    "uden for arbejdsmarkedet pct": "45,5",
    "dømte pct": "2,5",
    "kun grundskole pct": "70,1",
    "gennemsnitsindkomst pct": "56",
    "ikke-vestlige pct": "71,25",
}


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """A run through a published list, the same without it, and what the list says."""
    from simulation.engine import simulate
    from simulation.start import CENTRAL

    rows = "".join(f"2021;{kind};Vollsmose;{value};x\n" for kind, value in LISTED.items())
    found = observed(
        tmp_path_factory.mktemp("listed"), rows, "observed: {file: real.csv, start_from: 2022}\nlast_year: 2022", "reference.yaml"
    )
    member = simulate(found, 1, CENTRAL, 0)
    without = simulate(scenario("reference", "last_year=2022"), 1, CENTRAL, 0)
    wanted = [float(value.replace(",", ".")) for value in LISTED.values()]
    return member, without, wanted


def test_the_run_passes_through_the_published_list(listed):
    member, _, wanted = listed
    assert member.criteria[2, 0] == pytest.approx(wanted, abs=0.15)  # a household more or less


def test_the_run_is_led_by_the_published_list_alone(listed):
    member, without, wanted = listed
    assert (member.criteria[:2] == without.criteria[:2]).all(), "what was before the list is as it was"
    assert abs(without.criteria[2, 0] - wanted).max() > 1, "the control: without the list the run goes elsewhere"
    assert member.stock[2, 0, 0] == without.stock[2, 0, 0], "nobody is added or lost"
    assert member.criteria[3, 0] == pytest.approx(member.criteria[2, 0], abs=3)
