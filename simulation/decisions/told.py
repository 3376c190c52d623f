"""A comparison for programs."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from simulation.decisions.comparison import Comparison
from simulation.decisions.lines import differing_lines
from simulation.decisions.sentence import first_line, headline


def as_json(comparison: Comparison, folder: Path, lang: str) -> dict[str, Any]:
    """Return what ``--json`` prints: the verdicts, and every difference on the last list; the rest is in ``differences.csv``."""
    last = comparison.frame[comparison.frame["list_year"] == comparison.last_year]
    return {
        "base": comparison.base.name,
        "scenarios": [side.name for side in comparison.others],
        "run_id": comparison.comparison_id,
        "folder": str(folder),
        "seed": comparison.seed,
        "draws": comparison.draws,
        "replicates": comparison.replicates,
        "verdicts": [
            {
                "scenario": side.name,
                "verdict": headline(comparison, side)["verdict"],
                "text": first_line(comparison, side, lang),
                "lines": [vars(line) for line in differing_lines(comparison.base.scenario, side.scenario, lang)],
            }
            for side in comparison.others
        ],
        "differences": _rows(last),
        "steps": [] if comparison.steps is None else _rows(comparison.steps),
        "notes": list(comparison.notes),
    }


def _rows(frame: Any) -> list[dict[str, Any]]:
    return [{str(key): _known(cell) for key, cell in row.items()} for row in frame.to_dict("records")]


def _known(cell: Any) -> Any:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
