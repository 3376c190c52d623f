"""Why a published row has its category, or why it cannot be told."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.law.categories import CONVERSION, NONE, PARALLEL, PREVENTION, category_name
from simulation.law.outcomes import Limit
from simulation.law.verdict import Verdict
from simulation.words import number, say


def reason(verdict: Verdict, lang: str = "en") -> str:
    """Return the reason in one line."""
    if verdict.sizes == {False}:
        return say("law.reason.small", lang, least=number(verdict.rules.min_residents, lang))
    parts = _open(verdict, lang) if len(verdict.categories) > 1 else _decided(verdict, lang)
    return "; ".join(parts)


def _decided(verdict: Verdict, lang: str) -> Iterable[str]:
    code = verdict.categories[0]
    yield _met("met", verdict.met, lang)
    if code == PREVENTION:
        yield _met("met_lower", verdict.met_lower, lang)
    if code >= PARALLEL:
        yield _years(verdict, lang)
    if code == NONE and not verdict.unknown:
        yield say("law.reason.too_few", lang)
    elif verdict.unknown:
        yield say("law.reason.no_matter", lang, names=_names(verdict.unknown, lang))


def _open(verdict: Verdict, lang: str) -> Iterable[str]:
    empty = [name for name in verdict.unknown if name not in verdict.rounded]
    rounded = ", ".join(_rounded(verdict, name, lang) for name in verdict.rounded)
    missing = [_name(name, lang) for name in empty]
    if len(verdict.sizes) > 1:
        missing.append(say("law.reason.residents", lang))
    if _years_matter(verdict):
        missing.append(say("law.reason.years_listed", lang))
    if rounded and verdict.decided_as_printed:
        yield say("law.reason.rounding", lang, cells=rounded)
        return
    yield say("law.reason.unknown", lang, names=", ".join(missing))
    if rounded:
        yield rounded


def _years_matter(verdict: Verdict) -> bool:
    needed = verdict.rules.years_in_a_row
    return needed is not None and verdict.earlier.low + 1 < needed <= verdict.earlier.high + 1


def _met(key: str, names: list[str], lang: str) -> str:
    return say(f"law.reason.{key}", lang, count=len(names), names=_names(names, lang)) if names else say("law.reason.none_met", lang)


def _years(verdict: Verdict, lang: str) -> str:
    # Both ends lead to one category, so the lower one may be named.
    years, needed = verdict.earlier.low + 1, verdict.rules.years_in_a_row
    if needed is None:
        return say("law.reason.years", lang, years=years)
    name = category_name(CONVERSION, verdict.row.list_year)
    return say("law.reason.years_needed", lang, years=years, needed=needed, category=say(f"law.category.{name}", lang))


def _rounded(verdict: Verdict, name: str, lang: str) -> str:
    cell = verdict.row.values[name]
    assert cell is not None, "only printed values are rounded"
    near = [limit for limit in verdict.limits[name] if limit and limit.value is not None and cell.low <= limit.value <= cell.high]
    limits = "/".join(_limit(limit, lang) for limit in near)
    return say("law.reason.rounds", lang, name=_name(name, lang), printed=cell.text, limit=limits)


def _limit(limit: Limit, lang: str) -> str:
    assert limit.value is not None, "only known limits are told"
    return number(float(limit.value), lang, 0 if limit.value.denominator == 1 else 2)


def _names(names: list[str], lang: str) -> str:
    return ", ".join(_name(name, lang) for name in names)


def _name(name: str, lang: str) -> str:
    return say(f"law.criterion.{name}", lang)
