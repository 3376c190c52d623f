"""What one run assumes: frozen, validated, and traceable to the last number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from simulation import chance
from simulation.scenario.fitted import NO_FIT, Fitted
from simulation.scenario.provenance import Parameter, parameters
from simulation.scenario.ranged import Ranged
from simulation.scenario.resolved import resolved_yaml
from simulation.scenario.sections import Sections
from simulation.scenario.trees import leaves, structure
from simulation.scenario.values import Drawn, Values, draw_row, fill, skeleton

Given = tuple[tuple[str, float], ...]  # paths, and the numbers that hold there


class Scenario(BaseModel):
    """A scenario with the rates and the place it uses; picklable, and the same whatever language speaks of it."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    name: str
    sections: Sections
    tree: dict[str, Any]  # sections, rates and place, with ranged numbers as leaves
    hashes: dict[str, str]
    located: dict[str, Path]
    fitted: Fitted = NO_FIT
    narrowed: bool = False  # the list areas alone

    @property
    def first_year(self) -> int:
        """Return the first list year."""
        return self.sections.first_year

    @property
    def last_year(self) -> int:
        """Return the last list year."""
        return self.sections.last_year

    @property
    def place(self) -> str:
        """Return the name of the place."""
        return self.sections.place

    def title(self, lang: str = "en") -> str:
        """Return the scenario's title."""
        return str(getattr(self.sections.title, lang))

    def description(self, lang: str = "en") -> str:
        """Return what the scenario is about, in a sentence or two."""
        return str(getattr(self.sections.description, lang))

    def values(self, seed: int, draw: int | None, given: Given = ()) -> Values:
        """Return all values of one parameter draw; the central ones for None.

        A path has the same stream of chance in every scenario, so scenarios are paired draw by draw. ``given``: numbers by path,
        of any leaf, that hold instead. Raise KeyError for a path that is none.
        """
        row = [number.mode for number in self._recipe] if draw is None else draw_row(self._recipe, seed, draw)
        paths = tuple(path for path, _ in given if path not in self._slots)
        if unknown := [path for path in paths if path not in self._known]:
            raise KeyError(", ".join(unknown))
        slots, filled = self._slots | {path: len(self._slots) + n for n, path in enumerate(paths)}, row + self.fitted.row(draw)
        filled += [0.0] * len(paths)
        for path, number in given:
            filled[slots[path]] = float(number)
        if paths not in self._skeletons:
            self._skeletons[paths] = skeleton(self.tree, slots)
        found: Values = fill(self._skeletons[paths], filled)
        return found

    def drawn(self, seed: int, draws: Sequence[int]) -> tuple[tuple[str, ...], NDArray[np.float64]]:
        """Return the paths of the numbers that are drawn, and the values of some draws: draws, paths."""
        rows = [draw_row(self._recipe, seed, draw) + self.fitted.row(draw) for draw in draws]
        return (*(number.path for number in self._recipe), *self.fitted.paths), np.array(rows)

    def ranged(self) -> dict[str, Ranged]:
        """Return every number that has a range, by path."""
        return {path: number for path, number in leaves(self.tree) if number.drawn}

    def parameters(self) -> list[Parameter]:
        """Return every number that is a parameter, with what it rests on."""
        said = {**structure(self.sections, said_only=True), "rates": self.tree["rates"], "place": self.tree["place"]}
        del said["place_values"]
        return parameters(said, set(self.fitted.paths))

    def parameters_table(self) -> list[dict[str, object]]:
        """Return the parameters as rows: path, value, low, high, unit, basis, source, note, drawn, fitted."""
        return [row.row() for row in self.parameters()]

    def provenance(self) -> dict[str, Any]:
        """Return how many parameters rest on what, the share of assumed ones among those drawn, and all of them.

        Fitted ones are counted apart in ``by_standing``: there a number stands by its fit, elsewhere by what it rested on before.
        """
        rows = self.parameters()
        drawn = [row for row in rows if row.drawn]
        assumed = sum(row.basis == "assumed" and not row.fitted for row in drawn)
        standing = Counter("fitted" if row.fitted else row.basis for row in rows)
        return {
            "by_standing": {name: standing[name] for name in ("sourced", "derived", "assumed", "fitted", "choice")},
            "by_basis": dict(sorted(Counter(row.basis for row in rows).items())),
            "drawn": len(drawn),
            "drawn_assumed": assumed,
            "share_of_drawn_assumed": assumed / len(drawn) if drawn else 0.0,
            "parameters": [row.row() for row in rows],
        }

    def files(self) -> dict[str, str]:
        """Return the SHA-256 of every file that the scenario rests on, by a name that tells no folder of this machine."""
        return dict(sorted(self.hashes.items()))

    def path(self, name: str) -> Path:
        """Return where a data file lies, such as ``rates/fertility.csv``. Raise KeyError for one that was not hashed."""
        return self.located[name]

    def resolved_yaml(self) -> str:
        """Return the scenario with everything it extends written out; loads again to the same scenario."""
        return self._resolved

    @cached_property
    def content(self) -> int:
        """Return a number that stands for all that the scenario says and rests on."""
        return chance.key(self.resolved_yaml(), *(f"{name} {found}" for name, found in self.files().items()), int(self.narrowed))

    def content_of(self, sections: Sequence[str]) -> int:
        """Return a number that stands for some of the sections, as the draws of their numbers and the tables beside them do."""
        tree = {name: self.tree[name] for name in sections}
        fitted = [path for path in self.fitted.paths if path.split(".")[0] in sections]
        tables = (f"{name} {found}" for name, found in self.files().items() if name.endswith(".csv"))
        return chance.key(repr(tree), repr(self.fitted.only(set(fitted)).rows.tolist()), *fitted, *tables)

    @cached_property
    def _resolved(self) -> str:
        return resolved_yaml(self.sections)

    @cached_property
    def _recipe(self) -> tuple[Drawn, ...]:
        taken = set(self.fitted.paths)
        return tuple(
            Drawn(path, number.low, number.value, number.high, number.shape == "uniform")
            for path, number in leaves(self.tree)
            if number.low is not None and number.high is not None and number.drawn and path not in taken
        )

    @cached_property
    def _slots(self) -> dict[str, int]:
        return {path: number for number, path in enumerate([*(number.path for number in self._recipe), *self.fitted.paths])}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(path for path, _ in leaves(self.tree))

    @cached_property
    def _skeletons(self) -> dict[tuple[str, ...], Any]:
        return {}  # by the paths given beside those that are drawn
