"""Births by the mother's age and origin; the child's origin by the official definition."""

import numpy as np

from simulation import chance
from simulation.columns import rows_where, writes
from simulation.population.candidates import child_origin
from simulation.population.now import Now
from simulation.records import LABOUR, ORIGIN
from simulation.state import BORN, CHILD, HEAD, PARTNER, State


@writes("+persons", "persons.children_born", "flows")
def giving_birth(state: State, now: Now) -> None:
    """Let women bear children; the father is the partner at home, where there is one."""
    p, rates = state.persons, now.values["rates"]["demography"]
    factor = np.array([rates["fertility"][origin] for origin in ORIGIN])
    women = rows_where(p.female & (p.household >= 0) & (p.age >= 15) & (p.age < len(now.tables.births)))
    yearly = (now.tables.births[p.age[women]] + now.tables.births[p.age[women] - 1]) / 2 * factor[p.origin[women]]
    mothers = women[now.u("giving birth", p.uid[women]) < yearly]
    if len(mothers) == 0:
        return
    fathers = _partners(state, mothers)
    known = fathers >= 0
    absent_danish = ~known & (now.u("absent parent", p.uid[mothers]) < now.values["rates"]["population"]["absent_parent_danish"])
    father_origin = np.where(known, p.origin[fathers], 0).astype(np.int8)
    father_citizen = (known & p.citizen[fathers]) | absent_danish
    origin = child_origin(p.origin[mothers], p.citizen[mothers], father_origin, father_citizen, known | absent_danish)
    uid = chance.child(p.uid[mothers], "born", p.children_born[mothers].astype(np.uint64))
    new = {"household": p.household[mothers], "background": p.background[mothers], "citizen": p.citizen[mothers] | father_citizen}
    p.children_born[mothers] += 1
    state.count_flow("born", state.area_of(mothers))
    female = now.u("girl", uid) < rates["girls"]
    child = {"uid": uid, "role": CHILD, "origin": origin, "female": female, "labour": LABOUR.index("child")}
    p.add(len(mothers), **child, **new, january=BORN)


def _partners(state: State, mothers: np.ndarray) -> np.ndarray:
    """Return the row of each mother's partner at home, -1 where she has none or is a grown child there."""
    p = state.persons
    couple = np.full((2, len(state.households)), -1)
    for role in (HEAD, PARTNER):
        rows = rows_where((p.role == role) & (p.household >= 0))
        couple[role, p.household[rows]] = rows
    other = np.where(p.role[mothers] == HEAD, couple[PARTNER, p.household[mothers]], couple[HEAD, p.household[mothers]])
    return np.where(p.role[mothers] == CHILD, -1, other)
