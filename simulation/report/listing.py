"""The answers of the small commands as text for a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from simulation.words import UNKNOWN, number, percent, say

if TYPE_CHECKING:
    from simulation.law.family import ShareTable, TargetRow
    from simulation.law.judging import JudgedRow

WIDE = 200  # columns for a table that is not printed to a terminal


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = (), tight: bool = False) -> str:
    """Return rows as a text table, wrapped to the terminal; columns in `right` are set to the right, `tight` ones stand close."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=tight, show_edge=not tight)
    for position, heading in enumerate(headings):
        drawn.add_column(heading, justify="right" if position in right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    stream = io.StringIO()
    terminal = Console()
    Console(file=stream, width=terminal.width if terminal.is_terminal else WIDE).print(drawn)
    return "\n".join(line.rstrip() for line in stream.getvalue().strip("\n").splitlines())


def judge_text(rows: Sequence[JudgedRow], lang: str) -> str:
    """Return the category of each row and why."""
    headings = [say(f"cli.judge.{name}", lang) for name in ("area", "list_year", "category", "reason")]
    cells = ((row["area"], str(row["list_year"]), say(f"law.category.{row['category']}", lang), row["reason"]) for row in rows)
    return table(headings, cells)


def share_text(found: ShareTable, lang: str) -> str:
    """Return the shares, and what each target takes."""
    headings = [say(f"cli.share.{name}", lang) for name in ("case", "counted", "family", "denominator", "share")]
    cells = (
        (
            say(f"cli.share.{row['case']}", lang),
            _yes(row["count_demolished"], lang),
            number(row["family"], lang),
            number(row["denominator"], lang),
            UNKNOWN if row["share_pct"] is None else percent(row["share_pct"], lang),
        )
        for row in found["shares"]
    )
    return "\n".join([table(headings, cells, right=(2, 3, 4)), "", *(_target(row, lang) for row in found["targets"])])


def _yes(value: bool, lang: str) -> str:
    return say("cli.share.yes" if value else "cli.share.no", lang)


def _target(row: TargetRow, lang: str) -> str:
    missing = row["missing"]
    return say(
        "cli.share.target",
        lang,
        target=percent(row["target_pct"], lang),
        counted=_yes(row["count_demolished"], lang),
        needed=number(row["needed"], lang),
        planned=number(row["planned"], lang),
        missing=say("cli.share.missing" if missing > 0 else "cli.share.spare", lang, count=number(abs(missing), lang)),
        slip=number(row["per_demolition_not_done"], lang, 1),
    )


def verify_text(found: dict[str, Any], lang: str) -> str:
    """Return that a run, or what else it is, is sound, and whether the model that made it is still installed."""
    what = say(f"cli.verify.{found['kind']}", lang)
    said = [say("cli.verify.sound", lang, folder=found["folder"], what=what, run_id=found["run_id"], files=found["files"])]
    if not found["same_model_installed"]:
        said.append(say("cli.verify.other_model", lang))
    return "\n".join(said)


def plan_text(found: dict[str, Any], lang: str) -> str:
    """Return the order of the year with its reasons, what the scenario does in which year, and its measures."""
    from simulation.report.catalogue import catalogue_text  # it draws its tables with this module

    order = ((str(number), step["title"], step["reason"]) for number, step in enumerate(found["order"], start=1))
    headings = [say(f"cli.plan.{name}", lang) for name in ("number", "step", "reason")]
    does = ((_years(line), line["title"], line["text"], say(f"scenario.basis.{line['basis']}", lang)) for line in found["does"])
    columns = [say(f"cli.plan.{name}", lang) for name in ("years", "section", "what", "basis")]
    parts = [
        found["title"],
        say("cli.plan.order", lang),
        table(headings, order, right=(0,)),
        say("cli.plan.steps", lang),
        table(columns, does),
    ]
    return "\n\n".join([*parts, *([catalogue_text(found["measures"], lang)] if found["measures"] else [])])


def _years(line: dict[str, Any]) -> str:
    return str(line["first"]) if line["first"] == line["last"] else f"{line['first']}–{line['last']}"
