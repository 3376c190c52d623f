"""What a session asks to be run, checked: how many futures, from which seed, beside which base."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulation.files import InputErrors, Problem
from simulation.runs import DRAWS, QUICK_DRAWS, QUICK_REPLICATES, REPLICATES, Settings
from simulation.scenario import load
from simulation.web.jobs import Order
from simulation.web.sessions import Session, choices
from simulation.web.shown import same_frame
from simulation.workers.local import available_workers

# What can be asked for, by name: parameter draws and replicates. The last is the default of `blandetby run`.
FUTURES = {"first": (QUICK_DRAWS, QUICK_REPLICATES), "some": (QUICK_DRAWS * 5, QUICK_REPLICATES), "all": (DRAWS, REPLICATES)}
UNCHANGED = ""  # the scenario as it was chosen is the base
MOST_SEED = 2**31


def order_of(session: Session, body: Mapping[str, Any]) -> Order:
    """Return what is to be run. Raises InputErrors, each with its field."""
    base = _base(session, str(body.get("base", UNCHANGED)))
    chosen = session.written()
    scenario, beside = load(str(chosen)), load(str(base))
    if not same_frame(scenario.tree, beside.tree):
        raise InputErrors([Problem(key="base", code="web_other_frame")])
    draws, replicates = FUTURES.get(str(body.get("futures", "")), FUTURES["first"])
    settings = Settings(
        draws=draws,
        replicates=replicates,
        seed=_seed(str(body.get("seed", "1"))),
        out=session.folder,
        workers=available_workers(),
        lang=session.lang,
    )
    return Order(scenario, None if base == chosen else beside, settings)


def _base(session: Session, name: str) -> Path | str:
    if name == UNCHANGED:
        return session.given
    if name not in choices():
        raise InputErrors([Problem(key="base", code="scenario_not_found", values={"given": name, "allowed": choices()})])
    return name


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_SEED:
        raise InputErrors([Problem(key="seed", code="web_seed", values={"given": text[:20], "allowed": f"0\N{EN DASH}{MOST_SEED}"})])
    return int(text)
