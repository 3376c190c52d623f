"""The sheets of the workbook of the negotiation: their columns in both languages, and their rows from a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.decisions.budget.table import COMMON, Aim, Frame, Table, Wish
from simulation.scenario import Scenario
from simulation.scenario.catalogue import whom
from simulation.scenario.items import Measure
from simulation.words import catalogue, languages, say

SHEETS = {
    "measures": (
        *("id", "title", "payer", "decided", "kind", "from", "places"),
        *("years", "saved", "must", "excluded", "needs", "not_with", "source"),
    ),
    "frames": ("payer", "years", "movable"),
    "goals": ("goal", "list_year", "weight"),
    "effects": ("id", "title", "acts_on", "whom", "effect", "low", "high", "grade", "source"),
}
RESULTS = ("chosen", "persons", "net", "chosen_in")  # columns that come back
GUIDE = "guide"
NAMED = {"kind": "kind", "grade": "grade", "goal": "goal"}  # columns whose cells are words of a fixed list
OWN = "the workbook of the negotiation"  # the source of a price for which the users name none
Row = dict[str, Any]


def label(kind: str, name: str, lang: str, **values: object) -> str:
    """Return what a sheet, a column or a word in a cell is called."""
    return say(f"budget.{kind}.{name}", lang, **values)


def meanings(kind: str) -> dict[str, str]:
    """Return what each label of a kind stands for, in lower case: of every language, and the name itself."""
    known: dict[str, str] = {}
    for lang in languages():
        for key, text in catalogue("budget", lang).items():
            if key.startswith(f"{kind}."):
                name = key.removeprefix(f"{kind}.")
                known |= {text.lower(): name, name: name}
    return known


def yes(value: bool, lang: str) -> str:
    """Return a truth as it is written in a cell; nothing for what is not."""
    return label("truth", "yes", lang) if value else ""


def committees(scenario: Scenario) -> list[str]:
    """Return every committee that the catalogue names, and every payer."""
    found = [name for measure in scenario.sections.measures for name in measure.committee.split()]
    payers = [measure.cost.payer for measure in scenario.sections.measures if measure.cost and measure.cost.payer]
    return list(dict.fromkeys([*found, *payers]))


def measure_rows(scenario: Scenario, table: Table, lang: str) -> list[Row]:
    """Return a row for each measure: what the scenario says, and what is wished. An unknown cost is None, never 0."""
    return [_measure_row(measure, table, lang) for measure in scenario.sections.measures]


def _measure_row(measure: Measure, table: Table, lang: str) -> Row:
    wish, named = table.wish(measure.id), measure.committee.split()
    costs = {int(year): amount.value for year, amount in measure.cost.thousand_dkk.items()} if measure.cost else {}
    return {
        "id": measure.id,
        "title": title(measure, lang),
        "payer": measure.cost.payer if measure.cost else named[0] if len(named) == 1 else "",
        "decided": label("truth", "yes" if measure.decided else "no", lang),
        "kind": label("kind", wish.kind, lang) if wish.kind else "",
        # What is not decided has not begun: it can begin with the budget at the earliest.
        "from": measure.from_ if measure.decided else max(measure.from_, table.years[0]),
        "places": measure.capacity.value if measure.acts_on != "none" else None,
        **{str(year): costs.get(year) for year in table.years},
        "saved": wish.saved,
        "must": yes(wish.must, lang),
        "excluded": yes(wish.excluded, lang),
        "needs": "; ".join(wish.needs or ((measure.part_of,) if measure.part_of else ())),
        "not_with": "; ".join(wish.not_with),
        "source": source(measure),
    }


def source(measure: Measure) -> str:
    """Return where the prices of a measure come from."""
    if measure.cost is None:
        return ""
    told = dict.fromkeys(amount.source for amount in measure.cost.thousand_dkk.values())
    return "; ".join(each for each in told if each and each != OWN)


def title(measure: Measure, lang: str) -> str:
    """Return what a measure is called."""
    return str(getattr(measure.title, lang)) if measure.title else measure.id


def frame_rows(scenario: Scenario, table: Table, lang: str) -> list[Row]:
    """Return a row for each committee, and the last for the common room."""
    given = {frame.committee: frame for frame in table.frames}
    names = [*(name for name in given if name != COMMON), *(name for name in committees(scenario) if name not in given)]
    return [_frame_row(given.get(name), name or label("sheet", "common", lang), table, lang) for name in (*names, COMMON)]


def _frame_row(frame: Frame | None, name: str, table: Table, lang: str) -> Row:
    amounts = frame.thousand_dkk if frame else (None,) * len(table.years)
    years = {str(year): amount for year, amount in zip(table.years, amounts, strict=True)}
    return {"payer": name, **years, "movable": label("truth", "yes" if frame and frame.movable else "no", lang)}


def goal_rows(aims: tuple[Aim, ...], lang: str) -> list[Row]:
    """Return a row for each goal."""
    return [{"goal": label("goal", aim.name, lang), "list_year": aim.list_year, "weight": aim.weight} for aim in aims]


def effect_rows(scenario: Scenario, lang: str) -> list[Row]:
    """Return a row for each measure that acts on a criterion: what is known of its effect."""
    return [_effect_row(measure, lang) for measure in scenario.sections.measures if measure.acts_on != "none"]


def _effect_row(measure: Measure, lang: str) -> Row:
    effect = measure.effect
    return {
        "id": measure.id,
        "title": title(measure, lang),
        "acts_on": say(f"catalogue.acts_on.{measure.acts_on}", lang),
        "whom": whom(measure, lang),
        "effect": effect.value,
        "low": effect.low,
        "high": effect.high,
        "grade": label("grade", measure.grade, lang),
        "source": effect.source,
    }


def rows_of(scenario: Scenario, table: Table, lang: str) -> Mapping[str, list[Row]]:
    """Return the rows of every sheet."""
    return {
        "measures": measure_rows(scenario, table, lang),
        "frames": frame_rows(scenario, table, lang),
        "goals": goal_rows(table.aims, lang),
        "effects": effect_rows(scenario, lang),
    }


def wishes_of(scenario: Scenario) -> dict[str, Wish]:
    """Return what the catalogue itself wishes: a part needs the measure it belongs to."""
    return {measure.id: Wish(needs=(measure.part_of,)) for measure in scenario.sections.measures if measure.part_of}
