"""Two scenarios with the same seeds differ by what they do: the difference varies by a tenth at most of what two seeds would give."""

import sys

import numpy as np
import pytest
from scipy import stats

from simulation.engine import simulate
from simulation.records import CRITERIA
from simulation.scenario import load
from tests.assertions import FALSE_ALARM
from tests.core import CENTRAL

MEMBERS = 16
MOST = 0.1  # of the variance of an unpaired difference
BASE = "extends: reference.yaml\n"
# 150 participants a year, of both list areas, are half as likely again to find work.
WORK = """measures:
  - id: tried
    title: {en: Tried, da: Prøvet}
    subprogramme: jobs_and_education
    decided: true
    funded: true
    from: 2020
    to: 2020
    basis: assumed
    source: made up for a test
    areas: [vollsmose, kertemindevejkvarteret]
    target: {labour: [cash_benefit_activity_ready, cash_benefit_job_ready], age_from: 18, age_to: 64}
    capacity: 150
    acts_on: job_entry
    effect: {value: 0.5, low: 0.5, high: 0.5, unit: relative change of the yearly chance, basis: assumed, source: made up for a test}
    fade_years: 2
    grade: weak
"""
HOMES = """demolition:
  - {id: tried, department: birkeparken, dwellings: 150, from: 2020, to: 2021, basis: assumed, source: made up for a test}
"""


def criteria(folder, name, text, seed=1):
    """Return the criteria of the list areas on the last list: members, areas, criteria."""
    path = folder / f"{name}.yaml"
    path.write_text(BASE + text, encoding="utf-8")
    made = load(str(path), ["last_year=2023"])
    return np.array([simulate(made, seed, CENTRAL, member).criteria[-1, :2] for member in range(MEMBERS)])


def shares(base, other):
    """Return the variance of the paired difference as a share of the unpaired one's: areas, criteria; 0 where nothing varies."""
    apart = base.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)
    return np.divide((other - base).var(axis=0, ddof=1), apart, out=np.zeros_like(apart), where=apart > 0)


def assert_paired(found):
    """Assert that no criterion's share is over a tenth by more than chance explains (F test of the two variances)."""
    most = MOST * stats.f.isf(FALSE_ALARM / found.size, MEMBERS - 1, 2 * (MEMBERS - 1))
    told = "; ".join(f"{name} {', '.join(f'{share:.4f}' for share in by_area)}" for name, by_area in zip(CRITERIA, found.T, strict=True))
    sys.stdout.write(f"paired variance as a share of the unpaired, by criterion and area: {told}\n")
    assert (found <= most).all(), told


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return criteria(tmp_path_factory.mktemp("base"), "base", "")


@pytest.mark.slow
def test_a_measure_for_150_households(base, tmp_path):
    found = shares(base, criteria(tmp_path, "work", WORK))
    assert_paired(found)
    assert (found <= MOST).all()
    assert found.max() > 0, "the measure touches nothing"


@pytest.mark.slow
def test_150_homes_pulled_down(base, tmp_path):
    found = shares(base, criteria(tmp_path, "homes", HOMES))
    assert_paired(found)
    assert found[0].max() > 0, "nobody moved"


@pytest.mark.slow
def test_other_seeds_are_no_pairs(base, tmp_path):
    """The assertion has power: without the pairing it fails."""
    with pytest.raises(AssertionError):
        assert_paired(shares(base, criteria(tmp_path, "work", WORK, seed=2)))
