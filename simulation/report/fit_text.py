"""What a calibration or a validation found, in sentences, and as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from simulation.report.cells import Table
from simulation.report.fit_tables import (
    changed_table,
    checks_table,
    informed_table,
    residuals_table,
    significant,
    unfelt_paths,
    unfelt_table,
)
from simulation.report.labels import labels_of
from simulation.report.listing import table
from simulation.report.score_tables import ALL, beaten, scores_table, sums_table
from simulation.report.trial_tables import ranks_table, trials_table
from simulation.words import number, say

Found = Mapping[str, Any]


def fit_text_of(scenario: str) -> Callable[[Found, str], str]:
    """Return the text of a calibration with its numbers called as a scenario calls them."""
    from simulation.scenario import load

    values = load(scenario).values(0, None)
    return lambda found, lang: fit_text(found, lang, labels_of(_paths(found), values, lang))


def _paths(found: Found) -> list[str]:
    return [row["path"] for row in found["parameters"]] + unfelt_paths(found)


def fit_text(found: Found, lang: str, labels: Mapping[str, str] | None = None) -> str:
    """Return what a calibration found: residuals, what the rates learnt, checks, trials, scores, and what the projection does."""
    return "\n\n".join(part for part in _parts(found, lang, labels) if part)


def _parts(found: Found, lang: str, labels: Mapping[str, str] | None) -> Iterator[str]:
    yield _text(residuals_table(found["residuals"], lang))
    yield informed(found, lang)
    yield _text(informed_table(found["parameters"], lang, labels))
    yield _text(unfelt_table(unfelt_paths(found), lang, labels))
    yield "\n".join([_text(checks_table(found["checks"], lang)), say("fit.checks_note", lang)])
    yield cost(found, lang)
    if "trials" in found:
        yield trials(found["trials"], lang)
        yield _text(trials_table(found["trials"], lang))
        yield _text(ranks_table(found["trials"], lang))
    yield scores_text({"scores": found["scorecard"], "summary": found["summary"]}, lang)
    if found["later"]:
        yield later(found["later"], lang, labels)
    yield _text(changed_table(found["before_after"], lang))
    yield "\n".join(_kept(found, lang))


def _kept(found: Found, lang: str) -> Iterator[str]:
    yield say("fit.written", lang, path=found["draws"])
    yield say("fit.kept" if found["kept"] else "fit.not_kept", lang)
    if found.get("earlier"):
        yield say("fit.earlier", lang, path=found["earlier"])


def scores_text(found: Found, lang: str) -> str:
    """Return the scores of held-out lists, and what they come to."""
    shown = (scores_table(found["scores"], lang), sums_table(found["summary"], lang))
    return "\n\n".join([*(_text(each) for each in shown), "\n".join(summed_up(found["summary"], found["scores"], lang))])


def _text(shown: Table) -> str:
    right = [column for column in range(len(shown.heads)) if column not in shown.texts]
    return f"{shown.caption}\n{table(shown.heads, shown.rows, right=right)}"


def informed(found: Found, lang: str) -> str:
    """Return in a sentence how many numbers the published values feel, and how many are handed on."""
    rows = found["parameters"]
    values = {"values": len(found["residuals"]), "first": found["residuals"][0]["list_year"], "last": found["last_fitted"]}
    counts = {"fitted": sum(row["fitted"] for row in rows), "felt": len(rows), "unfelt": len(found["unfelt"])}
    counts["all"] = counts["felt"] + counts["unfelt"]
    return say("fit.informed", lang, **values, **counts, levels=sum(not row["handed_on"] for row in rows))


def cost(found: Found, lang: str) -> str:
    """Return how much was run, and whether the sampling is to be believed."""
    told = found["sampling"]
    values = {"r_hat": number(told["r_hat"], lang, 3), "accepted": number(told["accepted"], lang, 2)}
    return say("fit.cost", lang, runs=number(found["runs"], lang), effective=number(told["effective_draws"], lang), **values)


def trials(found: Found, lang: str) -> str:
    """Return in a sentence how the fit did on known answers and planted mistakes."""
    told: dict[bool, list[str]] = {True: [], False: []}
    for name, row in found["planted"].items():
        told[bool(row["noticed"])].append(say(f"fit.planted.{name}", lang))
    none = say("fit.none", lang)
    values = {"noticed": ", ".join(told[True]) or none, "missed": ", ".join(told[False]) or none}
    for name, key in (("drawn", "drawn"), ("simulated", "runs")):
        values |= {
            f"coverage_{key}": number(found[name]["coverage_90"], lang, 2),
            f"rmse_{key}": number(found[name]["rmse_by_sd"], lang, 2),
        }
    return say("fit.trials", lang, **values)


def summed_up(rows: Sequence[Found], scores: Sequence[Found], lang: str) -> list[str]:
    """Return what the scores come to, a sentence for each vintage; where no naive forecast was beaten; whether they are too few to tell."""
    whole = [row for row in rows if row["indicator"] == ALL]
    few = [say("fit.too_few", lang)] if any(not row["enough"] for row in whole) else []
    return [*(_summed(row, lang) for row in whole), *_beaten(scores, lang), *few]


def _beaten(scores: Sequence[Found], lang: str) -> list[str]:
    where: dict[str, list[str]] = {}
    for row in beaten(scores):
        told = say("fit.beaten_one", lang, list=row["list_year"], until=row["until"], vintage=say(f"fit.{row['vintage']}", lang))
        where.setdefault(say(f"indicator.{row['indicator']}", lang), []).append(told)
    if not where:
        return []
    return [say("fit.beaten", lang, where="; ".join(f"{name} ({', '.join(told)})" for name, told in where.items()))]


def _summed(row: Found, lang: str) -> str:
    names = {"better_last": "better_than_last_value", "with_last": "with_last_value"}
    names |= {"better_line": "better_than_straight_line", "with_line": "with_straight_line"}
    counts = {short: row[name] for short, name in names.items()}
    uninformed = row["values"] - row["informed"]
    values = {"values": row["values"], "covered": row["covered"], "uninformed": uninformed, "vintage": say(f"fit.{row['vintage']}", lang)}
    return say("fit.summary", lang, **values, **counts)


def later(found: Found, lang: str, labels: Mapping[str, str] | None = None) -> str:
    """Return in a sentence what values after the last fitted list have changed."""
    names = labels or {}
    moves = [
        f"{names.get(row['path'], row['path'])} {significant(row['before'], lang, 4)} → {significant(row['after'], lang, 4)}"
        for row in found["means"]
    ]
    if not moves:
        return say("fit.later_none", lang, values=len(found["values"]))
    counts = {"values": len(found["values"]), "effective": number(found["effective_draws"], lang)}
    return say("fit.later", lang, moves="; ".join(moves), **counts)
