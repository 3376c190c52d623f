"""The pieces of the fit on cases whose answer is known, and controls that must fail."""

import numpy as np
import pytest

from calibration.emulator import bent, emulate, surface, unseen_misses
from calibration.fit import Model, fit
from calibration.hindcast import predicted
from calibration.matching import plausible
from calibration.posterior import Posterior, published, spread_of
from calibration.priors import Prior
from calibration.priors.prior import at_quantiles, scaled
from calibration.recovery import Trial, drawn_trial, recover, simulated_trial
from calibration.sampling import effective, sample, split_r_hat
from calibration.screening import felt
from calibration.study import Study, sobol
from calibration.targets import Target
from calibration.trial import noticed, suspicions, told

PRIORS = (
    Prior("rates.first", 0.0, 0.3, 1.0, False),
    Prior("rates.second", -1.0, 0.0, 1.0, False),
    Prior("place.level", 10.0, 20.0, 30.0, True),
    Prior("rates.nobody_feels", 0.0, 0.5, 1.0, False),
)
NOISE = 0.3


def target(indicator, year, value=0.0):
    return Target("There", ("there",), indicator, year, value, 0.05, 0.1, "fitted")


TARGETS = (target("outside_labour_market", 2017, 1.0), target("outside_labour_market", 2018, 1.3), target("convicted", 2018, 0.4))


def truth(x):
    return np.stack([x[:, 0] + x[:, 2] + 0.5 * x[:, 0] * x[:, 1], x[:, 0] - x[:, 1] + x[:, 2] ** 2, 2 * x[:, 1]], axis=1)


@pytest.fixture(scope="module")
def study():
    u = sobol(PRIORS, 512, 1)
    x = scaled(PRIORS, at_quantiles(PRIORS, u))
    noise = np.random.default_rng(1).normal(size=(512, 3)) * NOISE
    return Study(PRIORS, TARGETS, u, truth(x) + noise, np.zeros((512, 0)))


@pytest.fixture(scope="module")
def model(study):
    active = np.array([0, 1, 2])
    return Model(study, active, emulate(study.scaled[:, active], study.seen))


def test_screening_finds_what_is_felt_and_nothing_else(study):
    assert felt(study.scaled, study.seen).tolist() == [True, True, True, False]
    shuffled = study.seen[np.random.default_rng(2).permutation(len(study.seen))]
    assert not felt(study.scaled, shuffled).any()


def test_an_emulator_finds_the_surface_and_the_noise(model):
    x = np.random.default_rng(3).uniform(-1, 1, (200, 3))
    assert np.sqrt(((model.emulator(x) - truth(x)) ** 2).mean()) < NOISE / 3
    np.testing.assert_allclose(np.sqrt(np.diag(model.emulator.residual)), NOISE, rtol=0.15)
    assert (model.emulator.explained > 0.6).all()


def test_surfaces_bend_only_where_the_runs_do(study):
    x = study.scaled[:, :3]
    first, second, third = np.triu_indices(3), (0, 1), (2, 2)
    pairs = list(zip(*first, strict=True))
    assert {pair for pair, found in zip(pairs, bent(x, study.seen), strict=True) if found} == {second, third}
    straight = 2 * x[:, :1] + np.random.default_rng(11).normal(size=(len(x), 1)) * NOISE
    assert not bent(x, straight).any()


def test_unseen_misses_are_larger_than_those_of_the_points_themselves(study):
    x, seen = study.scaled[:24], study.seen[:24]
    constant, slope, bend = surface(x, seen)
    own = seen - constant - x @ slope.T - np.einsum("pi,tij,pj->pt", x, bend, x)
    assert (unseen_misses(x, seen) ** 2).mean() > 1.3 * (own**2).mean()


def test_the_gradient_is_that_of_the_density(model):
    density = Posterior(model.priors, model.emulator, published(TARGETS), spread_of(TARGETS, model.emulator.residual))
    z, step = np.random.default_rng(4).normal(size=(6, 3)), 1e-5
    gradient = density(z)[1]
    for column in range(3):
        up, down = z.copy(), z.copy()
        up[:, column] += step
        down[:, column] -= step
        np.testing.assert_allclose(gradient[:, column], (density(up)[0] - density(down)[0]) / (2 * step), rtol=1e-3, atol=1e-3)


def test_the_sampler_finds_a_normal_distribution():
    precision = np.linalg.inv(np.array([[1.0, 0.8], [0.8, 2.0]]))

    def density(z):
        pull = z @ precision
        return -0.5 * (z * pull).sum(axis=1), -pull

    rng = np.random.default_rng(5)
    found = sample(density, rng.normal(size=(16, 2)), 400, 200, rng)
    draws = found.draws.reshape(-1, 2)
    np.testing.assert_allclose(np.cov(draws.T), np.linalg.inv(precision), atol=0.15)
    assert split_r_hat(found.draws).max() < 1.02
    assert 1000 < effective(found.draws).min() <= 2 * 16 * 400
    assert 0.6 < found.accepted < 0.95


def test_chains_that_do_not_mix_are_told():
    rng = np.random.default_rng(6)
    stuck = rng.normal(size=(8, 100, 1)) * 0.1 + np.arange(8)[:, None, None]
    assert split_r_hat(stuck).max() > 1.5
    walk = rng.normal(size=(4, 400, 1)).cumsum(axis=1)
    assert effective(walk).max() < 100


def test_the_cut_keeps_the_truth_and_gives_up_most_of_the_rest(model):
    x = np.random.default_rng(7).uniform(-1, 1, (2000, 3))
    at = np.array([[0.5, -0.4, 0.2]])
    data = truth(at)[0]
    near = tuple(target(t.indicator, t.list_year, value) for t, value in zip(TARGETS, data, strict=True))
    assert plausible(model.emulator, at, near).all()
    assert plausible(model.emulator, x, near).mean() < 0.7


def test_a_fit_contracts_what_is_informed(model):
    found = fit(model, TARGETS, 1)
    assert found.r_hat < 1.05
    assert found.contraction[1] > 0.6
    assert found.numbers.shape == (len(found.quantiles), 3)


def test_what_a_known_list_lay_above_goes_on_to_the_next():
    u = sobol(PRIORS[:1], 512, 1)
    rng = np.random.default_rng(8)
    common = rng.normal(size=(512, 1))
    data = 0.5 * u + common + 0.1 * rng.normal(size=(512, 2))
    targets = (target("convicted", 2017, 3.0), target("convicted", 2018, 0.0))
    study = Study(PRIORS[:1], targets, u, data, np.zeros((512, 0)))
    model = Model(study, np.array([0]), emulate(study.scaled, data))
    draws = predicted(fit(model, targets[:1], 1), targets[1:], rng)
    assert 2.5 < draws.mean() < 3.3
    assert draws.std() < 0.4  # without what is carried over it were 1


def test_known_answers_are_recovered_and_planted_mistakes_noticed(model):
    rng = np.random.default_rng(9)
    trial = drawn_trial(model, TARGETS, 200, rng)
    plain = recover(model, TARGETS, trial, rng)
    assert not noticed(plain), suspicions(plain)
    assert 0.85 < plain.coverage(0.9).mean() < 0.95
    figures = told(plain, 200)
    assert 0.9 < figures["rmse_by_sd"] < 1.1 and figures["informed"] >= 2
    assert noticed(recover(model, TARGETS, trial, rng, understated=4.0))
    shifted = Trial(trial.quantiles, trial.data + np.array([1.0, 0.0, 0.0]))
    assert noticed(recover(model, TARGETS, shifted, rng))
    from dataclasses import replace

    narrow = (PRIORS[0], replace(PRIORS[1], low=-0.3, high=0.3), PRIORS[2])
    assert noticed(recover(model, TARGETS, trial, rng, priors=narrow))


def test_runs_set_aside_are_recovered(model):
    rng = np.random.default_rng(10)
    without, trial = simulated_trial(model, TARGETS, 100, rng)
    assert len(without.study.quantiles) == 412
    assert not noticed(recover(without, TARGETS, trial, rng))
