"""Ranges are said in words, with numbers as the language writes them."""

import pytest

from simulation.__main__ import main
from simulation.ranges import in_words

M = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("text", "en", "da"),
    [
        ("0 <= x <= 1", "0 to 1", "0 til 1"),
        ("-0.3 <= x <= 2.5", f"{M}0.3 to 2.5", f"{M}0,3 til 2,5"),
        ("[1<=x<=100000]", "[1 to 100,000]", "[1 til 100.000]"),
        ("1990<=x<=2060", "1990 to 2060", "1990 til 2060"),
        ("0 <= x", "at least 0", "mindst 0"),
        ("x>=0", "at least 0", "mindst 0"),
        ("x <= 5", "at most 5", "højst 5"),
        ("0 <= x <= 1e+06", "0 to 1,000,000", "0 til 1.000.000"),
        ("1e-05 <= x <= 1", "0.000010 to 1", "0,000010 til 1"),
        ("tcp://HOST:PORT, local", "tcp://HOST:PORT, local", "tcp://HOST:PORT, local"),
    ],
)
def test_ranges_in_both_languages(text, en, da):
    assert (in_words(text, "en"), in_words(text, "da")) == (en, da)


def test_an_error_tells_what_is_allowed_in_words(capsys):
    assert main(["check", "plan", "--lang", "da"]) == 0
    assert main(["run", "plan", "--set", "letting.flexible_share=2", "--lang", "da"]) == 2
    said = capsys.readouterr().err
    assert said.rstrip().endswith("tilladt: 0 til 1") and "<=" not in said
