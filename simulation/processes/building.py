"""New homes and new floor space are ready for use."""

import numpy as np

from simulation import chance
from simulation.columns import writes
from simulation.population.now import Now
from simulation.population.profiles import pick
from simulation.population.rents import furnish
from simulation.population.rules import Works
from simulation.state import TENURE_CODE, State

USES = ("business", "municipal")


@writes("+dwellings", "changes", "floor_m2", "housing")
def building(state: State, now: Now, choice: Works) -> None:
    """Add homes and floor space.

    A home's identifier is that of its item and ordinal, so that a delay makes no other home of it.
    """
    table = now.values["rates"]["homes"]
    for item, department, landlord, first, count in choice.homes:
        parent = chance.identify(chance.key("new homes", item["id"]))
        uid = chance.child(parent, "home", np.arange(first, first + count, dtype=np.uint64))
        rooms = np.array(table["rooms"], np.int8)[pick(table["new_home_rooms"], now.u("new home's rooms", uid))]
        new = {"uid": uid, "department": department, "landlord": landlord, "tenure": TENURE_CODE[item["tenure"]], "rooms": rooms}
        added = state.dwellings.add(count, **new, reserved=bool(item["replacement"]))
        furnish(state, np.arange(added.start, added.stop), now, new=True)
        state.count_change("built", np.full(count, department))
    for area, use, m2 in choice.floors:
        state.floor_m2[area, USES.index(use)] += m2
    state.count_housing("investors_wait", np.arange(len(choice.wait), dtype=np.int16), choice.wait)
