"""The results as columns of the workbook that was filled in, and as one document for programs."""

from __future__ import annotations

from typing import Any

from simulation.decisions.budget.bought import CANNOT, CHOSEN, FORCED, Bought
from simulation.decisions.budget.packages import measures_frame, packages_frame
from simulation.decisions.budget.sheets import Row, label
from simulation.decisions.budget.teller import Teller
from simulation.decisions.budget.telling import answer, draws_of, promised
from simulation.decisions.budget.template import workbook_of
from simulation.decisions.reach_told import as_rows


def workbook_with_results(teller: Teller) -> bytes:
    """Return the workbook with what was found as columns: chosen, persons, net, chosen in so many draws."""
    results = {name: _cells(teller, each) for name, each in teller.measures.items()}
    return workbook_of(teller.study.scenario, teller.study.table, teller.lang, results)


def _cells(teller: Teller, each: Bought) -> Row:
    chosen, found = each.status in (CHOSEN, FORCED), each.amounts.get(teller.criterion)
    told = teller.say("cannot") if each.status in CANNOT else ""
    return {
        "chosen": label("truth", "yes", teller.lang) if chosen else teller.say(f"standing.{each.status}"),
        "persons": teller.spread(found) if found is not None and each.standing.ranked else told,
        "net": each.net if each.standing.priced and each.standing.ranked else None,
        "chosen_in": "" if each.chosen_in is None else draws_of(teller, each),
    }


def as_json(teller: Teller) -> dict[str, Any]:
    """Return what was found: the answer in words, the package, its confirmation, and the tables."""
    study, told = teller.study, answer(teller)
    seen = study.confirmed
    return {
        "answer": told.verdict,
        "lines": list(told.lines),
        "package": [name for name in study.choice.names if name in study.package],
        "confirmed": None
        if seen is None
        else {
            "holds": seen.holds,
            "foretold": float(seen.foretold.mean()),
            "foretold_low": seen.low,
            "foretold_high": seen.high,
            "simulated": float(seen.seen.mean()),
            "overlap": seen.overlap,
            "luck": seen.luck,
        },
        "promised": promised(teller),
        "reach": as_rows(study.reach),
        "packages": packages_frame(teller.packages, study).to_dict("records"),
        "measures": measures_frame(study).to_dict("records"),
    }
