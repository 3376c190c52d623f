"""The questions that are asked of the model, and where each answer stands: on this page, in a table of this run, or in another command."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.words import say

AREA, LISTS, PROMISES = "area", "lists", "promises"  # places of the first list area
OF_AREA = (AREA, LISTS, PROMISES)


@dataclass(frozen=True)
class Question:
    """One question: its words are ``asked.question.<code>``; ``section`` of the page, files, and the command where another run answers."""

    code: str
    section: str = ""
    files: tuple[str, ...] = ()
    command: str = ""


@dataclass(frozen=True)
class Asked:
    """A question in words, and where its answer is."""

    question: str
    place: str
    files: tuple[str, ...]
    command: str


AGAIN = "blandetby run --from provenance.json"
SHIPPED = ("plan_from_today", "stop_demolition", "late_investors", "all_effects_low", "plan_without_rehousing", "no_origin_criterion")
QUESTIONS = (
    Question("off_list", LISTS, ("status.csv", "first_met.csv")),
    Question("short", AREA, ("summary.csv",)),
    Question("needed", "arithmetic", ("arithmetic.csv",), "blandetby goal {scenario}"),
    Question("latest_list", "", (), "blandetby run {plan_from_today}"),
    Question("million", "", (), "blandetby budget {scenario}"),
    Question("package", "", (), "blandetby budget {scenario}"),
    Question("promise", PROMISES, ("promises.csv",)),
    Question("households", "rehousing", ("rehousing.csv", "rehousing_total.csv")),
    Question("where_to", "elsewhere", ("rehousing.csv", "city.csv")),
    Question("wait", "rehousing", ("rehousing.csv",)),
    Question("vacancy", "rehousing", ("vacancy.csv",)),
    Question("no_demolition", "", (), "blandetby compare {scenario} {stop_demolition}"),
    Question("late_investors", "", (), "blandetby compare {scenario} {late_investors}"),
    Question("worst_effects", "", (), "blandetby compare {scenario} {all_effects_low}"),
    Question("guesses", "assumptions", ("provenance.json",)),
    Question("hangs_on", "movers", ("assumed_part.csv", "correlations.csv"), "blandetby sensitivity {scenario}"),
    Question("who", "", (), "blandetby attribution {scenario}"),
    Question("displacement", "goals", ("milestones.csv", "city.csv"), "blandetby compare {scenario} {plan_without_rehousing}"),
    Question("last_year", "", (), "blandetby compare {folder} {folder}"),
    Question("rehoused", "rehousing", ("rehoused.csv",)),
    Question("origin", "never", ("status_without_origin.csv",), "blandetby compare {scenario} {no_origin_criterion}"),
    Question("again", "run", ("provenance.json",), AGAIN),
)


def asked(scenario: str, area: str, lang: str, own: bool = False) -> list[Asked]:
    """Return every question with where its answer stands, for the report of a scenario whose first list area is ``area``.

    ``own``: the place is not the one of the shipped scenarios, which then cannot be compared with it: the reader's own stand in.
    """
    names = {name: say("cli.given.SCENARIO", lang) if own else name for name in SHIPPED}
    return [
        Asked(
            say(f"asked.question.{each.code}", lang),
            f"{each.section}-{area}" if each.section in OF_AREA else each.section,
            each.files,
            each.command.format(scenario=scenario, **names, folder=say("cli.given.FOLDER", lang)),
        )
        for each in QUESTIONS
    ]
