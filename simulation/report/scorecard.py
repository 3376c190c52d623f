"""How well past lists were hit, for the page: what was fitted, to what, how held-out lists were predicted, and what nobody informs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.report.fit_tables import changed_table, checks_table, informed_table, residuals_table, unfelt_table
from simulation.report.fit_text import informed, later, summed_up, trials
from simulation.report.labels import labels_of
from simulation.report.score_tables import scores_table, sums_table
from simulation.report.trial_tables import ranks_table, trials_table
from simulation.words import number, say

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.scenario.provenance import Parameter

Account = Mapping[str, Any]
STRICT = "then"  # with the city's series as known then: no later number helps


def account_of(scenario: Scenario) -> Account | None:
    """Return what stands beside the fitted draws of the scenario's place; None where nothing is fitted."""
    path = scenario.located.get(f"fitted/{scenario.place}.json")
    if path is None:
        return None
    found: Account = json.loads(path.read_text(encoding="utf-8"))
    return found


def scorecard(account: Account, parameters: Sequence[Parameter], values: Any, lang: str) -> dict[str, Any]:
    """Return the section's lines, its table, and those that are opened on request.

    ``parameters``: of this run, of which those drawn and not fitted are named; ``values``: of its scenario, whose items bear names.
    """
    tried, uninformed = account.get("trials"), [row.path for row in parameters if row.drawn and not row.fitted]
    since = account["later"]
    told = [*account["parameters"], *(since["means"] if since else [])]
    labels = labels_of([*uninformed, *(row["path"] for row in told)], values, lang)
    lines = [informed(account, lang), *([later(since, lang, labels)] if since else []), say("fit.boundary_of_use", lang)]
    lines += summed_up(account["summary"], account["scorecard"], lang)
    lines += _first_screen(account, lang)
    lines += [trials(tried, lang)] if tried else []
    lines += [say("fit.uninformed", lang, count=number(len(uninformed), lang)), say("fit.checks_note", lang)]
    more = [scores_table(account["scorecard"], lang), residuals_table(account["residuals"], lang), checks_table(account["checks"], lang)]
    more += [trials_table(tried, lang), ranks_table(tried, lang, labels)] if tried else []
    more += [informed_table(account["parameters"], lang, labels), unfelt_table(uninformed, lang, labels)]
    more += [changed_table(account["before_after"], lang)] if "before_after" in account else []
    return {"lines": lines, "tables": [sums_table(account["summary"], lang)], "more": more}


def _first_screen(account: Account, lang: str) -> list[str]:
    """Say where the count of the first screen comes from; nothing where no held-out value had an earlier one of its kind."""
    found = hits(account)
    told = {key: number(count, lang) for key, count in found.items()}
    return [say("fit.first_screen", lang, vintage=say(f"fit.{STRICT}", lang), **told)] if found["known_values"] else []


def hits(account: Account | None) -> dict[str, int]:
    """Return how many held-out values the 90 per cent intervals held, of those with an earlier value of their kind."""
    rows = [row for row in (account["scorecard"] if account else ()) if row["vintage"] == STRICT and row["known"]]
    return {"known_values": len(rows), "known_hit": sum(row["covered"] for row in rows)}
