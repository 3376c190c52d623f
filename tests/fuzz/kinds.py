"""The kinds of input, and how often each is tried."""

from collections.abc import Callable
from random import Random

from tests.fuzz import decisions, folders, inputs, page
from tests.fuzz.inputs import Input

KINDS: dict[str, tuple[Callable[[Random], Input], int]] = {
    "scenario_tree": (inputs.scenario_tree, 6),
    "scenario_sections": (inputs.scenario_sections, 6),
    "scenario_text": (inputs.scenario_text, 3),
    "scenario_bytes": (inputs.scenario_bytes, 1),
    "chain": (inputs.chain, 2),
    "place": (inputs.place, 8),
    "table": (inputs.table, 6),
    "workbook": (inputs.workbook, 4),
    "published": (inputs.published, 4),
    "overrides": (inputs.overrides, 6),
    "typed": (inputs.typed, 2),
    "provenance": (inputs.provenance, 2),
    "compared": (decisions.compared, 6),
    "budget": (decisions.budget, 4),
    "fitted": (decisions.fitted, 6),
    "studied": (decisions.studied, 8),
    "finished": (folders.finished, 8),
    "accounts": (folders.accounts, 3),
    "placed": (folders.placed, 4),
    "draws": (folders.draws, 3),
    "page": (page.page, 6),
}


def generate(chance: Random, kind: str | None = None) -> tuple[str, Input]:
    """Return the name of a kind and an input of it."""
    name = kind or chance.choices(list(KINDS), [weight for _, weight in KINDS.values()])[0]
    made = KINDS[name][0](chance)
    if made.given[:1] not in ([page.PAGE], [folders.DRAWS]):
        made.given += chance.choice(([], [], ["--json"], ["--lang", "da"]))
    return name, made
