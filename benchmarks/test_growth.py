"""Cost a resident-year from 9,000 to 1,000,000 residents of the list areas: it must not grow."""

import pytest

from benchmarks.places import sized
from simulation.engine import simulate
from simulation.start import CENTRAL, layout

SIZES = {9_130: (2030, 5), 100_000: (2024, 3), 1_000_000: (2021, 2)}  # residents: last list, rounds
MOST = 1.3  # times the cost at 100,000 that 1,000,000 may cost


@pytest.fixture(scope="module")
def microseconds():
    return {}


@pytest.mark.benchmark(group="growth")
@pytest.mark.parametrize("residents", SIZES)
def test_residents(benchmark, tmp_path, microseconds, residents):
    last_year, rounds = SIZES[residents]
    scenario = sized(tmp_path, residents, last_year=last_year)
    benchmark.pedantic(simulate, (scenario, 1, CENTRAL, 0), rounds=rounds, warmup_rounds=1)
    lived = residents * len(layout(scenario).step_years)
    microseconds[residents] = benchmark.extra_info["microseconds a resident-year"] = benchmark.stats["min"] / lived * 1e6


def test_cost_does_not_grow(microseconds, found):
    found("microseconds a resident-year", {f"{residents:,}": f"{cost:.2f}" for residents, cost in microseconds.items()})
    assert microseconds[1_000_000] <= MOST * microseconds[100_000]
