"""The few who decide by rule: landlords, the municipality, the land-development company. They decide; processes carry it out."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from simulation import chance, law
from simulation.population.now import Now
from simulation.records import LABOUR
from simulation.schedule import by_end_of, during
from simulation.state import DEMOLISHED, LETTABLE, TENURE_CODE, State

Rows = NDArray[np.intp]
UNLIMITED = 10**6  # households a year, where a scenario sets no pace


class Landlord(mesa.Agent):
    """A social-housing organisation: which homes are emptied and renovated, how many households it rehouses a year."""

    def __init__(self, model: mesa.Model, index: int, name: str) -> None:
        super().__init__(model)
        self.index, self.name = index, name

    def _homes(self, state: State, department: str) -> Rows:
        """Return the homes that it owns in a department, standing or not, in the order in which buildings are taken."""
        d = state.dwellings
        rows = np.flatnonzero((d.department == state.layout.departments.index(department)) & (d.landlord == self.index))
        return rows[np.argsort(chance.draws(chance.key("order of buildings"), d.uid[rows]), kind="stable")]

    def notices(self, state: State, now: Now) -> tuple[Rows, NDArray[np.int16]]:
        """Choose the homes to be emptied now, about ``rehousing.lead_years`` before each demolition, and their year."""
        due = now.year + int(now.values["rehousing"]["lead_years"])
        chosen = [np.empty(0, np.intp)]
        for department in _departments(now.values["demolition"]):
            homes = self._homes(state, department)
            marked = state.dwellings.due[homes] > 0
            wanted = sum(by_end_of(item, due) for item in _of(now.values["demolition"], department))
            chosen.append(homes[~marked][: max(wanted - int(marked.sum()), 0)])
        rows = np.concatenate(chosen)
        return rows, np.full(len(rows), due, np.int16)

    def renovations(self, state: State, now: Now) -> Rows:
        """Choose the homes to be renovated this year, of those that no demolition of the programme will take."""
        chosen, d = [np.empty(0, np.intp)], state.dwellings
        for item in now.values["renovation"]:
            pulled_down = sum(int(i["dwellings"]) for i in _of(now.values["demolition"], item["department"]))
            staying = self._homes(state, item["department"])[pulled_down:]
            total = len(staying) if item["dwellings"] is None else min(int(item["dwellings"]), len(staying))
            ready = staying[(d.status[staying] == LETTABLE) & ~d.renovated[staying]]
            chosen.append(ready[: max(by_end_of(item, now.year, total) - int(d.renovated[staying].sum()), 0)])
        return np.concatenate(chosen)

    def capacity(self, now: Now) -> int:
        """Return how many households it rehouses this year.

        Before its first year none; after its last it goes on at that pace until nobody waits. Without a pace: no limit.
        """
        paces = [p for p in now.values["rehousing"]["pace"] if p["landlord"] == self.name]
        if not paces:
            return UNLIMITED
        running = [p for p in paces if p["from"] <= now.year <= p["to"]]
        if not running and now.year > max(p["to"] for p in paces):
            running = [max(paces, key=lambda p: int(p["to"]))]
        return sum(_whole_share(p["households_per_year"], now.year - p["from"]) for p in running)


def _departments(items: tuple[Any, ...]) -> list[str]:
    return list(dict.fromkeys(item["department"] for item in items))


def _of(items: tuple[Any, ...], department: str) -> list[Any]:
    return [item for item in items if item["department"] == department]


def _whole_share(yearly: float, years_before: int) -> int:
    """Return this year's whole households of a yearly average that need not be whole."""
    return round(yearly * (years_before + 1)) - round(yearly * years_before)


class Municipality(mesa.Agent):
    """The municipality: whom its measures reach, and the letting rules it and the law lay down."""

    def enrolment(self, state: State, now: Now) -> list[tuple[int, Rows]]:
        """Choose next year's participants of each funded measure: those of the target group with the lowest draw."""
        p, chosen = state.persons, []
        taken = np.zeros(len(p), bool)
        area = state.person_area()
        rehoused = state.households.rehoused_year[p.household] > 0
        for index, measure in enumerate(now.values["measures"]):
            if not _acts(measure, now.year + 1):
                continue
            inside = _in_areas(state, area, measure["areas"]) | (rehoused & bool(measure["follows_person"]))
            target = measure["target"]
            states = [LABOUR.index(s) for s in target["labour"]] or list(range(len(LABOUR)))
            right = (p.age >= target["age_from"]) & (p.age <= target["age_to"]) & np.isin(p.labour, states)
            rows = np.flatnonzero(inside & right & ~taken)
            first = np.argsort(now.u(f"enrolling {measure['id']}", p.uid[rows]), kind="stable")[: round(measure["capacity"])]
            chosen.append((index, rows[first]))
            taken[rows[first]] = True
        return chosen

    def letting_rules(
        self, state: State, now: Now
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
        """Return what holds for the year's lettings: refused states, flexible share, clean record, take-up; by area."""
        values, areas = now.values, now.values["place"]["areas"]
        plan = np.array([bool(a["development_plan"]) for a in areas]) & bool(values["development_plan"])
        hold = values["law"]["after_last_list"]
        rules = law.letting_rules(now.year - 1, state.category, state.outside_pct, plan, values["letting"], state.years_off, hold)
        refused = np.zeros((len(areas), len(LABOUR)), bool)
        for name, applies in (("compulsory_refusal", rules.compulsory_refusal), ("optional_refusal", rules.optional_refusal)):
            states = [LABOUR.index(s) for s in law.refused_states(name, now.year - 1, hold)]
            refused |= applies[:, None] & np.isin(np.arange(len(LABOUR)), states)[None, :]
        flexible = np.where(rules.flexible_required, values["letting"]["flexible_share"], 0.0)
        clean = rules.compulsory_refusal & bool(values["letting"]["clean_record"])
        take_up = values["rates"]["market"]["take_up"] * (1 + values["standing"]["take_up_effect"] * state.standing)
        return refused, flexible, clean, np.clip(take_up, 0.0, 1.0)


def _acts(measure: Any, year: int) -> bool:
    return bool(measure["funded"]) and measure["acts_on"] != "none" and measure["from"] <= year <= measure["to"]


def _in_areas(state: State, area: NDArray[np.int16], names: tuple[str, ...]) -> NDArray[np.bool_]:
    wanted = names or state.layout.list_areas
    return np.isin(area, [state.layout.areas.index(name) for name in wanted])


class LandDevelopmentCompany(mesa.Agent):
    """Whoever builds: new homes and floor space by the programme, as late as the scenario's delays make them."""

    def works(self, state: State, now: Now) -> tuple[list[tuple[Any, int, int, int, int]], list[tuple[int, str, float]]]:
        """Return the homes (item, department, landlord, first ordinal, count) and floor space (area, use, m2) of the year."""
        homes, floors = [], []
        landlords = list(now.values["place"]["landlords"])
        for item in now.values["new_homes"]:
            first, count = by_end_of(item, now.year - 1, item["count"]), during(item, now.year, item["count"])
            landlord = landlords.index(item["landlord"]) if item["landlord"] in landlords else -1
            if count:
                homes.append((item, _department(state, now, item["area"]), landlord, first, count))
        for item in now.values["floor_space"]:
            m2 = during(item, now.year, item["m2"])
            floors.append((state.layout.areas.index(item["area"]), item["use"], float(m2)))
        return homes, floors

    def relabels(self, state: State, now: Now) -> list[tuple[Rows, str]]:
        """Return the homes that change tenure this year, and to what."""
        chosen, d = [], state.dwellings
        for item in now.values["relabel"]:
            own = np.flatnonzero(
                (d.department == state.layout.departments.index(item["department"])) & (d.status == LETTABLE) & (d.due == 0)
            )
            own = own[d.tenure[own] == TENURE_CODE["social_family"]]
            own = own[np.argsort(chance.draws(chance.key("order of relabelling"), d.uid[own]), kind="stable")]
            chosen.append((own[: during(item, now.year)], item["tenure"]))
        return chosen


def _department(state: State, now: Now, area: str) -> int:
    """Return where new homes of an area stand: its department without landlord, else its first."""
    places = [(i, d) for i, d in enumerate(now.values["place"]["departments"]) if d["area"] == area]
    return next((i for i, d in places if d["landlord"] == "none"), places[0][0])


def planned_demolitions(state: State, now: Now) -> NDArray[np.float64]:
    """Return the demolitions of the year by department, by the scenario's own dates before any delay."""
    planned = np.zeros(len(state.layout.departments))
    for item in now.values["demolition"]:
        on_time = {**item, "delay_years": 0}
        planned[state.layout.departments.index(item["department"])] += during(on_time, now.year)
    return planned


def progress(state: State, now: Now) -> NDArray[np.float64]:
    """Return the share of each area's programme (demolition, renovation, new homes) that its dates have carried out."""
    planned, done = np.zeros(len(state.layout.areas)), np.zeros(len(state.layout.areas))
    d = state.dwellings
    for item in now.values["new_homes"]:
        planned[state.layout.areas.index(item["area"])] += item["count"]
        done[state.layout.areas.index(item["area"])] += by_end_of(item, now.year, item["count"])
    for department in _departments((*now.values["demolition"], *now.values["renovation"])):
        place = state.layout.departments.index(department)
        area = state.department_area[place]
        planned[area] += (d.department == place).sum()
        done[area] += ((d.department == place) & (d.renovated | (d.status == DEMOLISHED))).sum()
    return np.divide(done, planned, out=np.zeros_like(done), where=planned > 0)
