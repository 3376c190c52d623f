"""Nothing changed that nobody meant to change. It says nothing of what is right: the other tests do."""

import pandas as pd
import pytest

from tests.golden import __main__ as golden

ANEW = "results changed: `python -m tests.golden` writes them anew; commit them with the words 'results change' and why"


@pytest.fixture(scope="module")
def made():
    return golden.made()


@pytest.mark.parametrize("run", golden.RUNS)
@pytest.mark.parametrize("part", ["lists", "years"])
def test_a_small_run_is_what_it_was(made, run, part):
    name = f"{run}_{part}.csv"
    assert made[name].splitlines() == (golden.HERE / name).read_text(encoding="utf-8").splitlines(), ANEW


def test_what_is_written_down_is_all_and_small(made):
    kept = {path.name: path.read_text(encoding="utf-8") for path in golden.HERE.glob("*.csv")}
    assert kept.keys() == made.keys()
    assert sum(text.count("\n") for text in kept.values()) < 300


def test_numbers_are_rounded_as_in_published_tables():
    assert [golden.written(value, 1) for value in (-0.04, 0.05, float("nan"))] == ["0.0", "0.1", ""]
    table = pd.read_csv(golden.HERE / "plan_lists.csv", dtype=str)
    assert table["convicted"].str.fullmatch(r"\d+\.\d\d").all()
    assert table["residents"].str.fullmatch(r"\d+").all()
    assert table["outside_labour_market"].str.fullmatch(r"\d+\.\d").all()
