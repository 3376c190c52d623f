"""The standard error that members claim for their mean is the spread of that mean over blocks of seeds.

Chance keyed carelessly makes one member another one shifted: means look right and the errors claimed come out far too small.
"""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from simulation import chance, engine, start
from simulation.population.now import Now
from simulation.records import STOCK
from tests.assertions import FALSE_ALARM
from tests.core import CENTRAL, scenario

BLOCKS, EACH = 16, 8
FAR = 1_000_000  # between the seeds of two blocks: further than any careless key can shift


def assert_errors_hold(values, false_alarm=FALSE_ALARM):
    """Assert that means of blocks lie as far apart as the spread within the blocks says (F test, two-sided).

    `values`: blocks, members of a block, measures. The alarm is shared out over the measures.
    """
    blocks, members = values.shape[:2]
    claimed, found = values.var(axis=1, ddof=1).mean(axis=0) / members, values.mean(axis=1).var(axis=0, ddof=1)
    assert (claimed > 0).all(), "nothing varies within a block"
    law = stats.f(blocks - 1, blocks * (members - 1))
    p = 2 * np.minimum(law.sf(found / claimed), law.cdf(found / claimed))
    told = ", ".join(f"{error:.2f}" for error in np.sqrt(found / claimed))
    assert p.min() > false_alarm / p.size, f"means lie {told} times as far apart as claimed"


def measures(member):
    """Each criterion, the residents and those without work of both list areas, on the last list."""
    counts = [member.stock[-1, :2, STOCK.index(name)] for name in ("residents", "outside_last_year")]
    return np.concatenate([member.criteria[-1, :2].ravel(), *counts])


def over_replicates():
    """Members of one draw: blocks of seeds, replicates. What the draw itself infers of its newcomers is given."""
    return np.array([[measures(engine.simulate(short(), FAR * block, CENTRAL, each)) for each in range(EACH)] for block in range(BLOCKS)])


def short():
    return scenario("plan", "last_year=2021")


@pytest.fixture
def given_start(monkeypatch):
    """Give every seed the same start of the draw."""
    made = start.Setup.start_of
    monkeypatch.setattr(start.Setup, "start_of", lambda setup, seed, draw, given=(): replace(made(setup, 1, draw), seed=seed))


def test_the_assertion_has_power():
    rng = np.random.default_rng(3)
    sound = rng.normal(size=(BLOCKS, EACH, 12))
    assert_errors_hold(sound)
    with pytest.raises(AssertionError, match="times as far apart"):
        assert_errors_hold(sound + 0.9 * rng.normal(size=(BLOCKS, 1, 12)))
    with pytest.raises(AssertionError, match="times as far apart"):
        assert_errors_hold(sound - 0.95 * sound.mean(axis=1, keepdims=True))


@pytest.mark.slow
def test_a_mean_over_replicates_is_as_sure_as_it_claims(given_start):
    assert_errors_hold(over_replicates())


@pytest.mark.slow
def test_the_trap_of_a_shifted_stream_is_noticed(given_start, monkeypatch):
    def shifted(now, process, uids):
        rows = np.arange(np.size(uids), dtype=np.uint64)
        return chance.draws(chance.key(process, now.year), rows + np.uint64(now.seed + now.replicate))

    monkeypatch.setattr(Now, "u", shifted)
    with pytest.raises(AssertionError, match="times as far apart"):
        assert_errors_hold(over_replicates())


@pytest.mark.slow
def test_the_mean_of_a_run_is_as_sure_as_its_draws_claim():
    """Each draw has its own parameter values; its one replicate carries everything that one draw does not know."""
    draws, blocks = 5, 12
    values = [[measures(engine.simulate(short(), 1 + block, draw, 0)) for draw in range(draws)] for block in range(blocks)]
    assert_errors_hold(np.array(values))
