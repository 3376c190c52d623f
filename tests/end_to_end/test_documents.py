"""Every command in the documents is run as it stands there, with the fewest futures, in a folder of its own."""

import os
import re
import shutil
from pathlib import Path

import pytest

from simulation.__main__ import _command, app, main
from simulation.files import locked
from tests.documents import FENCE, ROOT, TWINS, UNMARKED, all_commands, blocks, commands, documents

FEWEST = ["--draws", "1", "--replicates", "1", "--workers", "1", "--quiet"]
SIMULATING = {"run": FEWEST, "compare": FEWEST, "budget": FEWEST, "goal": FEWEST}
# What cannot be run here, by how it begins, and why.
NOT_RUN = {
    "python3 -m venv .venv": "sets up an environment; `.ci/run` does so with the second block of the README as it stands",
    "python -m pytest": "runs the tests, as `.ci/run` does",
    "dask ": "starts a cluster on other machines: tests/unit/test_cluster.py tries one on this",
    "pip install": "installs packages from a registry",
    "pip wheel": "builds wheels with packages from a registry",
    "blandetby web": "serves until it is stopped: tests/unit/test_web_app.py and tests/browser",
    "blandetby run plan --draws 1000 --scheduler": "needs a cluster: tests/unit/test_cluster.py",
    "blandetby calibrate": "fits for minutes: tests/unit/test_calibration_fit.py",
    "blandetby validate": "fits for minutes: tests/unit/test_calibration_scoring.py",
}
WRITES_A_WORKBOOK = {"--template", "--workbook"}
SLOW = {
    "blandetby goal": "simulates a dozen scenarios",
    "blandetby budget plan_all_measures --table": "simulates every measure",
    "blandetby compare plan stop_demolition": "simulates three scenarios",
}


def begins(command, texts):
    return next((text for text in texts if command.text.startswith(text)), None)


def simulates(command):
    words = command.words
    return words[0] == "blandetby" and words[1] in SIMULATING and not WRITES_A_WORKBOOK & set(words)


def is_slow(command):
    """A Danish twin of a command that simulates does the same again in Danish, so it too waits for the long run."""
    english = [other.twin for other in all_commands() if not other.document.startswith("docs/da/")]
    return bool(begins(command, SLOW)) or (command.document.startswith("docs/da/") and simulates(command) and command.twin in english)


def runnable(name, slow):
    found = commands(name, documents()[name])
    return [command for command in found if not begins(command, NOT_RUN) and is_slow(command) == slow]


def with_any(slow):
    return [name for name in documents() if runnable(name, slow)]


@pytest.fixture
def folder(tmp_path_factory, monkeypatch):
    """Be in a folder with what the documents speak of; one for all tests of a session, so that nothing is simulated twice."""
    base = tmp_path_factory.getbasetemp()
    here = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "documents"
    with locked(here.with_suffix(".lock")):
        if not here.exists():
            shutil.copytree(ROOT / "scenarios", here / "scenarios")
            shutil.copytree(ROOT / "docs" / "examples", here / "docs" / "examples")
            for name, text in documents().items():
                for block in blocks(name, text):
                    if block.file:
                        (here / block.file).write_text(block.text, encoding="utf-8")
    monkeypatch.chdir(here)
    return here


def finished(folder, count):
    """Return the folders of so many finished runs of the plan; make what is missing."""
    for change in ([], ["--set", "letting.flexible_share=0.6"])[:count]:
        assert main(["run", "plan", *change, *FEWEST]) == 0
    runs = folder.glob("outputs/plan/*/records.parquet")  # a budget of the plan lies there too, and is no run
    return sorted(path.parent.relative_to(folder).as_posix() for path in runs)[:count]


def given(command, folder):
    """Return the words of a command for the program: few futures, and real runs where the document has made-up ones."""
    words = [word for word in command.words[1:] if word != "--quick"]
    made_up = dict.fromkeys(re.findall(r"outputs/plan/[0-9a-f]{12}", " ".join(words)))
    for real, placeholder in zip(finished(folder, len(made_up)), made_up, strict=True):
        words = [word.replace(placeholder, real) for word in words]
    for option in WRITES_A_WORKBOOK & set(words):
        Path(words[words.index(option) + 1]).unlink(missing_ok=True)  # what another document asked for; none is written over
        return words
    more = SIMULATING.get(words[0], [])
    return words + (more[-3:] if "--from" in words else more)


def run(name, slow, folder, capsys):
    for command in runnable(name, slow):
        status = main(given(command, folder))
        told = capsys.readouterr()
        assert status == 0, f"{name}:{command.line}: {command.text}: {told.err}"
        assert told.out or told.err or simulates(command), f"{name}:{command.line}: nothing is told"


@pytest.mark.parametrize("name", with_any(slow=False))
def test_every_command_runs(name, folder, capsys):
    run(name, False, folder, capsys)


@pytest.mark.slow
@pytest.mark.parametrize("name", with_any(slow=True))
def test_every_command_that_takes_long_runs(name, folder, capsys):
    run(name, False, folder, capsys)  # what it may need
    run(name, True, folder, capsys)


def test_every_command_is_run_or_named_with_a_reason():
    other = [
        f"{each.document}:{each.line}: {each.text}" for each in all_commands() if each.words[0] != "blandetby" and not begins(each, NOT_RUN)
    ]
    assert other == []


def test_no_command_hides_in_a_block_that_is_not_marked():
    fenced = {name: re.sub(FENCE, "", text) for name, text in documents().items()}
    assert [name for name, text in fenced.items() if any("blandetby " in found[0] for found in UNMARKED.finditer(text))] == []


@pytest.mark.parametrize("text", [*NOT_RUN, *SLOW])
def test_no_reason_is_left_over(text):
    assert any(command.text.startswith(text) for command in all_commands())


def test_commands_inside_sentences_exist():
    """`blandetby plan SCENARIO` within a sentence: there is such a command, and it takes the options that are named."""
    known = {name: {option for each in sub.params for option in each.opts} for name, sub in _command("en").commands.items()}
    strange = []
    for name, text in documents().items():
        for found in re.findall(r"`blandetby ([^`]+)`", text):
            first, *words = found.split()
            options = {word.split("=")[0] for word in words if word.startswith("--")}
            if first.startswith("--") or first in known and options <= known[first]:
                continue
            strange.append(f"{name}: {found}")
    assert strange == []


def test_every_command_is_told_in_a_guide():
    told = " ".join(documents().values())
    assert [each.callback.__name__ for each in app.registered_commands if f"blandetby {each.callback.__name__}" not in told] == []


@pytest.mark.parametrize(("english", "danish"), TWINS.items())
def test_twins_name_each_other_and_give_the_same_commands(english, danish):
    found = documents()
    assert f"({Path(danish).relative_to('docs').as_posix()})" in found[english]
    assert f"(../{Path(english).name})" in found[danish]
    of_each = [[command.twin for command in commands(name, found[name])] for name in (english, danish)]
    assert of_each[0] == of_each[1] or english == "docs/scenarios.md"


def test_every_link_within_the_documents_leads_somewhere():
    broken = []
    for name, text in documents().items():
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            if not (ROOT / Path(name).parent / target).exists():
                broken.append(f"{name}: {target}")
    assert broken == []
