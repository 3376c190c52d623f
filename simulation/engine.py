"""One member of the ensemble: a Mesa model that lives the years, judges every 1 January, and proves that nobody is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from simulation import law
from simulation.actors import LandDevelopmentCompany, Landlord, Municipality
from simulation.balance import everybody, prove_balance
from simulation.baseline import assimilate, build
from simulation.population.enrolment import attending
from simulation.population.following import beside, mark_residents
from simulation.population.sources import mark, snapshot, sources
from simulation.processes.recording import of_cross_sections, rehoused_of, stock_of
from simulation.records import COUNTS, QUANTITIES, SOURCES, STOCK, Member
from simulation.scenario import Given, Scenario
from simulation.start import setup_of
from simulation.state import State
from simulation.year import YEAR


class BlandetBy(mesa.Model):
    """A member: residents as columns in ``state``, institutions as Mesa agents, one year a step."""

    def __init__(self, scenario: Scenario, seed: int, draw: int, replicate: int, given: Given = ()) -> None:
        # Mesa's own generator is never used: chance is keyed, so that scenarios stay paired.
        super().__init__(seed=0)
        self.now = replace(setup_of(scenario).start_of(seed, draw, given), replicate=replicate)
        values = self.now.values
        self.state = build(self.now)
        self.landlords = [Landlord(self, index, name) for index, name in enumerate(values["place"]["landlords"])]
        self.municipality, self.company = Municipality(self), LandDevelopmentCompany(self)
        areas = values["place"]["areas"]
        self.one_area = np.array([bool(area["one_area"]) for area in areas])
        since = [area["listed_since"] or values["first_year"] for area in areas]
        self.years_listed = np.maximum(values["first_year"] - np.array(since, np.int64), 0)
        self.state.category = self._category_before()
        self.state.outside_pct = np.array([float(area["outside_before_pct"]) for area in areas])
        self.records: list[dict[str, NDArray[Any]]] = []
        self.accounts: list[dict[str, NDArray[Any]]] = []
        self.last_list = (self.state.category, self.state.outside_pct)
        mark_residents(self.state)
        self.january = snapshot(self.state, self.now)
        mark(self.state, self.january)
        self.attending = attending(self.state, self.now)
        self.record()

    def _category_before(self) -> NDArray[np.int8]:
        """Return what the list before the first said of each area, from its years on the lists."""
        vulnerable = np.array([bool(area["on_vulnerable_list"]) for area in self.now.values["place"]["areas"]])
        row = law.rules_for(self.now.year - 1).years_in_a_row
        category = np.where(vulnerable, law.VULNERABLE, law.NONE)
        category = np.where(self.years_listed > 0, law.PARALLEL, category)
        if row is not None:
            category = np.where(self.years_listed >= row, law.CONVERSION, category)
        return category.astype(np.int8)

    def step(self) -> None:
        """Live one year, prove the balance, and record and judge the next 1 January."""
        state, now = self.state, self.now
        state.open_accounts()
        before = self.records[-1]["stock"]
        for step in YEAR:
            if step.decide is None:
                step.process(state, now)
            else:
                step.process(state, now, step.decide(self, state, now))
        state.category, state.outside_pct = self.last_list
        state.years_off = np.where(state.category == law.CONVERSION, 0, state.years_off + 1)
        self.now = assimilate(state, now.in_year(now.year + 1))
        self.record()
        self.accounts.append({**state.accounts(), **self._whence(now.year)})
        prove_balance(everybody(before), everybody(self.records[-1]["stock"]), state.flows, state.changes, state.department_area)

    def _whence(self, year: int) -> dict[str, NDArray[Any]]:
        """Compare this 1 January with the last, and keep it for the next."""
        before, self.january = self.january, snapshot(self.state, self.now)
        found = sources(before, self.january, self.state, year)
        mark(self.state, self.january)
        attended = self.attending
        self.attending = attending(self.state, self.now)
        return {"sources": found, "participants": attended}

    def record(self) -> None:
        """Count the state of 1 January, and judge it by the law of the list of that year."""
        stock = self._counted()
        counted, rehoused = rehoused_of(self.state)
        judged = self._judged(stock, counted)
        category, without, apart = np.where(self.one_area, judged.category.reshape(3, -1), 0).astype(np.int8)
        values, _, values_apart = judged.values.reshape(-1, 3, len(stock)).swapaxes(0, 1)
        self.years_listed = np.where(self.one_area, judged.years_listed_next[: len(stock)], 0)
        self.last_list = (category, values[0])
        self.records.append(
            {
                "stock": stock,
                **beside(self.state, self.now),
                "criteria": values.T,
                "thresholds": judged.thresholds,
                "breached": judged.breached[:, : len(stock)].T,
                "category": category,
                "category_without_origin": without,
                "criteria_without_rehoused": values_apart.T,
                "category_without_rehoused": apart,
                "rehoused": rehoused,
            }
        )

    def _counted(self) -> NDArray[np.float64]:
        stock = stock_of(self.state, self.now)
        if self.now.values["law"]["population"] == "cross_sections" and self.records:
            return of_cross_sections(stock, self.records[-1]["stock"])
        return stock

    def _judged(self, stock: NDArray[np.float64], rehoused: NDArray[np.float64]) -> law.Judgement:
        """Judge every area as the scenario has the law, without the origin criterion, and without those who were rehoused: in a row."""
        now, origin = self.now, bool(self.now.values["law"]["origin_criterion"])
        counts = counts_of(np.concatenate([stock, stock, _less(stock, rehoused)]))
        applies = np.repeat([origin, False, origin], len(stock))
        rules = law.rules_for(now.year, now.values["law"]["after_last_list"])
        return law.judge_counts(rules, counts, now.city.national_in(now.year), np.tile(self.years_listed, 3), applies)


def _less(stock: NDArray[np.float64], counted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a record (areas, ``STOCK``) without those who are counted apart (areas, ``COUNTS``)."""
    others = stock.copy()
    others[:, [STOCK.index(name) for name in COUNTS]] -= counted
    return others


def counts_of(stock: NDArray[np.float64]) -> law.Counts:
    """Hand the counts of a record (areas, ``STOCK``) to the law."""
    n = {name: stock[:, STOCK.index(name)] for name in COUNTS}
    ratio = np.divide(n["income_ratio_sum"], n["taxpayers_15_64"], out=np.full(len(stock), np.nan), where=n["taxpayers_15_64"] > 0)
    return law.Counts(
        residents=n["residents"],
        adults_18_64=n["adults_18_64"],
        outside=n["outside_two_years"],
        adults_18=n["adults_18"],
        convicted=n["convicted_two_years"],
        aged_30_59=n["aged_30_59"],
        basic_only=n["basic_schooling_only"],
        income_ratio=ratio,
        non_western=n["non_western"],
    )


def simulate(scenario: Scenario, seed: int, draw: int, replicate: int, given: Given = ()) -> Member:
    """Simulate one member from the first list to the last.

    ``draw``: number of the parameter draw, ``CENTRAL`` for the central values; ``replicate``: stream of chance within it;
    ``given``: numbers by path that hold instead of the draw's own.
    """
    model = BlandetBy(scenario, seed, draw, replicate, given)
    for _ in range(scenario.first_year, scenario.last_year):
        model.step()
    records = {name: np.stack([record[name] for record in model.records]) for name in model.records[0]}
    accounts = {
        name: np.array([a[name] for a in model.accounts]).reshape(len(model.accounts), *shape)
        for name, shape in _shapes(model.state).items()
    }
    # Mesa 3.3 counts the agents of every model in a table of its own, and would keep the model with all its residents for good.
    mesa.Agent._ids.pop(model, None)
    model.__dict__.clear()  # it and its agents hold each other: so its residents go at once, and not when garbage is looked for
    return Member(**records, **accounts)


def _shapes(state: State) -> dict[str, tuple[int, ...]]:
    """Return the shape of each account of a year; there are none where the first list is the last."""
    layout = state.layout
    return {
        **{name: account.shape for name, account in state.accounts().items()},
        "sources": (len(layout.list_areas), len(SOURCES), len(QUANTITIES)),
        "participants": (len(layout.measures),),
    }
