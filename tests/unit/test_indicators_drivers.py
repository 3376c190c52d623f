"""Rank correlations as the library computes them, false alarms by Benjamini and Hochberg, and the tables that tell of them."""

import ensembles
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from simulation.indicators.association import beyond_chance, foretold, p_values, rank_scores
from simulation.indicators.assumed_part import assumed_part_frame
from simulation.indicators.drivers import FEWEST_DRAWS, Numbers, drivers_frames
from simulation.indicators.headline import headline
from simulation.indicators.measures import INDICATORS, measure
from simulation.indicators.setting import setting_of


def table(seed, draws=50, columns=30):
    return np.random.default_rng(seed).normal(size=(draws, columns))


@given(arrays(np.float64, (40, 2), elements=st.integers(0, 12).map(float)))
def test_rank_correlations_are_those_of_the_library(values):
    """Ties and all; a column that does not vary goes with nothing."""
    if np.ptp(values, axis=0).min() == 0:
        assert not (rank_scores(values).T @ rank_scores(values))[0, 1]
        return
    correlation = float(rank_scores(values)[:, 0] @ rank_scores(values)[:, 1])
    expected = stats.spearmanr(values[:, 0], values[:, 1])
    assert correlation == pytest.approx(expected.statistic, abs=1e-12)
    if abs(correlation) < 1:
        assert p_values(np.array(correlation), 40) == pytest.approx(expected.pvalue, rel=1e-9)


@given(arrays(np.float64, 60, elements=st.floats(1e-12, 1.0)))
def test_false_alarms_are_kept_as_the_library_keeps_them(p):
    expected = stats.false_discovery_control(p, method="bh") <= 0.05
    found = beyond_chance(p.reshape(6, 10), 0.05).reshape(-1)
    assert (found == expected).all() or np.isclose(stats.false_discovery_control(p), 0.05, atol=1e-12).any()


def test_what_is_foretold_is_what_the_numbers_carry():
    numbers = rank_scores(table(1))
    carried = numbers[:, 3] + numbers[:, 7]
    assert foretold(numbers, carried) > 0.95
    noise = np.random.default_rng(2).normal(size=50) * numbers.std()
    assert 0.2 < foretold(numbers, numbers[:, 3] + noise) < 0.8  # half of the variance
    assert foretold(numbers, rank_scores(noise[:, None])[:, 0]) < 0.1
    assert foretold(numbers[:, :0], carried) < 0.1  # no numbers, nothing foretold


def asked(draws, replicates=2, seed=3):
    """Return the frames of a made-up ensemble in which the number `cause` moves the first area's first criterion."""
    made = ensembles.ensemble(draws, replicates, seed)
    values = table(seed, draws, 20)
    made.arrays["criteria"][:, -1, 0, 0] = 40 + 3 * np.repeat(values[:, 0], replicates)
    here = measure(made, setting_of(ensembles.scenario())).of(ensembles.LIST_AREAS)
    paths = ("cause", *(f"idle_{number}" for number in range(19)))
    numbers = Numbers(paths, ("assumed", "sourced") * 10, values)
    return made, here, numbers, drivers_frames(here, made.draws, numbers, "plan")


@pytest.fixture(scope="module")
def known():
    return asked(40)


def test_a_number_that_moves_a_criterion_is_found_and_comes_first(known):
    frame = known[3]["correlations"]
    first = frame[(frame["area"] == "storby") & (frame["indicator"] == "outside_labour_market")].iloc[0]
    assert (first["parameter"], first["beyond_chance"], first["spearman"]) == ("cause", True, pytest.approx(1.0))
    assert set(frame.loc[frame["beyond_chance"], "parameter"]) == {"cause"}


def test_every_number_is_set_against_every_criterion_that_varies(known):
    _, here, numbers, frames = known
    varies = [(area, name) for area in here.areas for name in INDICATORS[:-1]]
    pairs = frames["correlations"].groupby(["area", "indicator"]).size()
    assert set(pairs.index) <= set(varies) and set(pairs) == {len(numbers.paths)}
    assert len(frames["explained"]) == len(pairs)


def test_what_is_explained_is_split_by_what_the_numbers_rest_on(known):
    row = known[3]["explained"].set_index(["area", "indicator"]).loc[("storby", "outside_labour_market")]
    assert row["found"] == 1 and row["explained"] > 0.9 and row["explained_assumed"] > 0.9
    made, here, numbers, _ = known
    sourced = Numbers(numbers.paths, ("sourced", "assumed") * 10, numbers.values)
    row = drivers_frames(here, made.draws, sourced, "plan")["explained"].iloc[0]
    assert row["explained"] > 0.9 and row["explained_assumed"] < 0.3


def test_the_first_screen_names_what_matters(known):
    made, here, numbers, frames = known
    part = {"assumed_part": assumed_part_frame(here, made.draws, numbers, "plan")}
    told = headline(here, made, setting_of(ensembles.scenario()), ensembles.scenario().provenance(), frames | part)
    assert told["matters"]["outside_labour_market"] == ["cause"]
    assert told["explained_assumed"] > 0.9
    assert (
        told["assumed_most"]
        == part["assumed_part"]
        .set_index(["area", "indicator", "list_year"])
        .loc[(here.areas[0], "outside_labour_market", here.list_years[-1]), "assumed_most"]
    )


@pytest.mark.parametrize("draws", [1, FEWEST_DRAWS - 1])
def test_too_few_draws_are_not_asked(draws):
    frames = asked(draws)[3]
    assert frames["correlations"].empty and frames["explained"].empty


def test_the_order_of_members_makes_no_difference(known):
    made, here, numbers, frames = known
    order = np.random.default_rng(0).permutation(len(made.draws))
    parts = (here.values, here.thresholds, here.breached, here.denominators, here.short)
    turned = type(here)(here.areas, here.list_years, *(part[order] for part in parts))
    again = drivers_frames(turned, made.draws[order], numbers, "plan")
    for name in frames:
        np.testing.assert_allclose(again[name].select_dtypes("number"), frames[name].select_dtypes("number"), rtol=1e-9, atol=1e-9)
