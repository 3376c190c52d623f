"""Whatever is written into a scenario: it loads to what it says, or every error has a place; never anything else."""

import math
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.files import InputErrors
from simulation.problems import line
from simulation.scenario import load

shares = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted)
words = st.one_of(st.none(), st.booleans(), st.integers(-10, 3000), st.floats(), st.text("abc0,.:-[]{}&*#é \n", max_size=8))
keys = st.sampled_from(["letting.flexible_share", "letting.clean_record", "demolition", "measures", "first_year", "rates", "law", "a.b"])
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(shares)
def test_a_range_is_kept_and_drawn_within(ends):
    low, value, high = ends
    scenario = load("historical", [f"letting.flexible_share={{value: {value!r}, low: {low!r}, high: {high!r}}}"])
    number = scenario.sections.letting.flexible_share
    assert (number.value, number.low, number.high) == (value, low, high)
    assert all(low <= scenario.values(1, draw).letting.flexible_share <= high for draw in range(5))


@few
@given(keys, words)
def test_any_override_loads_or_is_told_with_its_number(key, word):
    try:
        scenario = load("historical", [f"{key}={word}"])
    except InputErrors as errors:
        assert errors.problems
        assert all(line(problem, lang) for problem in errors.problems for lang in ("en", "da"))
        assert any(problem.place.startswith("--set 1") or problem.code == "horizon" for problem in errors.problems)
    else:
        assert math.isfinite(scenario.values(1, 0).letting.flexible_share)


@few
@given(st.binary(max_size=40))
def test_any_file_loads_or_is_told(content):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_bytes(b"extends: historical\n" + content)
        try:
            load(path)
        except InputErrors as errors:
            assert all(line(problem) for problem in errors.problems)
