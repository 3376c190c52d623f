"""Wheel and sdist are whole: what is installed from them runs far from the repository, in an empty environment.

Slow: it installs everything. `BLANDETBY_PYTHON` names another Python for the empty environment, such as python3.13.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("simulation", "calibration", "scenarios")
LEFT_OUT = {"__pycache__", ".gitignore"}
pytest.importorskip("build", reason="pip install -e '.[dev]'")


def did(*command, cwd, **env):
    """Run a command with next to nothing in its environment; return what it said."""
    env = {"PATH": os.environ["PATH"], **{name: value for name, value in os.environ.items() if name.startswith("PIP_")}, **env}
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def built(source, out, what):
    """Build a wheel or an sdist of a folder; return the file."""
    did(sys.executable, "-m", "build", "--no-isolation", f"--{what}", "--outdir", out, source, cwd=out)
    (made,) = out.glob("*.whl" if what == "wheel" else "*.tar.gz")
    return made


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return built(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel in an empty environment; return its folder of commands."""
    home = tmp_path_factory.mktemp("home")
    did(os.environ.get("BLANDETBY_PYTHON", sys.executable), "-m", "venv", home / "venv", cwd=home, HOME=str(home))
    commands = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
    try:
        did(commands / "pip", "download", "--no-deps", "--dest", home / "probe", "mesa", cwd=home, HOME=str(home))
    except AssertionError:
        pytest.skip("no package index can be reached")
    did(commands / "pip", "install", wheel, cwd=home, HOME=str(home))
    return commands


def contents(archive):
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("RECORD")}


def test_the_wheel_holds_every_file_of_the_model(wheel):
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()]
    wanted = {path.relative_to(ROOT).as_posix() for path in files if not LEFT_OUT & set(path.parts)}
    assert wanted - contents(wheel).keys() == set()
    assert not [name for name in contents(wheel) if name.startswith(("tests", "docs", "benchmarks"))]


def test_the_sdist_builds_the_same_wheel(sdist, wheel, tmp_path):
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    (tmp_path / "out").mkdir()
    assert contents(built(source, tmp_path / "out", "wheel")) == contents(wheel)
    for name in ("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "tests/check.py", "docs/odd.md"):
        assert (source / name).is_file(), name


@pytest.mark.slow
def test_the_plan_runs_far_from_the_repository(installed, tmp_path):
    said = did(installed / "blandetby", "run", "plan", "--quick", "--out", "out", cwd=tmp_path, HOME=str(tmp_path))
    assert "font" not in said
    assert "Warning" not in said
    (report,) = (tmp_path / "out" / "plan").glob("*/report.html")
    did(installed / "blandetby", "verify", report.parent, cwd=tmp_path, HOME=str(tmp_path))
    told = json.loads((report.parent / "provenance.json").read_text(encoding="utf-8"))
    assert told["parameters"]["by_standing"]["fitted"] > 0  # the fitted draws came along, and are used
    assert any(name.startswith("fitted/") for name in told["files"])


@pytest.mark.slow
def test_the_second_place_runs_from_its_folder(installed, tmp_path):
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "mine")
    given = ("run", "mine/eksempelby.yaml", "--quick", "--set", "last_year=2022")
    did(installed / "blandetby", *given, cwd=tmp_path, HOME=str(tmp_path))
    assert list((tmp_path / "outputs" / "eksempelby").glob("*/report.html"))


@pytest.mark.slow
def test_the_page_is_served_far_from_the_repository(installed, wheel, tmp_path):
    """The extra brings the server, the wheel all of its files, and nothing else is asked for."""
    did(installed / "pip", "install", f"{wheel}[web]", cwd=tmp_path, HOME=str(tmp_path))
    command = [str(installed / "blandetby"), "web", "--port", "0", "--lang", "da"]
    with subprocess.Popen(command, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = re.search(r"http://\S+/", process.stdout.readline()).group()
            static = [path.name for path in (ROOT / "simulation" / "web" / "static").iterdir()]
            for name in ("", *(f"static/{each}" for each in static)):
                with urllib.request.urlopen(address + name, timeout=60) as answer:
                    assert answer.status == 200 and answer.read(), name
        finally:
            process.terminate()
