"""What the benchmarks have in common: ratios found in one run, told at its end."""

import time
from collections.abc import Callable, Mapping

import pytest

from simulation.workers.local import rarely_collect

FOUND = pytest.StashKey[list[str]]()


def fastest(rounds: int, clock: Callable[[], float] = time.perf_counter, **functions: Callable[[], object]) -> dict[str, float]:
    """Return the best seconds of each function; they take turns, so that a busy machine is busy for all of them."""
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(rounds):
        for name, function in functions.items():
            start = clock()
            function()
            best[name] = min(best[name], clock() - start)
    return best


core_seconds = time.process_time  # of this process: what others do on the machine counts less in them


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FOUND] = []
    rarely_collect()  # as workers do; plain Mesa is spared the search as well


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Callable[[str, Mapping[str, str]], None]:
    """Tell a result, once at the end of the run."""

    def tell(what: str, values: Mapping[str, str]) -> None:
        request.config.stash[FOUND].append(f"{what}: " + ", ".join(f"{name} {value}" for name, value in values.items()))

    return tell


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash[FOUND]:
        terminalreporter.section("ratios")
        for line in config.stash[FOUND]:
            terminalreporter.write_line(line)
