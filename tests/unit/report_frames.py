"""Frames as a run leaves them, made up for tests of the report: two areas, twelve lists, and values of no meaning."""

import numpy as np
import pandas as pd

from simulation.scenario.provenance import Parameter

AREAS = {"storby": "Storby", "lilleby": "Lilleby"}
PUBLISHED = (
    "area,list_year,residents,outside_labour_market_pct,convicted_pct,basic_schooling_only_pct,"
    "mean_income_pct_of_region,non_western_pct,boundary"
)
YEARS = np.arange(2019, 2031)
CRITERIA = ("outside_labour_market", "convicted", "basic_schooling_only", "mean_income", "non_western")
START = {
    "outside_labour_market": (49.5, 40.0, -0.5),
    "convicted": (2.70, 2.03, -0.02),
    "basic_schooling_only": (77.2, 60.0, -0.3),
    "mean_income": (53.3, 55.0, 0.1),
    "non_western": (76.6, 50.0, -0.8),
    "social_family_share": (76.0, 40.0, -3.3),
    "residents": (7750.0, 1000.0, -120.0),
}


def summary():
    rows = []
    for area, factor in (("storby", 1.0), ("lilleby", 0.7)):
        for name, (start, limit, slope) in START.items():
            for step, year in enumerate(YEARS):
                middle = factor * (start + slope * step)
                spread = 0.01 * start * np.sqrt(step)
                rows.append(
                    {
                        "scenario": "plan", "area": area, "list_year": int(year), "indicator": name, "mean": middle, "p10": middle - spread,
                        "p50": middle, "p90": middle + spread, "threshold": limit, "probability_breached": float(middle > limit),
                        "denominator": 4000.0, "short_p10": 0.0, "short_p50": 40 * (middle - limit), "short_p90": 400.0,
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


def status():
    rows = []
    for year in YEARS:
        heavy, middle = ("hard_ghetto", "ghetto") if year < 2021 else ("conversion", "parallel_society")
        left = max(0.0, 1 - 0.06 * (year - 2019))
        shares = {heavy: left, middle: (1 - left) * 0.5, "vulnerable": (1 - left) * 0.3, "none": (1 - left) * 0.2}
        rows += [{"scenario": "plan", "area": "storby", "list_year": int(year), "category": k, "probability": p} for k, p in shares.items()]
        rows.append({"scenario": "plan", "area": "lilleby", "list_year": int(year), "category": "vulnerable", "probability": 1.0})
    return pd.DataFrame(rows)


def homes(members=10):
    rows = []
    plan = {"nordparken": {2020: 26}, "sydparken": dict.fromkeys(range(2021, 2027), 48)}
    for draw in range(members):
        for department, years in plan.items():
            for year in YEARS[:-1]:
                planned, done = years.get(int(year), 0), years.get(int(year) - 1 - draw % 2, 0)
                for change, dwellings in (("planned", planned), ("demolished", done), ("delayed", planned), ("emptied", done)):
                    key = {"scenario": "plan", "draw": draw, "replicate": 0, "area": "storby", "department": department}
                    rows.append({**key, "year": int(year), "change": change, "dwellings": dwellings})
    return pd.DataFrame(rows)


def published():
    rows = [("storby", 2015, "outside_labour_market", 51.9, False), ("storby", 2018, "outside_labour_market", 52.2, True)]
    rows += [("storby", 2019, name, START[name][0], True) for name in ("outside_labour_market", "convicted", "non_western")]
    return pd.DataFrame(rows, columns=["area", "list_year", "indicator", "value", "comparable"])


def programme():
    found = homes().groupby(["area", "department", "year", "change"])["dwellings"].sum().div(10).rename("mean").reset_index()
    emptied = found[found["change"] == "emptied"]
    persons = emptied.assign(change="emptied_persons", department=None, mean=2.5 * emptied["mean"])
    parts = [emptied.assign(change=f"emptied_{how}", mean=part * emptied["mean"]) for how, part in (("rehoused", 0.75), ("left", 0.25))]
    return pd.concat([found, *parts, persons])


def without_origin():
    rows = [(area, int(year), "vulnerable", 1.0) for area in AREAS for year in YEARS]
    return pd.DataFrame(rows, columns=["area", "list_year", "category", "probability"])


def spread():
    rows = [(area, 2030, "outside_labour_market", 0.55) for area in AREAS]
    return pd.DataFrame(rows, columns=["area", "list_year", "indicator", "draws_share"])


def building():
    planned, mean = [0, 0, 0, 0, 40, 80, 120, 160, 200, 240, 280], [0, 0, 0, 0, 0, 20, 60, 100, 140, 180, 220]
    cells = {"planned": planned, "mean": mean, "p10": np.maximum(np.array(mean) - 20, 0), "p50": mean, "p90": planned}
    return pd.DataFrame({"scenario": "plan", "area": "storby", "kind": "private", "year": YEARS[:-1], **cells, "planned_in_all": 320})


UNKNOWN = (np.nan, np.nan, np.nan, np.nan)  # the parts


def milestones():
    early = range(2020, 2024)
    rows = [
        ("share", "storby", "social_family_share", 2030, 0.8, 39.1, 10.0, -44.0, -90.0, "homes", "residents", *UNKNOWN),
        *[
            ("support", "storby", "support", year, 0.02, 5.0, 30.0, 20.0, 10.0, "persons", "residents", 7.0, 4.0, -6.0, 2.0)
            for year in early
        ],
        ("support", "storby", "support", 2023, 0.0, -3.0, 40.0, 30.0, 20.0, "persons", "residents_of_start", *UNKNOWN),
        ("off_conversion_list", "storby", np.nan, 2030, 0.3, np.nan, 1.0, 1.0, 0.0, "criteria", "residents", *UNKNOWN),
        ("later", "storby", "support", 2040, np.nan, np.nan, np.nan, np.nan, np.nan, "persons", "residents", *UNKNOWN),
    ]
    names = ["goal", "area", "indicator", "list_year", "probability_met", "value_p50", "short_p90", "short_p50", "short_p10", "short_unit"]
    return pd.DataFrame(rows, columns=[*names, "counted_for", "own_change", "moved_away", "newcomers", "rest_of_city"])


def decomposition():
    parts = {"moved_in": -2.0, "moved_out": 0.5, "rehoused": 0.001, "changed_state": 1.0, "change": -0.499}
    rows = [("storby", 2020 + step, name, source, value) for step in (0, 1) for name in CRITERIA for source, value in parts.items()]
    return pd.DataFrame(rows, columns=["area", "list_year", "indicator", "source", "mean"])


def correlations():
    rows = [("storby", "outside_labour_market", "rehousing.leave", "assumed", 0.71, 1e-8, True)]
    rows += [("storby", "outside_labour_market", "moving.turnover", "sourced", 0.2, 0.1, False)]
    frame = pd.DataFrame(rows, columns=["area", "indicator", "parameter", "basis", "spearman", "p_value", "beyond_chance"])
    return frame.assign(scenario="plan", list_year=2030, draws=50)


def explained():
    rows = [("storby", "outside_labour_market", 1, 0.52, 0.48), ("storby", "convicted", 0, -0.1, -0.1)]
    frame = pd.DataFrame(rows, columns=["area", "indicator", "found", "explained", "explained_assumed"])
    return frame.assign(scenario="plan", list_year=2030, draws=50, parameters=133)


def assumed_part():
    rows = [("storby", year, "outside_labour_market", 50, 0.55, 0.26, 0.5) for year in (2025, 2030)]
    columns = ["area", "list_year", "indicator", "draws", "from_numbers", "assumed_least", "assumed_most"]
    return pd.DataFrame(rows, columns=columns).assign(scenario="plan")


def city():
    rows = []
    for area, chance, came in (("resten", 0.2, 20.0), ("mange", np.nan, 0.0)):
        for year in (2019, 2030):
            values = (("residents", 640.0), ("outside_labour_market", 41.0))
            rows += [(area, year, name, value - 2, value, value + 2, chance, came) for name, value in values]
    return pd.DataFrame(rows, columns=["area", "list_year", "indicator", "p10", "p50", "p90", "probability_vulnerable", "rehoused_in_all"])


def composition():
    groups = {"tenure": {"social_family": 7000.0, "owned": 750.0}, "origin": {"danish": 3000.0, "non_western_immigrant": 4750.0}}
    groups |= {
        "labour_state": {"employed": 2500.0, "student": 900.0, "cash_benefit_job_ready": np.nan, "child": 2400.0, "pensioner": 800.0}
    }
    rows = [
        ("storby", int(year), dimension, group, persons, np.isnan(persons))
        for year in YEARS
        for dimension, cells in groups.items()
        for group, persons in cells.items()
    ]
    return pd.DataFrame(rows, columns=["area", "year", "dimension", "group", "persons", "suppressed"])


def movements():
    counts = {"born": 90.0, "died": 40.0, "moved_in": 700.0, "moved_out": 800.0}
    rows = [("storby", int(year), flow, persons) for year in YEARS[:-1] for flow, persons in counts.items()]
    return pd.DataFrame(rows, columns=["area", "year", "flow", "mean"])


def family_share():
    parts = {"social_family": 2872.0, "private": 0.0, "other": 907.0, "demolished": 0.0, "denominator": 3779.0, "share_pct": 76.0}
    rows = [("storby", int(year), part, *[value] * 4) for year in YEARS for part, value in parts.items()]
    return pd.DataFrame(rows, columns=["area", "list_year", "part", "mean", "p10", "p50", "p90"])


def promises():
    rows = [("storby", 2030, "outside_labour_market", 44.6, -140.0), ("storby", 2030, "mean_income", 56.0, 1.0)]
    return pd.DataFrame(rows, columns=["area", "list_year", "indicator", "promise_80", "spare_80"])


def frames():
    names = {"summary": summary(), "status": status(), "homes": homes(), "programme": programme(), "spread": spread()}
    names |= {"building": building(), "milestones": milestones(), "decomposition": decomposition(), "city": city()}
    names |= {"correlations": correlations(), "explained": explained(), "assumed_part": assumed_part()}
    names |= {"composition": composition(), "movements": movements(), "family_share": family_share(), "promises": promises()}
    empty = pd.DataFrame(columns=["area", "lever"])
    return {**names, "status_without_origin": without_origin(), "arithmetic": empty}


def headline():
    numbers = {"p10": 40.4, "p50": 43.2, "p90": 46.1, "short_p10": 15.0, "short_p50": 130.0, "short_p90": 250.0, "limit": 40.0}
    chances = {
        "off_conversion": 0.3,
        "off_parallel": 0.2,
        "off_vulnerable": 0.05,
        "off_every_list": 0.02,
        "first_year_off_conversion": None,
    }
    told = {"area": "storby", "list_year": 2030, "share_year": 2030, "elsewhere": 0.12, "share_unknown": 0.55, "bound": True}
    told |= {"matters": {"outside_labour_market": ["rehousing.leave"], "social_family_share": []}, "explained_assumed": 0.4}
    told |= {"population_difference": 1.26, "receiving": 2}
    counts = {"drawn_parameters": 133, "drawn_assumed": 120, "fitted": 0, "members": 100, "draws": 50, "replicates": 2}
    return {**told, **chances, **counts, "outside": numbers, "family_share": {**numbers, "p50": 39.7, "probability_met": 0.8}}


class Title(str):
    """A scenario's title that is the same in every language."""

    def __call__(self, lang):
        return str(self)


class Scenario:
    """As much of a scenario as the report asks for."""

    name, place = "plan", "somewhere"

    def __init__(self, folder, title="Planen"):
        self.folder, self.title = folder, Title(title)

    def description(self, lang):
        return f"About {self.title}"

    def values(self, seed, draw):
        areas = [{"id": key, "name": name, "list_area": True} for key, name in AREAS.items()]
        departments = [{"id": key, "name": key.capitalize()} for key in ("nordparken", "sydparken")]
        elsewhere = [{"id": key, "name": key.capitalize(), "list_area": False} for key in ("resten", "mange")]
        phases = [{"id": "first", "name": "Første"}]
        home = {"id": "villas", "tenure": "owned", "area": "storby", "from": 2023, "to": 2030, "replacement": False}
        flats = {**home, "id": "flats", "tenure": "social_family", "area": "resten", "replacement": True}
        return {
            "place": {"areas": [*areas, *elsewhere], "departments": departments, "phases": phases},
            "goals": [{"id": "share", "title": {"en": "A small share", "da": "En lille andel"}}],
            "new_homes": [home, flats],
            "measures": [{"id": "talks", "title": {"en": "Talks", "da": "Samtaler"}}],
            "city": {"labour_market": "series", "labour_market_pass_through": 1.0},
            "rates": {"city": {"employment": {"years": [2018, 2019, 2024]}}},
            "first_year": 2019,
            "last_year": 2030,
        }

    @property
    def located(self):
        name = f"places/{self.place}/published.csv"
        return {name: self.folder / name}

    def parameters(self):
        rest = {"unit": "share a year", "note": "", "fitted": False}
        known = Parameter(path="moving.turnover", value=0.1, low=0.08, high=0.12, basis="sourced", source="A minister", drawn=True, **rest)
        guess = Parameter(path="rehousing.leave", value=0.2, low=0.05, high=0.4, basis="assumed", source="<none>", drawn=True, **rest)
        fixed = Parameter(path="place.homes", value="1, 2", low=None, high=None, basis="derived", source="A sum", drawn=False, **rest)
        return [known, guess, fixed]
