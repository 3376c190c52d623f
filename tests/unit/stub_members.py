"""Members of the right shape without a simulation: keyed draws, and a mark for each time one was made."""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulation import chance, records

LAYOUT = records.Layout(
    areas=("one", "two"), list_areas=("one",), departments=("a",), department_area=("one",), first_year=2019, last_year=2021
)


@dataclass(frozen=True)
class Stub:
    marks: Path

    def __call__(self, draw, replicate):
        with (self.marks / f"{draw}-{replicate}").open("a") as mark:
            mark.write("x")
        numbers = functools.partial(self.numbers, draw, replicate)
        return records.Member(
            stock=numbers(3, 2, len(records.STOCK)),
            criteria=numbers(3, 2, 5),
            thresholds=numbers(3, 5),
            breached=numbers(3, 2, 5) > 0.5,
            category=np.zeros((3, 2), dtype=np.int8),
            category_without_origin=np.zeros((3, 2), dtype=np.int8),
            flows=numbers(2, 2, len(records.FLOWS)),
            changes=numbers(2, 1, len(records.CHANGES)),
            sources=numbers(2, 1, len(records.SOURCES), len(records.QUANTITIES)),
            followed=numbers(3, 1, len(records.WHEREABOUTS), len(records.LABOUR)),
            city=numbers(3, len(records.CITY)),
            participants=numbers(2, 0),
        )

    @staticmethod
    def numbers(draw, replicate, *shape):
        return chance.draws(chance.key(1, draw, replicate), np.arange(np.prod(shape))).reshape(shape)

    def layout(self):
        return LAYOUT

    def simulated(self):
        """How many times each member was simulated."""
        return {mark.name: len(mark.read_text()) for mark in self.marks.iterdir()}
