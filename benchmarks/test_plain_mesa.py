"""The columns against plain Mesa: the same year of the same residents of the list areas, both with everything they count."""

import pytest

from benchmarks.conftest import core_seconds, fastest
from benchmarks.places import sized
from benchmarks.plain_mesa import PlainMesa
from simulation.chance import draws, key
from simulation.engine import BlandetBy
from simulation.start import CENTRAL

YEARS = 6
TIMES = 12  # at least, for NumPy alone


def in_turn(model, other):
    """Live years of both in turn; return the least core-seconds of a year of each."""
    best = fastest(YEARS, core_seconds, columns=model.step, mesa=other.step)
    return best["columns"], best["mesa"]


@pytest.mark.benchmark(group="plain mesa")
@pytest.mark.parametrize("residents", [9_130, 100_000])
def test_a_year(benchmark, tmp_path, found, residents):
    scenario = sized(tmp_path, residents, scenario="reference", last_year=2030)
    model = BlandetBy(scenario, 1, CENTRAL, 0)
    columns, mesa = in_turn(model, PlainMesa(model, seed=1))
    uids = model.state.persons.uid
    floor = fastest(20, core_seconds, draws=lambda: [draws(key(name), uids) for name in range(8)])["draws"]
    benchmark.pedantic(model.step, rounds=2)
    told = {"plain Mesa": mesa, "columns": columns, "eight draws alone": floor}
    found(
        f"microseconds a resident-year, {residents:,} residents",
        {name: f"{seconds / residents * 1e6:.2f}" for name, seconds in told.items()} | {"times plain Mesa": f"{mesa / columns:.1f}"},
    )
    assert mesa / columns >= TIMES
