"""Scores of predictions, the naive forecasts beside them, and what is handed on."""

import numpy as np
import pytest

from calibration.later import Projected, ahead, effective, moved, weights
from calibration.scoring import crps, score, summary
from calibration.targets import Target


def value(year, number, area="There", areas=("there",), why=""):
    return Target(area, areas, "outside_labour_market", year, number, 0.05, 0.1, "left_out" if why else "fitted", why)


def test_crps_of_a_point_is_its_error_and_of_a_normal_what_the_books_say():
    assert crps(np.full(10, 3.0), 5.0) == pytest.approx(2.0)
    draws = np.random.default_rng(1).normal(size=20_000)
    assert crps(draws, 0.0) == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi), abs=0.01)


def test_a_held_out_value_is_scored_beside_the_naive_forecasts():
    known = [value(2015, 50.0), value(2017, 52.0), value(2016, 90.0, why="older_definition"), value(2017, 10.0, area="Elsewhere")]
    found = score(value(2018, 54.0, areas=("here", "there")), np.linspace(50, 60, 101), known, 2017, "now")
    assert (found.last_value, found.straight_line) == (52.0, pytest.approx(53.0))
    assert (found.last_value_error, found.known, found.boundary) == (2.0, 2, True)
    assert found.covered and found.width == pytest.approx(9.0)
    outside = score(value(2018, 70.0), np.linspace(50, 60, 101), known, 2017, "now")
    assert not outside.covered and outside.crps > found.crps


def test_without_an_earlier_value_there_is_no_naive_forecast():
    found = score(value(2018, 54.0), np.linspace(50, 60, 101), [], 2017, "now")
    assert found.last_value is None and found.straight_line is None and found.known == 0
    row = next(row for row in summary([found]) if row["indicator"] == "all")
    assert (row["values"], row["informed"], row["with_last_value"], row["enough"]) == (1, 0, 0, False)


PATHS = ("rates.felt", "rates.unfelt", "place.felt")


def projected(known=0.0, fitted=()):
    """Members of which the first list feels two numbers, and the second the first."""
    rng = np.random.default_rng(2)
    candidates = rng.normal(1.0, 0.5, (4000, 3))
    numbers = candidates[:400]
    seen = np.stack([3 * numbers[:, 0] + numbers[:, 2], 3 * numbers[:, 0]], axis=1) + rng.normal(size=(400, 2)) * 0.2
    return Projected((value(2020, known), value(2021, 0.0)), PATHS, numbers, seen, candidates, fitted)


def test_a_made_up_later_value_moves_the_draws_towards_it():
    found = projected(7.0)
    known = found.targets[:1]
    assert [found.paths[column] for column in found.felt] == ["rates.felt", "place.felt"]
    weight = weights(found, known)
    after = weight @ found.candidates
    assert 3 * after[0] + after[2] == pytest.approx(7.0, abs=0.3) and after[1] == pytest.approx(1.0, abs=0.1)
    assert 1 < effective(weight) < 4000
    draws = ahead(found, known, found.targets[1:], np.random.default_rng(3))
    blind = ahead(found, (), found.targets[1:], np.random.default_rng(3))
    assert draws.mean() == pytest.approx(5.6, abs=0.4)
    assert blind.mean() == pytest.approx(3.0, abs=0.3) and blind.std() > 1.5 * draws.std()


def test_projections_take_over_what_was_fitted_and_what_is_informed_now():
    found = projected(7.0, fitted=("rates.unfelt",))
    rows = moved(found, weights(found, found.targets[:1]))
    assert [row["path"] for row in rows] == ["rates.felt", "rates.unfelt"]  # levels of the start are met by construction
    assert rows[0]["after"] > rows[0]["before"] and rows[0]["contraction"] > 0.5 > abs(rows[1]["contraction"])


def test_a_later_value_that_nothing_feels_moves_no_draw():
    rng = np.random.default_rng(4)
    numbers = rng.normal(size=(400, 1))
    found = Projected((value(2020, 0.0),), ("rates.unfelt",), numbers, rng.normal(size=(400, 1)), numbers)
    assert found.felt.size == 0
    weight = weights(found, found.targets)
    assert effective(weight) == pytest.approx(400) and moved(found, weight) == []
