"""A budget on the terminal: the answer first, then what each measure with a price or an effect buys."""

from __future__ import annotations

from simulation.decisions.budget.tables import measures_table
from simulation.decisions.budget.teller import Teller
from simulation.decisions.budget.telling import answer
from simulation.report.cells import Table
from simulation.report.listing import table


def budget_text(teller: Teller) -> str:
    """Return the answer, its lines, and the table of measures as text."""
    told, measures = answer(teller), measures_table(teller)
    head = [told.verdict, *(f"* {line}" for line in told.lines)]
    shown = [teller.reach_table] if measures is None else [measures, teller.reach_table]
    return "\n".join([*head, *(line for each in shown for line in ("", each.caption, _text(each)))])


def _text(shown: Table) -> str:
    right = [at for at in range(len(shown.heads)) if at not in shown.texts]
    return table(shown.heads, shown.rows, right=right, tight=True)
