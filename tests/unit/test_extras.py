"""What is missing is told with the command that installs it here, not in another Python."""

import sys
from pathlib import Path

from simulation import extras


def test_the_command_names_this_python(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.chdir(tmp_path)
    assert extras.command_for("web") == f'{Path(".venv/bin/python")} -m pip install "blandetby[web]"'
    monkeypatch.setattr(sys, "executable", str(tmp_path / "my tools" / "python"))
    monkeypatch.chdir("/")
    assert extras.command_for("web").startswith('"')
    monkeypatch.undo()
    assert extras.command_for("cluster").split()[0].strip('"').rpartition("/")[2] == Path(sys.executable).name
