"""No housing parameter is dead: each, moved from one end to the other, changes some record of a busy small city."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.population.rents import furnish, monthly_rent
from simulation.scenario.ranged import Ranged
from simulation.scenario.trees import leaves
from tests.district import changed, district, item, model

YEARS = 4
TREE = district().tree
BUSY = {
    "demolition": (
        item(id="d", department="granparken", dwellings=40, from_=2020, to=2022),
        item(id="e", department="birkeparken", dwellings=25, from_=2020, to=2021),
    ),
    "renovation": (item(id="r", department="granparken", from_=2020, to=2022, rent_rise_m2_dkk=225.0),),
    "new_homes": (
        item(id="o", area="vollsmose", tenure="owned", count=60, from_=2019, to=2020),
        item(id="l", area="vollsmose", tenure="private_let", count=30, from_=2019, to=2020),
        item(id="n", area="civica_other", tenure="social_family", landlord="civica", replacement=True, count=20, from_=2019, to=2021),
    ),
    "rehousing__reserved_share": 0.6,
}
OURS = ("rates.rents", "rates.rehousing", "rates.market", "rates.moving", "rehousing", "letting", "standing")
RANGED = {path: leaf for path, leaf in leaves(TREE) if path.startswith(OURS) and leaf.drawn}
# What else must stand still or be off for a number to be seen.
QUIET = {
    "letting.municipal_share": {"letting__compulsory_refusal": False, "rates__moving__turnover_hard_area": 0.5},
    "rates.moving.turnover_let": {"rates__market__take_up": 0.95, "rates__market__unsold_most": 1.0},
    "rates.market.unsold_most": {"rates__market__take_up": 0.4},
    "rates.rehousing.rent_share_most": {"rates__rehousing__rent_rise_most": 0.0},
}


def records(path, value):
    name = path.replace(".", "__")
    made = model(**(BUSY | QUIET.get(path, {}) | {name: value}))
    for _ in range(YEARS):
        made.step()
    found = [array for record in (*made.records, *made.accounts) for array in record.values() if isinstance(array, np.ndarray)]
    return b"".join(array.tobytes() for array in found)


@pytest.mark.parametrize("path", [path for path in RANGED if not path.startswith("rates.rents") and path != "standing.attraction_effect"])
def test_every_drawn_number_of_housing_changes_some_record(path):
    leaf: Ranged = RANGED[path]
    assert records(path, leaf.low) != records(path, leaf.high)


@pytest.mark.parametrize("path", [path for path in RANGED if path.startswith("rates.rents")])
def test_rents_and_floor_areas_are_those_of_the_numbers_drawn(path):
    made = model(**BUSY)
    for _ in range(YEARS):
        made.step()
    rents = []
    for value in (RANGED[path].low, RANGED[path].high):
        now = replace(made.now, values=changed(made.now.values, **{path.replace(".", "__"): value}))
        rows = np.arange(len(made.state.dwellings))
        for new in (False, True):
            furnish(made.state, rows, now, new=new)
            rents.append(monthly_rent(made.state, rows))
    assert (rents[0] != rents[2]).any() or (rents[1] != rents[3]).any()


def test_the_control_nothing_changed_changes_nothing():
    assert records("rates.market.take_up", 0.5) == records("rates.market.take_up", 0.5)
