"""Whatever is handed in: done, or a clear error. A few hundred inputs here; `python -m tests.fuzz` tries as many as wanted."""

import os
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation import start
from simulation.scenario import spreadsheet
from simulation.scenario.fitted import read_fitted
from tests.fuzz.__main__ import one, tried
from tests.fuzz.attempt import Broken, attempt
from tests.fuzz.inputs import Input
from tests.fuzz.kinds import KINDS, generate

KEPT = sorted(Path(__file__).with_name("kept").glob("*.json"))  # inputs that once failed, as `python -m tests.fuzz` left them


@pytest.mark.parametrize("kind", KINDS)
def test_inputs_of_every_kind(kind):
    for seed in range(8):
        one(seed, kind)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_an_input_that_once_failed(path):
    tried(Input.from_json(path.read_text(encoding="utf-8")), run="place" in path.stem)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_inputs_that_are_made_smaller_where_they_fail(chance):
    with TemporaryDirectory() as folder:
        assert attempt(Path(folder), generate(chance)[1]) in (0, 2)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text('draw,.0123456789-e\n"é', max_size=60).map(lambda text: b"draw," + text.encode()))
def test_draws_of_a_fit(content):
    problems = []
    found = read_fitted(content, "fitted/a.csv", {"rates.a"}, problems)
    assert problems or found.rows.size


@pytest.mark.parametrize("text", ["1e999", "-1e999", "nan"])
def test_a_number_in_a_workbook_that_is_none(text):
    """It once ended the reading of a scenario's and of a budget's workbook."""
    cell = ElementTree.fromstring(f'<c xmlns="{spreadsheet._MAIN.strip("{}")}"><v>{text}</v></c>')
    assert spreadsheet._value(cell, []) == str(float(text))


def test_the_attempt_notices_what_is_wrong(tmp_path, monkeypatch):
    """A check that cannot fail proves nothing."""
    from tests.fuzz import attempt as module

    monkeypatch.setattr(module, "main", lambda given: 1)
    with pytest.raises(Broken, match="exit 1"):
        attempt(tmp_path, Input(["check", "plan"]))
    monkeypatch.setattr(module, "main", lambda given: 2)
    with pytest.raises(Broken, match="no word"):
        attempt(tmp_path, Input(["check", "plan"]))
    monkeypatch.setattr(module, "main", lambda given: Path("left.txt").write_text("x", encoding="utf-8") * 0)
    with pytest.raises(Broken, match="files changed"):
        attempt(tmp_path, Input(["check", "plan"]))
    assert "BLANDETBY_RAISE" not in os.environ
    assert not start._SETUPS


def test_a_seed_is_the_same_input_every_time():
    assert [generate(Random(seed)) for seed in range(20)] == [generate(Random(seed)) for seed in range(20)]
