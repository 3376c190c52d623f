"""What libraries and the system say of a file is said in the reader's language, and what nobody foresaw as it was said."""

import csv
import errno
import io
import os
import re
import zipfile

import pytest

from simulation import problems, words
from simulation.__main__ import main

ENGLISH = re.compile(r"\b(expected|found|unexpected|character|values|allowed here|file|not)\b")
BROKEN = {
    "a tab": "extends: plan\n\tlast_year: 2022\n",
    "a second colon": "extends: plan: x\n",
    "no colon": "extends: plan\ntitle\nlast_year: 2022\n",
    "an open list": "measures: [a, b\ntitle: x\n",
    "an open brace": "city: {benefit_lag: 1\n",
    "an open quote": "title: 'abc\n",
    "an at sign": "title: @x\n",
    "a reference to nothing": "title: *x\n",
    "a stray indent": "measures:\n  - id: x\n   title: y\n",
    "an escape": 'title: "a\\q"\n',
    "two documents": "extends: plan\n---\nextends: plan\n",
    "a bell": "title: \x07\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_yaml_is_told_in_danish(name, tmp_path, capsys):
    path = tmp_path / "own.yaml"
    path.write_text(BROKEN[name], encoding="utf-8")
    assert main(["check", str(path)]) == 2
    assert ENGLISH.search(capsys.readouterr().err)  # the control: in English the library speaks
    assert main(["check", str(path), "--lang", "da"]) == 2
    said = capsys.readouterr().err.removeprefix(str(path))
    assert "dette er ikke gyldig YAML" in said and not ENGLISH.search(said), said


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EROFS, errno.EADDRINUSE])
def test_what_the_system_says_has_danish_words(number):
    assert problems.told(os.strerror(number), "da") != os.strerror(number) == problems.told(os.strerror(number), "en")


def said_by(act):
    with pytest.raises(Exception, match=".") as caught:
        act()
    return str(caught.value)


def test_what_the_readers_of_tables_say_has_danish_words():
    heard = [
        said_by(lambda: zipfile.ZipFile(io.BytesIO(b"a;b\n"))),
        *(said_by(lambda text=text: list(csv.reader(io.StringIO(text), strict=True))) for text in ('"a', '"a"b,c', "x" * 200_000)),
    ]
    assert [text for text in heard if problems.told(text, "da") == text] == []


def test_what_nobody_foresaw_stays():
    assert problems.told("row 3", "da") == "row 3" and problems.told(None, "da") is None


def test_a_missing_file_is_told_in_danish(tmp_path, capsys):
    assert main(["judge", str(tmp_path / "no.csv"), "--lang", "da"]) == 2
    assert words.say("told.system.missing", "da") in capsys.readouterr().err


def test_a_table_that_is_no_workbook_is_told_what_to_save(tmp_path, capsys):
    """A negotiation has several sheets, which CSV cannot hold."""
    path = tmp_path / "forhandling.csv"
    path.write_bytes("Id;Indsats\r\nips;IPS\r\n".encode("cp1252"))
    assert main(["budget", "plan_all_measures", "--table", str(path), "--lang", "da"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("forhandling.csv: ") and "XLSX" in said and "zip" not in said


@pytest.mark.parametrize("lang", words.languages())
def test_help_says_ranges_and_what_stands_for_a_value_in_words(lang, capsys):
    told = {}
    for command in ("run", "budget", "goal", "judge"):
        assert main([command, "--help", "--lang", lang]) == 0
        told[command] = capsys.readouterr().out
    assert not any("<=x" in text or "x>=" in text for text in told.values())
    most = {"en": "1 to 100,000", "da": "1 til 100.000"}[lang]
    assert most in told["run"] and {"en": "KEY=VALUE", "da": "NØGLE=VÆRDI"}[lang] in told["run"]
    assert {"en": "1990 to 2060", "da": "1990 til 2060"}[lang] in told["budget"]
    assert {"en": "LOW HIGH", "da": "LAV HØJ"}[lang] in told["goal"] and "CSV" in told["judge"]
