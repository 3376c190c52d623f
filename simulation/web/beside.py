"""What a scenario changes against its base, by the words and the table of `blandetby compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.decisions.cells import table_of
from simulation.decisions.comparison import Comparison
from simulation.decisions.comparison import Side as Compared
from simulation.decisions.differences import differences
from simulation.decisions.outcomes import OFF, SHARE
from simulation.decisions.sentence import first_line
from simulation.decisions.simulated import outcomes_of
from simulation.report.cells import Table
from simulation.report.figures import CURVES
from simulation.words import say

if TYPE_CHECKING:
    from simulation.web.shown import Side

SHOWN = {"criteria": CURVES, "status": (*OFF, f"{SHARE}_since")}
NAMES = ("base", "scenario")


def beside(changed: Side, base: Side) -> tuple[str, list[Table]]:
    """Return what differs from the base in one sentence, and tables of each list area on the last list."""
    comparison, lang = _comparison(changed, base), changed.report.lang
    (other,) = comparison.others
    values = {"other": other.title, "base": comparison.base.title, "year": comparison.last_year}
    found = []
    for area in comparison.list_areas:
        rows = comparison.rows(other, area, comparison.last_year)
        for key, measures in SHOWN.items():
            caption = f"{comparison.areas[area]}. {say(f'compare.page.{key}', lang, **values)}"
            found.append(table_of(comparison, other, rows, measures, lang, caption))
    return first_line(comparison, other, lang), [table for table in found if table is not None]


def _comparison(changed: Side, base: Side) -> Comparison:
    before, after = (
        Compared(name, side.report.title, "", outcomes_of(side.ensemble, side.scenario), side.scenario)
        for name, side in zip(NAMES, (base, changed), strict=True)
    )
    facts = changed.report.facts
    return Comparison(
        comparison_id="",
        base=before,
        others=[after],
        frame=differences(before.outcomes, after.outcomes, NAMES),
        areas=changed.report.everywhere,
        list_areas=list(changed.report.areas),
        seed=facts.seed,
        draws=facts.draws,
        replicates=facts.replicates,
    )
