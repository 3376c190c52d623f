"""The page of an attribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from simulation.decisions.attribution.told import Shared, ends, first_lines
from simulation.decisions.pages import Page, Section, warnings, with_overrides
from simulation.decisions.quantities import Quantity, is_shown
from simulation.report.cells import Table
from simulation.report.chances import signed
from simulation.report.style import Picture
from simulation.words import UNKNOWN, number, say


def page_of(shared: Shared, pictures: Sequence[Picture]) -> Page:
    """Return what the page shows."""
    lang = shared.names.lang
    titles = {"scenario": shared.scenario.title(lang), "base": shared.base.title(lang)}
    told = {"areas": ", ".join(shared.names.area(area) for area in shared.areas), "years": ", ".join(map(str, shared.years))}
    areas = [_area(shared, area, pictures, lang) for area in shared.areas]
    read = Section(name="read", heading=say("attribution.page.read", lang), texts=list(_notes(shared, lang)))
    run = Section(name="run", heading=say("attribution.page.run", lang), texts=[_again(shared, lang)])
    return Page(
        title=say("attribution.page.title", lang, scenario=titles["scenario"]),
        kicker=say("attribution.page.kicker", lang, **titles, **told),
        lines=first_lines(shared, lang),
        warnings=warnings(lang),
        sections=[*areas, _lists(shared, lang), read, run],
        foot=say("attribution.page.foot", lang, run_id=shared.study_id),
    )


def _area(shared: Shared, area: str, pictures: Sequence[Picture], lang: str) -> Section:
    return Section(
        name=f"area-{area}",
        heading=say("attribution.page.area", lang, area=shared.names.area(area)),
        pictures=[picture for picture in pictures if picture.area == area],
        tables=[_table(shared, each, lang) for each in shared.quantities if is_shown(each) and each.area == area],
    )


def _table(shared: Shared, quantity: Quantity, lang: str) -> Table:
    rows = shared.rows(quantity)
    without, with_all = ends(rows[-1], lang)
    told = {"criterion": shared.names.quantity(quantity.name), "area": shared.names.area(quantity.area), "year": quantity.list_year}
    body = []
    for row in rows:
        mean, low, high = (signed(row[key], lang, 2) for key in ("value", "low", "high"))
        p10, p90 = (signed(row[key], lang, 2) for key in ("p10", "p90"))
        ends_of = partial(say, "report.criteria.between", lang)
        body.append([shared.player(row["player"]), mean, ends_of(low=p10, high=p90), ends_of(low=low, high=high)])
    cannot = say("attribution.cannot", lang)
    body[-1:-1] = [[shared.player(one.name), cannot, UNKNOWN, UNKNOWN] for one in shared.players if not one.calculable]
    caption = say("attribution.page.caption", lang, without=without, with_all=with_all, **told)
    return Table([say(f"attribution.head.{key}", lang) for key in ("player", "value", "interval", "mean")], body, caption)


def _lists(shared: Shared, lang: str) -> Section:
    heading, body = say("attribution.page.lists", lang), []
    for each in (one for one in shared.quantities if one.yes_no):
        rows = shared.rows(each)
        if any(round(row["value"], 3) for row in rows):
            what = shared.names.where(shared.names.quantity(each.name), each.area, each.list_year)
            body.append([what, *(signed(100 * row["value"], lang, 0) for row in rows)])
    if not body:
        return Section(name="lists", heading=heading, texts=[say("attribution.page.lists_none", lang)])
    heads = [say("attribution.head.what", lang), *(shared.player(player.name) for player in shared.game.players), shared.player("whole")]
    return Section(name="lists", heading=heading, tables=[Table(heads, body, say("attribution.page.lists_caption", lang))])


def _notes(shared: Shared, lang: str) -> Iterator[str]:
    game = shared.game
    counts = {"draws": number(game.draws, lang), "players": number(len(game.players), lang)}
    yield say("attribution.note.shapley", lang)
    if game.pairs:
        yield say("attribution.note.sampled", lang, orders=number(2 * game.pairs, lang), **counts)
    else:
        yield say("attribution.note.exact", lang, count=number(2 ** len(game.players), lang), draws=counts["draws"])
    yield say("attribution.note.players", lang, base=shared.base.title(lang), scenario=shared.scenario.title(lang))
    yield say("attribution.note.employment", lang)
    yield say("attribution.note.origin", lang)


def _again(shared: Shared, lang: str) -> str:
    told = {"scenario": shared.scenario.name, "base": shared.base.name, "kind": shared.kind, "draws": shared.game.draws}
    again = say("attribution.again", lang, replicates=shared.replicates, seed=shared.game.seed, language=lang, **told)
    return with_overrides(again, shared.overrides)
