import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CI = ROOT / ".ci" / "run"


def blocks(text):
    return re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def ci_with(readme, folder):
    (folder / ".ci").mkdir()
    shutil.copy2(CI, folder / ".ci" / "run")
    (folder / "README.md").write_text(readme)
    return subprocess.run([folder / ".ci" / "run"], check=False, capture_output=True, text=True)


def test_the_first_two_commands_do_all_their_set_up():
    run, test = blocks((ROOT / "README.md").read_text(encoding="utf-8"))[:2]
    for command in (run, test):
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
        assert command.count("\n") == 1
    assert "blandetby run scenarios/plan.yaml" in run
    assert "pytest" in test


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ("echo pytest ran", 0),
        ("echo pytest && false", 1),
        ("false\necho pytest", 1),
        ("echo nothing is tested", 1),
    ],
)
def test_ci_runs_the_second_block_and_fails_when_it_does(tmp_path, second, status):
    readme = f"# X\n\n```sh\ntouch first\n```\n\n```sh\n{second}\n```\n\n```sh\ntouch third # pytest\n```\n"
    assert ci_with(readme, tmp_path).returncode == status
    assert not (tmp_path / "first").exists()
    assert not (tmp_path / "third").exists()


def test_ci_fails_without_a_test_command(tmp_path):
    assert ci_with("# X\n\n```sh\necho pytest\n```\n", tmp_path).returncode == 1


def test_every_command_stands_in_the_readme():
    from simulation.__main__ import app

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert f"`blandetby {command.callback.__name__}" in text
