"""A small district in a small city, cut out of the shipped place, for runs of many programmes: residents of the same kind, fewer."""

import json
import shutil
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from simulation import engine, start
from simulation.ensemble import SimulateTask, members_of, run_ensemble
from simulation.indicators.frames import results_of
from simulation.scenario import Values, load
from simulation.scenario.nodes import parse

HOMES = {"granparken": 60, "birkeparken": 40, "vollsmose_new": 0, "civica_other": 150, "fab_other": 110}
AREAS = ("vollsmose", "civica_other", "fab_other")
FOLDER = tempfile.TemporaryDirectory(prefix="district")  # gone when the tests are
SHIPPED = Path(__file__).resolve().parents[1] / "scenarios" / "places" / "vollsmose" / "place.yaml"


def _place():
    place = parse(SHIPPED.read_text(encoding="utf-8"), "place", []).plain()
    before = {p["id"]: sum(d["homes"] for d in place["departments"] if d["area"] == p["area"]) for p in place["populations"]}
    place["boundaries"] = []
    place["landlords"] = ["civica", "fab"]
    place["departments"] = [d | {"homes": HOMES[d["id"]]} for d in place["departments"] if d["id"] in HOMES]
    place["areas"] = [a for a in place["areas"] if a["id"] in AREAS]
    place["waiting_lists"] = [w for w in place["waiting_lists"] if w["id"] != "others"]
    place["populations"] = [p for p in place["populations"] if p["area"] in (*AREAS, "none") and not p.get("boundary")]
    for population in place["populations"]:
        now = sum(d["homes"] for d in place["departments"] if d["area"] == population["area"])
        if now:
            population["residents"]["value"] = round(population["residents"]["value"] * now / before[population["id"]])
    return place


@lru_cache
def district():
    """Return the law in force in the small city, from 2019 to 2025."""
    folder = Path(FOLDER.name)
    (folder / "places" / "small").mkdir(parents=True)
    (folder / "places" / "small" / "place.yaml").write_text(json.dumps(_place()), encoding="utf-8")  # JSON is YAML too
    path = folder / "small.yaml"
    path.write_text("extends: reference.yaml\nplace: small\nlast_year: 2025\ngoals: []\n", encoding="utf-8")
    return load(str(path))


@lru_cache
def results():
    """Return the tables of two members of the small city, as a run writes them."""
    with tempfile.TemporaryDirectory() as folder:
        ensemble = run_ensemble(SimulateTask(district(), 1), members_of(2, 1), Path(folder))
        return results_of(ensemble, district())


def changed(values, **new):
    """Return values with some of them replaced; double underscores stand for the dots of a path."""
    for path, value in new.items():
        values = _with(values, path.split("__"), value)
    return values


def _with(values, names, value):
    inner = value if len(names) == 1 else _with(values[names[0]], names[1:], value)
    return Values({**dict(values.items()), names[0]: inner})


def model(replicate=0, **new):
    """Return the small city on its first 1 January, with some values replaced."""
    made = engine.BlandetBy(district(), 1, start.CENTRAL, replicate)
    made.now = replace(made.now, values=changed(made.now.values, **new))
    return made


def item(**said):
    """Return an item of a programme with what every item has."""
    dates = {"delay_years": 0, "from": 2019, "to": 2019, "dwellings": None, "rent_rise_m2_dkk": 0.0, "landlord": None, "replacement": False}
    return Values(dates | {key.rstrip("_"): value for key, value in said.items()})


def lay(folder):
    """Lay the small city beside the files of a session of the local page, where a file that is opened there finds it."""
    district()
    for name in ("given", "changed"):
        shutil.copytree(FOLDER.name, folder / name, dirs_exist_ok=True)
