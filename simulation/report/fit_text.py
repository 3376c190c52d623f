"""What a calibration or a validation found, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulation.report.listing import table
from simulation.words import number, say

Found = Mapping[str, Any]
ALL = "all"
DECIMALS = {"residents": 0, "convicted": 2}


def fit_text(found: Found, lang: str) -> str:
    """Return what a calibration found: residuals, what the rates learnt, checks, trials, scores, and what the projection does."""
    return "\n\n".join(part for part in _parts(found, lang) if part)


def _parts(found: Found, lang: str) -> Iterator[str]:
    yield _titled("residuals", residuals(found["residuals"], lang), lang)
    yield informed(found, lang)
    yield _titled("checks", checks(found["checks"], lang), lang)
    yield cost(found, lang)
    if "trials" in found:
        yield trials(found["trials"], lang)
    yield _titled("scores", scores(found["scorecard"], lang), lang)
    yield summed_up(found["summary"], lang)
    yield _titled("changed", changed(found["before_after"], lang), lang)
    yield "\n".join([say("fit.written", lang, path=found["draws"]), say("fit.kept" if found["kept"] else "fit.not_kept", lang)])


def scores_text(found: Found, lang: str) -> str:
    """Return the scores of held-out lists, and what they come to."""
    return "\n\n".join([scores(found["scores"], lang), summed_up(found["summary"], lang)])


def summed_up(rows: Sequence[Found], lang: str) -> str:
    """Return what the scores come to, a line for each vintage, and whether they are too few to tell."""
    whole = [row for row in rows if row["indicator"] == ALL]
    few = [say("fit.too_few", lang)] if any(not row["enough"] for row in whole) else []
    return "\n".join([*(summed(row, lang) for row in whole), *few])


def summed(row: Found, lang: str) -> str:
    """Return in a sentence what the scores of one vintage come to."""
    names = {"better_last": "better_than_last_value", "with_last": "with_last_value"}
    names |= {"better_line": "better_than_straight_line", "with_line": "with_straight_line"}
    counts = {short: row[name] for short, name in names.items()}
    uninformed = row["values"] - row["informed"]
    values = {"values": row["values"], "covered": row["covered"], "uninformed": uninformed, "vintage": say(f"fit.{row['vintage']}", lang)}
    return say("fit.summary", lang, **values, **counts)


def _titled(key: str, text: str, lang: str) -> str:
    return f"{say(f'fit.{key}', lang)}\n{text}"


def _headings(lang: str, *names: str) -> list[str]:
    return [say(f"fit.{name}", lang) for name in names]


def shown(indicator: str, value: float | None, lang: str) -> str:
    """Return a value with the decimals of its indicator."""
    return number(float("nan") if value is None else value, lang, DECIMALS.get(indicator, 1))


def residuals(rows: Sequence[Found], lang: str) -> str:
    """Return the table of residuals."""
    headings = _headings(lang, "area", "list_year", "boundary", "indicator", "published", "fitted", "residual", "spread", "within")
    cells = (
        (
            row["area"],
            str(row["list_year"]),
            str(len(row["areas"])),
            say(f"indicator.{row['indicator']}", lang),
            *(shown(row["indicator"], row[name], lang) for name in ("published", "fitted", "residual", "spread")),
            say("fit.yes" if row["within"] else "fit.no", lang),
        )
        for row in rows
    )
    return table(headings, cells, right=(1, 2, 4, 5, 6, 7))


def informed(found: Found, lang: str) -> str:
    """Return what the fit says of each number that the published values feel."""
    rows = found["parameters"]
    counts = {"fitted": sum(row["fitted"] for row in rows), "felt": len(rows), "unfelt": len(found["unfelt"])}
    headings = _headings(lang, "parameter", "before", "after", "contraction", "use")
    cells = (
        (
            row["path"],
            *(f"{row[mean]:.4g} ({row[sd]:.2g})" for mean, sd in (("prior_mean", "prior_sd"), ("mean", "sd"))),
            f"{number(100 * max(row['contraction'], 0.0), lang)} %",
            say("fit.handed_on" if row["fitted"] else "fit.left" if row["handed_on"] else "fit.level", lang),
        )
        for row in rows
    )
    return f"{say('fit.informed', lang, **counts)}\n{table(headings, cells, right=(3,))}"


def checks(rows: Sequence[Found], lang: str) -> str:
    """Return what is compared and not fitted."""
    headings = _headings(lang, "quantity", "list_year", "published", "model", "source")
    cells = (
        (
            say(f"fit.check.{row['id']}", lang),
            str(row["year"]),
            f"{number(row['value'], lang, 1)} ± {number(row['half'], lang, 1)} {say('fit.unit.' + row['id'], lang)}",
            f"{number(row['model'], lang, 1)} ({number(row['low'], lang, 1)}; {number(row['high'], lang, 1)})",
            row["source"],
        )
        for row in rows
    )
    return table(headings, cells)


def cost(found: Found, lang: str) -> str:
    """Return how much was run, and whether the sampling is to be believed."""
    told = found["sampling"]
    values = {"r_hat": number(told["r_hat"], lang, 3), "accepted": number(told["accepted"], lang, 2)}
    return say("fit.cost", lang, runs=number(found["runs"], lang), effective=number(told["effective_draws"], lang), **values)


def trials(found: Found, lang: str) -> str:
    """Return in a sentence how the fit did on known answers and planted mistakes."""
    by = {True: [], False: []}  # type: dict[bool, list[str]]
    for name, row in found["planted"].items():
        by[bool(row["noticed"])].append(say(f"fit.planted.{name}", lang))
    none = say("fit.none", lang)
    values = {"noticed": ", ".join(by[True]) or none, "missed": ", ".join(by[False]) or none}
    for name, key in (("drawn", "drawn"), ("simulated", "runs")):
        values |= {
            f"coverage_{key}": number(found[name]["coverage_90"], lang, 2),
            f"rmse_{key}": number(found[name]["rmse_by_sd"], lang, 2),
        }
    return say("fit.trials", lang, **values)


def scores(rows: Sequence[Found], lang: str) -> str:
    """Return the table of scores."""
    names = ("until", "vintage", "list_year", "area", "indicator", "known", "published", "predicted", "covered", "crps")
    return table(_headings(lang, *names, "last_value", "straight_line"), (_score(row, lang) for row in rows), right=(0, 2, 5, 6, 9, 10, 11))


def _score(row: Found, lang: str) -> tuple[str, ...]:
    indicator = row["indicator"]
    predicted, low, high = (shown(indicator, row[name], lang) for name in ("predicted", "low", "high"))
    return (
        str(row["until"]),
        say(f"fit.{row['vintage']}", lang),
        str(row["list_year"]),
        row["area"],
        say(f"indicator.{indicator}", lang),
        str(row["known"]),
        shown(indicator, row["published"], lang),
        f"{predicted} ({low}; {high})",
        say("fit.yes" if row["covered"] else "fit.no", lang),
        number(row["crps"], lang, 2),
        *(number(float("nan") if row[name] is None else row[name], lang, 2) for name in ("last_value_error", "straight_line_error")),
    )


def changed(rows: Sequence[Found], lang: str) -> str:
    """Return what new draws change in a projection."""
    cells = (
        (
            row["area"],
            str(row["list_year"]),
            say(f"indicator.{row['indicator']}", lang),
            *(_ends(row, name, lang) for name in ("before", "after")),
            shown(row["indicator"], row["difference"], lang),
        )
        for row in rows
    )
    return table(_headings(lang, "area", "list_year", "indicator", "changed_before", "changed_after", "difference"), cells, right=(1, 5))


def _ends(row: Found, name: str, lang: str) -> str:
    low, middle, high = (shown(row["indicator"], row[f"{name}_p{end}"], lang) for end in (10, 50, 90))
    return f"{middle} ({low}; {high})"
