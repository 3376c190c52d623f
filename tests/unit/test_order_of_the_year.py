import pytest

from simulation import words
from simulation.route import order_of_the_year
from simulation.year import YEAR


@pytest.mark.parametrize("lang", words.languages())
def test_every_step_has_a_title_and_a_reason(lang):
    order = order_of_the_year(lang)
    assert [step["step"] for step in order] == [step.name for step in YEAR]
    assert len({step["reason"] for step in order}) == len(YEAR)


def test_the_reasons_told_are_those_beside_the_steps():
    assert [step["reason"] for step in order_of_the_year("en")] == [step.reason for step in YEAR]


@pytest.mark.parametrize("lang", words.languages())
def test_no_words_are_left_of_steps_that_are_gone(lang):
    steps = {key.removeprefix("step.") for key in words.catalogue("year", lang) if key.startswith("step.")}
    assert steps == {step.name for step in YEAR}
    assert sum(key.startswith("reason.") for key in words.catalogue("year", lang)) == len(YEAR)
