"""The way of a sensitivity study: which numbers, at which points, what the model answers there, and what is written of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.destination import writable
from simulation.files import InputErrors, Problem
from simulation.route import area_names
from simulation.runs import Settings, Watch
from simulation.studying import finish, need, simulate_cases, study_name

if TYPE_CHECKING:
    import pandas as pd

    from simulation.decisions.quantities import Answers
    from simulation.decisions.sensitivity.asked import Asked
    from simulation.decisions.sensitivity.designs import Design
    from simulation.decisions.sensitivity.factors import Factor
    from simulation.decisions.sensitivity.found import Found
    from simulation.decisions.sensitivity.study import Study
    from simulation.scenario import Scenario

FOLDER = "sensitivity"
MOST_FUTURES = 100_000  # of a study; half a day of one processor for the plan, and more is a slip of the hand


@dataclass(frozen=True, kw_only=True)
class Studied:
    """A finished study and the folder in which it lies."""

    found: "Found"
    folder: Path


def sensitivity(name: str, overrides: Sequence[str], asked: "Asked", years: Sequence[int], settings: Settings, watch: Watch) -> Studied:
    """Find which numbers of a scenario move its answers, and write what was found. Raises InputErrors."""
    from simulation.decisions.pages import write_page
    from simulation.decisions.quantities import asked_years
    from simulation.decisions.sensitivity.found import Found
    from simulation.decisions.sensitivity.naming import names_of
    from simulation.decisions.sensitivity.page import page_of
    from simulation.decisions.sensitivity.panels import draw_study
    from simulation.report.tables import write_tables
    from simulation.scenario import load

    need(["SALib", *(["sklearn"] if asked.futures else [])])
    start = time.perf_counter()
    scenario = load(name, list(overrides))
    asker = _Asker(scenario, asked, asked_years(scenario, years), settings, watch)
    writable(settings.out)
    study = _studied(asker)
    tables = study.tables()
    told: dict[str, Any] = {"scenario": scenario.name, "content": scenario.content, "years": list(years), "lang": settings.lang}
    told |= {"asked": {key: getattr(asked, key) for key in asked.__dataclass_fields__}, "files": scenario.files()}
    study_id = study_name(told)
    folder = settings.out / FOLDER / study_id
    found = Found(study, tables, names_of(scenario, settings.lang), study_id, tuple(overrides))
    pictures = draw_study(found)
    written = [*write_tables(folder, tables), *write_page(folder, page_of(found, pictures), pictures, settings.lang)]
    finish(folder, told | {"study_id": study_id, "areas": area_names(scenario)}, written, time.perf_counter() - start, scenario)
    return Studied(found=found, folder=folder)


@dataclass(frozen=True)
class _Asker:
    """Who asks the model, about one scenario."""

    scenario: "Scenario"
    asked: "Asked"
    years: Sequence[int]
    settings: Settings
    watch: Watch

    def ask(self, cases: Sequence[Any], replicates: int) -> "tuple[Answers, Any]":
        """Return the answers of every member, and the number of its case."""
        from simulation.decisions.quantities import ASKED, answers_of

        ensemble = simulate_cases([self.scenario], cases, replicates, self.settings, self.watch, ASKED)
        return answers_of(ensemble, self.scenario, self.years), ensemble.draws

    def at_points(self, factors: "Sequence[Factor]", design: "Design") -> "Answers":
        """Return the answers at the points of a design, each the mean of its replicates."""
        from simulation.cases import Case
        from simulation.decisions.quantities import Answers
        from simulation.decisions.sensitivity.factors import given_at, numbers_at

        cases = [Case(0, None, given_at(factors, row)) for row in numbers_at(factors, design.points)]
        found, _ = self.ask(cases, self.asked.replicates)
        return Answers(found.quantities, found.values.reshape(len(cases), self.asked.replicates, -1).mean(axis=1))

    def repeated(self, factors: "Sequence[Factor]", design: "Design") -> "Answers":
        """Return the answers at the centre and some other points, lived again and again: members, quantities.

        The others are drawn, but for Sobol, whose own points they are: the chance that is parted is that of the variance parted.
        """
        from simulation.cases import Case
        from simulation.decisions.sensitivity.designs import base_rows
        from simulation.decisions.sensitivity.factors import given_at, numbers_at

        points, replicates = self.asked.repeated
        own = design.points[base_rows(design)[: points - 1]]
        others = [Case(0, None, given_at(factors, row)) for row in numbers_at(factors, own)] if len(own) else []
        found, _ = self.ask([Case(0, None), *(others or [Case(0, draw) for draw in range(points - 1)])], replicates)
        return found


def _studied(asker: _Asker) -> "Study":
    from simulation.cases import Case
    from simulation.decisions.sensitivity.designs import SOBOL, design_of
    from simulation.decisions.sensitivity.factors import factors_of
    from simulation.decisions.sensitivity.study import Study

    asked, scenario = asker.asked, asker.scenario
    factors, screened = factors_of(scenario), None
    _check_count(asked, len(factors))
    if asked.method == SOBOL and len(factors) > asked.top:
        factors, screened = _screened(asker, factors)
    design = design_of(asked.method, len(factors), asked.size, asked.seed)
    answers, repeated = asker.at_points(factors, design), asker.repeated(factors, design)
    drawn = future_answers = None
    if asked.futures:
        drawn = scenario.drawn(asked.seed, range(asked.futures))
        future_answers = asker.ask([Case(0, draw) for draw in range(asked.futures)], 1)[0].values
    points, replicates = asked.repeated
    return Study(
        scenario=scenario,
        asked=asked,
        factors=factors,
        design=design,
        answers=answers,
        repeated=np.reshape(repeated.values, (points, replicates, -1)),
        drawn=drawn,
        future_answers=future_answers,
        screened=screened,
    )


def _check_count(asked: "Asked", factors: int) -> None:
    """Raise InputErrors where more is asked for than anybody means to wait for."""
    from simulation.decisions.sensitivity.designs import SOBOL, count_of

    count, one = (
        asked.replicates * count_of(asked.method, min(factors, asked.top) if asked.method == SOBOL else factors, size)
        for size in (asked.size, 1)
    )
    if count > MOST_FUTURES:
        told = {"count": count, "most": MOST_FUTURES, "allowed": f"2\N{EN DASH}{MOST_FUTURES // one}"}
        raise InputErrors([Problem(key="--size", code="too_many_futures", values=told)])


def _screened(asker: _Asker, factors: "Sequence[Factor]") -> "tuple[list[Factor], pd.DataFrame]":
    """Return the factors that move most in a screening by Morris, in the order of the files, and its indices."""
    from simulation.decisions.sensitivity.designs import MORRIS, design_of
    from simulation.decisions.sensitivity.tables import indices_frame, most_important

    design = design_of(MORRIS, len(factors), asker.asked.screening, asker.asked.seed)
    answers = asker.at_points(factors, design)
    indices = indices_frame(design, answers, [factor.path for factor in factors])
    chosen = set(most_important(indices, answers, asker.asked.top))
    return [factor for factor in factors if factor.path in chosen], indices
