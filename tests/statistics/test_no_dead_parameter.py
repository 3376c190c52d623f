"""Every number with a range moves some record of the plan: a parameter that moves nothing is a promise that nothing keeps.

Each is set in turn to its ends, all else as in one draw. A short plan in a small city, where everything happens early, measures
work at their best and tenants are scarce, is tried first; what moves nothing there is tried in the plan itself, to its last list.
Ranges are tried as they were before any fit: fitted draws would lead a number whatever it is set to.
"""

import pytest

from simulation import engine, start
from simulation.scenario import load, unfitted
from simulation.scenario.ranged import Ranged
from tests.core import own

SEED, DRAW = 1, 0
EARLY = """
extends: plan.yaml
last_year: 2023
demolition:
  - {id: boegeparken, from: 2020, to: 2022}
  - {id: birkeparken, from: 2020, to: 2022}
renovation:
  - {id: fyrreparken, from: 2019, to: 2020}
  - {id: boegeparken, from: 2019, to: 2020}
  - {id: birkeparken, from: 2019, to: 2020}
  - {id: granparken, from: 2019, to: 2020}
  - {id: laerkeparken, from: 2019, to: 2020}
  - {id: egeparken, from: 2019, to: 2020}
new_homes:
  - {id: private_owned_2023, from: 2019, to: 2020}
  - {id: private_let_2023, from: 2019, to: 2020}
  - {id: private_owned_2027, from: 2020, to: 2020}
  - {id: private_let_2027, from: 2020, to: 2020}
measures:
  - match: {acts_on: [job_entry, education_entry]}
    capacity: {value: 60, low: 30, high: 100, unit: a test, basis: assumed, source: a test}
    effect: {value: 0, low: -0.9, high: 0.9, unit: a test, basis: assumed, source: a test}
letting:
  optional_refusal: true
  applicants_per_home: {value: 0.8, low: 0.6, high: 1.0, unit: a test, basis: assumed, source: a test}
  flexible_share: {value: 0.9, low: 0.8, high: 1.0, unit: a test, basis: assumed, source: a test}
rates:
  population: {candidates: 3000}
place_values:
  departments:
    - {id: civica_other, homes: 860}
    - {id: fab_other, homes: 630}
    - {id: others_other, homes: 540}
  populations:
    - {id: civica_other, residents: 1505}
    - {id: fab_other, residents: 1102}
    - {id: others_other, residents: 945}
"""


def at(tree, path, number, here=""):
    """Return a tree with one number set: its range is gone, and no other number's draw feels it."""
    if isinstance(tree, Ranged):
        return tree.model_copy(update={"value": number, "low": None, "high": None}) if here == path else tree
    if isinstance(tree, dict):
        return {name: at(inner, path, number, f"{here}.{name}" if here else name) for name, inner in tree.items()}
    if isinstance(tree, tuple):
        named = [inner["id"] if isinstance(inner, dict) and inner.get("id") else str(place) for place, inner in enumerate(tree)]
        return tuple(at(inner, path, number, f"{here}.{name}") for name, inner in zip(named, tree, strict=True))
    return tree


def variant(scenario, path, number):
    """Return the scenario with one number set."""
    changed = scenario.model_copy(update={"tree": at(scenario.tree, path, number)})
    for drawn in ("_recipe", "_slots", "_known", "_skeletons"):
        changed.__dict__.pop(drawn, None)
    return changed


def at_full_effect(scenario):
    """Return the scenario with every measure at the high end of its effect: one near zero would hide what else is said of it."""
    for path, number in scenario.ranged().items():
        if path.startswith("measures.") and path.endswith(".effect"):
            scenario = variant(scenario, path, number.high)
    return scenario


class Trial:
    """The records of one member of a scenario, and whether a changed number changes any of them."""

    def __init__(self, scenario):
        self.ranged, self.scenario = scenario.ranged(), at_full_effect(scenario)
        ground = start.setup_of(scenario).ground
        self.setup = start.Setup(self.scenario, start.Ground(ground.counted, ground.pool, ground.tables))
        self.now = self.setup.start_of(SEED, DRAW)
        self.state = engine.build(self.now)
        self.records = list(self.years(self.setup))

    def years(self, setup, state=None):
        """Yield every year's record and accounts as bytes."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(start, "_SETUPS", {self.scenario.content: setup})
            if state is not None:  # all that the number could change of the start is left as it was
                patch.setattr(engine, "build", lambda now: own(state))
            model = engine.BlandetBy(self.scenario, SEED, DRAW, 0)
            yield self.told(model.records[-1])
            for _ in range(self.scenario.first_year, self.scenario.last_year):
                model.step()
                yield self.told(model.records[-1]) + self.told(model.accounts[-1])

    @staticmethod
    def told(arrays):
        return b"".join(array.tobytes() for array in arrays.values())

    def moves(self, path, number, from_the_start):
        """Return whether a record changes; ``from_the_start``: the starting residents and the newcomers are made anew as well."""
        changed, s = variant(self.scenario, path, number), self.setup.ground
        setup = start.Setup(changed, start.Ground(s.counted, s.pool, s.tables, s.guesses))
        if not from_the_start:
            setup.ground.latest = (SEED, DRAW, ()), self.now.population
        found = self.years(setup, None if from_the_start else self.state)
        return any(one != other for one, other in zip(found, self.records, strict=True))

    def dead(self, paths, ways=(False, True)):
        """Return the paths that move nothing at either end; `ways`: with the same start, and from the start."""
        found = []
        for path in paths:
            # Numbers of the place make the start, so the start is the first place to look for them.
            tried = sorted(ways, reverse=path.startswith("place."))
            if not any(self.moves(path, getattr(self.ranged[path], end), anew) for anew in tried for end in ("low", "high")):
                found.append(path)
        return found


@pytest.fixture(scope="module")
def early(tmp_path_factory):
    path = tmp_path_factory.mktemp("early") / "early.yaml"
    path.write_text(EARLY, encoding="utf-8")
    return Trial(unfitted(load(str(path))))


def test_every_parameter_moves_some_record(early):
    plan = unfitted(load("plan"))
    assert set(early.ranged) == set(plan.ranged())
    not_early = early.dead(plan.ranged())
    dead = Trial(plan).dead(not_early, ways=(True,)) if not_early else []
    assert dead == []


def test_a_parameter_that_nothing_reads_is_noticed(early):
    """The control: a number that nobody reads, and one set to what it is anyway."""
    unread = Ranged(value=1.0, low=0.5, high=2.0, unit="nothing", basis="assumed", source="a test")
    rates = early.scenario.tree["rates"]
    tree = early.scenario.tree | {"rates": rates | {"moving": rates["moving"] | {"unread": unread}}}
    with_it = early.scenario.model_copy(update={"tree": tree})
    for drawn in ("_recipe", "_slots", "_known", "_skeletons"):
        with_it.__dict__.pop(drawn, None)
    assert Trial(with_it).dead(["rates.moving.unread", "rates.moving.turnover_hard_area"]) == ["rates.moving.unread"]
    drawn = early.now.values["rates"]["moving"]["turnover_hard_area"]
    assert not early.moves("rates.moving.turnover_hard_area", drawn, from_the_start=True)
