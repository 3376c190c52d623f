"""The data of a finished run put back into the installed model: its rates and its place as they were, as far as the run tells."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.scenario import Parameter, Scenario

DATA = ("rates.", "place.")  # what stands in data files; all else stands in the scenario
TABLE = ".csv"


@dataclass(frozen=True)
class Restored:
    """The overrides that put data back, and what cannot be put back."""

    overrides: tuple[str, ...]
    lost: tuple[str, ...]  # paths and tables


def restored(told: Mapping[str, Any], scenario: Scenario) -> Restored:
    """Return what makes the data of ``scenario`` those of a finished run that tells ``told`` (its provenance)."""
    now = {row.path: row for row in scenario.parameters() if row.path.startswith(DATA)}
    then = {row["path"]: row for row in told["parameters"]["parameters"] if row["path"].startswith(DATA)}
    differing = [path for path, row in then.items() if path in now and _numbers(row) != _numbers(vars_of(now[path]))]
    fitted = [path for path in differing if then[path]["fitted"] or now[path].fitted]
    put_back = [path for path in differing if path not in fitted]
    other = sorted({*then} ^ {*now})
    hashes = scenario.files()
    tables = [name for name, digest in told["files"].items() if name.endswith(TABLE) and hashes.get(name) != digest]
    return Restored(tuple(_override(path, then[path]) for path in put_back), (*fitted, *other, *tables))


def vars_of(row: Parameter) -> dict[str, Any]:
    """Return a parameter as its run tells it."""
    return dict(row.row())


def _numbers(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["value"], row["low"], row["high"]


def _override(path: str, row: Mapping[str, Any]) -> str:
    value = f"[{row['value']}]" if isinstance(row["value"], str) else _text(row["value"])
    if row["low"] is None:
        return f"{path}={value}"
    ends = ", ".join(f"{end}: {_text(row[end])}" for end in ("low", "high"))
    return f"{path}={{value: {value}, {ends}, basis: assumed, source: as the finished run says}}"


def _text(value: float) -> str:
    return str(int(value)) if math.isfinite(value) and value == int(value) else repr(float(value))
