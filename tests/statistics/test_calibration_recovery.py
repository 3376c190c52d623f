"""The fit of the real run of the past, tried by known answers with few runs: it covers what was drawn, and planted mistakes are noticed."""

import pytest

from calibration import trial
from calibration.fit import emulated, first_design
from calibration.priors import past_of
from calibration.study import Bench
from calibration.targets import read_targets
from simulation.ensemble import ENGINE
from simulation.scenario import load
from simulation.workers.local import Pool

POINTS, SETS, OF_SIMULATION = 384, 100, 96


@pytest.mark.slow
def test_known_answers_are_recovered_from_the_run_of_the_past(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "SETS", SETS)
    monkeypatch.setattr(trial, "OF_SIMULATION", OF_SIMULATION)
    past = past_of(load("reference").place)
    targets = read_targets(past)
    study = first_design(past, targets, POINTS, Bench(tmp_path, 1, Pool(1, ENGINE)))
    found = trial.trials(emulated(study), study.targets, 1)
    for source in ("drawn", "simulated"):  # the control: nothing was planted
        assert not found[source]["noticed"], found[source]["signs"]
        assert 0.84 < found[source]["coverage_90"] < 0.95
        assert 0.85 < found[source]["rmse_by_sd"] < 1.15
        counts = found[source]["ranks"]
        assert max(counts) < 2 * min(counts)
    planted = found["planted"]
    assert planted["noise_understated"]["noticed"] and planted["noise_understated"]["coverage_90"] < 0.84
    assert planted["target_shifted"]["noticed"] and planted["target_shifted"]["signs"]["shift"] < 1e-6
    assert planted["prior_too_narrow"]["noticed"] and planted["uninformed_prior_too_narrow"]["noticed"]
