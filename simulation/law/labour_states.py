"""Which labour states count as outside the labour market and education."""

from __future__ import annotations

from simulation.law.book import book
from simulation.law.switches import Choices, choice


def counted_states(choices: Choices | None = None) -> dict[str, bool]:
    """Return each labour state and whether it counts; the open ones as the switches say, or by default."""
    counted = {}
    for state, entry in book("labour_states")["states"].items():
        counted[state] = choice(entry["switch"], choices) if entry["counted"] == "open" else entry["counted"] == "yes"
    return counted
