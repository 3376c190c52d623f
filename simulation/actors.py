"""The few who decide by rule: landlords, the municipality, the land-development company. They decide; processes carry it out."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from simulation import chance, law
from simulation.population.enrolment import choose
from simulation.population.now import Now
from simulation.population.rules import PRIVATE, Rules, Works, is_private
from simulation.records import LABOUR
from simulation.schedule import by_end_of, during
from simulation.state import CLOSED, DEMOLISHED, LETTABLE, TENURE_CODE, State

Rows = NDArray[np.intp]
UNLIMITED = 10**6  # households a year, where a scenario sets no pace


class Landlord(mesa.Agent):
    """A social-housing organisation: which homes are emptied and renovated, how many households it rehouses a year."""

    def __init__(self, model: mesa.Model, index: int, name: str) -> None:
        super().__init__(model)
        self.index, self.name = index, name
        self._order: dict[str, tuple[int, Rows]] = {}  # by department: the homes there were when its own were put in order, and that order

    def _homes(self, state: State, department: str) -> Rows:
        """Return the homes that it owns in a department, standing or not, in the order in which buildings are taken."""
        d = state.dwellings
        known, rows = self._order.get(department, (-1, np.empty(0, np.intp)))
        if known != len(d):  # homes have been built since
            rows = np.flatnonzero((d.department == state.layout.departments.index(department)) & (d.landlord == self.index))
            rows = rows[np.argsort(chance.draws_of(chance.key("order of buildings"), d.uid[rows]), kind="stable")]
            self._order[department] = len(d), rows
        return rows[d.landlord[rows] == self.index]

    def notices(self, state: State, now: Now) -> tuple[Rows, NDArray[np.int16]]:
        """Choose the homes to be emptied now, about ``rehousing.lead_years`` before each demolition, and their year."""
        due = now.year + int(now.values["rehousing"]["lead_years"])
        chosen = [np.empty(0, np.intp)]
        for department in _departments(now.values["demolition"]):
            homes = self._homes(state, department)
            if len(homes) == 0:
                continue
            marked = state.dwellings.due[homes] > 0
            wanted = sum(by_end_of(item, due) for item in _of(now.values["demolition"], department))
            chosen.append(homes[~marked][: max(wanted - int(marked.sum()), 0)])
        rows = np.concatenate(chosen)
        return rows, np.full(len(rows), due, np.int16)

    def renovations(self, state: State, now: Now) -> tuple[Rows, NDArray[np.float64]]:
        """Choose the homes to be renovated this year, of those that no demolition of the programme will take.

        Returns them with the rise of their rents, DKK per m2 a year.
        """
        chosen, rises, d = [np.empty(0, np.intp)], [np.empty(0)], state.dwellings
        for department in _departments(now.values["renovation"]):
            homes = self._homes(state, department)
            if len(homes) == 0:
                continue
            items = _of(now.values["renovation"], department)
            staying = homes[sum(int(i["dwellings"]) for i in _of(now.values["demolition"], department)) :]
            rest = max(len(staying) - sum(int(i["dwellings"]) for i in items if i["dwellings"] is not None), 0)
            wanted = sum(by_end_of(i, now.year, rest if i["dwellings"] is None else i["dwellings"]) for i in items)
            ready = staying[(d.status[staying] == LETTABLE) & ~d.renovated[staying]]
            chosen.append(ready[: max(wanted - int(d.renovated[staying].sum()), 0)])
            rises.append(np.full(len(chosen[-1]), max(i["rent_rise_m2_dkk"] for i in items)))
        return np.concatenate(chosen), np.concatenate(rises)

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

    def waiting_list(self, state: State, now: Now) -> NDArray[np.float64]:
        """Return how many apply for its homes in the year, by area: so many for each home that is vacated in an ordinary year.

        Where the area stands on the published list, fewer apply.
        """
        values, d = now.values, state.dwellings
        mine = (d.landlord == self.index) & (d.status < CLOSED)
        homes = np.bincount(state.home_area()[mine], minlength=len(state.layout.areas))
        turnover = np.array([values["rates"]["moving"][area["turnover"]] for area in values["place"]["areas"]])
        ratio = next((w["applicants"] for w in values["place"]["waiting_lists"] if w["id"] == self.name), 1.0)
        label = np.where(state.category > 0, values["rates"]["market"]["listed_demand"], 1.0)
        return homes * turnover * values["letting"]["applicants_per_home"] * ratio * label


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
        """Choose next year's participants of each funded measure."""
        return choose(state, now)

    def letting_rules(self, state: State, now: Now, waiting: NDArray[np.float64]) -> Rules:
        """Return what holds for the year's lettings, by the list of the year before; ``waiting`` are the landlords' lists."""
        values, areas = now.values, now.values["place"]["areas"]
        plan = np.array([bool(a["development_plan"]) for a in areas]) & bool(values["development_plan"])
        hold = values["law"]["after_last_list"]
        rules = law.letting_rules(now.year - 1, state.category, state.outside_pct, plan, values["letting"], state.years_off, hold)
        applies = {
            "compulsory": ("compulsory_refusal", rules.compulsory_refusal),
            "optional": ("optional_refusal", rules.optional_refusal),
            # Whom the municipality may not nominate is taken to be those who are refused elsewhere.
            "municipal": ("compulsory_refusal", rules.municipal_limited & bool(values["letting"]["municipal_limit"])),
        }
        refused = {}
        for name, (rule, where) in applies.items():
            states = [LABOUR.index(s) for s in law.refused_states(rule, now.year - 1, hold)]
            refused[name] = np.zeros((len(areas), len(LABOUR)), bool)
            refused[name][:, states] = where[:, None]
        take_up = values["rates"]["market"]["take_up"] * (1 + values["standing"]["take_up_effect"] * state.standing)
        return Rules(
            refused=refused,
            municipal_share=values["letting"]["municipal_share"],
            flexible=np.where(rules.flexible_required, values["letting"]["flexible_share"], 0.0),
            clean=rules.compulsory_refusal & bool(values["letting"]["clean_record"]),
            take_up=np.clip(take_up, 0.0, 1.0),
            waiting=waiting,
        )


class LandDevelopmentCompany(mesa.Agent):
    """Whoever builds: new homes and floor space, at the earliest by the programme's dates; private homes as the market takes them."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.built: dict[str, int] = {}  # homes by item, all years so far

    def works(self, state: State, now: Now) -> Works:
        """Return the homes and the floor space of the year; what investors hold back waits for the next."""
        place, areas = now.values["place"], state.layout.areas
        landlords, homes = list(place["landlords"]), []
        room, wait = _market_room(state, now), np.zeros(len(areas))
        for item in now.values["new_homes"]:
            first, area = self.built.get(item["id"], 0), areas.index(item["area"])
            count = max(by_end_of(item, now.year, item["count"]) - first, 0)
            if TENURE_CODE[item["tenure"]] in PRIVATE:
                held = max(count - int(room[area]), 0)
                count, wait[area] = count - held, wait[area] + held
                room[area] -= count
            landlord = landlords.index(item["landlord"]) if item["landlord"] in landlords else -1
            self.built[item["id"]] = first + count
            if count:
                homes.append((item, _department(state, now, item["area"]), landlord, first, count))
        floors = [(areas.index(item["area"]), item["use"], float(during(item, now.year, item["m2"]))) for item in now.values["floor_space"]]
        return Works(homes, floors, wait)

    def relabels(self, state: State, now: Now) -> list[tuple[Rows, str]]:
        """Return the homes that change tenure this year, and to what."""
        chosen, d = [], state.dwellings
        for item in now.values["relabel"]:
            own = np.flatnonzero(
                (d.department == state.layout.departments.index(item["department"])) & (d.status == LETTABLE) & (d.due == 0)
            )
            own = own[d.tenure[own] == TENURE_CODE["social_family"]]
            own = own[np.argsort(chance.draws_of(chance.key("order of relabelling"), d.uid[own]), kind="stable")]
            chosen.append((own[: during(item, now.year)], item["tenure"]))
        return chosen


def _department(state: State, now: Now, area: str) -> int:
    """Return where new homes of an area stand: its department without landlord, else its first."""
    places = [(i, d) for i, d in enumerate(now.values["place"]["departments"]) if d["area"] == area]
    return next((i for i, d in places if d["landlord"] == "none"), places[0][0])


def _market_room(state: State, now: Now) -> NDArray[np.float64]:
    """Return for each area how many private homes investors would have standing empty, less those that do."""
    d, areas = state.dwellings, state.layout.areas
    planned = np.zeros(len(areas))
    for item in now.values["new_homes"]:
        if TENURE_CODE[item["tenure"]] in PRIVATE:
            planned[areas.index(item["area"])] += item["count"]
    if not planned.any():
        return planned
    empty = state.vacant() & (d.status == LETTABLE) & is_private(d.tenure)
    unsold = np.bincount(state.home_area()[empty], minlength=len(areas))
    return np.maximum(np.ceil(now.values["rates"]["market"]["unsold_most"] * planned) - unsold, 0)


def planned_demolitions(state: State, now: Now) -> NDArray[np.float64]:
    """Return the demolitions of the year by department, by the scenario's own dates before any delay."""
    planned = np.zeros(len(state.layout.departments))
    for item in now.values["demolition"]:
        on_time = {**item, "delay_years": 0}
        planned[state.layout.departments.index(item["department"])] += during(on_time, now.year)
    return planned


def progress(state: State, now: Now, built: dict[str, int]) -> NDArray[np.float64]:
    """Return the share of each area's programme (demolition, renovation, new homes) that is carried out; ``built``: homes by item."""
    planned, done = np.zeros(len(state.layout.areas)), np.zeros(len(state.layout.areas))
    d = state.dwellings
    for item in now.values["new_homes"]:
        planned[state.layout.areas.index(item["area"])] += item["count"]
        done[state.layout.areas.index(item["area"])] += built.get(item["id"], 0)
    for department in _departments((*now.values["demolition"], *now.values["renovation"])):
        place = state.layout.departments.index(department)
        area = state.department_area[place]
        planned[area] += (d.department == place).sum()
        done[area] += ((d.department == place) & (d.renovated | (d.status == DEMOLISHED))).sum()
    return np.divide(done, planned, out=np.zeros_like(done), where=planned > 0)
