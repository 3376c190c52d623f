"""The published values as targets: boundaries, breaks, rounding, and what is left out with its reason."""

import csv

import numpy as np
import pytest

from calibration.hindcast import as_known
from calibration.observing import checked, seen
from calibration.priors import Prior, past_of, priors_of
from calibration.priors.prior import at_quantiles, scaled
from calibration.targets import read_targets
from calibration.targets.reading import LEFT_OUT, told
from simulation.law.published import read_published
from simulation.records import FLOWS, STOCK, Ensemble, Layout
from simulation.scenario import load, shipped_names

PLACE = load("reference").place


@pytest.fixture(scope="module")
def past():
    return past_of(PLACE)


@pytest.fixture(scope="module")
def targets(past):
    return read_targets(past)


def of(targets, indicator, year, area=0):
    return [t for t in targets.values if (t.indicator, t.list_year) == (indicator, year)][area]


def test_every_published_number_of_the_list_areas_is_a_target_or_left_out_with_a_reason(past, targets):
    file = past.path(f"places/{PLACE}/published.csv")
    with file.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["area"] in ("Vollsmose", "Kertemindevejkvarteret")]
    numbers = sum(bool(cell) for row in rows for name, cell in row.items() if name.endswith(("_pct", "_region", "residents")))
    assert len(targets.values) == numbers == 16
    assert all(t.why for t in targets.values if t.use == LEFT_OUT)
    assert {(t.indicator, t.list_year) for t in targets.values if t.use == LEFT_OUT} == {
        ("non_western", 2010),
        ("basic_schooling_only", 2017),
    }


def test_the_boundary_is_that_of_the_list(targets):
    assert len(of(targets, "outside_labour_market", 2017).areas) == 2
    assert len(of(targets, "outside_labour_market", 2018).areas) == 1


def test_boundaries_of_the_targets_are_those_of_the_place():
    mine = [(b["until"], b["merged"]) for b in told(PLACE)["boundaries"]]
    place = load("reference", ["first_year=2017"])  # the list whose boundary still merges
    gone = set(mine[0][1])
    assert mine[0][0] == 2017
    assert gone.isdisjoint(area["id"] for area in place.tree["place"]["areas"])
    assert gone <= {area["id"] for area in load("reference", ["first_year=2018"]).tree["place"]["areas"]}


def test_rounding_is_half_a_unit_of_the_last_printed_digit(targets):
    assert of(targets, "non_western", 2018).half == 0.5
    assert of(targets, "non_western", 2019).half == pytest.approx(0.05)
    assert of(targets, "convicted", 2019).half == pytest.approx(0.005)


def test_nothing_after_the_last_fitted_list_is_fitted_unless_asked(past, tmp_path):
    rows = tmp_path / "later.csv"
    rows.write_text("area,list_year,outside_labour_market_pct\nVollsmose,2020,44.0\nElsewhere,2020,30\n")
    found = read_targets(past, read_published(rows))
    assert all(t.list_year <= 2019 for t in found.fitted())
    assert [(t.list_year, t.value) for t in found.later(2019)] == [(2020, 44.0)]


def test_a_row_of_ones_own_replaces_that_which_ships(past, tmp_path):
    rows = tmp_path / "own.csv"
    rows.write_text("area;list_year;outside_labour_market_pct\nVollsmose;2019;48,5\n")
    found = read_targets(past, read_published(rows))
    assert [t.value for t in found.values if t.list_year == 2019 and t.area == "Vollsmose"] == [48.5]


def ensemble():
    layout = Layout(("here", "there"), ("here", "there"), ("a",), ("here",), 2017, 2018)
    stock = np.zeros((1, 2, 2, len(STOCK)))
    for name, cells in {"outside_two_years": [(50, 10)] * 2, "adults_18_64": [(100, 100)] * 2, "residents": [(150, 50)] * 2}.items():
        stock[0, :, :, STOCK.index(name)] = cells
    flows = np.zeros((1, 1, 2, len(FLOWS)))
    flows[0, 0, :, FLOWS.index("born")] = (3, 2)
    return Ensemble(layout, np.array([0]), np.array([0]), {"stock": stock, "flows": flows})


def test_areas_are_counted_together(targets):
    from dataclasses import replace

    target = replace(of(targets, "outside_labour_market", 2017), areas=("here", "there"))
    people = replace(of(targets, "residents", 2017), areas=("here", "there"))
    assert seen(ensemble(), [target, replace(target, areas=("here",)), people]).tolist() == [[30.0, 50.0, 200.0]]
    births = next(check for check in targets.checks if check.id == "births")
    assert checked(ensemble(), [replace(births, areas=("here", "there"))]).tolist() == [[5.0]]


def test_the_past_has_no_earlier_fit_and_no_later_rule(past):
    assert past.fitted.paths == ()
    assert past.narrowed and past.last_year == 2019
    assert not past.sections.letting.compulsory_refusal
    assert past.name not in shipped_names()


def test_priors_are_the_ranges_of_the_scenario(past):
    priors = {prior.path: prior for prior in priors_of(past)}
    assert "city.labour_market_pass_through" in priors
    number = past.ranged()["rates.moving.in_work"]
    prior = priors["rates.moving.in_work"]
    assert (prior.low, prior.mode, prior.high) == (number.low, number.value, number.high)
    assert prior.handed_on and not priors[f"place.populations.{PLACE}.outside"].handed_on
    assert not [path for path in priors if ".private_let." in path or ".owned." in path]


@pytest.mark.parametrize("shape", [(0.0, 0.2, 1.0, False), (-1.0, -1.0, 2.0, False), (0.0, 1.0, 1.0, False), (2.0, 3.0, 4.0, True)])
def test_the_slope_of_a_prior_is_that_of_its_quantiles(shape):
    prior = Prior("a", *shape)
    u, step = np.array([0.1, 0.35, 0.6, 0.9]), 1e-6
    slope = (prior.quantile(u + step) - prior.quantile(u - step)) / (2 * step)
    np.testing.assert_allclose(prior.slope(u), slope, rtol=1e-4)


def test_the_scale_of_the_emulators_runs_from_end_to_end():
    priors = (Prior("a", 2.0, 3.0, 6.0, True),)
    numbers = at_quantiles(priors, np.array([[1e-6], [0.5], [1 - 1e-6]]))
    np.testing.assert_allclose(scaled(priors, numbers)[:, 0], [-1, 0, 1], atol=1e-5)


@pytest.mark.parametrize("until", [2017, 2018])
def test_series_as_known_then_hold_nothing_published_later(until):
    then = past_of(PLACE, as_known(PLACE, until)).tree["rates"]["city"]["employment"]
    now = past_of(PLACE).tree["rates"]["city"]["employment"]
    known = [year <= until - 2 for year in now["years"]]
    kept = [rate for rate, there in zip(now["rate_pct"], known, strict=True) if there]
    assert list(then["rate_pct"]) == kept + [kept[-1]] * (len(known) - len(kept))
    assert then["rate_pct"] != now["rate_pct"]
