"""One member of the plan with the rest of the city, and the list areas alone."""

import pytest

from benchmarks.conftest import core_seconds, fastest
from benchmarks.places import sized
from simulation.engine import simulate
from simulation.records import STOCK
from simulation.start import CENTRAL


@pytest.mark.benchmark(group="city")
def test_a_member_with_and_without_the_city(benchmark, tmp_path, found):
    scenarios = {"with": sized(tmp_path, city=True, scenario="plan"), "without": sized(tmp_path, scenario="plan")}
    members = {name: simulate(scenario, 1, CENTRAL, 0) for name, scenario in scenarios.items()}
    residents = {name: member.stock[0, :, STOCK.index("residents")].sum() for name, member in members.items()}
    best = fastest(5, core_seconds, **{name: lambda one=one: simulate(one, 1, CENTRAL, 0) for name, one in scenarios.items()})
    benchmark.pedantic(simulate, (scenarios["with"], 1, CENTRAL, 0), rounds=3)
    told = {
        "residents": f"{residents['with'] / residents['without']:.1f} times",
        "core-seconds": f"{best['with'] / best['without']:.1f} times",
    }
    found("a member with the city, against the list areas alone", told)
