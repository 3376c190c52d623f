import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"numpy", "pandas", "scipy", "matplotlib", "mesa", "pyarrow"}


def python(code):
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def loaded_by(code):
    return set(python(f"import sys\n{code}\nprint('modules', *sys.modules)").split("modules ")[1].split())


def test_help_loads_nothing_heavy():
    assert not HEAVY & loaded_by("from simulation.__main__ import main; main(['run', '--help'])")


def test_the_test_of_loading_has_power():
    assert loaded_by("import numpy") & HEAVY == {"numpy"}


def test_help_comes_at_once():
    def seconds():
        """Return how long the processor worked for it: on a busy machine the clock would measure the others too."""
        before = os.times()
        python("from simulation.__main__ import main; main(['--help'])")
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(seconds() for _ in range(4)) < 0.4


def test_import_contracts_hold():
    linter = Path(sys.executable).parent / "lint-imports"
    if not linter.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_public_names_are_loaded_when_asked_for():
    import simulation

    assert not HEAVY & loaded_by("import simulation")
    for name in simulation.__all__:
        assert getattr(simulation, name)
    with pytest.raises(AttributeError):
        simulation.nothing_of_the_kind  # noqa: B018
