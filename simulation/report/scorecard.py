"""How well past lists were hit, for the page: what was fitted, to what, how held-out lists were predicted, and what nobody informs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulation.report.fit_tables import informed_table, residuals_table, scores_table, unfelt_table
from simulation.report.fit_text import informed, summed_up, trials
from simulation.words import say

if TYPE_CHECKING:
    from simulation.scenario import Scenario

Account = Mapping[str, Any]
STRICT = "then"  # with the city's series as known then: no later number helps


def account_of(scenario: Scenario) -> Account | None:
    """Return what stands beside the fitted draws of the scenario's place; None where nothing is fitted."""
    path = scenario.located.get(f"fitted/{scenario.place}.json")
    if path is None:
        return None
    found: Account = json.loads(path.read_text(encoding="utf-8"))
    return found


def scorecard(account: Account, lang: str) -> dict[str, Any]:
    """Return the section's lines and tables."""
    lines = [informed(account, lang), say("fit.boundary_of_use", lang)]
    lines += [trials(account["trials"], lang)] if "trials" in account else []
    lines += summed_up(account["summary"], lang)
    makers = (scores_table(account["scorecard"], lang), residuals_table(account["residuals"], lang))
    return {"lines": lines, "tables": [*makers, informed_table(account["parameters"], lang), unfelt_table(account, lang)]}


def hits(account: Account | None) -> dict[str, int]:
    """Return how many held-out values the 90 per cent intervals held, of those with an earlier value of their kind."""
    rows = [row for row in (account["scorecard"] if account else ()) if row["vintage"] == STRICT and row["known"]]
    return {"known_values": len(rows), "known_hit": sum(row["covered"] for row in rows)}
