"""A scenario with less to it: the list areas alone, where nobody has to be rehoused, or nothing fitted."""

from __future__ import annotations

from typing import Any

from simulation.files import InputErrors, Problem
from simulation.scenario.model import Scenario


def alone(scenario: Scenario) -> Scenario:
    """Return the scenario without the rest of the city: several times cheaper, for studies of the list areas' own rates.

    Those whose homes are pulled down would find no other, so a scenario that pulls any down is refused. Raises InputErrors.
    """
    if scenario.sections.demolition:
        raise InputErrors([Problem(file=f"{scenario.name}.yaml", key="demolition", code="alone_needs_no_demolition")])
    place, within = scenario.tree["place"], {area["id"] for area in scenario.tree["place"]["areas"] if area["list_area"]}
    known = {area["id"] for area in place["areas"]}
    narrowed = place | {
        "areas": tuple(area for area in place["areas"] if area["id"] in within),
        "departments": tuple(entry for entry in place["departments"] if entry["area"] in within),
        "populations": tuple(group for group in place["populations"] if group["area"] in within or group["area"] not in known),
    }
    sections = scenario.sections.model_copy(
        update={"new_homes": tuple(item for item in scenario.sections.new_homes if item.area in within)}
    )
    new_homes = tuple(item for item in scenario.tree["new_homes"] if item["area"] in within)
    tree: dict[str, Any] = scenario.tree | {"place": narrowed, "new_homes": new_homes}
    files = {"hashes": scenario.hashes, "located": scenario.located}
    return Scenario(name=scenario.name, sections=sections, tree=tree, **files, fitted=scenario.fitted, narrowed=True)


def unfitted(scenario: Scenario) -> Scenario:
    """Return the scenario with every number drawn from its own range, as if nothing had been fitted yet."""
    hashes = {name: found for name, found in scenario.hashes.items() if not name.startswith("fitted/")}
    own = {"name": scenario.name, "sections": scenario.sections, "tree": scenario.tree, "located": scenario.located}
    return Scenario(**own, hashes=hashes, narrowed=scenario.narrowed)
