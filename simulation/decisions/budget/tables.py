"""The tables of a budget: what each measure buys, the packages, the use of the frames, what can be promised."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.decisions.budget.bought import CANNOT, EXCLUDED, LEFT, SILENT, UNPRICED, Amount, Bought
from simulation.decisions.budget.packages import Package
from simulation.decisions.budget.packing import Choice
from simulation.decisions.budget.table import KINDS, LEAVING, PEOPLE
from simulation.decisions.budget.teller import Teller
from simulation.decisions.budget.telling import draws_of
from simulation.decisions.budget.variants import POINTS
from simulation.report.cells import Cell, Table
from simulation.report.chances import futures
from simulation.words import UNKNOWN, number, say

MARKS = {"chosen": "text better", "forced": "text better"}


def measures_table(teller: Teller) -> Table | None:
    """Return what each measure buys that was tested or has a price; None where there is none."""
    keys = ("measure", "standing", "cost", "net", f"fewer_{teller.criterion}", "unit_cost", "chosen_in")
    heads = [teller.say(f"head.{key}", year=teller.year) for key in keys]
    shown = [each for each in teller.measures.items() if each[1].amounts or each[1].standing.priced]
    rows = [_measure(teller, name, each) for name, each in sorted(shown, key=lambda item: _order(item[1]))]
    caption = teller.say("caption.measures", unit=say(f"budget.unit.{teller.criterion}", teller.lang, year=teller.year))
    return Table(heads, rows, caption, texts=(0, 1)) if rows else None


def _order(each: Bought) -> int:
    return ("chosen", "forced", LEFT, UNPRICED, "firm", *CANNOT, EXCLUDED).index(each.status)


def _measure(teller: Teller, name: str, each: Bought) -> list[str]:
    found = each.amounts.get(teller.criterion)
    cells = [teller.million(each.standing.cost), teller.million(each.net), _effect(teller, each, found)]
    unit = UNKNOWN if found is None or each.status in CANNOT else teller.million(found.unit_cost)
    standing = Cell(teller.say(f"standing.{each.status}"), MARKS.get(each.status, "text"))
    return [teller.name(name), standing, *cells, unit, draws_of(teller, each)]


def _effect(teller: Teller, each: Bought, found: Amount | None) -> str:
    if found is None or each.status == SILENT:
        return teller.say("cannot")
    if not each.standing.ranked:
        return teller.say("tried", p10=teller.count(found.p10), p90=teller.count(found.p90))
    return teller.spread(found)


def criteria_tables(teller: Teller) -> list[Table]:
    """Return what each ranked measure buys on each criterion, in persons and in points, and what one of them costs."""
    ranked = {name: each for name, each in teller.measures.items() if each.standing.ranked and each.amounts}
    found = []
    for key, names in (("persons", PEOPLE), ("points", (*POINTS, LEAVING))):
        heads = [teller.say("head.measure", year=teller.year)]
        for name in names:
            said = teller.say("head.probability") if name == LEAVING else say(f"indicator.{name.removeprefix('points_')}", teller.lang)
            heads += [said, teller.say(f"head.per_{key}")]
        rows = [[teller.name(name), *_amounts(teller, each, names, key == "points")] for name, each in ranked.items()]
        if rows:
            found.append(Table(heads, rows, teller.say(f"caption.{key}", year=teller.year)))
    return found


def _amounts(teller: Teller, each: Bought, names: Iterable[str], fine: bool) -> Iterable[str]:
    for name in names:
        found = each.amounts[name]
        parts = {part: number(getattr(found, part), teller.lang, 2) for part in ("mean", "p10", "p90")}
        yield teller.say("spread", **parts) if fine and name != LEAVING else teller.spread(found)
        yield teller.million(found.unit_cost)


def packages_table(teller: Teller) -> Table | None:
    """Return the packages: the chosen one, the cheaper one, those for more and less money, and the rivals."""
    keys = ("package", "in_it", "cost", "net", "foretold", "simulated", "off", "nowhere", "within", "best_in")
    heads = [teller.say(f"head.{key}", year=teller.year) for key in keys]
    rows = [_package(teller, row) for row in teller.packages]
    return Table(heads, rows, teller.say("caption.packages", unit=teller.unit), texts=(0, 1)) if rows else None


def _package(teller: Teller, row: Package) -> list[str]:
    draws = teller.study.draws
    return [
        teller.say(f"package.{row.kind}"),
        teller.names(row.measures),
        teller.million(row.cost),
        teller.million(row.net),
        teller.count(row.foretold),
        UNKNOWN if row.simulated is None else teller.spread(row.simulated),
        futures(row.off, draws, teller.lang),
        futures(row.nowhere, draws, teller.lang),
        teller.say("truth.yes" if row.within else "truth.no"),
        futures(row.best_in / draws, draws, teller.lang),
    ]


def frames_table(teller: Teller) -> Table | None:
    """Return what the chosen package takes of each frame, year by year; None without frames."""
    study, choice = teller.study, teller.study.choice
    if not study.table.frames or not study.package:
        return None
    heads = [teller.say("column.payer"), *(str(year) for year in study.table.years)]
    rows = []
    for frame in study.table.frames:
        taken = _taken(choice, study.package, frame.committee)
        if any(frame.thousand_dkk) or any(taken):
            name = frame.committee or teller.say("sheet.common")
            parts = zip(taken, frame.thousand_dkk, strict=True)
            rows.append(
                [name, *(teller.say("taken", taken=number(cost, teller.lang), room=number(amount, teller.lang)) for cost, amount in parts)]
            )
    kinds = {kind: teller.million(_of_kind(teller, kind)) for kind in (*KINDS, "")}
    told = {"running": kinds["running"], "capital": kinds["capital"], "unsaid": kinds[""]}
    return Table(heads, rows, teller.say("caption.frames", level=study.table.price_level, **told))


def _taken(choice: Choice, package: frozenset[str], payer: str) -> list[float]:
    """Return what the measures of one payer cost by year; what the committees cannot pay, the common room does."""
    rows = [cost for name, cost, whose in zip(choice.names, choice.costs, choice.payers, strict=True) if name in package and whose == payer]
    return [float(sum(row[year] for row in rows)) for year in range(choice.costs.shape[1])]


def _of_kind(teller: Teller, kind: str) -> float:
    study = teller.study
    return sum(study.standings[name].cost or 0.0 for name in study.package if study.table.wish(name).kind == kind)
