"""A budget on the terminal: the answer first, then what each measure with a price or an effect buys."""

from __future__ import annotations

from simulation.decisions.budget.tables import measures_table
from simulation.decisions.budget.teller import Teller
from simulation.decisions.budget.telling import answer
from simulation.report.listing import table


def budget_text(teller: Teller) -> str:
    """Return the answer, its lines, and the table of measures as text."""
    told, measures = answer(teller), measures_table(teller)
    head = [told.verdict, *(f"* {line}" for line in told.lines)]
    if measures is None:
        return "\n".join(head)
    right = [at for at in range(len(measures.heads)) if at not in measures.texts]
    return "\n".join([*head, "", measures.caption, table(measures.heads, measures.rows, right=right, tight=True)])
