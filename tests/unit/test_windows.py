"""What a municipal PC with Windows and a Danish Excel needs, as far as it can be seen without one."""

import ast
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from calibration.targets.given import rows_given
from simulation import words
from simulation.__main__ import main
from simulation.console import NAME, PLAIN, heed_code_page, is_whole
from simulation.law.printed import printed
from simulation.scenario import load
from simulation.web.changing import file_name
from simulation.workers import Feed, local

ROOT = Path(__file__).resolve().parents[2]
START = ROOT / "blandet_by.cmd"  # not "start.cmd": `start` is a command of its own there
CODE_PAGES = ("cp850", "cp1252", "cp437", "ascii")
# Modules, and names of `os`, `signal` and `socket`, that Windows has not.
ABSENT = {"fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "posix", "crypt", "syslog"}
ABSENT_NAMES = {"fork", "forkpty", "killpg", "getpgid", "setsid", "geteuid", "getuid", "getgid", "mkfifo", "statvfs", "sysconf", "uname"}
ABSENT_NAMES |= {
    "SIGKILL",
    "SIGHUP",
    "SIGPIPE",
    "SIGALRM",
    "SIGUSR1",
    "SIGCHLD",
    "alarm",
    "pthread_sigmask",
    "sched_getaffinity",
    "AF_UNIX",
}
# Where they are used all the same, behind a question for the system.
GUARDED = {("files.py", "fcntl"), ("workers/local.py", "pthread_sigmask"), ("workers/local.py", "sched_getaffinity")}


def of_posix_alone(source):
    """Return the names that a source uses and Windows has not."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & ABSENT
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module} & ABSENT
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("os", "signal", "socket"):
            found |= {node.attr} & ABSENT_NAMES
    return found


def test_nothing_that_windows_has_not_is_used_unguarded():
    found = {
        (path.relative_to(ROOT / "simulation").as_posix(), name)
        for path in (ROOT / "simulation").rglob("*.py")
        for name in of_posix_alone(path.read_text(encoding="utf-8"))
    }
    found |= {
        (path.name, name) for path in (ROOT / "calibration").rglob("*.py") for name in of_posix_alone(path.read_text(encoding="utf-8"))
    }
    assert found == GUARDED


def test_the_search_for_it_has_power():
    assert of_posix_alone("import fcntl\nfrom pwd import x\nos.fork()\nsignal.SIGKILL") == {"fcntl", "pwd", "fork", "SIGKILL"}


def test_every_module_loads_without_them():
    code = f"""
import sys, pkgutil, importlib
sys.modules.update(dict.fromkeys({sorted(ABSENT - {"posix"})}))
import simulation, calibration
for package in (simulation, calibration):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_types_hold_on_windows(tmp_path):
    given = [sys.executable, "-m", "mypy", "--platform", "win32", "--cache-dir", str(tmp_path)]
    done = subprocess.run(given, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def told(monkeypatch, encoding, *given):
    """Run a command on a console of an encoding; return its status and what it wrote to both streams, as bytes."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", streams[0])
        patched.setattr(sys, "stderr", streams[1])
        status = main(list(given))
        for stream in streams:
            stream.flush()
    return status, *(stream.buffer.getvalue() for stream in streams)


@pytest.mark.parametrize("encoding", CODE_PAGES[:-1])  # where a letter that nobody foresaw is a question mark, not a failure
def test_every_letter_of_every_sentence_has_one_that_stands_for_it(encoding, monkeypatch):
    letters = {
        letter
        for lang in words.languages()
        for topic in words.topics(lang)
        for text in words.catalogue(topic, lang).values()
        for letter in text
    }
    told(monkeypatch, encoding, "--version")  # makes the handler known
    lost = [
        letter
        for letter in sorted(letters | {"\u2212", "\u00a0", "\u202f"})
        if "?" in letter.encode(encoding, NAME).decode(encoding) and letter != "?"
    ]
    assert lost == []
    assert all(len(text) >= 1 and text.isascii() for text in PLAIN.values())


@pytest.mark.parametrize("encoding", CODE_PAGES)
@pytest.mark.parametrize(
    ("status", "given"),
    [
        (0, ("share", "--family", "2872", "--other", "907", "--lang", "da")),
        (0, ("plan", "plan", "--lang", "da")),
        (0, ("judge", str(ROOT / "scenarios/places/vollsmose/published.csv"), "--lang", "da")),
        (2, ("rum", "--lang", "da")),
        (0, ("run", "--help", "--lang", "da")),
    ],
)
def test_no_code_page_stops_a_command(monkeypatch, encoding, status, given):
    found, out, err = told(monkeypatch, encoding, *given)
    assert (found, b"Traceback" in err, b"UnicodeEncodeError" in err) == (status, False, False)
    assert out or err


def test_a_code_page_with_danish_letters_keeps_them(monkeypatch):
    for encoding in ("cp850", "cp1252"):
        assert "Årets gang" in told(monkeypatch, encoding, "plan", "plan", "--lang", "da")[1].decode(encoding)
    assert "Aarets gang" in told(monkeypatch, "ascii", "plan", "plan", "--lang", "da")[1].decode("ascii")


def test_json_is_whole_on_every_code_page(monkeypatch):
    given = ("plan", "plan", "--json", "--lang", "da")
    found = [json.loads(told(monkeypatch, encoding, *given)[1].decode(encoding)) for encoding in (*CODE_PAGES, "utf-8")]
    assert all(each == found[-1] for each in found)


def test_a_console_that_shows_everything_is_left_alone(monkeypatch):
    assert is_whole("utf-8") and is_whole("UTF8") and not is_whole("cp1252") and not is_whole(None)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", stream)
    heed_code_page()
    assert stream.errors == "strict"


def test_other_faults_of_encoding_stay_faults():
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", NAME)


def doubled(number):
    return 2 * number


def test_workers_begin_as_windows_begins_them(monkeypatch):
    """Windows knows no fork: a worker is a new process that is sent its work."""
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    local.warm_up(["simulation.engine"])  # nothing to begin
    done = {}
    local.Pool(2).run(doubled, Feed(range(5)), done.__setitem__, lambda count: pytest.fail("lost"))
    assert done == {number: 2 * number for number in range(5)}


@pytest.mark.slow
def test_a_run_with_workers_begun_so_gives_the_same_bytes(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import multiprocessing as m\nm.get_all_start_methods = lambda: ['spawn']\n", encoding="utf-8"
    )
    found = {}
    for name, path in (("fork", ROOT), ("spawn", f"{tmp_path}:{ROOT}")):
        given = [
            sys.executable,
            "-m",
            "simulation",
            "run",
            "plan",
            "--draws",
            "3",
            "--replicates",
            "1",
            "--workers",
            "2",
            "--out",
            tmp_path / name,
        ]
        subprocess.run(given, env={"PYTHONPATH": str(path)}, cwd=tmp_path, check=True, capture_output=True)
        found[name] = {file.relative_to(tmp_path / name): file.read_bytes() for file in (tmp_path / name / "plan").rglob("*.csv")}
    assert len(found["spawn"]) > 20 and found["spawn"] == found["fork"]


@pytest.mark.parametrize(
    ("title", "name"), [("Con", "con_"), ("COM1", "com1_"), ("Område Ø & co: A/B?", "omraade_oe_co_a_b"), ("Console", "console")]
)
def test_the_page_names_no_file_as_windows_may_not(title, name):
    assert file_name(title) == name


# The start file


def test_the_start_file_is_as_windows_reads_it():
    content = START.read_bytes()
    assert content.isascii() and b"\r\n" in content
    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.startswith(b"@echo off")
    assert "*.cmd text eol=crlf" in (ROOT / ".gitattributes").read_text(encoding="utf-8")


def test_paths_in_the_start_file_are_quoted():
    """A folder may be called `Område Ø & co`: what comes from outside stands in quotes wherever it is used."""
    for number, line in enumerate(START.read_text(encoding="ascii").splitlines(), 1):
        bare = re.sub(r'"[^"]*"', "", line)
        assert not re.search(r"%~dp0|%LOCALAPPDATA%|%HOME_FOLDER%|%VENV%", bare), f"{number}: {line}"


def test_the_start_file_jumps_only_to_what_is_there():
    text = START.read_text(encoding="ascii")
    labels = set(re.findall(r"^:(\w+)", text, re.M))
    assert set(re.findall(r"goto (\w+)", text)) | {"serve"} == labels


def test_the_start_file_asks_for_the_python_that_the_package_asks_for_and_gives_the_page_what_it_takes():
    text = START.read_text(encoding="ascii")
    asked = re.search(r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))[1]
    assert set(re.findall(r"version_info < \(3, (\d+)\)", text)) == {asked}
    options = re.findall(r"--(\w+)", next(line for line in text.splitlines() if "simulation web" in line))
    assert options == ["open", "lang", "out"]
    from simulation.__main__ import _command

    known = {option for each in _command("en").commands["web"].params for option in each.opts}
    assert {f"--{option}" for option in options} <= known


# Danish Excel

LIST = (
    "Område;Listeår;Beboere;Uden for arbejdsmarkedet;Dømte;Kun grundskole;Indkomst i % af regionens;Ikke-vestlige\r\n"
    "Åløkke Ø;2023;7.412;44,1;2,30;71,5;56,2;74,0\r\n"
)


def saved(text):
    """Return a table in each of the ways in which Danish Excel saves one."""
    return {
        "CSV UTF-8": text.encode("utf-8-sig"),
        "CSV": text.encode("cp1252"),
        "Unicode text": text.replace(";", "\t").encode("utf-16"),
        "with sep=": ("sep=;\r\n" + text).encode("cp1252"),
    }


SAVED = saved(LIST)


@pytest.mark.parametrize("kind", SAVED)
def test_published_values_are_read_as_danish_excel_saves_them(kind, tmp_path, capsys):
    path = tmp_path / "Område Ø & co.csv"
    path.write_bytes(SAVED[kind])
    assert main(["judge", str(path), "--json"]) == 0
    row = json.loads(capsys.readouterr().out)[0]
    assert (row["area"], row["list_year"], len(row["criteria_met"])) == ("Åløkke Ø", 2023, 3)


@pytest.mark.parametrize("kind", SAVED)
def test_values_to_fit_or_to_score_are_read_as_danish_excel_saves_them(kind, tmp_path):
    """`calibrate --against` and `validate --against` take the same file; areas are found by their names, whatever the letters' size."""
    path = tmp_path / "Område Ø & co.csv"
    path.write_bytes(saved(LIST.replace("Åløkke Ø", "vollsmose"))[kind])
    row = rows_given(path, load("plan"))[0]
    assert (row.area, row.list_year, row.residents) == ("Vollsmose", 2023, 7412)
    assert (float(row.values["outside_labour_market"].value), float(row.values["convicted"].value)) == (44.1, 2.3)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_what_has_happened_is_read_as_danish_excel_saves_it(encoding, tmp_path, capsys):
    folder = tmp_path / "Område Ø & co"
    folder.mkdir()
    (folder / "sket.csv").write_bytes("år;antal;art;sted\r\n2021;26,0;nedrivning;Bøgeparken\r\n".encode(encoding))
    (folder / "fra_i_dag.yaml").write_text(
        "extends: plan.yaml\r\ntitle: Fra i dag\r\ndescription: Det, der er sket.\r\nobserved: {file: sket.csv, start_from: 2023}\r\n",
        encoding="utf-8",
    )
    assert main(["check", str(folder / "fra_i_dag.yaml"), "--lang", "da"]) == 0
    assert "i orden" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234,5", 1234.5), ("1,234.5", 1234.5), ("12.345.678,25", 12345678.25), ("44,1", 44.1), ("1.2,5", None), ("1.234,5,6", None)],
)
def test_numbers_with_both_separators_are_read_as_they_are_shown(text, value):
    found = printed(text)
    assert (None if found is None else float(found.value)) == value
