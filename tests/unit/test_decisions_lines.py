"""What differs between two scenarios is told in words, each thing once, and no key of the file stands on the page."""

import re

import pytest

from simulation.decisions.lines import differing_lines
from simulation.scenario import load


@pytest.mark.parametrize("lang", ["en", "da"])
def test_the_pace_of_rehousing_is_told_once_and_in_words(lang):
    lines = differing_lines(load("reference"), load("plan"), lang)
    assert not [line for line in lines if re.search(r"rehousing\.|_per_year", line.what)]
    paces = [line.other for line in lines if "FAB" in line.other or "Civica" in line.other]
    assert sum("97" in text for text in paces) == 1
    assert not any(re.search(r"\bfab\b|\bcivica\b", line.other) for line in lines)


def test_a_number_of_its_own_is_still_told():
    lines = differing_lines(load("plan"), load("slow_rehousing"), "en")
    assert lines
