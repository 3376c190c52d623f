"""The page of a sensitivity study."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.decisions.pages import Page, Section, warnings, with_overrides
from simulation.decisions.quantities import is_shown
from simulation.decisions.sensitivity.cells import chance_table, lists_table, movers_table, rules_lines, rules_table, worth_tables
from simulation.decisions.sensitivity.designs import base_rows
from simulation.decisions.sensitivity.found import Found
from simulation.decisions.sensitivity.lines import account_lines, first_lines
from simulation.report.style import Picture
from simulation.words import number, say


def page_of(found: Found, pictures: Sequence[Picture]) -> Page:
    """Return what the page shows."""
    lang, scenario = found.names.lang, found.study.scenario.title(found.names.lang)
    areas = ", ".join(found.names.area(area) for area in found.areas)
    told = {"scenario": scenario, "areas": areas, "years": ", ".join(str(year) for year in found.years)}
    return Page(
        title=say("sensitivity.page.title", lang, scenario=scenario),
        kicker=say("sensitivity.page.kicker", lang, **told),
        lines=first_lines(found, lang),
        warnings=[say("sensitivity.note.causes", lang), *warnings(lang)],
        sections=_sections(found, pictures, lang),
        foot=say("sensitivity.page.foot", lang, run_id=found.study_id),
    )


def _sections(found: Found, pictures: Sequence[Picture], lang: str) -> list[Section]:
    areas = [_area(found, area, pictures, lang) for area in found.areas]
    lists = Section(name="lists", heading=say("sensitivity.page.lists", lang), tables=[lists_table(found)])
    heading, account = say("sensitivity.page.chance", lang), account_lines(found, lang)
    chance = Section(name="chance", heading=heading, tables=[chance_table(found)], texts=account)
    read = Section(name="read", heading=say("sensitivity.page.read", lang), texts=_notes(found, lang))
    run = Section(name="run", heading=say("sensitivity.page.run", lang), texts=_facts(found, lang))
    return [*areas, lists, _worth(found, lang), _rules(found, lang), chance, read, run]


def _area(found: Found, area: str, pictures: Sequence[Picture], lang: str) -> Section:
    return Section(
        name=f"area-{area}",
        heading=say("sensitivity.page.area", lang, area=found.names.area(area)),
        texts=[_method(found, lang)],
        pictures=[picture for picture in pictures if picture.area == area],
        summary=say("sensitivity.page.details", lang),
        more=[movers_table(found, each) for each in found.study.quantities if is_shown(each) and each.area == area],
    )


def _method(found: Found, lang: str) -> str:
    study = found.study
    counts = {"factors": len(study.factors), "size": study.asked.size, "points": len(study.design.points)}
    return say(f"sensitivity.method.{study.asked.method}", lang, **{key: number(count, lang) for key, count in counts.items()})


def _worth(found: Found, lang: str) -> Section:
    tables = list(worth_tables(found)) if "worth" in found.tables else []
    drawn = found.study.drawn is not None
    sample = len(found.study.future_answers) if found.study.future_answers is not None else len(base_rows(found.study.design))
    told = say(f"sensitivity.note.worth_{'draws' if drawn else 'sobol'}", lang, futures=number(sample, lang))
    texts = [told] if "worth" in found.tables else [say("sensitivity.page.rules_not", lang)]
    none = [] if tables or "worth" not in found.tables else [say("sensitivity.page.worth_none", lang)]
    return Section(name="worth", heading=say("sensitivity.page.worth", lang), texts=[*texts, *none], tables=tables)


def _rules(found: Found, lang: str) -> Section:
    heading = say("sensitivity.page.rules", lang)
    if "rules" not in found.tables:
        return Section(name="rules", heading=heading, texts=[say("sensitivity.page.rules_not", lang)])
    table, futures = rules_table(found), number(found.study.asked.futures, lang)
    texts = [say("sensitivity.page.rules_intro", lang, futures=futures), *rules_lines(found)]
    return Section(name="rules", heading=heading, texts=texts, tables=[table] if table else [])


def _notes(found: Found, lang: str) -> list[str]:
    (points, times), study = found.study.asked.repeated, found.study
    told = {"replicates": study.asked.replicates, "points": points, "times": times}
    notes = [say("sensitivity.note.chance", lang, **{key: number(count, lang) for key, count in told.items()})]
    fitted = [path for path in study.scenario.fitted.paths if any(factor.path == path for factor in study.factors)]
    if fitted:
        notes.append(say("sensitivity.note.fitted", lang, count=number(len(fitted), lang)))
    return [*notes, say("sensitivity.note.city", lang), say("sensitivity.note.origin", lang)]


def _facts(found: Found, lang: str) -> list[str]:
    asked, study = found.study.asked, found.study
    told = {"scenario": study.scenario.name, "method": asked.method, "size": asked.size, "seed": asked.seed, "language": lang}
    extra = f" --discover --draws {asked.futures}" if asked.futures else ""
    members = len(study.design.points) * asked.replicates + asked.repeated[0] * asked.repeated[1] + asked.futures
    if study.screened is not None:
        members += asked.screening * (len(study.scenario.ranged()) + 1) * asked.replicates
    again = with_overrides(say("sensitivity.page.again", lang, **told) + extra, found.overrides)
    return [again, say("sensitivity.note.seconds", lang, members=number(members, lang))]
