"""A made-up ensemble for tests of indicators and tables: whole persons and homes that add up, of no further meaning."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from simulation.law import Counts, judge_counts, rules_for
from simulation.records import (
    CHANGES,
    CITY,
    CRITERIA,
    FLOWS,
    LABOUR,
    ORIGIN,
    QUANTITIES,
    SCHOOLING,
    SOURCES,
    STOCK,
    TENURE,
    WHEREABOUTS,
    Ensemble,
    Layout,
)
from simulation.scenario import Values

AREAS = ("storby", "lilleby", "andet")
LIST_AREAS = ("storby", "lilleby")
DEPARTMENTS = {"nord": "storby", "syd": "storby", "haven": "lilleby"}
START = np.array([7750, 1380, 640])
LISTED = np.array([9, 0, 0])
SUPPORT = {
    "states": ("insured_unemployed", "disability_pension"),
    "unemployed": ("insured_unemployed",),
    "gap_points": 10.0,
    "gap_year": 2020,
}
CITY_RATES = {"public_support": Values(SUPPORT), "children_of_intake_age": 2000.0, "daycare_limit_pct": 30.0}


def layout(first_year=2019, last_year=2030):
    departments = ("nord", "syd", "haven")
    return Layout(AREAS, LIST_AREAS, departments, ("storby", "storby", "lilleby"), first_year, last_year)


def ensemble(draws=5, replicates=2, seed=3, areas=None):
    areas = areas or layout()
    rng = np.random.default_rng(seed)
    members, lists = draws * replicates, len(areas.list_years)
    flows = rng.integers(5, 60, (members, lists - 1, len(AREAS), len(FLOWS))).astype(float)
    sign = np.array([1, -1, 1, -1, -1, 1, -1, 1])
    residents = START + np.concatenate([np.zeros((members, 1, len(AREAS))), np.cumsum((flows * sign).sum(-1), axis=1)], axis=1)
    stock = _stock(residents, rng)
    judged = _judged(stock, areas, True), _judged(stock, areas, False)
    arrays = {
        "stock": stock,
        "criteria": judged[0]["values"],
        "thresholds": judged[0]["thresholds"],
        "breached": judged[0]["breached"],
        "category": judged[0]["category"],
        "category_without_origin": judged[1]["category"],
        "flows": flows,
        "changes": _changes(members, lists - 1, rng),
        "sources": _sources(stock, areas, rng),
        "followed": rng.integers(0, 200, (members, lists, len(LIST_AREAS), len(WHEREABOUTS), len(LABOUR))).astype(float),
        "city": np.broadcast_to([0.0, 4.7], (members, lists, len(CITY))),
        "participants": np.zeros((members, lists - 1, 0)),
    }
    return Ensemble(areas, np.repeat(np.arange(draws), replicates), np.tile(np.arange(replicates), draws), arrays)


def _sources(stock, areas, rng):
    """Deal each year's change of every quantity over the sources, unevenly."""
    places = [areas.areas.index(area) for area in areas.list_areas]
    change = np.diff(stock[:, :, places][..., [STOCK.index(name) for name in QUANTITIES]], axis=1)
    dealt = rng.normal(0, 20, (*change.shape[:-1], len(SOURCES), len(QUANTITIES)))
    dealt[..., -1, :] = change - dealt[..., :-1, :].sum(axis=-2)
    return dealt


def _stock(residents, rng):
    named = {"residents": residents}
    shape = residents.shape
    for names, prefix, total in ((LABOUR, "labour_", residents), (ORIGIN, "origin_", residents)):
        named |= dict(zip((prefix + name for name in names), _dealt(total, len(names), rng), strict=True))
    ages = ("0_6", "7_17", "18_24", "25_29", "30_59", "60_64", "65_up")
    named |= dict(zip((f"age_{name}" for name in ages), _dealt(residents, len(ages), rng), strict=True))
    named["adults_18"] = residents - named["age_0_6"] - named["age_7_17"]
    named["adults_18_64"] = named["adults_18"] - named["age_65_up"]
    named["aged_30_59"] = named["age_30_59"]
    named |= dict(zip((f"schooling_{name}" for name in SCHOOLING), _dealt(named["adults_18"], len(SCHOOLING), rng), strict=True))
    private = np.zeros(shape)
    private[:, :, 0] = 30.0 * np.arange(shape[1])
    named |= {f"tenure_{name}": np.zeros(shape) for name in TENURE}
    named |= {"tenure_social_family": residents - private, "tenure_owned": private}
    named |= {"taxpayers_15_64": named["adults_18_64"], "households": np.round(residents / 2.5)}
    years = np.arange(shape[1])[:, None]
    named["outside_last_year"] = named["adults_18_64"] * (0.495 - 0.01 * years) * rng.uniform(0.97, 1.03, shape)
    named["outside_year_before"] = named["outside_last_year"]
    named["outside_two_years"] = named["outside_last_year"]
    named["convicted_two_years"] = 0.027 * named["adults_18"]
    named["basic_schooling_only"] = 0.77 * named["aged_30_59"]
    named["income_ratio_sum"] = 0.533 * named["taxpayers_15_64"]
    named["non_western"] = 0.766 * residents
    family = np.array([2872.0, 730.0, 300.0])
    gone = np.minimum(90.0 * years, 1000.0) * np.array([1.0, 0.0, 0.0])
    named |= {"homes_social_family": family - gone, "demolished_total": gone, "homes_owned": 1.7 * gone}
    named["other_equivalents"] = np.array([907.0, 0.0, 0.0])
    return np.stack([np.broadcast_to(named.get(name, 0.0), shape) for name in STOCK], axis=-1).astype(float)


def _dealt(total, parts, rng):
    """Deal whole persons over parts, unevenly, so that some parts are small."""
    weights = np.array([0.001, *np.linspace(1, 2, parts - 1)])
    dealt = [np.floor(total * weight / weights.sum() * rng.uniform(0.9, 1.0, total.shape)) for weight in weights[:-1]]
    return [*dealt, total - sum(dealt)]


def _judged(stock, areas, origin):
    at = dict(zip(STOCK, np.moveaxis(stock, -1, 0), strict=True))
    listed, years = np.broadcast_to(LISTED, stock.shape[:1] + (len(AREAS),)), []
    for place, year in enumerate(areas.list_years):
        names = ("residents", "adults_18_64", "outside_two_years", "adults_18", "convicted_two_years", "aged_30_59", "basic_schooling_only")
        parts = [at[name][:, place] for name in names]
        ratio = at["income_ratio_sum"][:, place] / at["taxpayers_15_64"][:, place]
        found = judge_counts(rules_for(year), Counts(*parts, ratio, at["non_western"][:, place]), 0.68, listed, origin)
        listed = found.years_listed_next
        years.append(found)
    members = len(stock)
    return {
        "values": np.stack([np.moveaxis(found.values, 0, -1) for found in years], axis=1),
        "thresholds": np.broadcast_to(np.stack([found.thresholds for found in years]), (members, len(years), len(CRITERIA))),
        "breached": np.stack([np.moveaxis(found.breached, 0, -1) for found in years], axis=1),
        "category": np.stack([found.category for found in years], axis=1),
    }


def _changes(members, steps, rng):
    changes = np.zeros((members, steps, 3, len(CHANGES)))
    changes[..., :2, CHANGES.index("planned")] = 45
    rehoused = rng.integers(20, 40, (members, steps, 2)).astype(float)
    changes[..., :2, CHANGES.index("emptied_rehoused")] = rehoused
    changes[..., :2, CHANGES.index("emptied_left")] = 45 - rehoused
    changes[..., :2, CHANGES.index("emptied")] = 45
    changes[..., :2, CHANGES.index("emptied_persons")] = 112
    changes[..., :2, CHANGES.index("demolished")] = 45
    return changes


def narrowed(made, areas):
    """Return the ensemble with some areas only."""
    rows = [made.layout.areas.index(area) for area in areas]
    by_area = ("stock", "criteria", "breached", "category", "category_without_origin", "flows")
    arrays = {name: array[:, :, rows] if name in by_area else array for name, array in made.arrays.items()}
    return Ensemble(replace(made.layout, areas=areas), made.draws, made.replicates, arrays)


def scenario(lists="all", **law):
    """Stand in for a scenario: the values and the provenance that indicators ask for."""
    areas = ({"id": name, "development_plan": name == "storby", "one_area": name != "andet"} for name in AREAS)
    goal = {"id": "share", "area": "storby", "indicator": "social_family_share", "at_most": 40.0, "below": None, "list_year": 2030}
    early = {**goal, "id": "outside", "indicator": "outside_labour_market", "at_most": None, "below": 40.0, "list_year": 2024}
    home = {"id": "new", "area": "storby", "tenure": "owned", "count": 1600, "from": 2023, "to": 2030}
    gone = {"id": "gone", "department": "nord", "dwellings": 1000}
    values = Values(
        {
            "law": Values(
                {"after_last_list": "hold", "population": "residents", "count_demolished": True, "count_municipal_floor": False} | law
            ),
            "development_plan": True,
            "place": Values(
                {
                    "areas": tuple(Values(area) for area in areas),
                    "departments": tuple(Values({"id": name, "area": area}) for name, area in DEPARTMENTS.items()),
                    "populations": (Values({"area": "none", "tenure": "owned", "residents": 2.0}),),
                }
            ),
            "output": Values({"lists": lists}),
            "goals": (Values(goal), Values(early)),
            "new_homes": (Values(home),),
            "demolition": (Values(gone),),
            "relabel": (),
            "floor_space": (),
            "first_year": 2019,
            "last_year": 2030,
            "measures": (),
            "rates": Values({"city": Values(CITY_RATES)}),
        }
    )
    return SimpleNamespace(
        name="plan",
        sections=SimpleNamespace(measures=()),
        values=lambda seed, draw: values,
        provenance=lambda: {"drawn": 12, "drawn_assumed": 9, "parameters": []},
    )
