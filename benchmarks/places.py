"""Scenarios of other sizes: the shipped place with more homes and residents, or without the rest of the city."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from simulation.indicators.setting import NOWHERE
from simulation.scenario import Scenario, load


def sized(
    folder: Path, residents: int | None = None, *, city: bool = False, scenario: str = "historical", last_year: int = 2030
) -> Scenario:
    """Return a scenario whose list areas have about so many residents; None: as many as they have.

    ``city``: keep the rest of the city, as it is. Homes grow with the residents, in every department alike. A place folder and a
    scenario that uses it are written to ``folder``.
    """
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = 100_000, True  # as it was read
    name = f"{scenario}_{residents or 'as_is'}_{'city' if city else 'alone'}_{last_year}"
    shipped = load(scenario)
    source = shipped.path(f"places/{shipped.place}/place.yaml")
    place = yaml.load(source.read_text(encoding="utf-8"))
    _resize(place, residents, city)
    areas = {area["id"] for area in place["areas"]}
    target = folder / "places" / name / source.name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8") as stream:
        yaml.dump(place, stream)
    path = folder / f"{name}.yaml"
    with path.open("w", encoding="utf-8") as stream:
        elsewhere = [{"id": item.id, "drop": True} for item in shipped.sections.new_homes if item.area not in areas]
        yaml.dump({"extends": f"{scenario}.yaml", "place": name, "last_year": last_year, "new_homes": elsewhere}, stream)
    return load(str(path))


def _resize(place: Any, residents: int | None, city: bool) -> None:
    within = {area["id"] for area in place["areas"] if area["list_area"]}
    living = [group for group in place["populations"] if group["area"] in within and "boundary" not in group]
    factor = 1.0 if residents is None else residents / sum(group["residents"]["value"] for group in living)
    for group in living:
        group["residents"]["value"] = round(group["residents"]["value"] * factor)
    for entry in place["departments"]:
        entry["homes"] = round(entry["homes"] * factor) if entry["area"] in within else entry["homes"]
    # The years that are measured know the boundary of the day alone.
    place["populations"] = [group for group in place["populations"] if "boundary" not in group]
    if not city:
        place["areas"] = [area for area in place["areas"] if area["id"] in within]
        place["departments"] = [entry for entry in place["departments"] if entry["area"] in within]
        place["populations"] = [group for group in place["populations"] if group["area"] in {*within, NOWHERE}]
