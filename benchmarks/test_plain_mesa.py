"""The columns against plain Mesa: the same years of the same residents of the list areas, both with everything they count."""

import pytest

from benchmarks.conftest import core_seconds, fastest
from benchmarks.places import sized
from benchmarks.plain_mesa import PlainMesa
from simulation.chance import draws, key
from simulation.engine import BlandetBy
from simulation.start import CENTRAL

YEARS = 6
TIMES = 12  # at least, for NumPy alone
ROUNDS = {9_130: 4, 100_000: 2}


def lived(*models):
    """Live the years of each model, all of them in turn within a year; return the core-seconds: models, years."""
    seconds = [[] for _ in models]
    for _ in range(YEARS):
        for model, own in zip(models, seconds, strict=True):
            start = core_seconds()
            model.step()
            own.append(core_seconds() - start)
    return seconds


def least(rounds):
    """Return the least core-seconds of each year over the rounds, summed: a year is held against the same year."""
    return sum(min(year) for year in zip(*rounds, strict=True))


@pytest.mark.benchmark(group="plain mesa")
@pytest.mark.parametrize("residents", list(ROUNDS))
def test_six_years(benchmark, tmp_path, found, residents):
    """Every model lives its years one after the other, as in a run; beside it stands what it is when they alternate year by year."""
    scenario = sized(tmp_path, residents, scenario="reference", last_year=2030)
    seeds = range(ROUNDS[residents])
    columns = [lived(BlandetBy(scenario, 1, CENTRAL, 0))[0] for _ in seeds]  # before there are objects by the hundred thousand
    mesa = [lived(PlainMesa(BlandetBy(scenario, 1, CENTRAL, 0), seed))[0] for seed in seeds]
    alternating = []
    for seed in seeds:
        model = BlandetBy(scenario, 1, CENTRAL, 0)
        alternating.append(lived(model, PlainMesa(model, seed)))
    times = least(mesa) / least(columns)
    turns = [least(rounds) for rounds in zip(*alternating, strict=True)]
    uids = model.state.persons.uid
    floor = fastest(20, core_seconds, draws=lambda: [draws(key(name), uids) for name in range(8)])["draws"]
    benchmark.pedantic(model.step, rounds=2)
    told = {"plain Mesa": least(mesa) / YEARS, "columns": least(columns) / YEARS, "eight draws alone": floor}
    found(
        f"microseconds a resident-year, {residents:,} residents",
        {name: f"{seconds / residents * 1e6:.2f}" for name, seconds in told.items()}
        | {"times plain Mesa": f"{times:.1f}", "in turn, a year each": f"{turns[1] / turns[0]:.1f}"},
    )
    assert times >= TIMES
