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
    persons = emptied.assign(change="emptied_persons", mean=2.5 * emptied["mean"])
    parts = [emptied.assign(change=f"emptied_{how}", mean=part * emptied["mean"]) for how, part in (("rehoused", 0.75), ("left", 0.25))]
    return pd.concat([found, *parts, persons])


def without_origin():
    rows = [(area, int(year), "vulnerable", 1.0) for area in AREAS for year in YEARS]
    return pd.DataFrame(rows, columns=["area", "list_year", "category", "probability"])


def spread():
    rows = [(area, 2030, "outside_labour_market", 0.55) for area in AREAS]
    return pd.DataFrame(rows, columns=["area", "list_year", "indicator", "draws_share"])


def frames():
    names = {"summary": summary(), "status": status(), "homes": homes(), "programme": programme(), "spread": spread()}
    empty = pd.DataFrame(columns=["area", "lever"])
    return {**names, "status_without_origin": without_origin(), "arithmetic": empty}


def headline():
    numbers = {"p10": 40.4, "p50": 43.2, "p90": 46.1, "short_p10": 15.0, "short_p50": 130.0, "short_p90": 250.0, "limit": 40.0}
    chances = {"off_conversion": 0.3, "off_parallel": 0.2, "off_vulnerable": 0.05, "first_year_off_conversion": None}
    told = {"area": "storby", "list_year": 2030, "share_year": 2030, "elsewhere": 0.12, "share_unknown": 0.55}
    counts = {"drawn_parameters": 133, "drawn_assumed": 120}
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

    def values(self, seed, draw):
        areas = [{"id": key, "name": name, "list_area": True} for key, name in AREAS.items()]
        departments = [{"id": key, "name": key.capitalize()} for key in ("nordparken", "sydparken")]
        return {"place": {"areas": [*areas, {"id": "resten", "name": "Resten", "list_area": False}], "departments": departments}}

    def path(self, name):
        return self.folder / name

    def parameters(self):
        rest = {"unit": "share a year", "note": "", "fitted": False}
        known = Parameter(path="moving.turnover", value=0.1, low=0.08, high=0.12, basis="sourced", source="A minister", drawn=True, **rest)
        guess = Parameter(path="rehousing.leave", value=0.2, low=0.05, high=0.4, basis="assumed", source="<none>", drawn=True, **rest)
        fixed = Parameter(path="place.homes", value="1, 2", low=None, high=None, basis="derived", source="A sum", drawn=False, **rest)
        return [known, guess, fixed]
