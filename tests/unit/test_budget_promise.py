"""What a budget promises: a limit that moves with the country is said to, so that no level above it reads as keeping it."""

from types import SimpleNamespace

import numpy as np
import pytest

from simulation.decisions.budget.telling import promised
from simulation.words import say

CONVICTED = np.array([2.30, 2.31, 2.32, 2.33, 2.34, 2.35, 2.36, 2.37, 2.50, 2.60])
OTHERS = {"outside_labour_market": (30.0, 40.0), "basic_schooling_only": (70.0, 60.0), "mean_income": (70.0, 55.0)}


def lines(limits):
    """Return what is promised where people are convicted as above, and the limit of that is this in each draw."""

    def of(name, year):
        if name.endswith("convicted"):
            return [limits if name.startswith("limit") else CONVICTED]
        value, limit = OTHERS[name.partition("_")[2]]
        return [np.full(len(CONVICTED), limit if name.startswith("limit") else value)]

    return told_by(of)


def few_draws(values, limit):
    """Return a teller of these values of convictions and one limit."""

    def of(name, year):
        shown = values if name.endswith("convicted") else np.full(len(values), OTHERS[name.partition("_")[2]][0])
        return [np.full(len(values), limit) if name == "limit_convicted" else shown]

    return teller_of(of)


def told_by(of):
    return {line.partition(":")[0]: line for line in promised(teller_of(of))}


def teller_of(of):
    study = SimpleNamespace(confirmed=None, effects=SimpleNamespace(base=SimpleNamespace(of=of)))
    return SimpleNamespace(study=study, lang="en", year=2030, say=lambda key, **values: say(f"budget.{key}", "en", **values))


@pytest.mark.parametrize(("above", "kept"), [(0.01, True), (-0.01, False)])
def test_a_limit_that_moves_is_said_to(above, kept):
    line = lines(CONVICTED + above)["Convicted"]
    assert "follows the country and is 2." in line
    assert line.endswith("cannot.") != kept


def test_a_limit_that_stands_is_named_alone_and_convictions_have_two_decimals():
    told = lines(np.full(len(CONVICTED), 2.40))
    assert "the limit of 2.40 %." in told["Convicted"] and "follows" not in told["Convicted"]
    assert told["Basic schooling only"].endswith("the limit of 60.0 % cannot.")


def test_a_level_within_a_limit_that_stands_is_never_said_to_break_it():
    """The level and the verdict go by the same 8 of 10, also where so few draws leave a step between them."""
    values = CONVICTED[[0, 1, 2, 9]]  # three of four keep 2.40, and so does what lies a fifth of the way from the third to the fourth
    level = values[2] + 0.4 * (values[3] - values[2])
    for limit, kept in ((level + 0.01, True), (level - 0.01, False)):
        found = promised(few_draws(values, limit))
        assert ("cannot" not in found[1]) == kept, found[1]
